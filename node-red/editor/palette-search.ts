/**
 * Words under which people look for the node, whatever the language of their editor: Node-RED searches types and labels
 * only, and a label in the palette has room for two words.
 */
const KEYWORDS = [
  'WeCom 企业微信 企微 微信 wechat weixin wework wxwork',
  'robot bot 群机器人 机器人 webhook',
  'send message 发送 消息 notify notification alarm 通知 提醒 告警 推送',
].join(' ');

/** Lets the palette and the list of "add a node" on the canvas find a node by the keywords. */
export function findByKeywords(type: string): void {
  const entry = $(`.red-ui-palette-node[data-palette-type="${type}"]`);
  const label = entry.attr('data-palette-label') ?? '';
  if (label.endsWith(KEYWORDS)) return;
  entry.attr('data-palette-label', `${label} ${KEYWORDS}`);
  RED.events.on('type-search:open', () => {
    $('#red-ui-type-search .red-ui-editableList-item-content').each((_, item) => {
      const data = $(item).data('data') as { type?: unknown; index?: unknown } | undefined;
      if (data?.type === type && typeof data.index === 'string') data.index += ` ${KEYWORDS.toLowerCase()}`;
    });
  });
}
