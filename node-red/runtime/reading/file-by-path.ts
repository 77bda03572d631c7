import type { BigIntStats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';

import { inspectMedia, mediaKinds, UnreadableFile } from '../../../core';
import type { FileToRead, MediaKind } from '../../../core';
import type { NodeRed } from '../host/node-red-api';
import { firstBytes, NotAFile, withRegularFile } from '../host/regular-file';
import { isSecretFile } from './secret-files';

/**
 * Finds the file of a path; nothing (undefined, null, empty text) stays nothing: core then says that the file is
 * missing.
 */
export type FilesByPath = (value: unknown, kind: MediaKind, maxBytes?: number) => Promise<FileToRead | undefined>;

/** Enough to tell a format. */
const HEAD_BYTES = 16;
/** Milliseconds. A file that was changed a moment ago may be changed again without showing it in its times. */
const SETTLED_AFTER = 2_000;

/**
 * Finds files on the Node-RED server. They are looked at now and read when their upload begins, so that a message that
 * waits costs a name; what may be read is asked both times, of the opened file.
 *
 * @param onlyIn the folder in which files must be, after symbolic links; empty: anywhere but where Node-RED keeps
 *   secrets
 * @throws UnreadableFile for what is no regular file, may not be read, or is none of those
 */
export function filesByPath(settings: NodeRed['settings'], onlyIn: unknown): FilesByPath {
  const files = new AllowedFiles(settings, typeof onlyIn === 'string' ? onlyIn.trim() : '');
  return async (value, kind, maxBytes = mediaKinds[kind].maxBytes) => {
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') throw new UnreadableFile({ en: 'must be the path of a file', zh: '必须是文件路径' });
    // No system takes one, and the error of Node.js about it names no field.
    if (value.includes('\0'))
      throw new UnreadableFile({ en: 'is no path: it has a NUL character in it', zh: '不是有效路径：包含 NUL 字符' });
    const filename = path.basename(value);
    // One byte more shows that a file has grown beyond what WeCom takes.
    const all = (file: FileHandle, info: BigIntStats) => firstBytes(file, info, maxBytes + 1);
    return files.open(value, async (file, info) => {
      const size = Number(info.size);
      // How long a voice lasts only all of it tells; the largest has 2 MB.
      const [issue] =
        kind === 'voice' && size <= maxBytes
          ? inspectMedia({ filename, data: await all(file, info) }, kind, maxBytes)
          : [];
      if (issue) throw new UnreadableFile(issue.wording);
      return {
        filename,
        size,
        head: await firstBytes(file, info, HEAD_BYTES),
        ...identity(info),
        read: () => files.open(value, all),
      };
    });
  };
}

/** The files that may be sent: in `folder` where one is named, and none in which secrets are kept. */
class AllowedFiles {
  constructor(
    private readonly settings: NodeRed['settings'],
    private readonly folder: string,
  ) {}

  /** @throws UnreadableFile */
  async open<Result>(name: string, use: (file: FileHandle, info: BigIntStats) => Promise<Result>): Promise<Result> {
    const location = this.absolute(name);
    try {
      return await withRegularFile(location, async (file, info) => {
        await this.checkPlace(name, location, info);
        return use(file, info);
      });
    } catch (error) {
      if (error instanceof UnreadableFile) throw error;
      if (error instanceof NotAFile)
        throw new UnreadableFile({ en: `cannot be read: ${name} is not a file`, zh: `无法读取：${name} 不是文件` });
      const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
      throw new UnreadableFile({
        en: `cannot be read: ${FILE_ERRORS[code]?.en ?? code} (${name})`,
        zh: `无法读取：${FILE_ERRORS[code]?.zh ?? code}（${name}）`,
      });
    }
  }

  /** As Node-RED's own file nodes do. */
  private absolute(name: string): string {
    const working = this.settings.fileWorkingDirectory;
    return typeof working === 'string' && working !== '' ? path.resolve(working, name) : path.resolve(name);
  }

  private async checkPlace(name: string, location: string, info: BigIntStats): Promise<void> {
    const real = await realpath(location);
    const found = await stat(real, { bigint: true });
    // A link that was turned elsewhere since the file was opened.
    if (found.dev !== info.dev || found.ino !== info.ino)
      throw new UnreadableFile({
        en: `cannot be read: ${name} was replaced meanwhile`,
        zh: `无法读取：${name} 在读取时被替换`,
      });
    if (await isSecretFile(this.settings, real, info)) {
      throw new UnreadableFile({
        en: `is never sent: Node-RED or the system keeps secrets in ${name}`,
        zh: `不会发送：${name} 是 Node-RED 或系统保存机密的文件`,
      });
    }
    const { folder } = this;
    if (folder === '') return;
    const root = await realpath(this.absolute(folder)).catch(() => undefined);
    if (root === undefined)
      throw new UnreadableFile({
        en: `is not sent: "Only Files In" names a folder that is not there (${folder})`,
        zh: `不会发送：“仅限此文件夹”填写的文件夹不存在（${folder}）`,
      });
    if (!isInside(root, real))
      throw new UnreadableFile({
        en: `is not sent: ${name} is not in ${folder}, which "Only Files In" demands`,
        zh: `不会发送：${name} 不在“仅限此文件夹”指定的 ${folder} 中`,
      });
  }
}

function identity({ dev, ino, size, mtimeNs, ctimeNs, ctimeMs }: BigIntStats): Pick<FileToRead, 'identity'> {
  if (Date.now() - Number(ctimeMs) < SETTLED_AFTER) return {};
  return { identity: [dev, ino, size, mtimeNs, ctimeNs].join(':') };
}

function isInside(folder: string, file: string): boolean {
  const inside = path.relative(folder, file);
  return inside !== '' && inside !== '..' && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside);
}

const FILE_ERRORS: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  ENOENT: { en: 'there is no such file', zh: '文件不存在' },
  EACCES: { en: 'Node-RED may not read it', zh: 'Node-RED 没有读取权限' },
};
