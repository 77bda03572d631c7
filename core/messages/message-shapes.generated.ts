/** Written by `npm run docs` from the message types: change those. */
import type { FileToRead, MediaFile, MediaInput } from '../schema/media';
import type { IdsInput, InlineFile, NamedRecipients, NumberInput, Recipient, SwitchInput } from './message-input';

/** Plain text with line breaks and links. */
export interface TextContent {
  /** Content. The text of the message. Links are written as <a href="https://example.com">label</a>, mentions in groups as <@userid>. At most 2,048 bytes of UTF-8. Longer ones go out as several messages. */
  content: string;
}

/** Headings, bold, links, quotes, inline code and three colours; not shown in WeChat. */
export interface MarkdownContent {
  /** Content. Takes # headings, **bold**, [links](https://example.com), > quotes, `code` and <font color="info">, "comment" or "warning"; in groups also <@userid>. No lists, tables or pictures. At most 2,048 bytes of UTF-8. Longer ones go out as several messages. */
  content: string;
}

/** A JPG or PNG picture, up to 10 MB (group robot: 2 MB). */
export interface ImageContent {
  /** Image. A JPG or PNG file of up to 10 MB. */
  media_id: MediaInput;
}

/** An AMR recording of up to 60 seconds and 2 MB. */
export interface VoiceContent {
  /** Voice. An AMR file of up to 60 seconds and 2 MB. */
  media_id: MediaInput;
}

/** An MP4 video of up to 10 MB with a title and a description. */
export interface VideoContent {
  /** Video. An MP4 file of up to 10 MB. */
  media_id: MediaInput;
  /** Title. At most 128 bytes of UTF-8. Longer ones can be shortened. */
  title?: string | undefined;
  /** Description. At most 512 bytes of UTF-8. Longer ones can be shortened. */
  description?: string | undefined;
}

/** Any file of up to 20 MB. */
export interface FileContent {
  /** File. A file of up to 20 MB; members see its file name. */
  media_id: MediaInput;
}

/** A card with a title, a description and a button that opens a page. */
export interface TextcardContent {
  /** Title. At most 128 bytes of UTF-8. Longer ones can be shortened. */
  title: string;
  /** Description. The text of the card. Takes <br> and <div class="gray">, <div class="normal"> or <div class="highlight">. At most 512 bytes of UTF-8. Longer ones can be shortened. */
  description: string;
  /** URL. The page that opens on a tap. At most 2,048 bytes of UTF-8. */
  url: string;
  /** Button Text. At most 4 characters; WeCom shows 详情 when it is empty. Longer ones can be shortened. At most 4 characters. */
  btntxt?: string | undefined;
}

/** One to eight articles with pictures that open pages. */
export interface NewsContent {
  /** Articles. One to eight articles; the first one is shown large. 1 to 8 entries. One of url, appid is needed. appid and pagepath go together. */
  articles: readonly {
    /** Title. At most 128 bytes of UTF-8. Longer ones can be shortened. */
    title: string;
    /** Description. At most 512 bytes of UTF-8. Longer ones can be shortened. */
    description?: string | undefined;
    /** URL. The page that opens on a tap. At most 2,048 bytes of UTF-8. */
    url?: string | undefined;
    /** Picture URL. A JPG or PNG; best 1068 × 455 for the first article and 150 × 150 for the others. At most 2,048 bytes of UTF-8. */
    picurl?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program to open instead of the URL; needs the page. */
    appid?: string | undefined;
    /** Mini-Program Page. At most 128 bytes of UTF-8. */
    pagepath?: string | undefined;
  }[];
}

/** One to eight articles that WeCom itself stores and shows. */
export interface MpnewsContent {
  /** Articles. One to eight articles; the first one is shown large. 1 to 8 entries. */
  articles: readonly {
    /** Title. At most 128 bytes of UTF-8. Longer ones can be shortened. */
    title: string;
    /** Cover. A JPG or PNG file of up to 10 MB. */
    thumb_media_id: MediaInput;
    /** Author. At most 64 bytes of UTF-8. Longer ones can be shortened. */
    author?: string | undefined;
    /** Source URL. The page behind "read original" (阅读原文). At most 2,048 bytes of UTF-8. */
    content_source_url?: string | undefined;
    /** Content. HTML of up to 666 KB; pictures inside must be on WeCom (media/uploadimg). At most 681,984 bytes of UTF-8. Longer ones can be shortened. */
    content: string;
    /** Digest. At most 512 bytes of UTF-8. Longer ones can be shortened. */
    digest?: string | undefined;
  }[];
}

/** A card of texts, large figures and rows that opens a page. One of main_title.title, sub_title_text is needed. */
export interface TextNoticeContent {
  card_type: 'text_notice';
  /** Source. The line on top that tells where the card comes from. */
  source?: {
    /** Icon URL. A picture, best 72 × 72. At most 2,048 bytes of UTF-8. */
    icon_url?: string | undefined;
    /** Name. About 20 characters are shown. */
    desc?: string | undefined;
    /** Color. 0: Grey; 1: Black; 2: Red; 3: Green. 0 if absent. */
    desc_color?: 0 | 1 | 2 | 3 | undefined;
  } | undefined;
  /** Main Title. */
  main_title: {
    /** Title. About 36 characters are shown. */
    title?: string | undefined;
    /** Description. About 44 characters are shown. */
    desc?: string | undefined;
  };
  /** Emphasis. Large figures. */
  emphasis_content?: {
    /** Figure. About 14 characters are shown. */
    title?: string | undefined;
    /** Caption. About 22 characters are shown. */
    desc?: string | undefined;
  } | undefined;
  /** Text. About 160 characters are shown. */
  sub_title_text?: string | undefined;
  /** Quote. */
  quote_area?: {
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 0 if absent. */
    type?: 0 | 1 | 2 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
    /** Title. */
    title?: string | undefined;
    /** Text. */
    quote_text?: string | undefined;
  } | undefined;
  /** Rows. 0 to 6 entries. */
  horizontal_content_list?: readonly {
    /** Name. About 5 characters are shown. */
    keyname: string;
    /** Value. For an attachment the file name with its extension. About 30 characters are shown. */
    value?: string | undefined;
    /** Opens. 0: Nothing; 1: Page; 2: Attachment; 3: Member Profile. 0 if absent. */
    type?: 0 | 1 | 2 | 3 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Attachment. Needed when type is 2. */
    media_id?: MediaInput | undefined;
    /** User ID. Needed when type is 3. */
    userid?: string | undefined;
  }[] | undefined;
  /** Links. Up to three links at the bottom. 0 to 3 entries. */
  jump_list?: readonly {
    /** Title. About 18 characters are shown. */
    title: string;
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 1 if absent. */
    type: 0 | 1 | 2;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  }[] | undefined;
  /** Card Link. What a tap on the card opens. */
  card_action: {
    /** Opens. 1: Page; 2: Mini-Program. 1 if absent. */
    type: 1 | 2;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  };
  /** Action Menu. Entries behind the three dots; taps reach the callback URL of the app, so it must have one. */
  action_menu?: {
    /** Description. */
    desc?: string | undefined;
    /** Actions. 1 to 3 entries. */
    action_list: readonly {
      /** Text. */
      text: string;
      /** Key. What the callback gets; unique within the card. At most 1,024 bytes of UTF-8. */
      key: string;
    }[];
  } | undefined;
  /** Task ID. Identifies the card in callbacks; never twice in one app. Filled with a unique one when empty. At most 128 bytes of UTF-8. */
  task_id?: string | undefined;
}

/** A card with a picture, paragraphs and rows that opens a page. One of card_image, image_text_area is needed. */
export interface NewsNoticeContent {
  card_type: 'news_notice';
  /** Source. The line on top that tells where the card comes from. */
  source?: {
    /** Icon URL. A picture, best 72 × 72. At most 2,048 bytes of UTF-8. */
    icon_url?: string | undefined;
    /** Name. About 20 characters are shown. */
    desc?: string | undefined;
    /** Color. 0: Grey; 1: Black; 2: Red; 3: Green. 0 if absent. */
    desc_color?: 0 | 1 | 2 | 3 | undefined;
  } | undefined;
  /** Main Title. */
  main_title: {
    /** Title. About 36 characters are shown. */
    title: string;
    /** Description. About 44 characters are shown. */
    desc?: string | undefined;
  };
  /** Large Picture. */
  card_image?: {
    /** Picture URL. At most 2,048 bytes of UTF-8. */
    url: string;
    /** Aspect Ratio. Width divided by height, from 1.3 to 2.25; 1.3 if empty. 1.3 to 2.25. */
    aspect_ratio?: NumberInput | undefined;
  } | undefined;
  /** Picture Beside Text. */
  image_text_area?: {
    /** Picture URL. At most 2,048 bytes of UTF-8. */
    image_url: string;
    /** Title. */
    title?: string | undefined;
    /** Description. */
    desc?: string | undefined;
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 0 if absent. */
    type?: 0 | 1 | 2 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  } | undefined;
  /** Quote. */
  quote_area?: {
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 0 if absent. */
    type?: 0 | 1 | 2 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
    /** Title. */
    title?: string | undefined;
    /** Text. */
    quote_text?: string | undefined;
  } | undefined;
  /** Paragraphs. 0 to 4 entries. */
  vertical_content_list?: readonly {
    /** Title. About 38 characters are shown. */
    title: string;
    /** Description. About 160 characters are shown. */
    desc?: string | undefined;
  }[] | undefined;
  /** Rows. 0 to 6 entries. */
  horizontal_content_list?: readonly {
    /** Name. About 5 characters are shown. */
    keyname: string;
    /** Value. For an attachment the file name with its extension. About 30 characters are shown. */
    value?: string | undefined;
    /** Opens. 0: Nothing; 1: Page; 2: Attachment; 3: Member Profile. 0 if absent. */
    type?: 0 | 1 | 2 | 3 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Attachment. Needed when type is 2. */
    media_id?: MediaInput | undefined;
    /** User ID. Needed when type is 3. */
    userid?: string | undefined;
  }[] | undefined;
  /** Links. Up to three links at the bottom. 0 to 3 entries. */
  jump_list?: readonly {
    /** Title. About 18 characters are shown. */
    title: string;
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 1 if absent. */
    type: 0 | 1 | 2;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  }[] | undefined;
  /** Card Link. What a tap on the card opens. */
  card_action: {
    /** Opens. 1: Page; 2: Mini-Program. 1 if absent. */
    type: 1 | 2;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  };
  /** Action Menu. Entries behind the three dots; taps reach the callback URL of the app, so it must have one. */
  action_menu?: {
    /** Description. */
    desc?: string | undefined;
    /** Actions. 1 to 3 entries. */
    action_list: readonly {
      /** Text. */
      text: string;
      /** Key. What the callback gets; unique within the card. At most 1,024 bytes of UTF-8. */
      key: string;
    }[];
  } | undefined;
  /** Task ID. Identifies the card in callbacks; never twice in one app. Filled with a unique one when empty. At most 128 bytes of UTF-8. */
  task_id?: string | undefined;
}

/** A card with up to six buttons that call back or open pages. */
export interface ButtonInteractionContent {
  card_type: 'button_interaction';
  /** Source. The line on top that tells where the card comes from. */
  source?: {
    /** Icon URL. A picture, best 72 × 72. At most 2,048 bytes of UTF-8. */
    icon_url?: string | undefined;
    /** Name. About 20 characters are shown. */
    desc?: string | undefined;
    /** Color. 0: Grey; 1: Black; 2: Red; 3: Green. 0 if absent. */
    desc_color?: 0 | 1 | 2 | 3 | undefined;
  } | undefined;
  /** Main Title. */
  main_title: {
    /** Title. About 36 characters are shown. */
    title: string;
    /** Description. About 44 characters are shown. */
    desc?: string | undefined;
  };
  /** Text. About 160 characters are shown. */
  sub_title_text?: string | undefined;
  /** Quote. */
  quote_area?: {
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 0 if absent. */
    type?: 0 | 1 | 2 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
    /** Title. */
    title?: string | undefined;
    /** Text. */
    quote_text?: string | undefined;
  } | undefined;
  /** Rows. 0 to 6 entries. */
  horizontal_content_list?: readonly {
    /** Name. About 5 characters are shown. */
    keyname: string;
    /** Value. For an attachment the file name with its extension. About 30 characters are shown. */
    value?: string | undefined;
    /** Opens. 0: Nothing; 1: Page; 2: Attachment; 3: Member Profile. 0 if absent. */
    type?: 0 | 1 | 2 | 3 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Attachment. Needed when type is 2. */
    media_id?: MediaInput | undefined;
    /** User ID. Needed when type is 3. */
    userid?: string | undefined;
  }[] | undefined;
  /** Selector. A drop-down above the buttons. */
  button_selection?: {
    /** Question Key. What the callback gets; unique within the card. At most 1,024 bytes of UTF-8. */
    question_key: string;
    /** Title. */
    title?: string | undefined;
    /** Choices. 1 to 10 entries. */
    option_list: readonly {
      /** ID. What the callback gets; unique within the question. At most 128 bytes of UTF-8. */
      id: string;
      /** Text. About 16 characters are shown. */
      text: string;
    }[];
    /** Selected ID. ID of the choice selected at first; the first one if empty. */
    selected_id?: string | undefined;
  } | undefined;
  /** Buttons. 1 to 6 entries. */
  button_list: readonly {
    /** Text. About 10 characters are shown. */
    text: string;
    /** Style. 1: Blue; 2: Blue Outline; 3: Red Outline; 4: Grey. 1 if absent. */
    style?: 1 | 2 | 3 | 4 | undefined;
    /** Tap Action. 0: Call Back; 1: Open a Page. 0 if absent. */
    type?: 0 | 1 | undefined;
    /** Key. What the callback gets; unique within the card. At most 1,024 bytes of UTF-8. Needed when type is 0. */
    key?: string | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
  }[];
  /** Card Link. What a tap on the card opens. */
  card_action?: {
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 0 if absent. */
    type?: 0 | 1 | 2 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  } | undefined;
  /** Action Menu. Entries behind the three dots; taps reach the callback URL of the app, so it must have one. */
  action_menu?: {
    /** Description. */
    desc?: string | undefined;
    /** Actions. 1 to 3 entries. */
    action_list: readonly {
      /** Text. */
      text: string;
      /** Key. What the callback gets; unique within the card. At most 1,024 bytes of UTF-8. */
      key: string;
    }[];
  } | undefined;
  /** Task ID. Identifies the card in callbacks; never twice in one app. Filled with a unique one when empty. At most 128 bytes of UTF-8. */
  task_id?: string | undefined;
}

/** A card with up to twenty choices and a submit button. */
export interface VoteInteractionContent {
  card_type: 'vote_interaction';
  /** Source. The line on top that tells where the card comes from. */
  source?: {
    /** Icon URL. A picture, best 72 × 72. At most 2,048 bytes of UTF-8. */
    icon_url?: string | undefined;
    /** Name. About 20 characters are shown. */
    desc?: string | undefined;
  } | undefined;
  /** Main Title. */
  main_title: {
    /** Title. About 16 characters are shown. */
    title: string;
    /** Description. About 160 characters are shown. */
    desc?: string | undefined;
  };
  /** Vote. */
  checkbox: {
    /** Question Key. What the callback gets; unique within the card. At most 1,024 bytes of UTF-8. */
    question_key: string;
    /** Mode. 0: One Choice; 1: Several Choices. 0 if absent. */
    mode?: 0 | 1 | undefined;
    /** Choices. 1 to 20 entries. */
    option_list: readonly {
      /** ID. What the callback gets; unique within the question. At most 128 bytes of UTF-8. */
      id: string;
      /** Text. About 17 characters are shown. */
      text: string;
      /** Checked. Whether the choice is checked at first. */
      is_checked?: SwitchInput | undefined;
    }[];
  };
  /** Submit Button. */
  submit_button: {
    /** Text. About 10 characters are shown. */
    text: string;
    /** Key. What the callback gets; unique within the card. At most 1,024 bytes of UTF-8. */
    key: string;
  };
  /** Task ID. Identifies the card in callbacks; never twice in one app. Filled with a unique one when empty. At most 128 bytes of UTF-8. */
  task_id?: string | undefined;
}

/** A card with up to three drop-downs and a submit button. */
export interface MultipleInteractionContent {
  card_type: 'multiple_interaction';
  /** Source. The line on top that tells where the card comes from. */
  source?: {
    /** Icon URL. A picture, best 72 × 72. At most 2,048 bytes of UTF-8. */
    icon_url?: string | undefined;
    /** Name. About 20 characters are shown. */
    desc?: string | undefined;
  } | undefined;
  /** Main Title. */
  main_title: {
    /** Title. About 36 characters are shown. */
    title: string;
    /** Description. About 160 characters are shown. */
    desc?: string | undefined;
  };
  /** Selectors. 1 to 3 entries. */
  select_list: readonly {
    /** Question Key. What the callback gets; unique within the card. At most 1,024 bytes of UTF-8. */
    question_key: string;
    /** Title. */
    title?: string | undefined;
    /** Choices. 1 to 10 entries. */
    option_list: readonly {
      /** ID. What the callback gets; unique within the question. At most 128 bytes of UTF-8. */
      id: string;
      /** Text. About 16 characters are shown. */
      text: string;
    }[];
    /** Selected ID. ID of the choice selected at first; the first one if empty. */
    selected_id?: string | undefined;
  }[];
  /** Submit Button. */
  submit_button: {
    /** Text. About 10 characters are shown. */
    text: string;
    /** Key. What the callback gets; unique within the card. At most 1,024 bytes of UTF-8. */
    key: string;
  };
  /** Task ID. Identifies the card in callbacks; never twice in one app. Filled with a unique one when empty. At most 128 bytes of UTF-8. */
  task_id?: string | undefined;
}

/** A notice of rows that opens a page of the linked mini-program. */
export interface MiniprogramNoticeContent {
  /** Mini-Program App ID. App ID of the mini-program linked to the app. */
  appid: string;
  /** Title. 4 to 12 characters. Longer ones can be shortened. At most 12 characters. */
  title: string;
  /** Description. 4 to 12 characters. Longer ones can be shortened. At most 12 characters. */
  description?: string | undefined;
  /** Page. The page that opens on a tap; when empty, the notice cannot be tapped. At most 1,024 bytes of UTF-8. */
  page?: string | undefined;
  /** Emphasise First Row. Whether to show the first row large. */
  emphasis_first_item?: SwitchInput | undefined;
  /** Rows. 0 to 10 entries. */
  content_item?: readonly {
    /** Key. Longer ones can be shortened. At most 10 characters. */
    key?: string | undefined;
    /** Value. Longer ones can be shortened. At most 30 characters. */
    value?: string | undefined;
  }[] | undefined;
}

/** Plain text with line breaks and links. */
export interface TextChatContent {
  /** Content. The text of the message. Links are written as <a href="https://example.com">label</a>, mentions in groups as <@userid>. At most 2,048 bytes of UTF-8. Longer ones go out as several messages. */
  content: string;
  /** Mention Members. User IDs to mention, separated by comma, space, | or line break; @all stands for everyone in the group (mentioned_list). 0 to 2000 IDs. */
  mentioned_list?: IdsInput | undefined;
}

/** One to eight articles with pictures that open pages. */
export interface NewsChatContent {
  /** Articles. One to eight articles; the first one is shown large. 1 to 8 entries. */
  articles: readonly {
    /** Title. At most 128 bytes of UTF-8. Longer ones can be shortened. */
    title: string;
    /** Description. At most 512 bytes of UTF-8. Longer ones can be shortened. */
    description?: string | undefined;
    /** URL. The page that opens on a tap. At most 2,048 bytes of UTF-8. */
    url: string;
    /** Picture URL. A JPG or PNG; best 1068 × 455 for the first article and 150 × 150 for the others. At most 2,048 bytes of UTF-8. */
    picurl?: string | undefined;
  }[];
}

/** Plain text with line breaks and links. */
export interface TextRobotContent {
  /** Content. The text of the message. Links are written as <a href="https://example.com">label</a>, mentions in groups as <@userid>. At most 2,048 bytes of UTF-8. Longer ones go out as several messages. */
  content: string;
  /** Mention Members. User IDs to mention, separated by comma, space, | or line break; @all stands for everyone in the group (mentioned_list). 0 to 2000 IDs. */
  mentioned_list?: IdsInput | undefined;
  /** Mention Mobile Numbers. Mobile numbers of members to mention, separated by comma, space, | or line break; @all stands for everyone in the group (mentioned_mobile_list). 0 to 2000 IDs. */
  mentioned_mobile_list?: IdsInput | undefined;
}

/** Headings, bold, links, quotes, inline code and three colours; not shown in WeChat. */
export interface MarkdownRobotContent {
  /** Content. Takes # headings, **bold**, [links](https://example.com), > quotes, `code` and <font color="info">, "comment" or "warning"; in groups also <@userid>. No lists, tables or pictures. At most 4,096 bytes of UTF-8. Longer ones go out as several messages. */
  content: string;
}

/** Markdown with lists, tables, pictures and code blocks, but without colours and mentions. */
export interface MarkdownV2Content {
  /** Content. Takes headings, *italic*, **bold**, lists, > quotes, links, ![pictures](https://example.com/a.png), tables and code; no colours, no mentions. At most 4,096 bytes of UTF-8. Longer ones go out as several messages. */
  content: string;
}

/** A JPG or PNG picture, up to 10 MB (group robot: 2 MB). */
export interface ImageRobotContent {
  /** Image. A JPG or PNG file of up to 2 MB. At most 2,097,152 bytes. */
  file: MediaFile | FileToRead;
}

/** A card of texts, large figures and rows that opens a page. One of main_title.title, sub_title_text is needed. */
export interface TextNoticeRobotContent {
  card_type: 'text_notice';
  /** Source. The line on top that tells where the card comes from. */
  source?: {
    /** Icon URL. A picture, best 72 × 72. At most 2,048 bytes of UTF-8. */
    icon_url?: string | undefined;
    /** Name. About 13 characters are shown. */
    desc?: string | undefined;
    /** Color. 0: Grey; 1: Black; 2: Red; 3: Green. 0 if absent. */
    desc_color?: 0 | 1 | 2 | 3 | undefined;
  } | undefined;
  /** Main Title. */
  main_title: {
    /** Title. About 26 characters are shown. */
    title?: string | undefined;
    /** Description. About 30 characters are shown. */
    desc?: string | undefined;
  };
  /** Emphasis. Large figures. */
  emphasis_content?: {
    /** Figure. About 10 characters are shown. */
    title?: string | undefined;
    /** Caption. About 15 characters are shown. */
    desc?: string | undefined;
  } | undefined;
  /** Text. About 112 characters are shown. */
  sub_title_text?: string | undefined;
  /** Quote. */
  quote_area?: {
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 0 if absent. */
    type?: 0 | 1 | 2 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
    /** Title. */
    title?: string | undefined;
    /** Text. */
    quote_text?: string | undefined;
  } | undefined;
  /** Rows. 0 to 6 entries. */
  horizontal_content_list?: readonly {
    /** Name. About 5 characters are shown. */
    keyname: string;
    /** Value. For an attachment the file name with its extension. About 26 characters are shown. */
    value?: string | undefined;
    /** Opens. 0: Nothing; 1: Page; 2: Attachment; 3: Member Profile. 0 if absent. */
    type?: 0 | 1 | 2 | 3 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Attachment. Needed when type is 2. */
    media_id?: MediaInput | undefined;
    /** User ID. Needed when type is 3. */
    userid?: string | undefined;
  }[] | undefined;
  /** Links. Up to three links at the bottom. 0 to 3 entries. */
  jump_list?: readonly {
    /** Title. About 13 characters are shown. */
    title: string;
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 1 if absent. */
    type: 0 | 1 | 2;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  }[] | undefined;
  /** Card Link. What a tap on the card opens. */
  card_action: {
    /** Opens. 1: Page; 2: Mini-Program. 1 if absent. */
    type: 1 | 2;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  };
}

/** A card with a picture, paragraphs and rows that opens a page. */
export interface NewsNoticeRobotContent {
  card_type: 'news_notice';
  /** Source. The line on top that tells where the card comes from. */
  source?: {
    /** Icon URL. A picture, best 72 × 72. At most 2,048 bytes of UTF-8. */
    icon_url?: string | undefined;
    /** Name. About 13 characters are shown. */
    desc?: string | undefined;
    /** Color. 0: Grey; 1: Black; 2: Red; 3: Green. 0 if absent. */
    desc_color?: 0 | 1 | 2 | 3 | undefined;
  } | undefined;
  /** Main Title. */
  main_title: {
    /** Title. About 26 characters are shown. */
    title: string;
    /** Description. About 30 characters are shown. */
    desc?: string | undefined;
  };
  /** Large Picture. */
  card_image: {
    /** Picture URL. At most 2,048 bytes of UTF-8. */
    url: string;
    /** Aspect Ratio. Width divided by height, from 1.3 to 2.25; 1.3 if empty. 1.3 to 2.25. */
    aspect_ratio?: NumberInput | undefined;
  };
  /** Picture Beside Text. */
  image_text_area?: {
    /** Picture URL. At most 2,048 bytes of UTF-8. */
    image_url: string;
    /** Title. */
    title?: string | undefined;
    /** Description. */
    desc?: string | undefined;
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 0 if absent. */
    type?: 0 | 1 | 2 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  } | undefined;
  /** Quote. */
  quote_area?: {
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 0 if absent. */
    type?: 0 | 1 | 2 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
    /** Title. */
    title?: string | undefined;
    /** Text. */
    quote_text?: string | undefined;
  } | undefined;
  /** Paragraphs. 0 to 4 entries. */
  vertical_content_list?: readonly {
    /** Title. About 26 characters are shown. */
    title: string;
    /** Description. About 112 characters are shown. */
    desc?: string | undefined;
  }[] | undefined;
  /** Rows. 0 to 6 entries. */
  horizontal_content_list?: readonly {
    /** Name. About 5 characters are shown. */
    keyname: string;
    /** Value. For an attachment the file name with its extension. About 26 characters are shown. */
    value?: string | undefined;
    /** Opens. 0: Nothing; 1: Page; 2: Attachment; 3: Member Profile. 0 if absent. */
    type?: 0 | 1 | 2 | 3 | undefined;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Attachment. Needed when type is 2. */
    media_id?: MediaInput | undefined;
    /** User ID. Needed when type is 3. */
    userid?: string | undefined;
  }[] | undefined;
  /** Links. Up to three links at the bottom. 0 to 3 entries. */
  jump_list?: readonly {
    /** Title. About 13 characters are shown. */
    title: string;
    /** Opens. 0: Nothing; 1: Page; 2: Mini-Program. 1 if absent. */
    type: 0 | 1 | 2;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  }[] | undefined;
  /** Card Link. What a tap on the card opens. */
  card_action: {
    /** Opens. 1: Page; 2: Mini-Program. 1 if absent. */
    type: 1 | 2;
    /** URL. At most 2,048 bytes of UTF-8. Needed when type is 1. */
    url?: string | undefined;
    /** Mini-Program App ID. App ID of a linked mini-program. Needed when type is 2. */
    appid?: string | undefined;
    /** Mini-Program Page. Counts when type is 2. */
    pagepath?: string | undefined;
  };
}

/** Plain text with line breaks and links. */
export interface TextMessage {
  msgtype: 'text';
  text: TextContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with a text that is too long for one message: several messages in a row, divided between paragraphs, lines or words; a shorter text that ends in …; or an error. split: Send Several Messages; refuse: Fail; truncate: Shorten. split if absent. */
  too_long?: 'split' | 'refuse' | 'truncate' | undefined;
  /** Number Parts. Whether the messages of a long text begin with (1/3), (2/3) and so on. */
  number_parts?: SwitchInput | undefined;
  /** Confidentiality. Whether members can share the message (safe). 0: Can Be Shared; 1: Confidential (No Sharing, Watermark). 0 if absent. */
  safe?: 0 | 1 | undefined;
  /** Translate IDs. Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans). */
  enable_id_trans?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** Headings, bold, links, quotes, inline code and three colours; not shown in WeChat. */
export interface MarkdownMessage {
  msgtype: 'markdown';
  markdown: MarkdownContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with a text that is too long for one message: several messages in a row, divided between paragraphs, lines or words; a shorter text that ends in …; or an error. split: Send Several Messages; refuse: Fail; truncate: Shorten. split if absent. */
  too_long?: 'split' | 'refuse' | 'truncate' | undefined;
  /** Number Parts. Whether the messages of a long text begin with (1/3), (2/3) and so on. */
  number_parts?: SwitchInput | undefined;
  /** Adapt Markdown. Whether to rewrite common Markdown, as language models write it, for WeCom: lists, tables, pictures and code blocks become something it can show. */
  convert_markdown?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** A JPG or PNG picture, up to 10 MB (group robot: 2 MB). */
export interface ImageMessage {
  msgtype: 'image';
  image: ImageContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** Confidentiality. Whether members can share the message (safe). 0: Can Be Shared; 1: Confidential (No Sharing, Watermark). 0 if absent. */
  safe?: 0 | 1 | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** An AMR recording of up to 60 seconds and 2 MB. */
export interface VoiceMessage {
  msgtype: 'voice';
  voice: VoiceContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** An MP4 video of up to 10 MB with a title and a description. */
export interface VideoMessage {
  msgtype: 'video';
  video: VideoContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with texts that are too long: an error, or shorter texts that end in … refuse: Fail; truncate: Shorten. refuse if absent. */
  too_long?: 'refuse' | 'truncate' | undefined;
  /** Confidentiality. Whether members can share the message (safe). 0: Can Be Shared; 1: Confidential (No Sharing, Watermark). 0 if absent. */
  safe?: 0 | 1 | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** Any file of up to 20 MB. */
export interface FileMessage {
  msgtype: 'file';
  file: FileContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** Confidentiality. Whether members can share the message (safe). 0: Can Be Shared; 1: Confidential (No Sharing, Watermark). 0 if absent. */
  safe?: 0 | 1 | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** A card with a title, a description and a button that opens a page. */
export interface TextcardMessage {
  msgtype: 'textcard';
  textcard: TextcardContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with texts that are too long: an error, or shorter texts that end in … refuse: Fail; truncate: Shorten. refuse if absent. */
  too_long?: 'refuse' | 'truncate' | undefined;
  /** Translate IDs. Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans). */
  enable_id_trans?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** One to eight articles with pictures that open pages. */
export interface NewsMessage {
  msgtype: 'news';
  news: NewsContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with texts that are too long: an error, or shorter texts that end in … refuse: Fail; truncate: Shorten. refuse if absent. */
  too_long?: 'refuse' | 'truncate' | undefined;
  /** Translate IDs. Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans). */
  enable_id_trans?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** One to eight articles that WeCom itself stores and shows. */
export interface MpnewsMessage {
  msgtype: 'mpnews';
  mpnews: MpnewsContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with texts that are too long: an error, or shorter texts that end in … refuse: Fail; truncate: Shorten. refuse if absent. */
  too_long?: 'refuse' | 'truncate' | undefined;
  /** Confidentiality. Whether members can share the message (safe). 0: Can Be Shared; 1: Confidential (No Sharing, Watermark); 2: Shared Inside the Company Only. 0 if absent. */
  safe?: 0 | 1 | 2 | undefined;
  /** Translate IDs. Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans). */
  enable_id_trans?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** A card of texts, large figures and rows that opens a page. */
export interface TextNoticeMessage {
  msgtype: 'template_card';
  template_card: TextNoticeContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** Translate IDs. Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans). */
  enable_id_trans?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** A card with a picture, paragraphs and rows that opens a page. */
export interface NewsNoticeMessage {
  msgtype: 'template_card';
  template_card: NewsNoticeContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** Translate IDs. Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans). */
  enable_id_trans?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** A card with up to six buttons that call back or open pages. */
export interface ButtonInteractionMessage {
  msgtype: 'template_card';
  template_card: ButtonInteractionContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** Translate IDs. Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans). */
  enable_id_trans?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** A card with up to twenty choices and a submit button. */
export interface VoteInteractionMessage {
  msgtype: 'template_card';
  template_card: VoteInteractionContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** Translate IDs. Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans). */
  enable_id_trans?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** A card with up to three drop-downs and a submit button. */
export interface MultipleInteractionMessage {
  msgtype: 'template_card';
  template_card: MultipleInteractionContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** Translate IDs. Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans). */
  enable_id_trans?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** A notice of rows that opens a page of the linked mini-program. */
export interface MiniprogramNoticeMessage {
  msgtype: 'miniprogram_notice';
  miniprogram_notice: MiniprogramNoticeContent;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with texts that are too long: an error, or shorter texts that end in … refuse: Fail; truncate: Shorten. refuse if absent. */
  too_long?: 'refuse' | 'truncate' | undefined;
  /** Translate IDs. Whether to replace $userName=ID$ and $departmentName=ID$ by names (enable_id_trans). */
  enable_id_trans?: SwitchInput | undefined;
  /** Avoid Duplicates. Whether WeCom drops a message that equals an earlier one within the interval (enable_duplicate_check), so that one whose answer got lost can be sent again instead of being reported as unknown. */
  enable_duplicate_check?: SwitchInput | undefined;
  /** Duplicate Check Interval. How long WeCom remembers a message for the duplicate check, in seconds, at most 14400 (duplicate_check_interval). 1 to 14400 seconds. 1800 if absent. */
  duplicate_check_interval?: NumberInput | undefined;
}

/** Plain text with line breaks and links. */
export interface TextChatMessage {
  msgtype: 'text';
  text: TextChatContent;
  /** ID of a group chat that the app created. At most 32 characters. */
  chatid: string;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with a text that is too long for one message: several messages in a row, divided between paragraphs, lines or words; a shorter text that ends in …; or an error. split: Send Several Messages; refuse: Fail; truncate: Shorten. split if absent. */
  too_long?: 'split' | 'refuse' | 'truncate' | undefined;
  /** Number Parts. Whether the messages of a long text begin with (1/3), (2/3) and so on. */
  number_parts?: SwitchInput | undefined;
  /** Confidentiality. Whether members can share the message (safe). 0: Can Be Shared; 1: Confidential (No Sharing, Watermark). 0 if absent. */
  safe?: 0 | 1 | undefined;
}

/** Headings, bold, links, quotes, inline code and three colours; not shown in WeChat. */
export interface MarkdownChatMessage {
  msgtype: 'markdown';
  markdown: MarkdownContent;
  /** ID of a group chat that the app created. At most 32 characters. */
  chatid: string;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with a text that is too long for one message: several messages in a row, divided between paragraphs, lines or words; a shorter text that ends in …; or an error. split: Send Several Messages; refuse: Fail; truncate: Shorten. split if absent. */
  too_long?: 'split' | 'refuse' | 'truncate' | undefined;
  /** Number Parts. Whether the messages of a long text begin with (1/3), (2/3) and so on. */
  number_parts?: SwitchInput | undefined;
  /** Adapt Markdown. Whether to rewrite common Markdown, as language models write it, for WeCom: lists, tables, pictures and code blocks become something it can show. */
  convert_markdown?: SwitchInput | undefined;
  /** Mention Members. User IDs of members to mention at the end of the content, which gets <@userid> for each of them. 0 to 2000 IDs. */
  mention?: IdsInput | undefined;
}

/** A JPG or PNG picture, up to 10 MB (group robot: 2 MB). */
export interface ImageChatMessage {
  msgtype: 'image';
  image: ImageContent;
  /** ID of a group chat that the app created. At most 32 characters. */
  chatid: string;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** Confidentiality. Whether members can share the message (safe). 0: Can Be Shared; 1: Confidential (No Sharing, Watermark). 0 if absent. */
  safe?: 0 | 1 | undefined;
}

/** An AMR recording of up to 60 seconds and 2 MB. */
export interface VoiceChatMessage {
  msgtype: 'voice';
  voice: VoiceContent;
  /** ID of a group chat that the app created. At most 32 characters. */
  chatid: string;
  /** The app that sends has it already. */
  agentid?: number | string;
}

/** An MP4 video of up to 10 MB with a title and a description. */
export interface VideoChatMessage {
  msgtype: 'video';
  video: VideoContent;
  /** ID of a group chat that the app created. At most 32 characters. */
  chatid: string;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with texts that are too long: an error, or shorter texts that end in … refuse: Fail; truncate: Shorten. refuse if absent. */
  too_long?: 'refuse' | 'truncate' | undefined;
  /** Confidentiality. Whether members can share the message (safe). 0: Can Be Shared; 1: Confidential (No Sharing, Watermark). 0 if absent. */
  safe?: 0 | 1 | undefined;
}

/** Any file of up to 20 MB. */
export interface FileChatMessage {
  msgtype: 'file';
  file: FileContent;
  /** ID of a group chat that the app created. At most 32 characters. */
  chatid: string;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** Confidentiality. Whether members can share the message (safe). 0: Can Be Shared; 1: Confidential (No Sharing, Watermark). 0 if absent. */
  safe?: 0 | 1 | undefined;
}

/** A card with a title, a description and a button that opens a page. */
export interface TextcardChatMessage {
  msgtype: 'textcard';
  textcard: TextcardContent;
  /** ID of a group chat that the app created. At most 32 characters. */
  chatid: string;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with texts that are too long: an error, or shorter texts that end in … refuse: Fail; truncate: Shorten. refuse if absent. */
  too_long?: 'refuse' | 'truncate' | undefined;
}

/** One to eight articles with pictures that open pages. */
export interface NewsChatMessage {
  msgtype: 'news';
  news: NewsChatContent;
  /** ID of a group chat that the app created. At most 32 characters. */
  chatid: string;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with texts that are too long: an error, or shorter texts that end in … refuse: Fail; truncate: Shorten. refuse if absent. */
  too_long?: 'refuse' | 'truncate' | undefined;
}

/** One to eight articles that WeCom itself stores and shows. */
export interface MpnewsChatMessage {
  msgtype: 'mpnews';
  mpnews: MpnewsContent;
  /** ID of a group chat that the app created. At most 32 characters. */
  chatid: string;
  /** The app that sends has it already. */
  agentid?: number | string;
  /** When Too Long. What to do with texts that are too long: an error, or shorter texts that end in … refuse: Fail; truncate: Shorten. refuse if absent. */
  too_long?: 'refuse' | 'truncate' | undefined;
  /** Confidentiality. Whether members can share the message (safe). 0: Can Be Shared; 1: Confidential (No Sharing, Watermark). 0 if absent. */
  safe?: 0 | 1 | undefined;
}

/** Plain text with line breaks and links. */
export interface TextRobotMessage {
  msgtype: 'text';
  text: TextRobotContent;
  /** When Too Long. What to do with a text that is too long for one message: several messages in a row, divided between paragraphs, lines or words; a shorter text that ends in …; or an error. split: Send Several Messages; refuse: Fail; truncate: Shorten. split if absent. */
  too_long?: 'split' | 'refuse' | 'truncate' | undefined;
  /** Number Parts. Whether the messages of a long text begin with (1/3), (2/3) and so on. */
  number_parts?: SwitchInput | undefined;
}

/** Headings, bold, links, quotes, inline code and three colours; not shown in WeChat. */
export interface MarkdownRobotMessage {
  msgtype: 'markdown';
  markdown: MarkdownRobotContent;
  /** When Too Long. What to do with a text that is too long for one message: several messages in a row, divided between paragraphs, lines or words; a shorter text that ends in …; or an error. split: Send Several Messages; refuse: Fail; truncate: Shorten. split if absent. */
  too_long?: 'split' | 'refuse' | 'truncate' | undefined;
  /** Number Parts. Whether the messages of a long text begin with (1/3), (2/3) and so on. */
  number_parts?: SwitchInput | undefined;
  /** Adapt Markdown. Whether to rewrite common Markdown, as language models write it, for WeCom: lists, tables, pictures and code blocks become something it can show. */
  convert_markdown?: SwitchInput | undefined;
  /** Mention Members. User IDs of members to mention at the end of the content, which gets <@userid> for each of them. 0 to 2000 IDs. */
  mention?: IdsInput | undefined;
}

/** Markdown with lists, tables, pictures and code blocks, but without colours and mentions. */
export interface MarkdownV2RobotMessage {
  msgtype: 'markdown_v2';
  markdown_v2: MarkdownV2Content;
  /** When Too Long. What to do with a text that is too long for one message: several messages in a row, divided between paragraphs, lines or words; a shorter text that ends in …; or an error. split: Send Several Messages; refuse: Fail; truncate: Shorten. split if absent. */
  too_long?: 'split' | 'refuse' | 'truncate' | undefined;
  /** Number Parts. Whether the messages of a long text begin with (1/3), (2/3) and so on. */
  number_parts?: SwitchInput | undefined;
}

/** A JPG or PNG picture, up to 10 MB (group robot: 2 MB). */
export interface ImageRobotMessage {
  msgtype: 'image';
  image: ImageRobotContent | InlineFile;
}

/** An AMR recording of up to 60 seconds and 2 MB. */
export interface VoiceRobotMessage {
  msgtype: 'voice';
  voice: VoiceContent;
}

/** Any file of up to 20 MB. */
export interface FileRobotMessage {
  msgtype: 'file';
  file: FileContent;
}

/** One to eight articles with pictures that open pages. */
export interface NewsRobotMessage {
  msgtype: 'news';
  news: NewsChatContent;
  /** When Too Long. What to do with texts that are too long: an error, or shorter texts that end in … refuse: Fail; truncate: Shorten. refuse if absent. */
  too_long?: 'refuse' | 'truncate' | undefined;
}

/** A card of texts, large figures and rows that opens a page. */
export interface TextNoticeRobotMessage {
  msgtype: 'template_card';
  template_card: TextNoticeRobotContent;
}

/** A card with a picture, paragraphs and rows that opens a page. */
export interface NewsNoticeRobotMessage {
  msgtype: 'template_card';
  template_card: NewsNoticeRobotContent;
}

/** A message for members, departments and tags (doc 90236) or for a group chat (doc 90248). */
export type WecomMessage =
  | (Recipient & (TextMessage | MarkdownMessage | ImageMessage | VoiceMessage | VideoMessage | FileMessage | TextcardMessage | NewsMessage | MpnewsMessage | TextNoticeMessage | NewsNoticeMessage | ButtonInteractionMessage | VoteInteractionMessage | MultipleInteractionMessage))
  | (NamedRecipients & (MiniprogramNoticeMessage))
  | TextChatMessage
  | MarkdownChatMessage
  | ImageChatMessage
  | VoiceChatMessage
  | VideoChatMessage
  | FileChatMessage
  | TextcardChatMessage
  | NewsChatMessage
  | MpnewsChatMessage
;

/** A message of a group robot (doc 99110). */
export type RobotMessage =
  | TextRobotMessage
  | MarkdownRobotMessage
  | MarkdownV2RobotMessage
  | ImageRobotMessage
  | VoiceRobotMessage
  | FileRobotMessage
  | NewsRobotMessage
  | TextNoticeRobotMessage
  | NewsNoticeRobotMessage
;
