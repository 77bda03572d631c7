/** What the runtime answers to the dialogs. */
export interface Answer {
  readonly ok: boolean;
  /** Of the app. */
  readonly name?: string;
  readonly choices?: readonly { readonly id: string; readonly name: string }[];
  /** When not ok: what is wrong and what to do, in the editor's language. */
  readonly message?: string;
}

/** The settings of an app as they stand in a dialog or in an app that is not deployed yet. */
export interface AppSettings {
  readonly id: string;
  readonly corpId: unknown;
  readonly agentId: unknown;
  readonly baseUrl: unknown;
  readonly proxy: unknown;
  readonly timeout: unknown;
  /** Only if it was typed since the last deploy; otherwise the runtime knows it. */
  readonly secret?: string;
}

// What the editor shows in place of a password that it does not have.
const UNTOUCHED_PASSWORD = '__PWRD__';

export function typedSecret(value: unknown): { secret?: string } {
  return typeof value === 'string' && value !== '' && value !== UNTOUCHED_PASSWORD ? { secret: value } : {};
}

/** @throws Error whose message is the HTTP status (0: no answer) if the runtime gave no answer of this kind */
export async function askRuntime(path: string, settings: AppSettings): Promise<Answer> {
  return new Promise((resolve, reject) => {
    void $.ajax({
      url: `wecom-app/${path}`,
      method: 'POST',
      contentType: 'application/json; charset=utf-8',
      data: JSON.stringify({ ...settings, lang: RED.i18n.lang() }),
      success: (answer: Answer) => resolve(answer),
      error: (request) => reject(new Error(String(request.status))),
    });
  });
}
