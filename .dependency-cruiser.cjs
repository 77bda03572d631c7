/** Which folder may import which: arrows only point down, to core (see CONTRIBUTING.md). */
const PRODUCT = '^(nodes|credentials|node-red)/';

/** A room imports only from rooms that stand before it. Receiving, bot and asking have their places already. */
const CORE = [
  'outcome',
  'schema',
  'api',
  'delivery',
  'long-text',
  'messages',
  'sending',
  'operations',
  'receiving',
  'bot',
  'asking',
  'clients',
];
const N8N = ['host', 'SendWecomMessage/panel', 'SendWecomMessage/read', 'SendWecomMessage/run'];
const NODE_RED = ['host', 'connection', 'reading', 'queue', 'life', 'dialogs'];

/** One rule for each room but the last, which may import from all. */
function inOrder(house, rooms) {
  return rooms.slice(0, -1).map((room, index) => ({
    name: `${house}/${room}-imports-from-before-it`,
    severity: 'error',
    from: { path: `^${house}/${room}/` },
    to: { path: `^${house}/(${rooms.slice(index + 1).join('|')})/` },
  }));
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...inOrder('core', CORE),
    ...inOrder('nodes', N8N),
    ...inOrder('node-red/runtime', NODE_RED),
    {
      name: 'core-knows-no-host',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '^(nodes|credentials|node-red|drawing|sandbox|test|bench|scripts)/' },
    },
    {
      name: 'core-needs-little',
      comment: 'n8n allows zod and crypto only, and core opens no socket and reads no file',
      severity: 'error',
      from: { path: '^core/' },
      to: { pathNot: ['^core/', 'node_modules/zod/', '^node:crypto$', '^crypto$'] },
    },
    {
      name: 'n8n-knows-no-node-red',
      severity: 'error',
      from: { path: '^(nodes|credentials)/' },
      to: { path: '^node-red/' },
    },
    {
      name: 'node-red-knows-no-n8n',
      severity: 'error',
      from: { path: '^node-red/' },
      to: { path: ['^(nodes|credentials)/', 'node_modules/n8n-'] },
    },
    {
      name: 'n8n-needs-little',
      comment: "n8n's package scan allows nothing else",
      severity: 'error',
      from: { path: '^(nodes|credentials)/' },
      to: { pathNot: ['^(nodes|credentials|core)/', 'node_modules/n8n-workflow/', 'node_modules/zod/'] },
    },
    {
      name: 'product-knows-no-sandbox',
      severity: 'error',
      from: { path: PRODUCT },
      to: { path: '^(sandbox|test|bench)/' },
    },
    {
      name: 'sandbox-judges-on-its-own',
      comment: 'A mistake in core must be noticed by the sandbox, not repeated by it',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(core|nodes|credentials|node-red|test|bench|scripts)/' },
    },
    {
      name: 'drawing-imports-nothing',
      comment: 'It stands on pages of different hosts, which hand over what it needs',
      severity: 'error',
      from: { path: '^drawing/' },
      to: { pathNot: '^drawing/' },
    },
    {
      name: 'drawing-is-for-pages',
      severity: 'error',
      from: { pathNot: '^(drawing|node-red|sandbox)/' },
      to: { path: '^drawing/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '(^|/)dist/' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default'] },
  },
};
