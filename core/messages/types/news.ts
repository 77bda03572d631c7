import { list, optional, text, url } from '../../schema/fields';
import type { ObjectRules } from '../../schema/field';
import { messageType } from '../message-type';

const title = text({
  part: 'title',
  label: { en: 'Title', zh: '标题' },
  placeholder: 'Weekly figures',
  maxBytes: 128,
  tooLong: 'shorten',
});
const description = optional(
  text({
    part: 'text',
    label: { en: 'Description', zh: '描述' },
    placeholder: 'Orders are up 12 %',
    control: 'area',
    maxBytes: 512,
    tooLong: 'shorten',
  }),
);
const PAGE = {
  part: 'page' as const,
  label: { en: 'URL', zh: '链接' },
  help: { en: 'The page that opens on a tap', zh: '点击后打开的页面' },
  maxBytes: 2048,
};
const page = url(PAGE);
const picurl = optional(
  url({
    label: { en: 'Picture URL', zh: '图片链接' },
    help: {
      en: 'A JPG or PNG; best 1068 × 455 for the first article and 150 × 150 for the others',
      zh: 'JPG 或 PNG；首条建议 1068 × 455，其余建议 150 × 150',
    },
    placeholder: 'https://example.com/picture.png',
    maxBytes: 2048,
  }),
);

const articles = <Entry extends Parameters<typeof list>[0]['entry']>(entry: Entry, rules?: ObjectRules) =>
  list({
    label: { en: 'Articles', zh: '文章' },
    help: { en: 'One to eight articles; the first one is shown large', zh: '一至八条，第一条以大图显示' },
    entryLabel: { en: 'Article', zh: '文章' },
    min: 1,
    max: 8,
    entry,
    ...(rules && { rules }),
  });

/** What members of an app get: an article opens a page or a mini-program. The 2022 page knew the page only. */
const appArticles = articles(
  {
    title,
    description,
    url: optional(page),
    picurl,
    appid: optional(
      text({
        label: { en: 'Mini-Program App ID', zh: '小程序 AppID' },
        help: {
          en: 'App ID of a linked mini-program to open instead of the URL; needs the page',
          zh: '关联的小程序 AppID，点击后打开小程序而不是链接；须同时填写页面路径',
        },
        placeholder: 'wx8bd80126147dfe3c',
      }),
    ),
    pagepath: optional(
      text({ label: { en: 'Mini-Program Page', zh: '小程序页面路径' }, placeholder: 'pages/index', maxBytes: 128 }),
    ),
  },
  {
    oneOf: [['url', 'appid']],
    together: [['appid', 'pagepath']],
    ignored: [{ field: 'url', beside: ['appid', 'pagepath'] }],
  },
);

const group = { content: { articles: articles({ title, description, url: page, picurl }) } };
// The sample of the robot page is "www.qq.com": a scheme is not demanded there.
const robotArticles = articles({ title, description, url: url({ ...PAGE, schemeOptional: true }), picurl });

/** Sections 2.7, 5 and 6.1. WeCom cuts titles and descriptions silently, so longer ones are refused here. */
export const news = messageType({
  msgtype: 'news',
  label: { en: 'News', zh: '图文' },
  summary: { en: 'One to eight articles with pictures that open pages', zh: '一至八条图文，点击打开网页' },
  shownInWechat: true,
  app: { content: { articles: appArticles }, idTranslation: true },
  chat: group,
  robot: { content: { articles: robotArticles } },
});
