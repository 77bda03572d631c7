import { media } from '../../schema/fields';
import { messageType } from '../message-type';

const content = {
  media_id: media({
    label: { en: 'Voice', zh: '语音' },
    help: { en: 'An AMR file of up to 60 seconds and 2 MB', zh: 'AMR 文件，最长 60 秒、最大 2 MB' },
    kind: 'voice',
    principal: true,
  }),
};

/** Sections 2.5 and 6.1. */
export const voice = messageType({
  msgtype: 'voice',
  label: { en: 'Voice', zh: '语音' },
  summary: { en: 'An AMR recording of up to 60 seconds and 2 MB', zh: 'AMR 录音，最长 60 秒、最大 2 MB' },
  shownInWechat: true,
  app: { content },
  chat: { content },
  robot: { content },
});
