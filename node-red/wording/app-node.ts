import { appWording } from '../../core/app';

/** What people read in the dialog of `wecom-app`. */
export const appNodeWording = {
  /** Tells the runtime which language its catalogue is in. */
  language: { en: 'en', zh: 'zh' },
  title: { en: 'WeCom app', zh: '企业微信应用' },
  label: {
    name: { en: 'Name', zh: '名称' },
    corpId: appWording.corpId.label,
    agentId: appWording.agentId.label,
    secret: appWording.secret.label,
    baseUrl: appWording.baseUrl.label,
    proxy: { en: 'Proxy', zh: '代理' },
    timeout: { en: 'Timeout', zh: '超时' },
    seconds: { en: 'seconds', zh: '秒' },
    connection: { en: 'Connection', zh: '连接' },
  },
  help: {
    corpId: appWording.corpId.help,
    agentId: appWording.agentId.help,
    secret: appWording.secret.help,
    baseUrl: appWording.baseUrl.help,
    proxy: { en: 'Empty: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment count', zh: '留空则使用环境变量 HTTPS_PROXY、HTTP_PROXY 和 NO_PROXY' },
  },
  placeholder: {
    name: { en: 'Name', zh: '名称' },
  },
  test: {
    button: { en: 'Test', zh: '测试' },
    hint: { en: 'Checks the secret, the agent ID and the trusted IP', zh: '检查 Secret、AgentId 和可信 IP' },
    running: { en: 'Asking WeCom …', zh: '正在连接企业微信……' },
    works: { en: 'It works: this is the app "__name__".', zh: '连接成功：应用“__name__”。' },
    unreachable: { en: 'Node-RED did not answer (HTTP status __status__). Deploying needs the permission to change flows, and so does this test.', zh: 'Node-RED 未响应（HTTP 状态 __status__）。测试与部署一样，需要修改流程的权限。' },
  },
  problem: {
    missing: { en: '__label__ is missing', zh: '缺少__label__' },
    agentId: { en: 'must be the whole number shown in the admin console', zh: '必须是管理后台显示的整数' },
    url: { en: 'must be an address that starts with https:// or http://', zh: '必须是以 https:// 或 http:// 开头的地址' },
    proxy: { en: 'must be an address that starts with http:// or https://', zh: '必须是以 http:// 或 https:// 开头的地址' },
    timeout: { en: 'must be a number of seconds above 0', zh: '必须是大于 0 的秒数' },
  },
} as const;
