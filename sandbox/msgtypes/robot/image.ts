import { createHash } from 'node:crypto';
import { Refusal } from '../../errors';
import { contentTypeOf } from '../../media-kind';
import type { MessageType, RobotContext } from '../message-type';
import { showMedia } from '../show-media';

const MAX_BYTES = 2 * 1024 * 1024;
const EXTENSIONS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png' };

/** A picture that travels inside the message. */
export const robotImage: MessageType<RobotContext> = {
  safe: [],
  read(content, { body, keep }) {
    const bytes = Buffer.from(body.string(content, 'base64') ?? '', 'base64');
    if (bytes.length === 0) throw new Refusal(44001);
    if (bytes.length > MAX_BYTES) throw new Refusal(93018);
    const md5 = createHash('md5').update(bytes).digest('hex');
    if (body.string(content, 'md5')?.toLowerCase() !== md5) throw new Refusal(301019);
    const extension = EXTENSIONS[contentTypeOf(bytes)];
    if (!extension) throw new Refusal(40123);
    return { ...showMedia(keep(`image.${extension}`, bytes)), md5 };
  },
};
