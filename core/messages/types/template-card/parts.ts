import { choice, flag, group, list, media, number, optional, text, url, when } from '../../../schema/fields';
import type { Wording } from '../../../outcome/wording';

/**
 * The pieces cards are made of (section 2.12). Lengths in 字 are advice: clients shorten what is longer, so
 * they only warn. They differ between apps and group robots, hence the functions.
 */

const KEY_BYTES = 1024;
/**
 * No page gives a limit for addresses in cards; this is that of every other address of the API, and 40039 refuses
 * longer ones.
 */
const URL_BYTES = 2048;

/** What a tap opens. `kinds` are the values WeCom takes at this place; the first is the default. */
function link(...kinds: readonly [0 | 1 | 2, ...(readonly (0 | 1 | 2)[])]) {
  const type = choice({
    label: { en: 'Opens', zh: '点击后打开' },
    choices: LINK_KINDS.filter((kind) => kinds.includes(kind.value)),
    default: kinds[0],
  });
  return {
    // WeCom takes a missing type for 0.
    type: kinds[0] === 0 ? optional(type) : type,
    url: when('type', [1], url({ label: { en: 'URL', zh: '链接' }, maxBytes: URL_BYTES })),
    appid: when(
      'type',
      [2],
      text({
        label: { en: 'Mini-Program App ID', zh: '小程序 AppID' },
        help: { en: 'App ID of a linked mini-program', zh: '关联的小程序 AppID' },
        placeholder: 'wx8bd80126147dfe3c',
      }),
    ),
    pagepath: when(
      'type',
      [2],
      optional(text({ label: { en: 'Mini-Program Page', zh: '小程序页面路径' }, placeholder: 'pages/index' })),
    ),
  };
}

const LINK_KINDS = [
  { value: 0, label: { en: 'Nothing', zh: '不跳转' } },
  { value: 1, label: { en: 'Page', zh: '网页' } },
  { value: 2, label: { en: 'Mini-Program', zh: '小程序' } },
] as const;

export function source(advised: number, withColour = true) {
  return optional(
    group({
      label: { en: 'Source', zh: '来源' },
      help: { en: 'The line on top that tells where the card comes from', zh: '卡片顶部的来源说明' },
      fields: {
        icon_url: optional(
          url({
            label: { en: 'Icon URL', zh: '图标链接' },
            help: { en: 'A picture, best 72 × 72', zh: '图片，建议 72 × 72' },
            placeholder: 'https://example.com/icon.png',
            maxBytes: URL_BYTES,
          }),
        ),
        desc: optional(
          text({ label: { en: 'Name', zh: '来源名称' }, placeholder: 'Build server', advisedCharacters: advised }),
        ),
        ...(withColour && {
          desc_color: optional(
            choice({
              label: { en: 'Color', zh: '颜色' },
              choices: [
                { value: 0, label: { en: 'Grey', zh: '灰色' } },
                { value: 1, label: { en: 'Black', zh: '黑色' } },
                { value: 2, label: { en: 'Red', zh: '红色' } },
                { value: 3, label: { en: 'Green', zh: '绿色' } },
              ],
              default: 0,
            }),
          ),
        }),
      },
    }),
  );
}

export const actionMenu = optional(
  group({
    label: { en: 'Action Menu', zh: '右上角菜单' },
    help: {
      en: 'Entries behind the three dots; taps reach the callback URL of the app, so it must have one',
      zh: '右上角的操作菜单；点击会回调应用的接收消息 URL，因此应用必须已配置回调',
    },
    fields: {
      desc: optional(text({ label: { en: 'Description', zh: '菜单说明' }, placeholder: 'More actions' })),
      action_list: list({
        label: { en: 'Actions', zh: '操作' },
        entryLabel: { en: 'Action', zh: '操作' },
        min: 1,
        max: 3,
        rules: { unique: 'key' },
        entry: { text: text({ label: { en: 'Text', zh: '文字' }, placeholder: 'Mute' }), key: key('mute') },
      }),
    },
  }),
);

function key(placeholder: string) {
  return text({
    label: { en: 'Key', zh: '标识（key）' },
    help: { en: 'What the callback gets; unique within the card', zh: '回调时返回的标识，卡片内不可重复' },
    placeholder,
    maxBytes: KEY_BYTES,
  });
}

const title = (advised: number) =>
  text({
    part: 'title',
    label: { en: 'Title', zh: '标题' },
    placeholder: 'Build failed',
    advisedCharacters: advised,
    principal: true,
  });
const desc = (advised: number) =>
  optional(
    text({ label: { en: 'Description', zh: '描述' }, placeholder: 'On branch main', advisedCharacters: advised }),
  );

export function mainTitle(advised: { title: number; desc: number }) {
  return group({
    label: { en: 'Main Title', zh: '主标题' },
    fields: { title: title(advised.title), desc: desc(advised.desc) },
  });
}

/** The main title of a text notice, which may do without a title when there is a text below. */
export function mainTitleOrText(advised: { title: number; desc: number }) {
  return group({
    label: { en: 'Main Title', zh: '主标题' },
    fields: { title: optional(title(advised.title)), desc: desc(advised.desc) },
  });
}

export const quoteArea = optional(
  group({
    label: { en: 'Quote', zh: '引用' },
    fields: {
      ...link(0, 1, 2),
      title: optional(text({ label: { en: 'Title', zh: '标题' }, placeholder: 'Last words of the log' })),
      quote_text: optional(
        text({ label: { en: 'Text', zh: '引用内容' }, placeholder: 'exit code 1', control: 'area' }),
      ),
    },
  }),
);

export function emphasisContent(advised: { title: number; desc: number }) {
  return optional(
    group({
      label: { en: 'Emphasis', zh: '关键数据' },
      help: { en: 'Large figures', zh: '以大号字显示的数据' },
      fields: {
        title: optional(
          text({ label: { en: 'Figure', zh: '数据内容' }, placeholder: '3', advisedCharacters: advised.title }),
        ),
        desc: optional(
          text({ label: { en: 'Caption', zh: '数据说明' }, placeholder: 'errors', advisedCharacters: advised.desc }),
        ),
      },
    }),
  );
}

export function subTitleText(advised: number) {
  return optional(
    text({
      part: 'text',
      label: { en: 'Text', zh: '二级文本' },
      placeholder: 'Two tests failed',
      control: 'area',
      advisedCharacters: advised,
    }),
  );
}

/** Rows of a name and a value; a value can open a page, an attachment or a member's profile. */
export function horizontalContentList(advised: { keyname: number; value: number }) {
  return optional(
    list({
      label: { en: 'Rows', zh: '二级内容列表' },
      entryLabel: { en: 'Row', zh: '行' },
      min: 0,
      max: 6,
      entry: {
        keyname: text({ label: { en: 'Name', zh: '名称' }, placeholder: 'Branch', advisedCharacters: advised.keyname }),
        value: optional(
          text({
            label: { en: 'Value', zh: '内容' },
            help: { en: 'For an attachment the file name with its extension', zh: '附件请填写带扩展名的文件名' },
            placeholder: 'main',
            advisedCharacters: advised.value,
          }),
        ),
        type: optional(
          choice({
            label: { en: 'Opens', zh: '点击后打开' },
            choices: [
              { value: 0, label: { en: 'Nothing', zh: '不跳转' } },
              { value: 1, label: { en: 'Page', zh: '网页' } },
              { value: 2, label: { en: 'Attachment', zh: '附件' } },
              { value: 3, label: { en: 'Member Profile', zh: '成员详情' } },
            ],
            default: 0,
          }),
        ),
        url: when('type', [1], url({ label: { en: 'URL', zh: '链接' }, maxBytes: URL_BYTES })),
        media_id: when('type', [2], media({ label: { en: 'Attachment', zh: '附件' }, kind: 'file' })),
        userid: when(
          'type',
          [3],
          text({ label: { en: 'User ID', zh: '成员账号' }, placeholder: 'zhangsan', idsOf: 'member' }),
        ),
      },
    }),
  );
}

export function jumpList(advised: number) {
  return optional(
    list({
      label: { en: 'Links', zh: '跳转链接' },
      help: { en: 'Up to three links at the bottom', zh: '卡片底部最多三个链接' },
      entryLabel: { en: 'Link', zh: '链接' },
      min: 0,
      max: 3,
      entry: {
        title: text({ label: { en: 'Title', zh: '标题' }, placeholder: 'Dashboard', advisedCharacters: advised }),
        ...link(1, 2, 0),
      },
    }),
  );
}

const WHOLE_CARD: Wording = { en: 'What a tap on the card opens', zh: '点击整张卡片后打开的内容' };

/** Required on notices, where it must open something. */
export const cardAction = group({ label: { en: 'Card Link', zh: '整体跳转' }, help: WHOLE_CARD, fields: link(1, 2) });
export const optionalCardAction = optional(
  group({ label: { en: 'Card Link', zh: '整体跳转' }, help: WHOLE_CARD, fields: link(0, 1, 2) }),
);

export const imageTextArea = group({
  label: { en: 'Picture Beside Text', zh: '左图右文' },
  fields: {
    image_url: url({
      label: { en: 'Picture URL', zh: '图片链接' },
      placeholder: 'https://example.com/picture.png',
      maxBytes: URL_BYTES,
    }),
    title: optional(text({ label: { en: 'Title', zh: '标题' }, placeholder: 'Orders' })),
    desc: optional(text({ label: { en: 'Description', zh: '描述' }, placeholder: 'Up 12 %' })),
    ...link(0, 1, 2),
  },
});

export const cardImage = group({
  label: { en: 'Large Picture', zh: '大图' },
  fields: {
    url: url({
      label: { en: 'Picture URL', zh: '图片链接' },
      placeholder: 'https://example.com/picture.png',
      maxBytes: URL_BYTES,
    }),
    // Greater than 1.3 and less than 2.25 by the page, whose own sample uses 2.25 and whose default is 1.3: both ends
    // are accepted.
    aspect_ratio: optional(
      number({
        label: { en: 'Aspect Ratio', zh: '宽高比' },
        help: {
          en: 'Width divided by height, from 1.3 to 2.25; 1.3 if empty',
          zh: '图片宽高比，1.3 至 2.25，默认 1.3',
        },
        placeholder: '1.6',
        min: 1.3,
        max: 2.25,
      }),
    ),
  },
});

export function verticalContentList(advised: { title: number; desc: number }) {
  return optional(
    list({
      label: { en: 'Paragraphs', zh: '卡片二级垂直内容' },
      entryLabel: { en: 'Paragraph', zh: '段落' },
      min: 0,
      max: 4,
      entry: {
        title: text({ label: { en: 'Title', zh: '标题' }, placeholder: 'North', advisedCharacters: advised.title }),
        desc: optional(
          text({
            label: { en: 'Description', zh: '描述' },
            placeholder: '1,204 orders',
            advisedCharacters: advised.desc,
          }),
        ),
      },
    }),
  );
}

const questionKey = text({
  label: { en: 'Question Key', zh: '问题标识' },
  help: { en: 'What the callback gets; unique within the card', zh: '回调时返回的标识，卡片内不可重复' },
  placeholder: 'priority',
  maxBytes: KEY_BYTES,
});
const optionId = text({
  label: { en: 'ID', zh: '选项标识' },
  help: { en: 'What the callback gets; unique within the question', zh: '回调时返回的选项标识，同一问题内不可重复' },
  placeholder: 'high',
  maxBytes: 128,
});

function optionList(advised: number) {
  return list({
    label: { en: 'Choices', zh: '选项' },
    entryLabel: { en: 'Choice', zh: '选项' },
    min: 1,
    max: 10,
    rules: { unique: 'id' },
    entry: {
      id: optionId,
      text: text({ label: { en: 'Text', zh: '文字' }, placeholder: 'High', advisedCharacters: advised }),
    },
  });
}

const selector = {
  question_key: questionKey,
  title: optional(text({ label: { en: 'Title', zh: '标题' }, placeholder: 'Priority' })),
  option_list: optionList(16),
  selected_id: optional(
    text({
      label: { en: 'Selected ID', zh: '默认选项' },
      help: {
        en: 'ID of the choice selected at first; the first one if empty',
        zh: '默认选中的选项标识，留空则为第一项',
      },
      placeholder: 'high',
    }),
  ),
};

export const buttonSelection = optional(
  group({
    label: { en: 'Selector', zh: '下拉选择器' },
    help: { en: 'A drop-down above the buttons', zh: '按钮上方的下拉选择' },
    fields: selector,
  }),
);

export const buttonList = list({
  label: { en: 'Buttons', zh: '按钮' },
  entryLabel: { en: 'Button', zh: '按钮' },
  min: 1,
  max: 6,
  rules: { unique: 'key' },
  entry: {
    text: text({ label: { en: 'Text', zh: '文字' }, placeholder: 'Approve', advisedCharacters: 10 }),
    style: optional(
      choice({
        label: { en: 'Style', zh: '样式' },
        wrongIsDefault: true,
        choices: [
          { value: 1, label: { en: 'Blue', zh: '蓝色' } },
          { value: 2, label: { en: 'Blue Outline', zh: '蓝色描边' } },
          { value: 3, label: { en: 'Red Outline', zh: '红色描边' } },
          { value: 4, label: { en: 'Grey', zh: '灰色' } },
        ],
        default: 1,
      }),
    ),
    type: optional(
      choice({
        label: { en: 'Tap Action', zh: '点击行为' },
        choices: [
          { value: 0, label: { en: 'Call Back', zh: '回调' } },
          { value: 1, label: { en: 'Open a Page', zh: '打开网页' } },
        ],
        default: 0,
      }),
    ),
    key: when('type', [0], key('approve')),
    url: when('type', [1], url({ label: { en: 'URL', zh: '链接' }, maxBytes: URL_BYTES })),
  },
});

export function checkbox(canBeDisabled = false) {
  return group({
    label: { en: 'Vote', zh: '投票选择' },
    fields: {
      question_key: questionKey,
      mode: optional(
        choice({
          label: { en: 'Mode', zh: '选择方式' },
          choices: [
            { value: 0, label: { en: 'One Choice', zh: '单选' } },
            { value: 1, label: { en: 'Several Choices', zh: '多选' } },
          ],
          default: 0,
        }),
      ),
      ...(canBeDisabled && { disable: disable() }),
      option_list: list({
        label: { en: 'Choices', zh: '选项' },
        entryLabel: { en: 'Choice', zh: '选项' },
        min: 1,
        max: 20,
        rules: { unique: 'id' },
        entry: {
          id: optionId,
          text: text({ label: { en: 'Text', zh: '文字' }, placeholder: 'Rice', advisedCharacters: 17 }),
          is_checked: flag({
            label: { en: 'Checked', zh: '默认选中' },
            help: { en: 'Whether the choice is checked at first', zh: '是否默认选中' },
          }),
        },
      }),
    },
  });
}

export function selectList(canBeDisabled = false) {
  return list({
    label: { en: 'Selectors', zh: '下拉选择器' },
    entryLabel: { en: 'Selector', zh: '选择器' },
    min: 1,
    max: 3,
    rules: { unique: 'question_key' },
    entry: { ...selector, ...(canBeDisabled && { disable: disable() }) },
  });
}

/** Only in a card that replaces another one (section 3.2). */
function disable() {
  return flag({
    label: { en: 'Disabled', zh: '不可选' },
    help: { en: 'Whether members can no longer choose', zh: '是否禁止成员再选择' },
  });
}

export const submitButton = group({
  label: { en: 'Submit Button', zh: '提交按钮' },
  fields: {
    text: text({ label: { en: 'Text', zh: '文字' }, placeholder: 'Submit', advisedCharacters: 10 }),
    key: key('submit'),
  },
});

export const taskId = optional(
  text({
    label: { en: 'Task ID', zh: '任务 ID' },
    help: {
      en: 'Identifies the card in callbacks; never twice in one app. Filled with a unique one when empty',
      zh: '用于在回调中识别卡片，同一应用内不可重复；留空时自动生成',
    },
    placeholder: 'build-42',
    maxBytes: 128,
    pattern: {
      matches: /^[0-9A-Za-z_@-]+$/,
      wording: { en: 'may hold letters, digits, _ - and @ only', zh: '只能包含字母、数字、_、- 和 @' },
    },
  }),
);

/** The grey button that takes the place of the others in a replaced card (section 3.2). */
export const replaceText = optional(
  text({
    label: { en: 'Grey Button Text', zh: '置灰按钮文案' },
    help: {
      en: 'When filled in, the buttons become one grey button with this text',
      zh: '填写后按钮变为显示该文案的灰色按钮',
    },
    placeholder: 'Approved',
  }),
);
