import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { mediaKinds } from '../../../core';
import type { FileToRead, MediaKind } from '../../../core';

/** As many first bytes as tell core the format of a file. */
const HEAD_BYTES = 64;
/**
 * Of binary data that n8n keeps in memory, this many are compared with the next: they have no identity but their
 * content.
 */
const COMPARED = 8;
/** Of binary data in memory, in all runs: core remembers identities as long as the process runs. */
let identities = 0;

/** One binary of n8n, which many items may name. */
interface StoredFile {
  readonly identity: string;
  readonly size: number;
  readonly head: Uint8Array;
  /** All of its bytes, for as long as an item that is under way may ask for them. */
  data: Uint8Array | undefined;
  /** Items that are under way with it. */
  users: number;
  /** Whether its bytes take room. */
  takesRoom: boolean;
}

/** The files of all items of one run: each is read once, and not again for the items that name it while it is held. */
export class RunFiles {
  private readonly files = new Map<string, StoredFile>();
  private readonly inMemory: { readonly data: string; readonly identity: string }[] = [];

  constructor(private readonly context: IExecuteFunctions) {}

  ofItem(itemIndex: number): ItemFiles {
    return new ItemFiles(itemIndex, this.context, this);
  }

  /** @param read is not called if the file is known already */
  async stored(binary: IBinaryData, read: () => Promise<Uint8Array>): Promise<StoredFile> {
    const identity = this.identity(binary);
    const known = this.files.get(identity);
    if (known) return known;
    const data = await read();
    // A copy of the head, because a part of the bytes would keep all of them.
    const file = {
      identity,
      size: data.byteLength,
      head: Uint8Array.from(data.subarray(0, HEAD_BYTES)),
      data,
      users: 0,
      takesRoom: false,
    };
    this.files.set(identity, file);
    return file;
  }

  /** n8n never writes to a binary again, so its ID stands for its content. */
  private identity({ id, data }: IBinaryData): string {
    if (id) return `n8n:${id}`;
    const index = this.inMemory.findIndex((known) => known.data === data);
    const [known = { data, identity: `memory:${(identities += 1)}` }] = index < 0 ? [] : this.inMemory.splice(index, 1);
    this.inMemory.unshift(known);
    this.inMemory.length = Math.min(this.inMemory.length, COMPARED);
    return known.identity;
  }
}

/** The files of one item, held until it has finished. */
export class ItemFiles {
  private readonly used = new Set<StoredFile>();

  constructor(
    private readonly itemIndex: number,
    private readonly context: IExecuteFunctions,
    private readonly files: RunFiles,
  ) {}

  /**
   * @param field the name of a binary field, or the binary data itself out of an expression
   * @throws NodeOperationError in n8n's own words if the item has no such binary field
   */
  async file(field: unknown, kind: MediaKind): Promise<FileToRead> {
    const { helpers } = this.context;
    const binary = helpers.assertBinaryData(this.itemIndex, field as string);
    const { fileName, fileExtension } = binary;
    const read = (): Promise<Uint8Array> => helpers.getBinaryDataBuffer(this.itemIndex, field as string);
    const stored = await this.files.stored(binary, read);
    if (!this.used.has(stored)) {
      this.used.add(stored);
      stored.users += 1;
    }
    const { identity, size, head } = stored;
    const filename = fileName || `${mediaKinds[kind].label.en}${fileExtension ? `.${fileExtension}` : ''}`;
    return { filename, size, head, identity, read: async () => stored.data ?? read() };
  }

  /** What was read for this item and takes no room yet. From now on it does. */
  takeBytes(): number {
    let bytes = 0;
    for (const file of this.used) {
      if (!file.data || file.takesRoom) continue;
      file.takesRoom = true;
      bytes += file.size;
    }
    return bytes;
  }

  /** Lets go of what no other item uses. @returns the bytes that take no room any more */
  release(): number {
    let bytes = 0;
    for (const file of this.used) {
      file.users -= 1;
      if (file.users > 0) continue;
      file.data = undefined;
      if (file.takesRoom) bytes += file.size;
      file.takesRoom = false;
    }
    this.used.clear();
    return bytes;
  }
}
