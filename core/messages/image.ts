import { media } from '../fields';
import { messageType } from './message-type';

/** Section 2.5. */
export const image = messageType({
  msgtype: 'image',
  label: { en: 'Image', zh: '图片' },
  summary: { en: 'A JPG or PNG picture, up to 10 MB', zh: 'JPG 或 PNG 图片，最大 10 MB' },
  shownInWechat: true,
  safe: [0, 1],
  content: {
    media_id: media({
      label: { en: 'Image', zh: '图片' },
      help: { en: 'A JPG or PNG file of up to 10 MB', zh: 'JPG 或 PNG 文件，最大 10 MB' },
      kind: 'image',
      principal: true,
    }),
  },
});
