/** The values of `type` in media/upload (doc 90253). */
export const MEDIA_KINDS = ['image', 'voice', 'video', 'file'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

export function isMediaKind(type: string | undefined): type is MediaKind {
  return MEDIA_KINDS.some((kind) => kind === type);
}

/** Recognises JPG, PNG, AMR and MP4 by their first bytes; anything else is just bytes. */
export function contentTypeOf(bytes: Buffer): string {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'image/png';
  if (amrFormat(bytes)) return 'audio/amr';
  if (bytes.subarray(4, 8).toString('latin1') === 'ftyp') return 'video/mp4';
  return 'application/octet-stream';
}

/** Header and frame sizes in bytes, the frame's type byte included, of narrow and wide band AMR (RFC 4867). */
const AMR_FORMATS = [
  { header: '#!AMR\n', frames: [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1] },
  { header: '#!AMR-WB\n', frames: [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1] },
] as const;
const FRAMES_PER_SECOND = 50;

function amrFormat(bytes: Buffer): (typeof AMR_FORMATS)[number] | undefined {
  return AMR_FORMATS.find(({ header }) => bytes.subarray(0, header.length).toString('latin1') === header);
}

/** Playing time of an AMR recording in seconds; 0 for anything else. */
export function amrSeconds(bytes: Buffer): number {
  const format = amrFormat(bytes);
  if (!format) return 0;
  let frames = 0;
  let position = format.header.length;
  while (position < bytes.length) {
    const type = (bytes.readUInt8(position) >> 3) & 15;
    position += format.frames[type] ?? 1;
    frames += 1;
  }
  return frames / FRAMES_PER_SECOND;
}
