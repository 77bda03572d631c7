import type { ContactChoice, Language } from '../../core';
import { flowError } from './flow-error';
import { languageOf } from './language';
import type { NodeRed, Request } from './node-red-api';

/** What a dialog gets back: never a secret, a key or a token. */
export type Answer = { readonly ok: true; readonly name?: string; readonly choices?: readonly ContactChoice[] } | { readonly ok: false; readonly code: string | number; readonly message: string };

/** What a dialog asks with: the settings as they stand there, deployed or not. */
export interface Question {
  /** A setting of the dialog, with `${NAME}` replaced from the environment. */
  readonly setting: (name: string) => unknown;
  /** A password: as typed in the dialog, or that of the deployed node if it was not touched there. */
  readonly password: (name: string) => unknown;
  readonly language: Language;
}

/** Answers a dialog; whatever goes wrong becomes advice in the editor's language. */
export async function answerDialog(RED: NodeRed, request: Request, ask: (question: Question) => Promise<Answer>): Promise<Answer> {
  const asked = (typeof request.body === 'object' && request.body !== null ? request.body : {}) as Readonly<Record<string, unknown>>;
  const language = languageOf(asked['lang']);
  const setting = (name: string) => withEnvironment(RED, asked[name]);
  const password = (name: string) => {
    const typed = setting(name);
    if (typeof typed === 'string' && typed !== '') return typed;
    return typeof asked['id'] === 'string' ? withEnvironment(RED, RED.nodes.getCredentials(asked['id'])?.[name]) : undefined;
  };
  try {
    return await ask({ setting, password, language });
  } catch (error) {
    const { code, message } = flowError(error, language);
    return { ok: false, code, message };
  }
}

/** The runtime replaces `${NAME}` when it deploys a node; settings that come straight from a dialog need the same. */
function withEnvironment(RED: NodeRed, value: unknown): unknown {
  const name = typeof value === 'string' ? /^\$\{([^}]+)\}$/.exec(value.trim())?.[1] : undefined;
  return name === undefined ? value : (RED.util.getSetting(null, name) ?? value);
}
