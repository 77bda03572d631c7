import { processesWording } from '../../core/processes';

/** What the dialogs of both config nodes say about reaching WeCom. */
export const connectionWording = {
  label: {
    proxy: { en: 'Proxy', zh: '代理' },
    processes: processesWording.label,
    timeout: { en: 'Timeout', zh: '超时' },
    seconds: { en: 'seconds', zh: '秒' },
    connection: { en: 'Connection', zh: '连接' },
  },
  help: {
    proxy: { en: 'Empty: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment count', zh: '留空则使用环境变量 HTTPS_PROXY、HTTP_PROXY 和 NO_PROXY' },
    processes: processesWording.help,
  },
  test: {
    button: { en: 'Test', zh: '测试' },
    running: { en: 'Asking WeCom …', zh: '正在连接企业微信……' },
    unreachable: { en: 'Node-RED did not answer (HTTP status __status__). Deploying needs the permission to change flows, and so does this test.', zh: 'Node-RED 未响应（HTTP 状态 __status__）。测试与部署一样，需要修改流程的权限。' },
  },
  problem: {
    url: { en: 'must be an address that starts with https:// or http://', zh: '必须是以 https:// 或 http:// 开头的地址' },
    proxy: { en: 'must be an address that starts with http:// or https://', zh: '必须是以 http:// 或 https:// 开头的地址' },
    processes: processesWording.problem,
    timeout: { en: 'must be a number of seconds above 0', zh: '必须是大于 0 的秒数' },
  },
} as const;
