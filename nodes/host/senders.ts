/**
 * The room host: what n8n gives, and what it keeps for all nodes. Imports from no other room, only core and
 * credentials.
 */
import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { createRobot, createWecom } from '../../core';
import type { Robot, Wecom } from '../../core';
import { tokens } from '../../credentials/token-cache';
import { clock } from './clock';
import { queues, uploads } from './process-wide';
import { CREDENTIAL, ROBOT_CREDENTIAL, robotHttp, wecomHttp } from './wecom-http';

/**
 * The app and the robot of one run of the node. Their credentials are read when the first item needs them, for all
 * items: each reading is a query to n8n's database and a decryption.
 */
export class Senders {
  private readonly apps = new Map<number, Wecom<unknown>>();
  private readonly robots = new Map<number, Robot<unknown>>();
  private readonly credentials = new Map<string, Promise<ICredentialDataDecryptedObject>>();

  /** @param signal ends requests that are under way; those of core only hold back what has not begun */
  constructor(
    private readonly context: IExecuteFunctions,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /**
   * @param timeoutMs for one call
   * @throws WecomInputError naming every wrong setting of the app
   */
  async app(timeoutMs: number): Promise<Wecom<unknown>> {
    const credential = await this.credential(CREDENTIAL);
    const known = this.apps.get(timeoutMs);
    if (known) return known;
    const app = createWecom<unknown>({
      app: credential,
      http: wecomHttp(this.context, { credential, signal: this.signal }),
      clock,
      tokens,
      uploads,
      queues,
      timeoutMs,
    });
    this.apps.set(timeoutMs, app);
    return app;
  }

  /**
   * @param timeoutMs for one call
   * @throws WecomInputError if the webhook is none
   */
  async robot(timeoutMs: number): Promise<Robot<unknown>> {
    const { secretWebhook: webhook, baseUrl, processes } = await this.credential(ROBOT_CREDENTIAL);
    const known = this.robots.get(timeoutMs);
    if (known) return known;
    const robot = createRobot<unknown>({
      webhook,
      baseUrl,
      processes,
      http: robotHttp(this.context, { signal: this.signal }),
      clock,
      uploads,
      queues,
      timeoutMs,
    });
    this.robots.set(timeoutMs, robot);
    return robot;
  }

  private credential(name: string): Promise<ICredentialDataDecryptedObject> {
    const known = this.credentials.get(name);
    if (known) return known;
    const reading = this.context.getCredentials<ICredentialDataDecryptedObject>(name);
    this.credentials.set(name, reading);
    return reading;
  }
}
