import { typedAddress, WecomInputError, WecomNetworkError } from '../../../core';
import type { ContactChoice, Language, Wording } from '../../../core';
import { connectionWording } from '../../wording/connection';
import { flowError, inSentences } from '../host/flow-error';
import { languageOf } from '../host/language';
import type { Handler, NodeRed, Request, Response } from '../host/node-red-api';

/** What a dialog gets back: never a secret, a key or a token. */
export type Answer =
  | { readonly ok: true; readonly name?: string; readonly choices?: readonly ContactChoice[] }
  | { readonly ok: false; readonly code: string | number; readonly message: string };

/** What a dialog asks with: the settings as they stand there, deployed or not. */
export interface Question {
  /**
   * A setting of the dialog, with `${NAME}` replaced from the environment. @throws WecomInputError if the asker may not
   * have that replaced
   */
  readonly setting: (name: string) => unknown;
  /**
   * A credential: as typed in the dialog, or that of the deployed node if it was not touched there.
   *
   * @throws WecomInputError if the stored one would go another way than the one it was stored for
   */
  readonly credential: (name: string) => unknown;
  readonly language: Language;
}

/** Who a dialog is of. */
export interface Asker {
  readonly type: 'wecom-app' | 'wecom-robot';
  /** Labels of the credentials that only go the way they were stored for. */
  readonly secrets: Readonly<Record<string, Wording>>;
}

/** The settings that decide where a secret goes. */
const WAY = ['baseUrl', 'proxy'] as const;

/**
 * A handler that answers a dialog; whatever goes wrong becomes advice in the editor's language.
 *
 * Whoever may ask is not always allowed to deploy. So a stored secret goes only the way it was stored for (base URL and
 * proxy), and the environment is read only for settings that are deployed that way, or for who may deploy any. Forms of
 * other sites cannot ask: they cannot send JSON.
 */
export function dialogHandler(RED: NodeRed, asker: Asker, ask: (question: Question) => Promise<Answer>): Handler {
  const mayDeploy = RED.auth.needsPermission('flows.write');
  return (request, response) => {
    if (!isJson(request)) return void response.status(415).json({ ok: false, code: 415, message: 'application/json' });
    void answer({ RED, asker, mayDeploy, ask }, request).then((body) => response.json(body));
  };
}

/** Forms of other sites cannot send this. */
export function isJson({ headers }: Request): boolean {
  const type = headers['content-type'];
  return typeof type === 'string' && /^application\/json\b/i.test(type);
}

interface Answering {
  readonly RED: NodeRed;
  readonly asker: Asker;
  readonly mayDeploy: Handler;
  readonly ask: (question: Question) => Promise<Answer>;
}

async function answer({ RED, asker, mayDeploy, ask }: Answering, request: Request): Promise<Answer> {
  const asked = (typeof request.body === 'object' && request.body !== null ? request.body : {}) as Readonly<
    Record<string, unknown>
  >;
  const language = languageOf(asked['lang']);
  try {
    const deploys =
      Object.values(asked).some((value) => variableOf(value) !== undefined) && (await isAllowed(mayDeploy, request));
    return await ask({ ...reader(RED, asker, asked, deploys), language });
  } catch (error) {
    const { code, message } = flowError(error, language);
    return { ok: false, code, message: withoutMessage(error, language) ?? message };
  }
}

/** What went wrong where no message was to be sent, so that nobody wonders what became of it. */
function withoutMessage(error: unknown, language: Language): string | undefined {
  if (error instanceof WecomInputError) return error.explain(language).title;
  if (error instanceof WecomNetworkError)
    return inSentences(error.explain(language).title, connectionWording.test.network[language], language);
  return undefined;
}

function reader(
  RED: NodeRed,
  { type, secrets }: Asker,
  asked: Readonly<Record<string, unknown>>,
  deploys: boolean,
): Pick<Question, 'setting' | 'credential'> {
  const deployed = deployedSettings(RED, type, asked['id']);
  const sameWay =
    deployed !== undefined && WAY.every((name) => typedAddress(asked[name]) === typedAddress(deployed[name]));
  const isDeployed = (name: string) => sameWay && asked[name] === deployed[name];

  const setting = (name: string) => {
    const variable = variableOf(asked[name]);
    if (variable === undefined) return asked[name];
    if (deploys || isDeployed(name)) return RED.util.getSetting(null, variable) ?? asked[name];
    throw new WecomInputError([{ path: name, message: connectionWording.problem.environment }]);
  };
  const credential = (name: string) => {
    const typed = setting(name);
    // An emptied secret is one that is taken from where it was; a login that was emptied is none.
    if (typeof typed === 'string' && (typed !== '' || !Object.hasOwn(secrets, name))) return typed;
    const stored = deployed && RED.nodes.getCredentials(deployed.id)?.[name];
    if (typeof stored !== 'string' || stored === '') return undefined;
    if (!sameWay)
      throw new WecomInputError([
        {
          path: name,
          label: secrets[name] ?? connectionWording.label.proxyPassword,
          message: connectionWording.problem.storedElsewhere,
        },
      ]);
    const variable = variableOf(stored);
    return variable === undefined ? stored : (RED.util.getSetting(null, variable) ?? stored);
  };
  return { setting, credential };
}

type Deployed = Readonly<Record<string, unknown>> & { readonly id: string };

/** The node as it stands in the flows, `${NAME}` and all; the credentials of other types are none of ours. */
function deployedSettings(RED: NodeRed, type: string, id: unknown): Deployed | undefined {
  let found: Deployed | undefined;
  RED.nodes.eachNode((node) => {
    if (node.id === id && node.type === type) found = { ...node };
  });
  return found;
}

/** The runtime replaces `${NAME}` when it deploys a node; settings that come straight from a dialog need the same. */
function variableOf(value: unknown): string | undefined {
  return typeof value === 'string' ? /^\$\{([^}]+)\}$/.exec(value.trim())?.[1] : undefined;
}

/** Asks the guard of a permission without letting it answer the request. */
function isAllowed(guard: Handler, request: Request): Promise<boolean> {
  return new Promise((resolve) => {
    const refuse = () => resolve(false);
    const refusal: Response = { json: refuse, end: refuse, setHeader: () => undefined, status: () => refusal };
    guard(request, refusal, (error) => resolve(error === undefined || error === null));
  });
}
