import { appWording } from '../../core/api/app';
import { robotWording } from '../../core/clients/robot';
import { connectionWording } from './connection';

/** What people read in the dialog of `wecom-robot`. */
export const robotNodeWording = {
  title: { en: 'WeCom group robot', zh: '企业微信群机器人' },
  label: {
    name: { en: 'Name', zh: '名称' },
    webhook: robotWording.webhook.label,
    baseUrl: appWording.baseUrl.label,
    ...connectionWording.label,
  },
  help: {
    webhook: robotWording.webhook.help,
    baseUrl: {
      en: 'For a key alone: a relay or a private deployment (私有化部署). A whole URL brings its own address',
      zh: '仅填写 key 时使用：中转服务或私有化部署的地址。完整的 Webhook 地址自带服务器地址',
    },
    ...connectionWording.help,
  },
  placeholder: {
    name: { en: 'Name of the group', zh: '群名称' },
  },
  test: {
    ...connectionWording.test,
    hint: { en: 'Checks the key; nothing is sent to the group', zh: '检查 key，不会向群内发送消息' },
    works: { en: 'It works: the robot is there. Nothing was sent.', zh: '连接成功：机器人可用。未发送任何消息。' },
  },
  problem: connectionWording.problem,
} as const;
