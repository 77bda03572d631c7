import { ids, optional } from '../../schema/fields';

const everyone = { en: '@all stands for everyone in the group', zh: '@all 表示群内所有人' };

/** Members who get an @ in a group (docs 90248, 99110). */
export const mentionedList = optional(
  ids({
    label: { en: 'Mention Members', zh: '@成员' },
    help: {
      en: `User IDs to mention, separated by comma, space, | or line break; ${everyone.en} (mentioned_list)`,
      zh: `需要 @ 的成员账号，可用逗号、空格、| 或换行分隔；${everyone.zh}（mentioned_list）`,
    },
    placeholder: 'zhangsan, @all',
    idsOf: 'member',
    orEveryone: true,
    // The page gives no limit; a group has at most 2000 members.
    min: 0,
    max: 2000,
  }),
);

/** The same by mobile number, which only group robots know (doc 99110). */
export const mentionedMobileList = optional(
  ids({
    label: { en: 'Mention Mobile Numbers', zh: '@手机号' },
    help: {
      en: `Mobile numbers of members to mention, separated by comma, space, | or line break; ${everyone.en} (mentioned_mobile_list)`,
      zh: `需要 @ 的成员手机号，可用逗号、空格、| 或换行分隔；${everyone.zh}（mentioned_mobile_list）`,
    },
    placeholder: '13800001111, @all',
    min: 0,
    max: 2000,
  }),
);
