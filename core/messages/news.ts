import { list, optional, text, url } from '../fields';
import { messageType } from './message-type';

/** Section 2.7. WeCom cuts titles and descriptions silently, so longer ones are refused here. */
export const news = messageType({
  msgtype: 'news',
  label: { en: 'News', zh: '图文' },
  summary: { en: 'One to eight articles with pictures that open pages', zh: '一至八条图文，点击打开网页' },
  shownInWechat: true,
  idTranslation: true,
  content: {
    articles: list({
      label: { en: 'Articles', zh: '文章' },
      help: { en: 'One to eight articles; the first one is shown large', zh: '一至八条，第一条以大图显示' },
      entryLabel: { en: 'Article', zh: '文章' },
      min: 1,
      max: 8,
      entry: {
        title: text({ label: { en: 'Title', zh: '标题' }, placeholder: 'Weekly figures', maxBytes: 128 }),
        description: optional(text({ label: { en: 'Description', zh: '描述' }, placeholder: 'Orders are up 12 %', control: 'area', maxBytes: 512 })),
        url: url({ label: { en: 'URL', zh: '链接' }, help: { en: 'The page that opens on a tap', zh: '点击后打开的页面' }, maxBytes: 2048 }),
        picurl: optional(url({
          label: { en: 'Picture URL', zh: '图片链接' },
          help: { en: 'A JPG or PNG; best 1068 × 455 for the first article and 150 × 150 for the others', zh: 'JPG 或 PNG；首条建议 1068 × 455，其余建议 150 × 150' },
          placeholder: 'https://example.com/picture.png',
          maxBytes: 2048,
        })),
      },
    }),
  },
});
