/** A department; ids are integers, 1 is the root (doc 90208). */
export interface Department {
  id: number;
  name: string;
  name_en: string;
  parentid: number;
  order: number;
}

export interface Member {
  /** 1–64 of `0-9 a-z A-Z - _ .`; comparison ignores case. */
  userid: string;
  name: string;
  /** 别名; most members have none. */
  alias?: string;
  department: number[];
  /** Robots may mention a member by this number. */
  mobile: string;
  /** Whether the member has a valid basic API licence (基础接口许可); without it messages do not arrive. */
  licensed: boolean;
}

export interface Tag {
  tagid: number;
  tagname: string;
  users: string[];
  parties: number[];
}

export interface App {
  agentid: number;
  name: string;
  description: string;
  secret: string;
  /** Visible range (可见范围): a department brings its sub-departments with it. */
  visible: { users: string[]; parties: number[]; tags: number[] };
  /** Trusted IPs (企业可信IP). Calls from any other address are refused with 60020. */
  trustedIps: string[];
  /** Where WeCom reports card events to (接收消息服务器 URL). Without one, cards that call back are refused with 43012. */
  callbackUrl: string | null;
  /** appid of the mini-program the app is bound to. Without one, miniprogram_notice is refused with 48002. */
  miniProgram: string | null;
}

/** A mini-program that is linked to the corp (关联小程序). */
export interface MiniProgram {
  appid: string;
  name: string;
}

/** Why a robot may not push; see `robots.ts` for the errcode of each. */
export type RobotState = 'active' | 'removed' | 'disabled' | 'group_forbids_pushes' | 'not_in_group';

/** A group robot (群机器人, 消息推送) and the group it is in. */
export interface Robot {
  /** A short name for tests and the inbox, where the key would be a secret on display. */
  id: string;
  /** What stands behind `?key=` of the webhook address. */
  key: string;
  name: string;
  /** Name of the group. */
  group: string;
  /** Userids of the group's members. */
  members: string[];
  state: RobotState;
}

export interface Company {
  corpId: string;
  name: string;
  /**
   * The public address callers seem to have. Nobody lists 127.0.0.1 as a trusted IP, so the sandbox stands for a
   * network.
   */
  callerIp: string;
  /** How many accounts the corp may have (账号上限); its apps may reach 200 times as many members a day. */
  accountLimit: number;
  apps: App[];
  /** Secret of contacts sync (通讯录同步): may list userids, may not send. */
  contactsSyncSecret: string;
  departments: Department[];
  members: Member[];
  tags: Tag[];
  miniPrograms: MiniProgram[];
  robots: Robot[];
}

const CALLER_IP = '203.0.113.7';
const NEW_HIRES = 7;

const DEPARTMENTS: Department[] = [
  { id: 1, name: '沙盒科技', name_en: 'Sandbox Tech', parentid: 0, order: 100 },
  { id: 2, name: '研发部', name_en: 'Engineering', parentid: 1, order: 90 },
  { id: 3, name: '市场部', name_en: 'Marketing', parentid: 1, order: 80 },
  { id: 4, name: '平台组', name_en: 'Platform', parentid: 2, order: 70 },
  { id: 5, name: '人事部', name_en: 'People', parentid: 1, order: 60 },
  { id: 6, name: '董事办公室', name_en: 'Board office', parentid: 1, order: 50 },
  { id: NEW_HIRES, name: '新员工', name_en: 'New hires', parentid: 1, order: 40 },
];

const MEMBERS: Member[] = [
  { userid: 'zhangsan', name: '张三', department: [2], mobile: '13800138001', licensed: true },
  { userid: 'lisi', name: '李四', department: [4], mobile: '13800138002', licensed: true },
  { userid: 'wangwu', name: '王五', alias: 'Wayne', department: [3], mobile: '13800138003', licensed: true },
  { userid: 'zhaoliu', name: '赵六', department: [3, 4], mobile: '13800138004', licensed: true },
  { userid: 'chenxi', name: '陈曦', department: [5], mobile: '13800138005', licensed: true },
  { userid: 'linyue', name: '林悦', department: [3], mobile: '13800138006', licensed: true },
  { userid: 'alice', name: 'Alice Chen', department: [2], mobile: '13800138007', licensed: true },
  { userid: 'bob.miller', name: 'Bob Miller', department: [4], mobile: '13800138008', licensed: true },
  { userid: 'carol-n', name: 'Carol Novák', department: [3], mobile: '13800138009', licensed: true },
  { userid: 'David_Wu', name: 'David Wu', department: [5], mobile: '13800138010', licensed: true },
  { userid: 'sunqi', name: '孙七', department: [3], mobile: '13800138011', licensed: false },
  { userid: 'emma', name: 'Emma Zhou 周艾玛', alias: 'Emma', department: [6], mobile: '13800138012', licensed: true },
];

const TAGS: Tag[] = [
  { tagid: 1, tagname: '值班 On duty', users: ['zhangsan', 'bob.miller'], parties: [] },
  { tagid: 2, tagname: '管理者 Managers', users: ['alice', 'chenxi', 'emma'], parties: [] },
  { tagid: 3, tagname: '全体研发 All engineers', users: [], parties: [2] },
];

const APPS: App[] = [
  {
    agentid: 1000002,
    name: '自动通知 Notifier',
    description: 'The app to try things with: sees everyone but the board office.',
    secret: 'sandbox-secret-1000002',
    visible: { users: [], parties: [2, 3, 5, NEW_HIRES], tags: [] },
    trustedIps: [CALLER_IP],
    callbackUrl: 'https://notifier.example.com/wecom',
    miniProgram: 'wx5a2d8b0c0000a001',
  },
  {
    agentid: 1000003,
    name: '运维告警 Alerts',
    description: 'A second app: sees the whole company, so it may create group chats. No callback URL.',
    secret: 'sandbox-secret-1000003',
    visible: { users: [], parties: [1], tags: [] },
    trustedIps: [CALLER_IP],
    callbackUrl: null,
    miniProgram: null,
  },
  {
    agentid: 1000004,
    name: '未配置可信IP No trusted IP',
    description: 'An app without trusted IPs: every call is refused with 60020.',
    secret: 'sandbox-secret-1000004',
    visible: { users: ['zhangsan'], parties: [], tags: [1] },
    trustedIps: [],
    callbackUrl: null,
    miniProgram: null,
  },
];

const MINI_PROGRAMS: MiniProgram[] = [
  { appid: 'wx5a2d8b0c0000a001', name: '审批助手 Approvals' },
  { appid: 'wx5a2d8b0c0000a002', name: '考勤 Attendance' },
];

const ROBOTS: Robot[] = [
  {
    id: 'build',
    key: '5a2d8b0c-7e11-4c52-9b0e-0000000000b1',
    name: '构建机器人 Build bot',
    group: '研发群 Engineers',
    members: ['zhangsan', 'lisi', 'alice', 'bob.miller'],
    state: 'active',
  },
  {
    id: 'sales',
    key: '5a2d8b0c-7e11-4c52-9b0e-0000000000b2',
    name: '日报助手 Daily figures',
    group: '市场群 Marketing',
    members: ['wangwu', 'zhaoliu', 'linyue', 'carol-n'],
    state: 'active',
  },
];

/** Enough to send for hours at full speed. */
export const ACCOUNT_LIMIT = 10_000;

/**
 * The company that lives in the sandbox.
 * @param extraMembers how many members `u00001`, `u00002`, … join the department "New hires"
 */
export function createCompany(extraMembers = 0, accountLimit = ACCOUNT_LIMIT): Company {
  const newHires = Array.from({ length: extraMembers }, (_, index): Member => {
    const number = String(index + 1).padStart(5, '0');
    return {
      userid: `u${number}`,
      name: `新员工 ${number}`,
      department: [NEW_HIRES],
      mobile: `139001${number}`,
      licensed: true,
    };
  });
  return structuredClone({
    corpId: 'ww5a2d8b0c000000e1',
    name: '沙盒科技 Sandbox Tech',
    callerIp: CALLER_IP,
    accountLimit,
    apps: APPS,
    contactsSyncSecret: 'sandbox-secret-contacts-sync',
    departments: DEPARTMENTS,
    members: [...MEMBERS, ...newHires],
    tags: TAGS,
    miniPrograms: MINI_PROGRAMS,
    robots: ROBOTS,
  });
}
