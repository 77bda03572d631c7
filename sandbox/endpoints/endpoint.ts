import type { App } from '../company';
import type { LenientBody } from '../lenient-json';
import type { Part } from '../multipart';
import type { State } from '../state';
import type { TokenHolder } from '../tokens';

/** One call as an endpoint sees it, the token already verified. */
export interface Call {
  state: State;
  query: Record<string, string | undefined>;
  /** The `Range` header. */
  range: string | undefined;
  /** The JSON body; `{}` for GET and multipart. */
  body: LenientBody;
  /** The parts of a multipart body. */
  parts: Part[];
  /** Scheme, host and port the caller knows this server by. */
  origin: string;
}

export interface KnownCall extends Call {
  holder: TokenHolder;
}

export interface AppCall extends Call {
  app: App;
}

/** An answer that is a file instead of JSON. */
export class FileAnswer {
  constructor(
    readonly status: number,
    readonly headers: Record<string, string>,
    readonly bytes: Buffer,
  ) {}
}

export type Answer = Record<string, unknown> | FileAnswer;

interface Shape {
  /** The path after `/cgi-bin/`. */
  path: string;
  method: 'GET' | 'POST';
  /** Fields that come, empty, beside an error. */
  emptyData?: Record<string, unknown>;
}

/** `caller` says whose token the endpoint takes; others are refused with 48002, or the errcode given here. */
export type Endpoint = Shape &
  (
    | { caller: 'nobody'; answer(call: Call): Answer }
    | { caller: 'anybody' | 'contacts-sync'; answer(call: KnownCall): Answer }
    | { caller: 'app'; refusesContactsSync?: 48009; answer(call: AppCall): Answer }
  );
