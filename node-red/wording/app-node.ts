import { appWording } from '../../core/api/app';
import { connectionWording } from './connection';

/** What people read in the dialog of `wecom-app`. */
export const appNodeWording = {
  title: { en: 'WeCom app', zh: '企业微信应用' },
  label: {
    name: { en: 'Name', zh: '名称' },
    corpId: appWording.corpId.label,
    agentId: appWording.agentId.label,
    secret: appWording.secret.label,
    baseUrl: appWording.baseUrl.label,
    ...connectionWording.label,
  },
  help: {
    corpId: appWording.corpId.help,
    agentId: appWording.agentId.help,
    secret: appWording.secret.help,
    baseUrl: appWording.baseUrl.help,
    ...connectionWording.help,
  },
  placeholder: {
    name: { en: 'Name', zh: '名称' },
  },
  test: {
    ...connectionWording.test,
    hint: { en: 'Checks the secret, the agent ID and the trusted IP', zh: '检查 Secret、AgentId 和可信 IP' },
    works: { en: 'It works: this is the app "__name__".', zh: '连接成功：应用“__name__”。' },
  },
  problem: {
    ...connectionWording.problem,
    missing: { en: '__label__ is missing', zh: '缺少__label__' },
    agentId: { en: 'must be the whole number shown in the admin console', zh: '必须是管理后台显示的整数' },
  },
} as const;
