/** What the fault cases need of the sandbox, for every sender the same. */
import type { Sandbox, SandboxMessage } from '../../sandbox';
import type { Received, Sent } from './judge';
import { CHATS } from './matrix';
import type { Post } from './matrix';

/** The app that may create group chats, and sees everybody. */
export const APP = 1;

/** Creates the group chats of the matrix by the plain API, so that no sender is involved. */
export async function createChats({ url, company }: Pick<Sandbox, 'url' | 'company'>): Promise<string[]> {
  const api = async (path: string, body?: object) =>
    (await (
      await fetch(`${url}/cgi-bin/${path}`, { ...(body && { method: 'POST', body: JSON.stringify(body) }) })
    ).json()) as Record<string, string>;
  const { access_token: token } = await api(
    `gettoken?corpid=${company.corpId}&corpsecret=${company.apps[APP]!.secret}`,
  );
  return Promise.all(
    CHATS.map(
      async (userlist) => (await api(`appchat/create?access_token=${token}`, { userlist }))['chatid'] as string,
    ),
  );
}

/** What WeCom delivered, as the judge reads it. */
export function receivedBy(messages: readonly SandboxMessage[]): Received[] {
  return messages.map(({ msgtype, received, delivered_to }) => {
    const content = received[msgtype] as { content?: string; title?: string };
    return { text: content.content ?? content.title ?? '', deliveredTo: delivered_to };
  });
}

export function sentAs(posts: readonly Post[], { company }: Pick<Sandbox, 'company'>): Sent[] {
  return posts.map(({ id, target, text }) => ({
    id,
    text,
    to:
      'member' in target
        ? [target.member]
        : 'chat' in target
          ? (CHATS[target.chat] as string[])
          : company.robots[0]!.members,
  }));
}
