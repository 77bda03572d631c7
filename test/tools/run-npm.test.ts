import { existsSync } from 'node:fs';
import path from 'node:path';

const { npmEnvironment, nodeHeaders } = jest.requireActual<{
  npmEnvironment(env: NodeJS.ProcessEnv, execPath?: string): NodeJS.ProcessEnv;
  nodeHeaders(execPath?: string): string | undefined;
}>('../../scripts/run-npm.mjs');

test('an npm inside an npm script does not take the outer project for its own', () => {
  const inner = npmEnvironment({
    npm_package_name: 'outer',
    npm_lifecycle_event: 'scan',
    npm_config_local_prefix: '/outer',
    INIT_CWD: '/outer',
  });
  expect(Object.keys(inner).filter((key) => /outer/.test(inner[key] ?? ''))).toEqual([]);
  expect(inner).not.toHaveProperty('npm_lifecycle_event');
});

test('the npm settings of the person are kept', () => {
  expect(npmEnvironment({ npm_config_proxy: 'http://proxy.example' })).toHaveProperty(
    'npm_config_proxy',
    'http://proxy.example',
  );
});

test('install scripts are run by the Node that runs us', () => {
  expect(npmEnvironment({ PATH: '/usr/bin' }, '/opt/node/bin/node')).toHaveProperty(
    'PATH',
    `/opt/node/bin${path.delimiter}/usr/bin`,
  );
});

test('native packages are compiled with headers that are there, or with none named', () => {
  const headers = nodeHeaders();
  if (headers) expect(existsSync(path.join(headers, 'include', 'node', 'node.h'))).toBe(true);
  expect(nodeHeaders('/nowhere/bin/node')).toBeUndefined();
});
