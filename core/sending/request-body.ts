import type { Draft } from '../messages/parse-message';
import { recipientBatches } from '../messages/recipients';
import type { RecipientField } from '../messages/recipients';

/** Recipients as one request names them. */
export type Batch = Readonly<Partial<Record<RecipientField, string>>>;

/** Who each request to members, departments and tags names (doc 90236), and what stands of that in its body. */
export function memberAddresses(
  { form, recipients }: Draft,
  agentid: number,
): readonly { readonly fields: object; readonly named: Batch }[] {
  return (recipients ? recipientBatches(recipients) : []).map((named) => ({
    fields: form.agentid ? { ...named, agentid } : named,
    named,
  }));
}

/** What stands of a group chat in the body of its request (doc 90248). */
export function chatAddress({ chatid }: Draft): { readonly chatid: string } {
  return { chatid: chatid as string };
}

/** The body of one request: who gets it, one part of the content, and the options beside it. */
export function requestBody(
  address: object,
  { type, options }: Draft,
  content: Draft['content'],
): Readonly<Record<string, unknown>> {
  return { ...address, msgtype: type.msgtype, [type.msgtype]: content, ...options };
}
