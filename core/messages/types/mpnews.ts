import { kibibytes } from '../../schema/bytes';
import { list, media, optional, text, url } from '../../schema/fields';
import { messageType } from '../message-type';

const content = {
  articles: list({
    label: { en: 'Articles', zh: '文章' },
    help: { en: 'One to eight articles; the first one is shown large', zh: '一至八篇，第一篇以大图显示' },
    entryLabel: { en: 'Article', zh: '文章' },
    min: 1,
    max: 8,
    entry: {
      title: text({
        part: 'title',
        label: { en: 'Title', zh: '标题' },
        placeholder: 'Minutes of the meeting',
        maxBytes: 128,
        tooLong: 'shorten',
      }),
      thumb_media_id: media({
        label: { en: 'Cover', zh: '封面' },
        help: { en: 'A JPG or PNG file of up to 10 MB', zh: 'JPG 或 PNG 文件，最大 10 MB' },
        kind: 'image',
      }),
      author: optional(
        text({ label: { en: 'Author', zh: '作者' }, placeholder: 'Zhang San', maxBytes: 64, tooLong: 'shorten' }),
      ),
      content_source_url: optional(
        url({
          label: { en: 'Source URL', zh: '原文链接' },
          help: { en: 'The page behind "read original" (阅读原文)', zh: '“阅读原文”打开的页面' },
          // The page gives no limit for this one; 2048 bytes is that of every other address of the API.
          maxBytes: 2048,
        }),
      ),
      content: text({
        label: { en: 'Content', zh: '正文' },
        help: {
          en: 'HTML of up to 666 KB; pictures inside must be on WeCom (media/uploadimg)',
          zh: 'HTML，最大 666 KB；正文中的图片须先上传到企业微信（media/uploadimg）',
        },
        placeholder: '<p>We agreed on …</p>',
        control: 'html',
        maxBytes: kibibytes(666),
        tooLong: 'shorten',
      }),
      digest: optional(
        text({
          label: { en: 'Digest', zh: '摘要' },
          placeholder: 'What was agreed, in one paragraph',
          control: 'area',
          maxBytes: 512,
          tooLong: 'shorten',
        }),
      ),
    },
  }),
};

/** Section 2.8. Title and digest are cut silently by WeCom, author and content refused (45032, 45002). */
export const mpnews = messageType({
  msgtype: 'mpnews',
  label: { en: 'Article', zh: '图文（mpnews）' },
  summary: { en: 'One to eight articles that WeCom itself stores and shows', zh: '一至八篇由企业微信存储并展示的文章' },
  shownInWechat: true,
  app: { content, safe: [0, 1, 2], idTranslation: true },
  // The group chat page lists 0 and 1 only.
  chat: { content, safe: [0, 1] },
});
