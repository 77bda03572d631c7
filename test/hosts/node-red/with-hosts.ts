/** A sandbox, a Node-RED and a browser for the tests of one describe block. */
import type { Browser } from 'playwright-core';

import type { Sandbox, SandboxOptions } from '../../../sandbox';
import { startBrowser } from '../browser';
import type { Visit } from '../browser';
import { startSandbox } from '../project';
import { inEditor } from './editor';
import type { Editor } from './editor';
import type { NodeRed, NodeRedVersion } from './host';
import { startNodeRed } from './host';

interface Hosts {
  readonly sandbox: Sandbox;
  readonly nodeRed: NodeRed;
  readonly browser: Browser;
  /** Opens the editor. */
  edit<T>(options: Visit, work: (editor: Editor) => Promise<T>): Promise<T>;
}

export function withHosts(
  version: NodeRedVersion,
  options: { readonly sandbox?: SandboxOptions; readonly settings?: object } = {},
): Hosts {
  let started: Omit<Hosts, 'edit'> | undefined;
  const all = () => {
    if (!started) throw new Error('the hosts run while tests do');
    return started;
  };
  beforeAll(async () => {
    const [sandbox, nodeRed, browser] = await Promise.all([
      startSandbox(options.sandbox),
      startNodeRed(version, options),
      startBrowser(),
    ]);
    started = { sandbox, nodeRed, browser };
  });
  afterAll(async () => {
    if (!started) return;
    await started.browser.close();
    await started.nodeRed.stop();
    await started.sandbox.close();
  });
  return {
    get sandbox() {
      return all().sandbox;
    },
    get nodeRed() {
      return all().nodeRed;
    },
    get browser() {
      return all().browser;
    },
    edit: (visit, work) => inEditor(all().browser, all().nodeRed.url, visit, work),
  };
}

export const LANGUAGES = [
  { locale: 'en-US', language: 'en' },
  { locale: 'zh-CN', language: 'zh' },
] as const;
