/** The workflows that are played: each begins with a webhook. */

const CREDENTIAL = { wecomAppApi: { id: 'scaleApp', name: 'WeCom' } };

/** @param {string} packageName  the first half of our node's type */
export function scaleWorkflows(packageName) {
  const send = (options = {}) => ({
    name: 'Send',
    type: `${packageName}.sendWecomMessage`,
    typeVersion: 1,
    parameters: {
      recipientsFrom: 'ids',
      touser: '={{ $json.touser ?? $json.body.touser }}',
      msgtype: 'text',
      content: '={{ $json.text ?? $json.body.text }}',
      options,
    },
    credentials: CREDENTIAL,
  });
  const eachItem = {
    name: 'Each',
    type: 'n8n-nodes-base.splitOut',
    typeVersion: 1,
    parameters: { fieldToSplitOut: 'body.items', options: {} },
  };
  const handOver = {
    name: 'Hand over',
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: 4.2,
    parameters: {
      method: 'POST',
      url: '={{ $json.body.address }}',
      sendBody: true,
      specifyBody: 'json',
      jsonBody: '={{ JSON.stringify({ touser: $json.body.touser, text: $json.body.text }) }}',
      options: {},
    },
  };
  return [
    begunByWebhook('send', [send()]),
    begunByWebhook('batch', [eachItem, send()]),
    begunByWebhook('batch-avoiding-duplicates', [eachItem, send({ enable_duplicate_check: true })]),
    begunByWebhook('hand-over', [handOver]),
    begunByWebhook(
      'nothing',
      [{ name: 'Nothing', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} }],
      'lastNode',
    ),
  ];
}

/** @param {'onReceived' | 'lastNode'} responseMode  when the webhook answers */
function begunByWebhook(name, nodes, responseMode = 'onReceived') {
  const webhook = {
    name: 'Webhook',
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2,
    webhookId: `scale-${name}`,
    parameters: { httpMethod: 'POST', path: name, responseMode, options: {} },
  };
  const all = [webhook, ...nodes].map((node, index) => ({
    id: `${name}-${index}`,
    position: [index * 220, 0],
    ...node,
  }));
  const connections = Object.fromEntries(
    all
      .slice(0, -1)
      .map((node, index) => [node.name, { main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] }]),
  );
  return {
    id: `scale${name.replaceAll('-', '')}`,
    name,
    active: false,
    settings: { executionOrder: 'v1' },
    nodes: all,
    connections,
  };
}
