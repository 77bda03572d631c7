import { media, optional, text } from '../../schema/fields';
import { messageType } from '../message-type';

const content = {
  media_id: media({
    label: { en: 'Video', zh: '视频' },
    help: { en: 'An MP4 file of up to 10 MB', zh: 'MP4 文件，最大 10 MB' },
    kind: 'video',
    principal: true,
  }),
  title: optional(
    text({
      label: { en: 'Title', zh: '标题' },
      placeholder: 'Tour of the new office',
      maxBytes: 128,
      tooLong: 'shorten',
    }),
  ),
  description: optional(
    text({
      label: { en: 'Description', zh: '描述' },
      placeholder: 'Recorded on Monday',
      control: 'area',
      maxBytes: 512,
      tooLong: 'shorten',
    }),
  ),
};

/** Section 2.5. Title and description are cut silently by WeCom, so longer ones are refused here. */
export const video = messageType({
  msgtype: 'video',
  label: { en: 'Video', zh: '视频' },
  summary: {
    en: 'An MP4 video of up to 10 MB with a title and a description',
    zh: 'MP4 视频，最大 10 MB，可带标题和描述',
  },
  shownInWechat: true,
  app: { content, safe: [0, 1] },
  chat: { content, safe: [0, 1] },
});
