import {
  parseApp,
  parseMessage,
  parseRobot,
  parseUpdate,
  redact,
  splitText,
  toWecomMarkdown,
  truncateText,
  typesAt,
  WecomApiError,
  WecomInputError,
  WecomNetworkError,
} from '../../core';
import { sliceText } from '../../core/long-text/split-text';
import type { Destination, Field } from '../../core';
import { endpoints } from '../../core/api/endpoints';
import { exchange } from '../../core/api/exchange';
import { splitIds } from '../../core/schema/ids';
import { markdownAdvice } from '../../core/messages/adapt-markdown';
import { mediaMultipart } from '../../core/sending/multipart';
import { operations } from '../../core/operations';
import { parseRecipients } from '../../core/messages/recipients';
import { withAccessToken } from '../../credentials/access-token-query';
import { withRobotKey } from '../../credentials/robot-key-query';
import { bytesOf, bytesOfBase64, defaultFilename } from '../../node-red/runtime/reading/media-value';
import { UnreadableValue } from '../../node-red/runtime/reading/unreadable-value';
import { parsedJson } from '../../node-red/runtime/reading/value-source';
import { LenientBody } from '../../sandbox/lenient-json';
import { withValue } from '../core/examples';
import { png } from '../fixtures/media';

/** Reads a text, or refuses it. */
export type Reader = (text: string) => unknown;

const SYNTAXES = ['text', 'html', 'markdown', 'markdown_v2'] as const;
const MAX_BYTES = 2048;

/** What reads the texts of messages, settings, lists and answers, one by one. */
export const readers: Readonly<Record<string, Reader>> = {
  'advice on markdown': (text) => markdownAdvice('markdown', { content: text }, []),
  'advice on markdown_v2': (text) => markdownAdvice('markdown_v2', { content: text }, []),
  'Adapt Markdown': (text) => toWecomMarkdown(text),
  'Adapt Markdown, in a table': (text) =>
    toWecomMarkdown(`a|${text.slice(0, text.length / 2)}\n-|-\n${text.slice(text.length / 2)}`),
  ...Object.fromEntries(
    SYNTAXES.flatMap((syntax) => [
      [`splitting ${syntax}`, (text: string) => splitText(text, { maxBytes: MAX_BYTES, syntax })],
      [`shortening ${syntax}`, (text: string) => truncateText(text, { maxBytes: MAX_BYTES, syntax })],
    ]),
  ),
  'numbering markdown_v2': (text) => splitText(text, { maxBytes: MAX_BYTES, syntax: 'markdown_v2', numbered: true }),
  'slicing text': (text) => sliceText(text, { maxBytes: MAX_BYTES, syntax: 'text' }),
  ids: (text) => splitIds(text),
  members: (text) => parseRecipients({ touser: text }),
  departments: (text) => parseRecipients({ toparty: text }),
  'secrets in errors': (text) => redact(text, ['secret', text.slice(0, 9)]),
  'the webhook of a robot': (text) => parseRobot({ webhook: text }),
  'the webhook of a robot, as an address': (text) =>
    parseRobot({ webhook: `https://a.b/cgi-bin/webhook/send?key=${text}` }),
  'the base URL of a robot': (text) => parseRobot({ webhook: 'a', baseUrl: `https://${text}` }),
  'the settings of an app': (text) => parseApp({ corpId: text, agentId: text, secret: text, baseUrl: text }),
  'the base URL of an app': (text) =>
    parseApp({ corpId: 'a', agentId: 1, secret: 'a', baseUrl: `https://a.b/${text}` }),
  'an address in HTTP Request, app': (text) => withAccessToken({ url: `https://a.b/${text}` }, 'https://a.b', 'token'),
  'an address in HTTP Request, robot': (text) =>
    withRobotKey({ url: `https://a.b/${text}` }, { key: 'a', baseUrl: 'https://a.b' }),
  'a base URL in HTTP Request': (text) =>
    withRobotKey({ url: text, baseURL: `https://a.b/${text}` }, { key: 'a', baseUrl: 'https://a.b' }),
  'the bytes of a file as text': (text) => bytesOf(text, 'file'),
  'the bytes of a file as base64': (text) => bytesOfBase64(text),
  'the bytes of a file as a data URL': (text) => bytesOf(`data:image/png;base64,${text}`, 'file'),
  'the head of a data URL': (text) => bytesOf(`data:${text};base64,AAAA`, 'file'),
  'the name of a file': (text) => mediaMultipart({ filename: defaultFilename(png(), 'image', text), data: png() }),
  JSON: (text) => parsedJson(text),
  'JSON around a text': (text) => parsedJson(JSON.stringify({ text })),
  'an answer': (text) => answered(text),
  'an answer with a message': (text) => answered(JSON.stringify({ errcode: 40001, errmsg: text })),
  'a request, in the sandbox': (text) => new LenientBody(Buffer.from(JSON.stringify({ text: { content: text } }))),
};

/** WeCom answers with this. */
function answered(body: string): unknown {
  const http = () => Promise.resolve({ status: 200, body });
  return exchange(
    { connection: { http, baseUrl: 'https://a.b', timeoutMs: 1 }, secrets: ['secret'] },
    endpoints.sendMessage,
    { json: {} },
  );
}

/** Every message, and what else people fill in, with one text in all of its fields at once. */
export const forms: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(
    (['app', 'chat', 'robot'] as const).flatMap((place) =>
      typesAt(place).flatMap(({ type, form }) => {
        const own = (text: string) => ({
          msgtype: type.msgtype,
          [type.msgtype]: filled(form.panel.content, text, type.cardType),
        });
        // What is done with long texts is the same everywhere.
        const choices = (place === 'app'
          ? form.panel.options.find(({ name }) => name === 'too_long')?.choices
          : undefined) ?? [{ value: form.tooLong }];
        return choices.map(({ value }) => [
          `${place}: ${type.name}, ${value}`,
          (text: string) =>
            parseMessage(
              {
                ...addresses(text)[place],
                ...own(text),
                ...filled(form.panel.options, text),
                ...(form.panel.options.some(({ name }) => name === 'too_long') && { too_long: value }),
              },
              place,
            ),
        ]);
      }),
    ),
  ),
  ...Object.fromEntries(
    typesAt('update').map(({ type, form }) => [
      `update: ${type.name}`,
      (text: string) =>
        parseUpdate({
          response_code: text,
          userids: text,
          template_card: filled(form.panel.content, text, type.cardType),
        }),
    ]),
  ),
  ...Object.fromEntries(
    operations.map((operation) => [operation.name, (text: string) => operation.parse(filled(operation.fields, text))]),
  ),
  'a type that nobody knows': (text) => parseMessage({ touser: 'a', msgtype: text }, 'app'),
  'a card that nobody knows': (text) =>
    parseMessage({ touser: 'a', msgtype: 'template_card', template_card: { card_type: text } }, 'app'),
  'a field that nobody knows': (text) =>
    parseMessage({ touser: 'a', msgtype: 'text', text: { content: 'a', [text]: text }, [text]: text }, 'app'),
};

const addresses = (text: string): Readonly<Record<Exclude<Destination, 'update'>, object>> => ({
  app: { touser: text, toparty: text, totag: text },
  chat: { chatid: text },
  robot: {},
});

/** What is needed, and the text wherever a text can be. */
function filled(fields: readonly Field[], text: string, cardType?: string): Record<string, unknown> {
  const values = withValue(fields);
  for (const field of fields) {
    if (field.fields)
      values[field.name] = field.control === 'list' ? [filled(field.fields, text)] : filled(field.fields, text);
    else if (field.media !== undefined) values[field.name] = { filename: text, data: png() };
    else if (field.control === 'ids' || !field.choices) values[field.name] = text;
  }
  return { ...(cardType !== undefined && { card_type: cardType }), ...values };
}

/** Reads the text; that it is refused is as good. */
export function readOrRefuse(reader: Reader, text: string): void {
  try {
    void Promise.resolve(reader(text)).catch(refusal);
  } catch (error) {
    refusal(error);
  }
}

function refusal(error: unknown): void {
  const known = [WecomInputError, WecomApiError, WecomNetworkError, UnreadableValue].some(
    (kind) => error instanceof kind,
  );
  if (!known) throw error;
}
