import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';

import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { png } from '../fixtures/media';

const PROJECT = path.resolve(__dirname, '../..');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** The JavaScript of the READMEs, with the credentials of the sandbox in place of the dots. */
function readmeCode(file: string): string {
  const code = /```js\n([\s\S]*?)```/.exec(readFileSync(path.join(PROJECT, file), 'utf8'))?.[1];
  if (!code) throw new Error(`${file} shows no library code`);
  const [app] = sandbox.company.apps;
  return code
    .replace("require('@wecom-flow/node-red-wecom')", `require(${JSON.stringify(path.join(PROJECT, 'node-red'))})`)
    .replace("corpId: 'ww…'", `corpId: '${sandbox.company.corpId}'`)
    .replace("secret: '…'", `secret: '${app!.secret}', baseUrl: '${sandbox.url}'`);
}

it.each(['README.md', 'README.zh-CN.md'])('the library code of %s sends what it says', async (file) => {
  sandbox.reset();
  await runInNewContext(`(async () => { ${readmeCode(file)}; await wecom.close(); })()`, { require, buffer: png(100) });
  expect(sandbox.messages().map((message) => message.msgtype)).toEqual(['text', 'image']);
  expect(sandbox.messages()[0]?.delivered_to).toEqual(['zhangsan', 'lisi']);
});
