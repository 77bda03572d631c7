/** What somebody fills in to send the smallest message of a type: one value for each field that is needed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Field } from '../../core';
import { withValue } from '../core/examples';
import { amr, mp4, png } from '../fixtures/media';
import type { FormAt } from './expected';

export interface Filling {
  /** API path below the type, such as `articles[0].title`. */
  readonly path: string;
  readonly field: Field;
  readonly value: string;
}

/** Values that WeCom looks up. */
const KNOWN: Readonly<Record<string, string>> = { appid: 'wx5a2d8b0c0000a001', keyname: 'Ref' };

/** The fields that a smallest message fills in, in the order of the panel. */
export function smallest({ content, rules }: FormAt): Filling[] {
  return fillings(content, withValue(content, [], undefined, rules));
}

function fillings(fields: readonly Field[], values: object, before = ''): Filling[] {
  return fields.flatMap((field) => {
    const value = (values as Record<string, unknown>)[field.name];
    if (value === undefined) return [];
    const inner = field.fields ?? [];
    const place = before + field.name;
    if (field.control === 'group') return fillings(inner, value as object, `${place}.`);
    if (field.control === 'list')
      return (value as object[]).flatMap((entry, index) => fillings(inner, entry, `${place}[${index}].`));
    if (field.media) return [{ path: place, field, value: field.media }];
    return [
      { path: place, field, value: KNOWN[field.name] ?? (Array.isArray(value) ? value.join(', ') : String(value)) },
    ];
  });
}

/** A file of each kind in a folder of its own; gives their paths. */
export async function filesToSend(): Promise<{ of(kind: string): string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wecom-hosts-files-'));
  const files: Record<string, [string, Buffer]> = {
    image: ['picture.png', png(500)],
    voice: ['voice.amr', amr(1)],
    video: ['video.mp4', mp4()],
    file: ['报表.txt', Buffer.from('some bytes')],
  };
  for (const [name, bytes] of Object.values(files)) await writeFile(path.join(folder, name), bytes);
  return {
    of(kind) {
      const file = files[kind];
      if (!file) throw new Error(`no file of kind ${kind}`);
      return path.join(folder, file[0]);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
