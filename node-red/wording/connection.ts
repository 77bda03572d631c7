import { processesWording } from '../../core/api/processes';

/** What the dialogs of both config nodes say about reaching WeCom. */
export const connectionWording = {
  label: {
    proxy: { en: 'Proxy', zh: '代理' },
    processes: processesWording.label,
    proxyUser: { en: 'Proxy User', zh: '代理用户名' },
    proxyPassword: { en: 'Proxy Password', zh: '代理密码' },
    timeout: { en: 'Timeout', zh: '超时' },
    seconds: { en: 'seconds', zh: '秒' },
    connection: { en: 'Connection', zh: '连接' },
  },
  help: {
    proxy: {
      en: 'Empty: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment count',
      zh: '留空则使用环境变量 HTTPS_PROXY、HTTP_PROXY 和 NO_PROXY',
    },
    processes: processesWording.help,
  },
  test: {
    button: { en: 'Test', zh: '测试' },
    running: { en: 'Asking WeCom …', zh: '正在连接企业微信……' },
    network: {
      en: 'Check the network, the base URL and the proxy, then try again.',
      zh: '请检查网络、API 地址和代理设置后重试。',
    },
    unreachable: {
      en: 'Node-RED did not answer (HTTP status __status__). Deploying needs the permission to change flows, and so does this test.',
      zh: 'Node-RED 未响应（HTTP 状态 __status__）。测试与部署一样，需要修改流程的权限。',
    },
  },
  problem: {
    url: {
      en: 'must be an address that starts with https:// or http://',
      zh: '必须是以 https:// 或 http:// 开头的地址',
    },
    proxy: {
      en: 'must be an address that starts with http:// or https://',
      zh: '必须是以 http:// 或 https:// 开头的地址',
    },
    proxyOfEnvironment: {
      en: 'of the environment (HTTP_PROXY, HTTPS_PROXY) is no address; signs in its user and password must be encoded, % as %25',
      zh: '来自环境变量（HTTP_PROXY、HTTPS_PROXY），不是有效地址；其中用户名和密码里的特殊字符须编码，例如 % 写成 %25',
    },
    processes: processesWording.problem,
    proxyLogin: {
      en: 'holds a user name or password, which everybody who sees the flow could read: enter them as Proxy User and Proxy Password',
      zh: '不能包含用户名或密码，否则会以明文保存在流程中：请填写到“代理用户名”和“代理密码”',
    },
    storedElsewhere: {
      en: 'is stored for another base URL or proxy and is only sent there: enter it again to try it with these',
      zh: '已为另一个 API 地址或代理保存，只会发往原来的地址；要用于当前设置，请重新输入',
    },
    environment: {
      en: 'is an environment variable; unless you may deploy flows, only those of deployed settings are read, with the base URL and proxy deployed there',
      zh: '是环境变量；没有部署流程的权限时，只读取已部署设置中的环境变量，且 API 地址和代理必须与部署的一致',
    },
    timeout: { en: 'must be a number of seconds above 0', zh: '必须是大于 0 的秒数' },
  },
} as const;
