import { invalidParameter, Refusal } from '../errors';
import type { AppContext, MessageType } from './message-type';

export const miniprogramNotice: MessageType<AppContext> = {
  safe: [],
  agentidOptional: true,
  namedMembersOnly: true,
  read(content, { body, translate, app, company }) {
    if (app.miniProgram === null) throw new Refusal(48002);
    const appid = body.string(content, 'appid');
    if (!appid) throw new Refusal(90200);
    if (!/^wx[0-9a-f]{16}$/.test(appid)) throw new Refusal(90207);
    if (!company.miniPrograms.some((linked) => linked.appid === appid)) throw new Refusal(90206);
    if (appid !== app.miniProgram) throw new Refusal(90208);

    const page = body.string(content, 'page') ?? '';
    if (Buffer.byteLength(page) > 1024) throw new Refusal(90204);
    const title = body.string(content, 'title');
    if (!title) throw new Refusal(41016);
    const description = body.string(content, 'description');
    // What stands for a name is as long as the name.
    if (!hasNoticeLength(translate(title))) throw invalidParameter('miniprogram_notice.title');
    if (description && !hasNoticeLength(translate(description)))
      throw invalidParameter('miniprogram_notice.description');
    const items = body.objects(content, 'content_item');
    if (items.length > 10) throw new Refusal(90201);
    return {
      appid,
      page,
      title: translate(title),
      description: translate(description ?? ''),
      emphasis_first_item: body.boolean(content, 'emphasis_first_item') ?? false,
      content_item: items.flatMap((item) => {
        const key = body.string(item, 'key') ?? '';
        const value = body.string(item, 'value') ?? '';
        // One of the two is enough; the error table speaks of empty ones, today's page does not.
        if (key === '' && value === '') return [];
        if ([...key].length > 10) throw new Refusal(90202);
        if ([...value].length > 30) throw new Refusal(90203);
        return [{ key, value: translate(value) }];
      }),
    };
  },
};

/** Title and description have 4 to 12 characters (汉字). */
function hasNoticeLength(words: string): boolean {
  const { length } = [...words];
  return length >= 4 && length <= 12;
}
