import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { endpoints } from '../../core/api/endpoints';
import type { Endpoint } from '../../core/api/endpoints';
import type { Difference } from './compare';
import { judgeFile } from '../fixtures/known-to-sandbox';
import type { Form } from './forms';

const PROJECT = path.join(__dirname, '../..');

/** What core and the sandbox differ about, one sentence a field, with the files in which it can be mended. */
export function sentences(form: Form, differences: readonly Difference[]): string[] {
  const byField = new Map<string, Difference[]>();
  for (const difference of differences) byField.set(difference.at, [...(byField.get(difference.at) ?? []), difference]);
  return [...byField].map(([at, found]) => sentence(form, at, found));
}

function sentence(form: Form, at: string, found: readonly Difference[]): string {
  const { core, sandbox } = filesOf(form, at);
  const unknown = found.flatMap(({ unread }) => unread).find((field) => endsWith(field, at));
  if (unknown !== undefined)
    return (
      `core sends ${unknown} (${core}), and the sandbox does not know it: ` +
      `let ${sandbox} read and judge it, as docs/wecom-api.md says`
    );
  if (found.some(({ details }) => details.includes('| sandbox: 40008 |')))
    return `the sandbox knows no ${form.key}: add ${sandbox} and name it in index.ts beside it`;
  const first = found[0]!;
  const others = found.length === 1 ? '' : ` (and ${found.length - 1} more of this field)`;
  return (
    `${form.key}${at === '' ? '' : `, ${at}`}, ${first.probe}: core ${first.core} it, the sandbox ${first.sandbox} it${others}. ` +
    `docs/wecom-api.md says who is right: ${core} or ${sandbox}; ` +
    `if both may differ, test/verdicts/differences.ts says why. Core: ${first.details}`
  );
}

/** Whether the path of a request, with places in lists, is that of a field. */
function endsWith(read: string, at: string): boolean {
  const names = read.replaceAll(/\[\d+\]/g, '');
  return at !== '' && (names === at || names.endsWith(`.${at}`));
}

interface Files {
  readonly core: string;
  readonly sandbox: string;
}

function filesOf({ key, place, options }: Form, at: string): Files {
  const [, name = ''] = key.split(' ');
  if (place === 'operation') return { core: operationFile(name), sandbox: endpointFile(name) };
  if (options.some((option) => option.name === at))
    return { core: 'core/messages/message-type.ts', sandbox: `sandbox/endpoints/${SENDERS[place]}.ts` };
  return { core: typeFile(name), sandbox: judgeFile(name, place) };
}

const SENDERS = {
  app: 'message-send',
  chat: 'appchat-send',
  robot: 'webhook-send',
  update: 'update-template-card',
} as const;

const kebab = (name: string) => name.replaceAll('_', '-').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function typeFile(name: string): string {
  return firstThere([`core/messages/types/${kebab(name)}.ts`, `core/messages/types/template-card/${kebab(name)}.ts`]);
}

function operationFile(name: string): string {
  const folder = 'core/operations';
  const found = readdirSync(path.join(PROJECT, folder)).find((file) =>
    readFileSync(path.join(PROJECT, folder, file), 'utf8').includes(`name: '${name}'`),
  );
  return `${folder}/${found ?? `${kebab(name)}.ts`}`;
}

function endpointFile(operation: string): string {
  const named: Readonly<Record<string, Endpoint>> = { ...endpoints, updateCard: endpoints.updateTemplateCard };
  const called = (named[operation]?.path ?? operation).replace('/cgi-bin/', '');
  return firstThere([
    `sandbox/endpoints/${called.split('/').at(-1)!.replaceAll('_', '-')}.ts`,
    `sandbox/endpoints/${called.replaceAll(/[/_]/g, '-')}.ts`,
  ]);
}

/** The last one when there is none yet: that is where it would be. */
function firstThere(files: readonly string[]): string {
  return files.find((file) => existsSync(path.join(PROJECT, file))) ?? files.at(-1)!;
}
