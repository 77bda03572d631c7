import { INJECT, SEND, sendingFlow } from './flow';
import { VERSIONS } from './host';
import { withHosts } from './with-hosts';

describe.each(VERSIONS)('$name', (version) => {
  const hosts = withHosts(version);

  test('the installed tarball brings its nodes, and Node-RED has nothing to complain about', async () => {
    await hosts.edit({}, async ({ page }) => {
      expect(await page.locator('.red-ui-palette-node[data-palette-type="wecom-send"]').count()).toBe(1);
    });
    const complaints = hosts.nodeRed.log().match(/\[(warn|error)\].*/g) ?? [];
    expect(complaints.filter((line) => !/Projects disabled|Encrypted credentials not found/.test(line))).toEqual([]);
  });

  test('a message leaves by a click on the button and arrives', async () => {
    await hosts.nodeRed.deploy(sendingFlow(hosts.sandbox));
    await hosts.edit({}, async (editor) => {
      await editor.inject(INJECT);
      await editor.untilStatus(SEND, /^(?!.*sending).+/);
    });
    expect(hosts.sandbox.messages()).toMatchObject([{ delivered_to: ['zhangsan'], shown: { content: 'Hello' } }]);
  });
});
