import { editorLocale } from './locale';

/** What the runtime answers to the dialogs. */
export interface Answer {
  readonly ok: boolean;
  /** Of the app. */
  readonly name?: string;
  readonly choices?: readonly { readonly id: string; readonly name: string }[];
  /** When not ok: what is wrong and what to do, in the editor's language. */
  readonly message?: string;
}

/**
 * The settings of a config node as they stand in a dialog, or in a node that is not deployed yet. A password is among
 * them only if it was typed since the last deploy; otherwise the runtime knows it.
 */
export type Settings = Readonly<Record<string, unknown>> & { readonly id: string };

// What the editor shows in place of a password that it does not have.
const UNTOUCHED_PASSWORD = '__PWRD__';

export function typedPassword(name: string, value: unknown): Readonly<Record<string, string>> {
  return typeof value === 'string' && value !== '' && value !== UNTOUCHED_PASSWORD ? { [name]: value } : {};
}

/** The password of a proxy, if it was touched: one that was emptied is none. */
export function typedLogin(proxyPassword: unknown): Readonly<Record<string, string>> {
  return typeof proxyPassword === 'string' && proxyPassword !== UNTOUCHED_PASSWORD ? { proxyPassword } : {};
}

/**
 * @param path of the endpoint, such as `wecom-app/test`
 * @throws Error whose message is the HTTP status (0: no answer) if the runtime gave no answer of this kind
 */
export async function askRuntime(path: string, settings: Settings): Promise<Answer> {
  return new Promise((resolve, reject) => {
    void $.ajax({
      url: path,
      method: 'POST',
      contentType: 'application/json; charset=utf-8',
      data: JSON.stringify({ ...settings, lang: editorLocale() }),
      success: (answer: Answer) => resolve(answer),
      error: (request) => reject(new Error(String(request.status))),
    });
  });
}
