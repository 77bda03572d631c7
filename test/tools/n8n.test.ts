type Run = { status: string; error?: object; nodes: Record<string, { items: { json: object }[]; error?: object }> };
const { readExecution } = jest.requireActual<{ readExecution(output: string): Run | undefined }>(
  '../../scripts/n8n/command.mjs',
);
const { n8nEnvironment } = jest.requireActual<{
  n8nEnvironment(options: {
    userFolder: string;
    port: number;
    brokerPort: number;
    env: NodeJS.ProcessEnv;
  }): NodeJS.ProcessEnv;
}>('../../scripts/n8n/environment.mjs');
const { forThisInstance, missingMessages, workflowId, sandboxCredentials, CREDENTIAL } = jest.requireActual<{
  CREDENTIAL: { id: string; name: string };
  workflowId(file: string): string;
  sandboxCredentials(sandbox: object): { id: string; name: string; type: string }[];
  forThisInstance(workflow: object): { nodes: { credentials?: Record<string, { id: string }> }[] };
  missingMessages(workflow: object, run: Run, messages: object[], nodeType: string): string[];
}>('../../scripts/n8n/example-workflow.mjs');

const PLACE = { userFolder: '/somewhere', port: 1, brokerPort: 2 };
const SENDER = 'package.send';
const WORKFLOW = {
  name: 'Example',
  nodes: [
    { name: 'Start', type: 'trigger' },
    { name: 'Send', type: SENDER },
  ],
};
const sent = (msgid: string): Run => ({ status: 'success', nodes: { Send: { items: [{ json: { msgid } }] } } });
const arrived = { msgid: 'm1', delivered_to: ['zhangsan'] };

test('the database and the key of an n8n the person has are not touched', () => {
  const env = n8nEnvironment({
    ...PLACE,
    env: { DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: 'production', N8N_ENCRYPTION_KEY: 'key', HOME: '/home/x' },
  });
  expect(env).toMatchObject({ DB_TYPE: 'sqlite', N8N_USER_FOLDER: '/somewhere', HOME: '/home/x' });
  expect(env).not.toHaveProperty('DB_POSTGRESDB_HOST');
  expect(env).not.toHaveProperty('N8N_ENCRYPTION_KEY');
});

test('it listens on this machine only, and a proxy is not asked for the sandbox', () => {
  const env = n8nEnvironment({ ...PLACE, env: { NO_PROXY: 'intranet' } });
  expect(env).toMatchObject({ N8N_LISTEN_ADDRESS: '127.0.0.1', NO_PROXY: '127.0.0.1,localhost,intranet' });
});

test('an execution is read from between the lines of the log', () => {
  const execution = {
    status: 'success',
    data: { resultData: { runData: { Send: [{ data: { main: [[{ json: { msgid: 'm1' } }]] } }] } } },
  };
  const output = `n8n Task Broker ready\nExecution was successful:\n====\n${JSON.stringify(execution, null, 2)}\nbye\n`;
  expect(readExecution(output)).toEqual({
    status: 'success',
    error: undefined,
    nodes: { Send: { items: [{ json: { msgid: 'm1' } }], error: undefined } },
  });
  expect(readExecution('There was an error')).toBeUndefined();
});

test('an example finds the credential of this n8n, whatever id it was exported with', () => {
  const { nodes } = forThisInstance({ nodes: [{ credentials: { wecomAppApi: { id: 'elsewhere', name: 'x' } } }, {}] });
  expect(nodes[0]?.credentials?.['wecomAppApi']).toEqual({ id: CREDENTIAL.id, name: CREDENTIAL.name });
  expect(nodes[1]).toEqual({});
});

test('an example that needs another app, or a robot, finds that one', () => {
  const credentials = {
    wecomAppApi: { id: 'wecomChatApp', name: 'x' },
    wecomGroupRobotApi: { id: 'elsewhere', name: 'x' },
    httpBasicAuth: { id: 'own', name: 'x' },
  };
  const ours = sandboxCredentials({
    url: 'http://127.0.0.1:1',
    company: {
      corpId: 'c',
      apps: [
        { agentid: 1, secret: 's' },
        { agentid: 2, secret: 't' },
      ],
      robots: [{ key: 'k' }],
    },
  });
  expect(forThisInstance({ nodes: [{ credentials }] }).nodes[0]?.credentials).toEqual({
    wecomAppApi: { id: ours[1]!.id, name: ours[1]!.name },
    wecomGroupRobotApi: { id: ours[2]!.id, name: ours[2]!.name },
    httpBasicAuth: { id: 'own', name: 'x' },
  });
  expect(ours.map(({ type }) => type)).toEqual(['wecomAppApi', 'wecomAppApi', 'wecomGroupRobotApi']);
  expect(new Set(ours.map(({ id }) => id)).size).toBe(3);
});

test('group chats and robots answer without a msgid: each report needs a message there', () => {
  const nodes = ['a', 'b'].map((name) => ({
    name,
    type: SENDER,
    parameters: { sendTo: 'robot', msgtype: 'text_notice' },
  }));
  const run: Run = {
    status: 'success',
    nodes: { a: { items: [{ json: { msgid: '' } }] }, b: { items: [{ json: { msgid: '' } }] } },
  };
  const toRobot = { msgid: 'm', to: 'robot', msgtype: 'template_card', delivered_to: ['zhangsan'] };
  expect(missingMessages({ name: 'Robots', nodes }, run, [toRobot, toRobot], SENDER)).toEqual([]);
  expect(missingMessages({ name: 'Robots', nodes }, run, [toRobot], SENDER)).toEqual([
    expect.stringContaining('b: its message'),
  ]);
  const chat = { name: 'Chat', nodes: [{ name: 'a', type: SENDER, parameters: { resource: 'chat' } }] };
  expect(
    missingMessages(chat, { status: 'success', nodes: { a: { items: [{ json: { chatid: 'c' } }] } } }, [], SENDER),
  ).toEqual([]);
});

test('the id of an example is made from its file name', () => {
  expect(workflowId('/x/every-message-type.json')).toBe('exampleeverymessagetype');
});

test('a message that arrived is not missing', () => {
  expect(missingMessages(WORKFLOW, sent('m1'), [arrived], SENDER)).toEqual([]);
});

test.each([
  ['reported, not arrived', sent('m2'), [arrived], 'did not arrive'],
  ['arrived at nobody', sent('m1'), [{ ...arrived, delivered_to: [] }], 'did not arrive'],
  [
    'the node failed',
    { status: 'error', nodes: { Send: { items: [], error: { message: 'Wrong secret' } } } },
    [],
    'Wrong secret',
  ],
  [
    'the node went on after a failure',
    { status: 'success', nodes: { Send: { items: [{ json: { error: 'Wrong secret' } }] } } },
    [],
    'Wrong secret',
  ],
  ['the node did not run', { status: 'error', nodes: {} }, [], 'did not run'],
])('a message is missing: %s', (_, run, messages, sentence) => {
  expect(missingMessages(WORKFLOW, run, messages, SENDER)).toEqual([expect.stringContaining(sentence)]);
});

test('a workflow without our node proves nothing', () => {
  expect(missingMessages({ name: 'Empty', nodes: [] }, sent('m1'), [arrived], SENDER)).toHaveLength(1);
});
