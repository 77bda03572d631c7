import { media } from '../../schema/fields';
import { messageType } from '../message-type';

const content = {
  media_id: media({
    label: { en: 'File', zh: '文件' },
    help: { en: 'A file of up to 20 MB; members see its file name', zh: '文件，最大 20 MB；成员会看到文件名' },
    kind: 'file',
    principal: true,
  }),
};

const confidentialExtensions = [
  'txt',
  'pdf',
  'doc',
  'docx',
  'ppt',
  'pptx',
  'xls',
  'xlsx',
  'xml',
  'jpg',
  'jpeg',
  'png',
  'bmp',
  'gif',
];

/** Sections 2.5 and 6.1; the extensions that may be confidential are listed in section 2.2. */
export const file = messageType({
  msgtype: 'file',
  label: { en: 'File', zh: '文件' },
  summary: { en: 'Any file of up to 20 MB', zh: '任意文件，最大 20 MB' },
  shownInWechat: true,
  app: { content, safe: [0, 1], confidentialExtensions },
  chat: { content, safe: [0, 1], confidentialExtensions },
  robot: { content },
});
