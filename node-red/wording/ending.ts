/** Lines of the log about messages of which no flow could be told. */
export const endingWording = {
  sent: { en: 'sent', zh: '已发送' },
  notSent: { en: 'not sent', zh: '未发送' },
  unknown: { en: 'unknown whether it was sent', zh: '不确定是否已发送' },
  partly: { en: '{count} parts of it were sent, the rest was not', zh: '已发送 {count} 部分，其余未发送' },
  unread: { en: 'recipients not known yet', zh: '接收人尚未读取' },
  msgid: { en: 'msgid', zh: 'msgid' },
  message: { en: 'message', zh: '消息' },
  /** Above the lines. */
  removed: {
    en: 'The node or its flow was removed or disabled, and no Catch node heard what became of {count} messages:',
    zh: '节点或其所在流程已被删除或禁用，以下 {count} 条消息的结果没有 Catch 节点接收：',
  },
  stopped: {
    en: 'The flows stopped before {count} messages were done. What was not sent is sent if the flows start again; if Node-RED ends now, it never is:',
    zh: '流程停止时有 {count} 条消息尚未处理完。如果流程重新启动，未发送的消息会继续发送；如果 Node-RED 现在退出，则不会再发送：',
  },
  /** At the next start. */
  died: {
    en: 'When Node-RED ended last time, {count} messages were waiting to be sent to WeCom. They were not sent; whatever was on its way then may have arrived.',
    zh: '上次 Node-RED 结束时，有 {count} 条消息正等待发送到企业微信，这些消息未发送；当时正在发送的消息可能已送达。',
  },
  /** While Node-RED runs, once. */
  unwritten: {
    en: 'What was sent cannot be written to {file} ({code}). Messages are sent as before, but after a restart the rates of WeCom are not kept for the first hour: some may be dropped.',
    zh: '无法将发送记录写入 {file}（{code}）。消息照常发送，但重启后的一小时内无法遵守企业微信的频率限制，部分消息可能被丢弃。',
  },
} as const;
