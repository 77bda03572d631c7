import { Refusal } from '../errors';
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
    const items = body.objects(content, 'content_item');
    if (items.length > 10) throw new Refusal(90201);
    return {
      appid,
      page,
      title: translate(title),
      description: translate(body.string(content, 'description') ?? ''),
      emphasis_first_item: body.boolean(content, 'emphasis_first_item') ?? false,
      content_item: items.flatMap((item) => {
        const key = body.string(item, 'key') ?? '';
        const value = body.string(item, 'value') ?? '';
        if (key === '' && value === '') return [];
        if (key === '' || [...key].length > 10) throw new Refusal(90202);
        if (value === '' || [...value].length > 30) throw new Refusal(90203);
        return [{ key, value: translate(value) }];
      }),
    };
  },
};
