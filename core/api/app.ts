import { baseUrlProblem, readBaseUrl } from './base-url';
import { WecomInputError } from '../outcome/errors';
import type { InputIssue } from '../outcome/errors';
import type { WecomApp } from './ports';
import { processesWording, readProcesses } from './processes';
import type { Wording } from '../outcome/wording';

/** What a credential holds before it was checked. */
export type WecomAppInput = { readonly [Key in keyof WecomApp]?: unknown };

/** The settings of an app as people see them: label, and where in the admin console to find the value. */
export const appWording: Readonly<Record<keyof WecomApp, { readonly label: Wording; readonly help: Wording }>> = {
  corpId: {
    label: { en: 'Corp ID', zh: '企业 ID' },
    help: {
      en: 'Admin console → My Company (我的企业) → Company Information → 企业ID',
      zh: '管理后台 → 我的企业 → 企业信息 → 企业ID',
    },
  },
  agentId: {
    label: { en: 'Agent ID', zh: 'AgentId' },
    help: {
      en: 'Admin console → App Management (应用管理) → your app → AgentId',
      zh: '管理后台 → 应用管理 → 你的应用 → AgentId',
    },
  },
  secret: {
    label: { en: 'Secret', zh: 'Secret' },
    help: {
      en: 'Admin console → App Management (应用管理) → your app → Secret',
      zh: '管理后台 → 应用管理 → 你的应用 → Secret',
    },
  },
  baseUrl: {
    label: { en: 'Base URL', zh: 'API 地址' },
    help: {
      en: 'Change it only for a relay with a trusted IP or a private deployment (私有化部署); every call goes there',
      zh: '仅在使用固定可信 IP 的中转服务或私有化部署时修改；所有请求都会发往该地址',
    },
  },
  processes: processesWording,
};

/**
 * Checks the settings of an app; blanks around values are dropped, an empty base URL means the official API.
 *
 * @throws WecomInputError naming every wrong setting.
 */
export function parseApp(input: WecomAppInput): WecomApp {
  const issues: InputIssue[] = [];
  const wrong = (path: keyof WecomApp, message: Wording) =>
    issues.push({ path, label: appWording[path].label, message });
  const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

  const corpId = trimmed(input.corpId);
  if (corpId === '') wrong('corpId', { en: 'is missing', zh: '缺失' });
  const secret = trimmed(input.secret);
  if (secret === '') wrong('secret', { en: 'is missing', zh: '缺失' });
  const agentId = typeof input.agentId === 'number' ? input.agentId : Number(trimmed(input.agentId) || Number.NaN);
  // agentid is an int; a text was seen to be refused or answered with a JSON warning (section 0).
  if (!Number.isSafeInteger(agentId) || agentId < 0)
    wrong('agentId', { en: 'must be the whole number shown in the admin console', zh: '必须是管理后台显示的整数' });
  const baseUrl = readBaseUrl(input.baseUrl);
  const problem = baseUrlProblem(baseUrl);
  if (problem) wrong('baseUrl', problem);
  const processes = readProcesses(input.processes);
  if (Number.isNaN(processes)) wrong('processes', processesWording.problem);

  if (issues.length > 0) throw new WecomInputError(issues);
  return { corpId, agentId, secret, baseUrl, processes };
}
