/**
 * `npm run bench -- --n8n`: how long the node's panel takes to open in a real n8n, beside n8n's own Slack node.
 *
 * Needs chromium and a real n8n, which the first run installs into the cache folder.
 */
import { artifact, inTemporaryFolder } from '../scripts/artifact.mjs';
import { importWorkflows } from '../scripts/n8n/command.mjs';
import { openEditor } from '../scripts/n8n/editor.mjs';
import { freePort } from '../scripts/n8n/free-port.mjs';
import { logIn } from '../scripts/n8n/owner.mjs';
import { prepareN8n, startN8n } from '../scripts/n8n/server.mjs';
import { median } from './figures.mjs';

const ROUNDS = 7;
const OURS = 'WeCom';
const LARGEST = 'WeCom card';
const SLACK = 'Slack';
/** As fast, on a machine where the same panel differs by a tenth from one opening to the next. */
const SAME = 1.15;

export async function panelOpening() {
  return inTemporaryFolder(async (userFolder) => {
    const where = await prepareN8n({ tarball: await artifact('n8n'), userFolder, log: console.error });
    const node = (name, type, y, parameters) => ({
      id: name,
      name,
      type,
      typeVersion: type.endsWith('slack') ? 2.3 : 1,
      position: [300, y],
      parameters,
    });
    const workflow = {
      id: 'panels',
      name: 'Panels',
      nodes: [
        // What new nodes show, and the largest panel we have.
        node(OURS, `${where.package.name}.sendWecomMessage`, 0, {}),
        node(LARGEST, `${where.package.name}.sendWecomMessage`, 200, { msgtype: 'news_notice' }),
        node(SLACK, 'n8n-nodes-base.slack', 400, {}),
      ],
      connections: {},
      settings: {},
    };
    await importWorkflows(where, [workflow]);
    const n8n = await startN8n(where, { port: await freePort() });
    await logIn(n8n.url);
    const editor = await openEditor(n8n.url);
    try {
      await editor.openWorkflow(workflow.id);
      const times = { [OURS]: [], [LARGEST]: [], [SLACK]: [] };
      for (let round = 0; round <= ROUNDS; round += 1) {
        for (const name of Object.keys(times)) {
          const start = performance.now();
          await editor.openNode(name);
          if (round > 0) times[name].push(performance.now() - start); // the first opening loads code for both
          await editor.page.keyboard.press('Escape');
          await editor.page.locator('[data-test-id="ndv"]').waitFor({ state: 'hidden' });
        }
      }
      const [ours, largest, slack] = Object.values(times).map(median);
      return [
        { what: 'panel of a new node opens in n8n', value: ours, unit: 'ms' },
        { what: '  our largest card', value: largest, unit: 'ms' },
        { what: "  n8n's own Slack node", value: slack, unit: 'ms' },
        {
          what: '  ours / Slack, new nodes',
          value: ours / slack,
          unit: '×',
          goal: `≤ ${SAME} ×`,
          met: ours / slack <= SAME,
        },
      ];
    } finally {
      await editor.close();
      await n8n.stop();
    }
  });
}
