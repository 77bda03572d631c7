import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A proxy that is none of undici's business: it does as it is told with every connection, and counts them. */
export class FakeProxy {
  connects = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(behave: (socket: Socket) => void, onConnection = false) {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      if (onConnection) {
        this.connects += 1;
        behave(socket);
        return;
      }
      socket.once('data', () => {
        this.connects += 1;
        behave(socket);
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'] as const;

/** Every test of the file begins without a proxy of the environment, and leaves the environment as it was. */
export function withoutProxyVariables(): void {
  let saved: Partial<Record<string, string>>;
  beforeEach(() => {
    saved = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
    for (const name of VARIABLES) delete process.env[name];
  });
  afterEach(() => {
    for (const name of VARIABLES) {
      if (saved[name] === undefined) delete process.env[name];
      else process.env[name] = saved[name];
    }
  });
}
