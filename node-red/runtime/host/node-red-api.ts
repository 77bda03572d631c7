/** The room host: what Node-RED gives, in the words of this package. Imports from no other room of the runtime. */
/**
 * The part of Node-RED's node API that this package uses. Written down here because the published types bring the
 * browser's globals into every file.
 */
export interface NodeRed {
  readonly nodes: {
    createNode(node: Node, config: object): void;
    registerType(type: string, constructor: (this: never, config: never) => void, options?: object): void;
    getNode(id: string): Node | null;
    /**
     * Every node of the deployed flows as it stands in them, disabled ones too; without what the environment replaces.
     */
    eachNode(
      look: (
        config: Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string; readonly z?: string },
      ) => void,
    ): void;
    getCredentials(id: string): Readonly<Record<string, string>> | undefined;
  };
  readonly util: {
    getMessageProperty(msg: object, expression: string): unknown;
    evaluateNodeProperty(
      value: string,
      type: string,
      node: Node,
      msg: object,
      callback: (error: Error | null, value?: unknown) => void,
    ): void;
    prepareJSONataExpression(expression: string, node: Node): unknown;
    evaluateJSONataExpression(
      expression: unknown,
      msg: object,
      callback: (error: Error | null, value?: unknown) => void,
    ): void;
    getSetting(node: Node | null, name: string): unknown;
    /** @throws for what is nested thousands deep, or does not let itself be read */
    cloneMessage<Value extends object>(msg: Value): Value;
  };
  readonly hooks: {
    /** @param id `event.label` */
    add(id: string, listener: (event: ReceiveEvent) => void): void;
    remove(id: string): void;
  };
  readonly settings: {
    /** Node-RED calls the next node at once, instead of in the next turn of the event loop. */
    readonly runtimeSyncDelivery?: unknown;
    readonly userDir?: string;
    readonly lang?: string;
    readonly settingsFile?: unknown;
    readonly flowFile?: unknown;
    readonly fileWorkingDirectory?: unknown;
  };
  readonly auth: { needsPermission(permission: string): Handler };
  readonly httpAdmin: { post(path: string, ...handlers: Handler[]): void };
  readonly events: Events;
  readonly log: { warn(text: string): void };
  _(key: string, values?: Readonly<Record<string, string | number>>): string;
}

/** A message comes to a node. What a node keeps its listeners in is not part of Node-RED's documented API. */
export interface ReceiveEvent {
  readonly msg: Message;
  readonly destination: { readonly node: { readonly _inputCallback?: unknown; readonly _inputCallbacks?: unknown } };
}

/** What happens to the flows as a whole. */
export interface Events {
  on(event: 'runtime-event', listener: (event: RuntimeEvent) => void): void;
  once(event: 'flows:started', listener: () => void): void;
  removeListener(event: 'runtime-event', listener: (event: RuntimeEvent) => void): void;
}

export interface RuntimeEvent {
  readonly id: string;
  /** Of `runtime-state`: `deploy` is set while flows are only stopped to be started again. */
  readonly payload?: { readonly state?: string; readonly deploy?: boolean };
}

/**
 * The flow (tab, or instance of a subflow) in which a node runs, as Node-RED keeps it beside the node; not part of its
 * documented API.
 */
export interface Flow {
  /** @returns whether there is a Catch node that hears of it */
  handleError?(node: Node, error: Error, msg: Message): boolean;
  handleComplete?(node: Node, msg: Message): void;
}

export interface Node {
  readonly id: string;
  /** In a subflow the ID of a node is a new one with every deploy; then there is this, and the path stays. */
  readonly _alias?: string;
  readonly _path?: string;
  /** The flow, or the instance of a subflow, in which it is. */
  readonly z?: string;
  _flow?: Flow;
  readonly credentials?: Readonly<Record<string, string | undefined>>;
  status(status: Status): void;
  warn(message: string): void;
  /** With a message, Catch nodes hear of it; the log does if there is none. */
  error(error: Error, msg?: Message): void;
  receive(msg: Message): void;
  on(
    event: 'input',
    listener: (msg: Message, send: (msg: Message) => void, done: (error?: Error) => void) => void,
  ): void;
  on(event: 'close', listener: (removed: boolean, done: () => void) => void): void;
}

export interface Message {
  payload?: unknown;
  filename?: unknown;
  [property: string]: unknown;
}

export interface Status {
  readonly fill?: 'red' | 'green' | 'yellow' | 'blue' | 'grey';
  readonly shape?: 'ring' | 'dot';
  readonly text?: string;
  /** What Status nodes get besides; editors do not. */
  readonly [more: string]: unknown;
}

/** An express handler, as far as it is used here. */
export type Handler = (request: Request, response: Response, next: (error?: unknown) => void) => void;

export interface Request {
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly params: Readonly<Record<string, string>>;
}

export interface Response {
  json(body: unknown): void;
  status(status: number): Response;
  end(): void;
  setHeader(name: string, value: string): void;
}
