/** A real Node-RED with our package in it, inside this process. */
import { mkdir, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

import { PROJECT } from '../run.mjs';

const PACKAGE = '@wecom-flow/node-red-wecom';

/**
 * @param {{ userDir: string, port: number, logLevel?: string }} options `userDir` is made if it is missing; port 0
 *   takes any
 * @returns {Promise<{ url: string, deploy(flow: object[]): Promise<void>, node(id: string): any, stop(): Promise<void>
 *   }>}
 */
export async function startNodeRed({ userDir, port, logLevel = 'error' }) {
  await placePackage(userDir);
  const RED = createRequire(import.meta.url)('node-red');
  const server = createServer();
  RED.init(server, {
    userDir,
    uiHost: '127.0.0.1',
    httpAdminRoot: '/',
    httpNodeRoot: false,
    flowFile: 'flows.json',
    credentialSecret: 'sandbox credentials only',
    logging: { console: { level: logLevel, metrics: false, audit: false } },
    // Nothing here needs the network: no catalogue, no telemetry, no installs from the palette.
    externalModules: { palette: { allowInstall: false, allowUpload: false }, modules: { allowInstall: false } },
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false, projects: { enabled: false } },
  });
  server.on('request', RED.httpAdmin);
  const started = () => new Promise((resolve) => RED.events.once('flows:started', resolve));
  const ready = started();
  await RED.start();
  await ready;
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    deploy: async (flow) => {
      const running = started();
      await RED.runtime.flows.setFlows({ flows: { flows: flow }, deploymentType: 'full' });
      await running;
    },
    node: (id) => RED.nodes.getNode(id),
    stop: async () => {
      await RED.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Node-RED finds packages in node_modules of its user folder; a link to the built one is as good as an install. */
async function placePackage(userDir) {
  const place = path.join(userDir, 'node_modules', PACKAGE);
  await mkdir(path.dirname(place), { recursive: true });
  await symlink(path.join(PROJECT, 'node-red'), place, 'junction').catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
