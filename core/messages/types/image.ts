import { mebibytes } from '../../schema/bytes';
import { inlineImage, media } from '../../schema/fields';
import { messageType } from '../message-type';

const content = {
  media_id: media({
    label: { en: 'Image', zh: '图片' },
    help: { en: 'A JPG or PNG file of up to 10 MB', zh: 'JPG 或 PNG 文件，最大 10 MB' },
    kind: 'image',
    principal: true,
  }),
};

/** Sections 2.5 and 6.1. Group robots take the bytes inside the message, at most 2 MB before base64. */
export const image = messageType({
  msgtype: 'image',
  label: { en: 'Image', zh: '图片' },
  summary: {
    en: 'A JPG or PNG picture, up to 10 MB (group robot: 2 MB)',
    zh: 'JPG 或 PNG 图片，最大 10 MB（群机器人 2 MB）',
  },
  shownInWechat: true,
  app: { content, safe: [0, 1] },
  chat: { content, safe: [0, 1] },
  robot: {
    content: {
      file: inlineImage({
        label: { en: 'Image', zh: '图片' },
        help: { en: 'A JPG or PNG file of up to 2 MB', zh: 'JPG 或 PNG 文件，最大 2 MB' },
        maxBytes: mebibytes(2),
        principal: true,
      }),
    },
  },
});
