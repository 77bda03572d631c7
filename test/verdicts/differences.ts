import type { CoreVerdict, Difference } from './compare';
import type { Verdict } from './judge';

/** Where core and the sandbox may differ, and why. */
export interface Allowed {
  readonly core: CoreVerdict;
  readonly sandbox: Verdict['verdict'];
  readonly probe: RegExp;
  /** Form and path of the field, as in `robot text content`. */
  readonly at: RegExp;
  readonly reason: string;
}

const KINDS = /^(sample: )?(a text|an object|a list|a number|a list of texts)$/;
const TOO_LONG = /^(sample: )?(over the limit|very long)$/;
const MISSING = /^(sample: )?(left out|empty)$/;

/**
 * Every difference between what core says of a message and what the sandbox says. What is not in this table is a
 * mistake of one of the two; a row that no message needs any more is one as well.
 */
export const ALLOWED: readonly Allowed[] = [
  // Core is stricter on purpose.
  {
    core: 'refuses',
    sandbox: 'changes',
    probe: KINDS,
    at: /./,
    reason:
      'WeCom takes a value of another kind for nothing, or for another one, and only warns: what somebody filled in would not arrive.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: /^blank$/,
    at: /./,
    reason: 'Blanks are a slip: nobody would see anything.',
  },
  {
    core: 'refuses',
    sandbox: 'changes',
    probe: /^blank$/,
    at: / (safe|pagepath|articles\.pagepath|.*\.(type|desc_color|mode|selected_id))$/,
    reason: 'Blanks are a slip in a choice, too.',
  },
  {
    core: 'refuses',
    sandbox: 'changes',
    probe: TOO_LONG,
    at: /^(app|chat) (text content|(video|textcard) (title|description)|textcard btntxt|(news|mpnews) articles\.(title|description|digest))$|^robot news articles\.(title|description)$/,
    reason: 'WeCom cuts these silently; core refuses, or divides and shortens as the message says.',
  },
  {
    core: 'refuses',
    sandbox: 'changes',
    probe: TOO_LONG,
    at: /^operation (create|update)Chat name$/,
    reason: 'WeCom cuts the name of a chat silently.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: /^over the limit$/,
    at: /^robot text content$/,
    reason:
      'The page says 2048 bytes, the server was seen to refuse only above 5120: what is between may be cut on some clients.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: /^((over|under) the limit|sample: another number)$/,
    at: / card_image\.aspect_ratio$/,
    reason: 'The page gives a range; what WeCom does with others is not known.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: /^everything without (?!appid and pagepath$)(.* and )?(appid|pagepath)$/,
    at: /^app news articles$/,
    reason: 'WeCom ignores half a mini-program and opens the url.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: /^not of this message$/,
    at: /^((app|chat) (markdown|voice|textcard|news)|app (text_notice|news_notice|(button|vote|multiple)_interaction|miniprogram_notice)) safe$/,
    reason: 'It has no effect there, and whoever asked for it would think the message confidential.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: /^empty$/,
    at: /^operation updateChat (owner|add_user_list|del_user_list)$/,
    reason: 'Nothing would change: WeCom says it has.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: /^not of this message$/,
    at: /^app (markdown|image|voice|video|file) enable_id_trans$/,
    reason: 'It has no effect there.',
  },
  {
    core: 'refuses',
    sandbox: 'changes',
    probe: /^not of this message$/,
    at: /^((chat|robot) .* enable_id_trans|(robot|update) .* safe)$/,
    reason: 'WeCom does not read it there.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: /^(over|under) the limit$/,
    at: / duplicate_check_interval$/,
    reason: 'The page gives at most four hours; what WeCom does with more is not known.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: /^over the limit$/,
    at: /text mentioned_(mobile_)?list$/,
    reason: 'A group has at most 2000 members; the page gives no limit of this list.',
  },
  {
    core: 'refuses',
    sandbox: 'changes',
    probe: MISSING,
    at: / jump_list\.type$/,
    reason: 'WeCom takes a missing type for 0, and a link that opens nothing is none.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: MISSING,
    at: /^app news articles\.(appid|pagepath)$/,
    reason: 'WeCom ignores half a mini-program and opens the url; whoever fills in one half wanted it opened.',
  },
  {
    core: 'refuses',
    sandbox: 'takes',
    probe: MISSING,
    at: /^robot text_notice main_title/,
    reason: 'Robots want the object; whether an empty one will do is not written anywhere.',
  },

  {
    core: 'refuses',
    sandbox: 'takes',
    probe: /^sample: another number$/,
    at: / (safe|enable_id_trans|enable_duplicate_check)$/,
    reason: 'A switch is 0 or 1; what WeCom makes of other numbers is not known.',
  },
  {
    core: 'refuses',
    sandbox: 'changes',
    probe: /^sample: another number$/,
    at: / (.*\.)?(aspect_ratio|disable|is_checked|emphasis_first_item|enable_id_trans|enable_duplicate_check)$/,
    reason: 'WeCom takes a number out of range for another one, and only warns.',
  },

  // Core does what the person would have had to do.
  {
    core: 'sends',
    sandbox: 'changes',
    probe: /^(sample: )?empty$/,
    at: / (.*\.)?(safe|type|style|mode|desc_color)$/,
    reason: 'An empty choice is one that nobody made: core leaves it out, WeCom warns of its kind.',
  },
  {
    core: 'sends',
    sandbox: 'refuses',
    probe: MISSING,
    at: / (action_menu(\.action_list)?|button_selection|card_image|image_text_area(\.image_url)?|submit_button)$/,
    reason: 'An empty group that the message can do without was only looked at: core leaves it out.',
  },
  {
    core: 'sends',
    sandbox: 'refuses',
    probe: /^(smallest|(sample: )?left out)$/,
    at: /^app (text_notice|news_notice|(button|vote|multiple)_interaction) (task_id)?$/,
    reason: 'Core makes up a task_id where the card needs one.',
  },
  {
    core: 'mends',
    sandbox: 'refuses',
    probe: /^(sample: )?empty$/,
    at: /^app (text_notice|news_notice|(button|vote|multiple)_interaction) task_id$/,
    reason: 'Core makes up a task_id where the card needs one.',
  },
  {
    core: 'mends',
    sandbox: 'refuses',
    probe: /^a text$/,
    at: /^operation (updateCard (userids|partyids|tagids)|createChat userlist)$/,
    reason: 'People write lists as texts: core reads them, WeCom takes them for nobody.',
  },
  {
    core: 'mends',
    sandbox: 'takes',
    probe: /^(choice 0|everything)$/,
    at: / ((source\.desc_color|quote_area\.type|card_action(\.type)?))?$/,
    reason: 'A group of nothing but defaults was not filled in: core leaves it out.',
  },

  {
    core: 'mends',
    sandbox: 'refuses',
    probe: MISSING,
    at: /^robot image md5$/,
    reason: 'Core counts the MD5 of the picture itself.',
  },
  {
    core: 'sends',
    sandbox: 'refuses',
    probe: /^(sample: )?empty$/,
    at: /^operation updateChat name$/,
    reason: 'A chat whose new name is empty keeps the one it has.',
  },

  // Only WeCom knows.
  {
    core: 'sends',
    sandbox: 'refuses',
    probe: /^sample: very long$/,
    at: / (.*\.)?((thumb_)?media_id|userid)$/,
    reason: 'Which files and members exist, only WeCom knows.',
  },
  {
    core: 'sends',
    sandbox: 'changes',
    probe: TOO_LONG,
    at: / (button_selection|select_list)\.selected_id$/,
    reason: 'WeCom selects the first choice when there is none of this id.',
  },
  {
    core: 'sends',
    sandbox: 'refuses',
    probe: /^at the limit$/,
    at: /^operation updateChat del_user_list$/,
    reason: 'Who is no member of the chat cannot leave it (86216), and a chat never has 2000 who could.',
  },
  {
    core: 'sends',
    sandbox: 'refuses',
    probe: /^(sample: )?very long$/,
    at: /^app miniprogram_notice appid$/,
    reason: 'Which mini-program is linked, only WeCom knows.',
  },
];

/** The rows that account for a difference; none: somebody is wrong. */
export function rowsFor({ form, at, probe, core, sandbox }: Difference): Allowed[] {
  return ALLOWED.filter(
    (row) => row.core === core && row.sandbox === sandbox && row.probe.test(probe) && row.at.test(`${form} ${at}`),
  );
}
