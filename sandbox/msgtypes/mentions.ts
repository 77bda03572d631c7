import type { JsonObject } from '../lenient-json';
import type { ContentContext } from './message-type';

/**
 * Whom `mentioned_list` names: userids that exist, `@all` for everybody. Who is not found is left out without a word.
 */
export function readMentions(content: JsonObject, { body, contacts }: ContentContext): string[] {
  return body
    .strings(content, 'mentioned_list')
    .flatMap((userid) => (userid === '@all' ? userid : (contacts.member(userid)?.userid ?? [])));
}

/** The same by mobile number. */
export function readMobileMentions(content: JsonObject, { body, contacts }: ContentContext): string[] {
  return body
    .strings(content, 'mentioned_mobile_list')
    .flatMap((mobile) => (mobile === '@all' ? mobile : (contacts.memberByMobile(mobile)?.userid ?? [])));
}
