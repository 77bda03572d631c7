import path from 'node:path';

import { MediaUploads, SendQueues, TokenCache } from '../../core';
import { openApp } from '../runtime/connection/app-client';
import type { AppClient, Shared } from '../runtime/connection/app-client';
import { serveAppEndpoints } from '../runtime/dialogs/app-endpoints';
import type { AppNode, AppSettings } from '../runtime/connection/app-node';
import { systemClock } from '../runtime/host/clock';
import { runtimeLanguage } from '../runtime/host/language';
import type { NodeRed } from '../runtime/host/node-red-api';
import { createSendingTimesFile, tellUnwritten } from '../runtime/connection/sending-times-file';
import { createTokenFileStore } from '../runtime/connection/token-file-store';

/** Config node `wecom-app`: one self-built app of a company. */
export default function wecomApp(RED: NodeRed): void {
  const { userDir } = RED.settings;
  const times = userDir
    ? createSendingTimesFile(path.join(userDir, '.wecom-sending'), 'apps', tellUnwritten(RED, 'wecom-app'))
    : undefined;
  const store = userDir ? createTokenFileStore(path.join(userDir, '.wecom-tokens')) : undefined;
  // One for the whole Node-RED: tokens and what counts for the rates outlive a deploy and, with a user directory, a
  // restart.
  const shared: Shared = {
    tokens: new TokenCache({ clock: systemClock, ...(store && { store }) }),
    uploads: new MediaUploads(systemClock),
    queues: new SendQueues(times && { clock: systemClock, store: times }),
  };

  function WecomApp(this: { -readonly [Key in keyof AppNode]: AppNode[Key] }, config: AppSettings): void {
    RED.nodes.createNode(this, config);
    let app: AppClient | undefined;
    try {
      app = openApp(config, this.credentials ?? {}, shared, () => runtimeLanguage(RED));
      this.wecom = app.wecom;
    } catch (error) {
      // The flow still starts; nodes that use this app say what is wrong with it.
      this.problem = error;
    }
    this.on('close', (_removed: boolean, done: () => void) => {
      // Once it is closed nothing more is written for it: Node-RED may end, or its folder go away.
      const written = async () => {
        times?.flush();
        await store?.idle();
      };
      void Promise.resolve(app?.close())
        .finally(written)
        .then(() => done(), done);
    });
  }

  RED.nodes.registerType('wecom-app', WecomApp, {
    credentials: { secret: { type: 'password' }, proxyUser: { type: 'text' }, proxyPassword: { type: 'password' } },
  });
  serveAppEndpoints(RED, shared);
}
