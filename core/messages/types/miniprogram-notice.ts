import { flag, list, optional, text } from '../../schema/fields';
import { messageType } from '../message-type';

/**
 * Section 2.10. Only for apps bound to a mini-program (48002 otherwise), never to everyone; the page's sample has no
 * agentid.
 */
export const miniprogramNotice = messageType({
  msgtype: 'miniprogram_notice',
  label: { en: 'Mini-Program Notice', zh: '小程序通知' },
  summary: {
    en: 'A notice of rows that opens a page of the linked mini-program',
    zh: '由多行内容组成、点击打开关联小程序页面的通知',
  },
  shownInWechat: false,
  app: {
    idTranslation: true,
    everyone: false,
    agentid: false,
    content: {
      appid: text({
        label: { en: 'Mini-Program App ID', zh: '小程序 AppID' },
        help: { en: 'App ID of the mini-program linked to the app', zh: '与应用关联的小程序 AppID' },
        placeholder: 'wx8bd80126147dfe3c',
      }),
      title: text({
        label: { en: 'Title', zh: '标题' },
        help: { en: '4 to 12 characters', zh: '4 至 12 个字' },
        placeholder: 'Room booked',
        minCharacters: 4,
        maxCharacters: 12,
        tooLong: 'shorten',
      }),
      description: optional(
        text({
          label: { en: 'Description', zh: '描述' },
          help: { en: '4 to 12 characters', zh: '4 至 12 个字' },
          placeholder: 'Floor 3',
          minCharacters: 4,
          maxCharacters: 12,
          tooLong: 'shorten',
        }),
      ),
      page: optional(
        text({
          label: { en: 'Page', zh: '页面路径' },
          help: {
            en: 'The page that opens on a tap; when empty, the notice cannot be tapped',
            zh: '点击后打开的页面，留空则不可点击',
          },
          placeholder: 'pages/index?userid=zhangsan',
          maxBytes: 1024,
        }),
      ),
      emphasis_first_item: flag({
        label: { en: 'Emphasise First Row', zh: '放大第一行' },
        help: { en: 'Whether to show the first row large', zh: '是否放大显示第一行' },
      }),
      content_item: optional(
        list({
          label: { en: 'Rows', zh: '内容' },
          entryLabel: { en: 'Row', zh: '行' },
          min: 0,
          max: 10,
          rules: { skipsEmpty: true },
          // Both are optional by the page; the table of errors says "empty or too long". What has one of them is sent.
          entry: {
            key: optional(
              text({ label: { en: 'Key', zh: '名称' }, placeholder: 'Time', maxCharacters: 10, tooLong: 'shorten' }),
            ),
            value: optional(
              text({ label: { en: 'Value', zh: '内容' }, placeholder: '14:00', maxCharacters: 30, tooLong: 'shorten' }),
            ),
          },
        }),
      ),
    },
  },
});
