import { editorLanguage } from '../host/editor-language';
import { languageOf } from '../host/language';
import type { NodeRed } from '../host/node-red-api';
import { isJson } from './dialog-question';

/** Every editor says in which language it was opened. */
export function serveLanguageEndpoint(RED: NodeRed): void {
  RED.httpAdmin.post('/wecom-send/language', RED.auth.needsPermission('wecom-send.read'), (request, response) => {
    if (!isJson(request)) return void response.status(415).json({ ok: false });
    const { lang } = (request.body ?? {}) as { readonly lang?: unknown };
    if (typeof lang === 'string' && lang !== '') editorLanguage(RED).opened(languageOf(lang));
    response.json({ ok: true });
  });
}
