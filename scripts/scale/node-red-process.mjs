/**
 * A Node-RED in a process of its own, so that it can be killed: `node node-red-process.mjs <userDir>`; prints a line
 * when its flows run.
 */
import { startNodeRed } from '../node-red/server.mjs';

const nodeRed = await startNodeRed({ userDir: process.argv[2], port: 0, logLevel: 'info' });
process.on('SIGTERM', () => void nodeRed.stop().then(() => process.exit(0)));
process.on('message', (flow) => void nodeRed.deploy(flow).then(() => process.send('deployed')));
process.send('started');
