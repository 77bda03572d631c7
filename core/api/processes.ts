import type { Wording } from '../outcome/wording';

/** The setting of an app or robot that several processes send with. */
export const processesWording: { readonly label: Wording; readonly help: Wording; readonly problem: Wording } = {
  label: { en: 'Sending Processes', zh: '发送进程数' },
  help: {
    en: 'How many processes send with it at the same time, such as the workers of n8n in queue mode or several instances of Node-RED. WeCom counts them together, so each keeps its share of the limits; with one process leave 1',
    zh: '同时用它发送消息的进程数，例如 n8n 队列模式（queue mode）的 worker 数，或 Node-RED 实例数。企业微信合并计算频率，因此每个进程只使用其中一份；只有一个进程时保持 1',
  },
  problem: { en: 'must be a whole number, at least 1', zh: '必须是不小于 1 的整数' },
};

/** NaN for what is no whole number from 1 on; 1 if nothing was set. */
export function readProcesses(value: unknown): number {
  const isUnset = value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
  const processes = isUnset ? 1 : typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isSafeInteger(processes) && processes >= 1 ? processes : Number.NaN;
}
