import { networkReasons } from '../../core/outcome/network-reasons';

/**
 * What people read in the dialog of `wecom-send` and under the node, besides what the message types say of themselves.
 */
export const sendNodeWording = {
  /** Name in the palette and at the top of the dialog: two short words, as Node-RED's own nodes have. */
  palette: { en: 'WeCom send', zh: '企业微信 发送' },
  /** What the label of a node on the canvas begins with. */
  canvas: { en: 'WeCom: ', zh: '企业微信：' },
  label: {
    name: { en: 'Name', zh: '名称' },
    operation: { en: 'Action', zh: '操作' },
    app: { en: 'WeCom app', zh: '企业微信应用' },
    robot: { en: 'Group robot', zh: '群机器人' },
    updateAs: { en: 'Update', zh: '更新方式' },
    cardAs: { en: 'Fill in card', zh: '卡片填写方式' },
    json: { en: 'Card', zh: '卡片' },
    messageJson: { en: 'Message', zh: '消息' },
    to: { en: 'Send to', zh: '发送给' },
    msgtype: { en: 'Message type', zh: '消息类型' },
    options: { en: 'Options', zh: '选项' },
    filename: { en: 'File name', zh: '文件名' },
    encoding: { en: 'Encoding', zh: '编码' },
    filesIn: { en: 'Only files in', zh: '仅限此文件夹' },
    rateLimits: { en: 'Rate limits', zh: '频率限制' },
    queueLength: { en: 'Queue length', zh: '队列长度' },
    atOnce: { en: 'Messages at once', zh: '同时发送数' },
    checkOnly: { en: 'Check only, send nothing', zh: '仅检查，不发送' },
    failOnUndelivered: { en: 'Fail if somebody named was not reached', zh: '有人未送达时报错' },
  },
  to: {
    named: { en: 'Members, departments, tags', zh: '成员、部门、标签' },
    everyone: { en: 'Everyone', zh: '全部成员' },
    chat: { en: 'Group chat', zh: '群聊' },
    robot: { en: 'Group robot', zh: '群机器人' },
    chatHint: {
      en: 'A group chat that the app created: see "Create group chat".',
      zh: '由该应用创建的群聊，参见“创建群聊”。',
    },
    robotHint: {
      en: 'The group of the robot gets the message; no app is needed.',
      zh: '消息发送到机器人所在的群，无需应用。',
    },
    everyoneHint: {
      en: 'Everyone in the visible range (可见范围) of the app gets the message.',
      zh: '应用可见范围内的所有成员都会收到消息。',
    },
  },
  /** What this node can do besides what core's operations say of themselves. */
  send: {
    label: { en: 'Send message', zh: '发送消息' },
    summary: {
      en: 'Sends a message to members, a group chat or the group of a robot',
      zh: '向成员、群聊或机器人所在的群发送消息',
    },
  },
  /** In place of a message type. */
  anyType: {
    label: { en: 'Message from msg', zh: '来自 msg 的消息' },
    summary: {
      en: 'The flow gives the whole message: any type, with all of its fields and options',
      zh: '由流程给出整条消息：类型、字段和选项均可不同',
    },
  },
  rateLimits: {
    wait: { en: 'Wait', zh: '等待' },
    fail: { en: 'Fail', zh: '报错' },
    off: { en: 'Off', zh: '关闭' },
  },
  updateAs: {
    button: { en: 'Grey out the buttons', zh: '将按钮置灰' },
    card: { en: 'Replace the card', zh: '替换为新的卡片' },
  },
  cardAs: {
    fields: { en: 'Field by field', zh: '逐项填写' },
    json: { en: 'As JSON', zh: 'JSON' },
  },
  hint: {
    json: {
      en: 'What stands under template_card in the API; the same rules apply. card_type may be left out',
      zh: '即 API 中 template_card 的内容，校验规则相同；可省略 card_type',
    },
    messageJson: {
      en: 'As the API writes it: { "msgtype": "text", "text": { "content": "…" } }. A file may be a Buffer: { "msgtype": "image", "image": { "media_id": Buffer } }. If no recipient is named above, touser, toparty, totag or chatid of the message count',
      zh: 'API 格式：{ "msgtype": "text", "text": { "content": "…" } }。文件可以是 Buffer：{ "msgtype": "image", "image": { "media_id": Buffer } }。上面未填写接收人时，使用消息中的 touser、toparty、totag 或 chatid',
    },
    chained: {
      en: 'msg.payload may be the ID itself or the result of the node that sent',
      zh: 'msg.payload 可以是 ID 本身，也可以是发送节点的输出结果',
    },
    filename: {
      en: 'Empty: msg.filename, or a name that fits the content',
      zh: '留空则使用 msg.filename，没有时按内容自动命名',
    },
    filenameInPath: { en: 'Empty: the file name in the path', zh: '留空则使用路径中的文件名' },
    anyFolder: { en: 'any folder', zh: '任意文件夹' },
    filesIn: {
      en: 'A folder on the Node-RED server: paths that lead out of it, also through links, are refused. Files in which Node-RED keeps secrets are never sent',
      zh: 'Node-RED 服务器上的文件夹：路径（包括链接）指向文件夹之外时会报错。Node-RED 保存机密的文件始终不会发送',
    },
    pathFromFlow: {
      en: 'The path comes from the flow: whoever can send messages into it chooses which file of the server is sent. Name a folder here.',
      zh: '路径来自流程：能向流程发送消息的人可以选择发送服务器上的任意文件。请在此指定文件夹。',
    },
    checkOnly: {
      en: 'Messages are checked and built: msg.payload gets the requests that would go out. Nothing is sent or uploaded, and no token is fetched',
      zh: '只检查并生成消息：msg.payload 为将要发出的请求。不发送、不上传文件，也不获取 token',
    },
    failOnUndelivered: {
      en: 'Otherwise the result names them in msg.payload, and the node turns yellow',
      zh: '否则在 msg.payload 中列出，节点显示为黄色',
    },
    rateLimits: {
      en: 'When a message would exceed what WeCom delivers (a member gets 30 a minute and 1000 an hour from an app, a robot sends 20 a minute): wait, fail, or send anyway; WeCom drops such messages without an error',
      zh: '消息将超过企业微信的发送频率时（每个成员每分钟 30 条、每小时 1000 条；每个机器人每分钟 20 条）：等待、报错，或关闭检查直接发送；超出的消息会被企业微信丢弃且不报错',
    },
    queueLength: {
      en: 'How many messages may wait in this node; any more fail',
      zh: '此节点中最多可等待的消息数，超出的消息会报错',
    },
    atOnce: {
      en: 'At most so many requests to WeCom are open side by side: 8 at first, more while answers come quickly, fewer when WeCom has too many. Messages to the same members always go one after the other',
      zh: '同时向企业微信发出的请求数上限：开始时为 8，应答较快时自动增加，企业微信繁忙时自动减少。发给相同成员的消息始终依次发送',
    },
    advised: {
      en: '__actual__ characters: WeCom shows about __limit__ and shortens the rest',
      zh: '__actual__ 个字：企业微信约显示 __limit__ 个字，其余会被省略',
    },
    templates: {
      en: 'Texts typed here may hold values of the message, such as {{payload.name}}; also flow., global. and env.',
      zh: '在此填写的文本中可使用消息的值，例如 {{payload.name}}，也可用 flow.、global. 和 env.',
    },
    template: { en: 'length depends on {{…}}', zh: '长度取决于 {{…}} 的值' },
    parts: { en: '__actual__ bytes: about __count__ messages', zh: '__actual__ 字节：约 __count__ 条消息' },
    shortened: { en: '__actual__ of __limit__ bytes: will be shortened', zh: '__actual__ / __limit__ 字节：将被截短' },
    bytes: { en: '__actual__ of __limit__ bytes', zh: '__actual__ / __limit__ 字节' },
    characters: { en: '__actual__ of __limit__ characters', zh: '__actual__ / __limit__ 个字符' },
    notThere: { en: '__label__ (not possible here)', zh: '__label__（此处不可用）' },
    forgotten: {
      en: 'Done keeps only what is shown here. Entered besides: __types__.',
      zh: '点击“完成”后只保留此处显示的内容。另已填写：__types__。',
    },
    notInWechat: {
      en: 'Members who read in WeChat (微信插件) do not see this type.',
      zh: '通过微信插件接收的成员看不到此类型。',
    },
  },
  /** Headings in the list of types. */
  groups: {
    text: { en: 'Texts', zh: '文本' },
    media: { en: 'Files', zh: '文件' },
    article: { en: 'Cards and articles that open a page', zh: '跳转网页的卡片和图文' },
    card: { en: 'Template cards', zh: '模板卡片' },
  },
  source: {
    str: { en: 'text', zh: '文本' },
    num: { en: 'number', zh: '数字' },
    switch: { en: 'entered here', zh: '在此填写' },
    choice: { en: 'choice', zh: '选择' },
    list: { en: 'entered here', zh: '在此填写' },
    group: { en: 'entered here', zh: '在此填写' },
    file: { en: 'Where the file comes from', zh: '文件来源' },
    data: { en: 'Buffer', zh: 'Buffer' },
    text: { en: 'Text', zh: '文本' },
    base64: { en: 'Base64', zh: 'Base64' },
    path: { en: 'Path on the server', zh: '服务器路径' },
    media_id: { en: 'media_id', zh: 'media_id' },
    yes: { en: 'yes', zh: '是' },
    no: { en: 'no', zh: '否' },
  },
  encoding: {
    utf8: { en: 'UTF-8', zh: 'UTF-8' },
    'utf8-bom': { en: 'UTF-8 with BOM (CSV for Excel)', zh: '带 BOM 的 UTF-8（用 Excel 打开的 CSV）' },
    utf16le: { en: 'UTF-16 LE', zh: 'UTF-16 LE' },
    latin1: { en: 'Latin-1', zh: 'Latin-1' },
  },
  list: {
    add: { en: 'Add __entry__', zh: '添加__entry__' },
    full: { en: 'No more than __max__', zh: '最多 __max__ 项' },
  },
  /** At the end of a line that is typed in. */
  count: {
    bytes: { en: '__actual__/__limit__ bytes', zh: '__actual__/__limit__ 字节' },
    characters: { en: '__actual__/__limit__', zh: '__actual__/__limit__ 字' },
  },
  expand: { en: 'Open in a larger editor', zh: '在大窗口中编辑' },
  pick: {
    unreachable: {
      en: 'Node-RED did not answer (HTTP status __status__).',
      zh: 'Node-RED 未响应（HTTP 状态 __status__）。',
    },
    button: { en: 'Choose', zh: '选择' },
    loading: { en: 'Asking WeCom …', zh: '正在从企业微信读取……' },
    search: { en: 'Search by name or ID', zh: '按名称或 ID 搜索' },
    none: { en: 'Nothing found', zh: '没有找到' },
    empty: {
      en: 'The app sees none of these. Widen its visible range (可见范围) in the admin console, or type IDs.',
      zh: '应用看不到任何条目。请在管理后台扩大可见范围，或直接输入 ID。',
    },
    more: { en: '__count__ more: type to find them', zh: '还有 __count__ 项，请输入关键字查找' },
    all: { en: 'All __count__ found', zh: '全选找到的 __count__ 项' },
    andMore: { en: '__list__ and __count__ more', zh: '__list__等，另有 __count__ 项' },
    chosen: { en: '__count__ chosen', zh: '已选 __count__ 项' },
    typed: { en: 'typed', zh: '手动输入' },
    done: { en: 'Done', zh: '完成' },
    cancel: { en: 'Cancel', zh: '取消' },
    noApp: { en: 'Choose a WeCom app first.', zh: '请先选择企业微信应用。' },
  },
  status: {
    sending: { en: 'sending', zh: '发送中' },
    sent: { en: 'sent', zh: '已发送' },
    checked: { en: 'checked, not sent', zh: '已检查，未发送' },
    working: { en: 'working', zh: '处理中' },
    done: { en: 'done', zh: '已完成' },
    warned: { en: 'sent, warnings: __count__', zh: '已发送，有 __count__ 条警告' },
    'no-robot': { en: 'no group robot', zh: '未选择群机器人' },
    'robot-wrong': { en: 'robot key wrong', zh: '机器人设置有误' },
    'no-app': { en: 'no WeCom app', zh: '未选择应用' },
    'app-wrong': { en: 'app settings wrong', zh: '应用设置有误' },
    'input-wrong': { en: 'settings wrong', zh: '设置有误' },
    'no-answer': { en: 'no answer', zh: '无应答' },
    failed: { en: 'failed', zh: '发送失败' },
    /** An error in a few words, which the runtime knows in both languages. */
    told: { en: '__en__', zh: '__zh__' },
    retrying: { en: 'retrying (__tries__), __reason__', zh: '重试中（第 __tries__ 次），__reason__' },
    'rate-limit': { en: 'rate limit', zh: '超过频率限制' },
    'queue-full': { en: 'queue full', zh: '队列已满' },
    cancelled: { en: 'not sent', zh: '未发送' },
    queued: { en: '__count__ queued', zh: '__count__ 条排队' },
    held: { en: '__count__ queued, __seconds__ s', zh: '__count__ 条排队，__seconds__ 秒' },
    'held-minutes': { en: '__count__ queued, __minutes__ min', zh: '__count__ 条排队，__minutes__ 分钟' },
    dropped: { en: '__count__ dropped', zh: '已丢弃 __count__ 条' },
    undelivered: { en: '__count__ not reached', zh: '__count__ 个未送达' },
  },
  /** Why a message is tried again. */
  reason: networkReasons,
  problem: {
    noApp: {
      en: 'No WeCom app is chosen, or it was deleted. Open this node and choose one.',
      zh: '未选择企业微信应用，或该应用已被删除。请打开此节点并选择应用。',
    },
    noRobot: {
      en: 'No group robot is chosen, or it was deleted. Open this node and choose one.',
      zh: '未选择群机器人，或该机器人已被删除。请打开此节点并选择群机器人。',
    },
    queueFull: {
      en: 'Not sent: {count} messages wait in this node already, and its queue holds {limit}. Send fewer messages, raise "Queue length" in the options of the node, or reset its queue with msg.reset.',
      zh: '消息未发送：此节点已有 {count} 条消息在排队，队列上限为 {limit} 条。请减少消息、在节点选项中增大“队列长度”，或用 msg.reset 清空队列。',
    },
    removed: {
      en: 'Not sent: the node was removed or disabled while the message waited.',
      zh: '消息未发送：排队期间节点已被删除或禁用。',
    },
    removedRest: {
      en: 'Parts of the message were sent, the rest was not: the node was removed or disabled while it waited.',
      zh: '消息已部分发送，其余部分未发送：排队期间节点已被删除或禁用。',
    },
    reset: {
      en: 'Not sent: the message was dropped by msg.reset while it waited.',
      zh: '消息未发送：排队期间被 msg.reset 丢弃。',
    },
    resetRest: {
      en: 'Parts of the message were sent, the rest was dropped by msg.reset.',
      zh: '消息已部分发送，其余部分被 msg.reset 丢弃。',
    },
    notPassedOn: {
      en: 'The message was sent, but Node-RED could not pass it on: {reason}. Do not send it again.',
      zh: '消息已发送，但 Node-RED 无法将其传给后续节点：{reason}。请勿重复发送。',
    },
    leftOver: {
      en: '{count} messages wait: they are sent when the flows have started again. If Node-RED ends now, they are not sent.',
      zh: '{count} 条消息在排队：流程重新启动后会继续发送。如果 Node-RED 现在退出，这些消息不会发送。',
    },
    undelivered: {
      en: 'Not everybody was reached: {ids}. They do not exist, are outside the visible range (可见范围) of the app, or have no licence. The others got the message.',
      zh: '以下接收人未送达：{ids}。可能不存在、不在应用可见范围内，或没有许可。其他人已收到消息。',
    },
    undeliveredHint: {
      en: 'Check the IDs, and in the admin console the visible range (可见范围) of the app. Do not send the same message again: the others have it.',
      zh: '请检查 ID，并在管理后台检查应用的可见范围。不要重复发送：其他人已收到。',
    },
    missing: { en: '__label__ is missing', zh: '缺少__label__' },
    recipients: {
      en: 'Nobody is named: fill in members, departments or tags, or choose everyone',
      zh: '未指定接收人：请填写成员、部门或标签，或选择全部成员',
    },
    msgtype: { en: 'Choose a message type', zh: '请选择消息类型' },
    json: { en: 'The card is not valid JSON', zh: '卡片不是有效的 JSON' },
    within: { en: '__group__: __problem__', zh: '__group__：__problem__' },
    comma: { en: ', ', zh: '、' },
    oneOf: { en: 'Fill in at least one of these: __labels__', zh: '请至少填写一项：__labels__' },
    together: {
      en: '__label__ is missing: it goes together with __others__',
      zh: '缺少__label__：须与__others__同时填写',
    },
    repeated: {
      en: '__label__ is the same as in entry __entry__: each needs its own',
      zh: '__label__与第 __entry__ 项重复',
    },
    blank: { en: '__label__ is blank', zh: '__label__只有空白' },
    pattern: { en: '__label__ __problem__', zh: '__label____problem__' },
    tooShort: {
      en: '__label__ has __actual__ characters, but needs at least __limit__',
      zh: '__label__有 __actual__ 个字，至少需要 __limit__ 个',
    },
    address: { en: '__label__ is not a valid address', zh: '__label__不是有效的网址' },
    userId: {
      en: '__label__: "__id__" is not a user ID. Give the account (账号) of the member, not the name',
      zh: '__label__：“__id__”不是成员账号。请填写账号，而不是姓名',
    },
    numericId: {
      en: '__label__: "__id__" is not an ID, which is a whole number',
      zh: '__label__：“__id__”不是有效的 ID，应为整数',
    },
    messageJson: { en: 'The message is not valid JSON', zh: '消息不是有效的 JSON' },
    decimal: {
      en: '__label__ must be a number from __min__ to __max__',
      zh: '__label__必须是 __min__ 到 __max__ 之间的数字',
    },
    bytes: {
      en: '__label__ is __actual__ bytes long, but at most __limit__ bytes fit (a Chinese character counts 3)',
      zh: '__label__长度为 __actual__ 字节，最多 __limit__ 字节（一个汉字占 3 字节）',
    },
    characters: {
      en: '__label__ has __actual__ characters, but at most __limit__ fit',
      zh: '__label__有 __actual__ 个字符，最多 __limit__ 个',
    },
    template: {
      en: '__label__ has a {{ without }}; to send {{ as it stands, begin the text with {{=<% %>=}}',
      zh: '__label__中的 {{ 缺少 }}；如需原样发送 {{，请在文本开头加上 {{=<% %>=}}',
    },
    url: { en: '__label__ must start with http:// or https://', zh: '__label__必须以 http:// 或 https:// 开头' },
    number: {
      en: '__label__ must be a whole number from __min__ to __max__',
      zh: '__label__必须是 __min__ 到 __max__ 之间的整数',
    },
    entries: {
      en: '__label__ has __actual__ entries, but must have from __min__ to __max__',
      zh: '__label__有 __actual__ 项，应为 __min__ 至 __max__ 项',
    },
    filename: { en: '__label__ needs a value', zh: '__label__需要填写' },
  },
} as const;
