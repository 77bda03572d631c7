import type { Socket } from 'node:net';

import { buildConnector, Client, Dispatcher } from 'undici';

import { PROXY_REFUSED } from '../../../core';

/** After a failed try to connect, others fail with it for so long, without a try of their own. Milliseconds. */
const QUIET_MS = 100;

type Connector = ReturnType<typeof buildConnector>;
type Connect = Dispatcher.ConnectData<unknown>;

/**
 * Bounds how often a connection is tried that cannot be made: one try at a time, and ten in a second. While
 * connections can be made, nobody waits.
 */
class Tries {
  private failed: { readonly error: Error; readonly at: number } | undefined;
  private probe: Promise<unknown> | undefined;

  async run<Value>(attempt: () => Promise<Value>): Promise<Value> {
    while (this.failed) {
      if (performance.now() - this.failed.at < QUIET_MS) throw this.failed.error;
      if (!this.probe) break;
      await this.probe;
    }
    const own = attempt();
    const known = own.then(
      () => (this.failed = undefined),
      (error: unknown) => this.hasFailed(error as Error),
    );
    if (!this.failed) return own;
    this.probe = known;
    try {
      return await own;
    } finally {
      this.probe = undefined;
    }
  }

  /** Also for a connection that was made and turned out to be of no use. */
  hasFailed(error: Error): void {
    this.failed = { error, at: performance.now() };
  }
}

/** Connects to a server directly. */
export function directConnector(timeoutMs: number): Connector {
  const connect = buildConnector({ timeout: timeoutMs });
  const tries = new Tries();
  return (options, callback) => {
    const attempt = () =>
      new Promise<Parameters<buildConnector.Callback>[1]>((resolve, reject) => {
        connect(options, (error, socket) => (error ? reject(error) : resolve(socket)));
      });
    tries.run(attempt).then(
      (socket) => callback(...([null, socket] as Parameters<buildConnector.Callback>)),
      (error: Error) => callback(error, null),
    );
  };
}

/**
 * Tunnels through a proxy (CONNECT), in place of the client that undici's `ProxyAgent` has for that: whatever the proxy
 * does, a tunnel is there within the time or fails, with an error after which undici does not try again by itself.
 */
export class Tunnels extends Dispatcher {
  private readonly tries = new Tries();
  private readonly open = new Set<Client>();

  constructor(
    private readonly proxy: URL,
    private readonly connector: Connector,
    private readonly timeoutMs: number,
  ) {
    super();
  }

  override connect(options: Dispatcher.ConnectOptions<never>): Promise<never>;
  override connect(options: unknown): Promise<Connect>;
  override connect(options: unknown): Promise<Connect> {
    return this.tries.run(() => this.tunnel(options as Dispatcher.ConnectOptions));
  }

  override close(): Promise<void>;
  override close(): Promise<void> {
    return this.destroy();
  }

  override destroy(): Promise<void>;
  override destroy(): Promise<void> {
    for (const client of this.open)
      void client.destroy(noTunnel('UND_ERR_DESTROYED', 'the connection was closed', '连接已关闭'));
    return Promise.resolve();
  }

  /** A client of its own for each: its socket becomes the tunnel, and nothing is left of a try that failed. */
  private async tunnel(options: Dispatcher.ConnectOptions): Promise<Connect> {
    const client = new Client(this.proxy.origin, { connect: this.connector });
    this.open.add(client);
    const late = noTunnel(
      'UND_ERR_CONNECT_TIMEOUT',
      `the proxy made no connection to WeCom within ${this.timeoutMs} ms`,
      `代理在 ${this.timeoutMs} 毫秒内未能建立到企业微信的连接`,
    );
    const deadline = setTimeout(() => void client.destroy(late), this.timeoutMs);
    try {
      const answer = await client.connect(options);
      if (answer.statusCode === 200) {
        this.watch(answer.socket as Socket);
        return answer;
      }
      answer.socket.on('error', () => undefined).destroy();
      throw noTunnel(
        PROXY_REFUSED,
        `the proxy refused to connect to WeCom (HTTP status ${answer.statusCode})`,
        `代理拒绝连接企业微信（HTTP 状态码 ${answer.statusCode}）`,
      );
    } catch (error) {
      void client.destroy(null);
      throw proxyError(error);
    } finally {
      clearTimeout(deadline);
      this.open.delete(client);
    }
  }

  /** A tunnel through which not a byte ever came is another try that failed. */
  private watch(socket: Socket): void {
    const { bytesRead } = socket;
    socket.once('close', () => {
      if (socket.bytesRead === bytesRead)
        this.tries.hasFailed(
          noTunnel(
            'ECONNRESET',
            'the connection that the proxy made to WeCom was closed before WeCom said a word',
            '代理建立的连接在企业微信作出任何应答之前就已关闭',
          ),
        );
    });
  }
}

function noTunnel(code: string, message: string, zh: string): Error {
  return Object.assign(new Error(message), { code, zh, notSent: true });
}

/**
 * What went wrong between us and the proxy. undici itself tries again, at once and without end, after some of its own
 * errors.
 */
function proxyError(error: unknown): unknown {
  const { name, code, message } = error as {
    readonly name?: unknown;
    readonly code?: unknown;
    readonly message?: unknown;
  };
  if (code === 'UND_ERR_SOCKET' || code === 'UND_ERR_INFO')
    return noTunnel(
      'ECONNRESET',
      'the proxy closed the connection instead of connecting to WeCom',
      '代理未连接企业微信就关闭了连接',
    );
  if (name === 'HTTPParserError')
    return noTunnel(
      PROXY_REFUSED,
      `what answers at the address of the proxy is no HTTP proxy (${String(message)})`,
      `代理地址上的服务不是 HTTP 代理（${String(message)}）`,
    );
  return error;
}
