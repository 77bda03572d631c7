import { Agent, request } from 'undici';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox';

/** What came back, for tests to look into. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is what the tests check
export type Json = any;

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  json: Json;
  bytes: Buffer;
}

export interface Client {
  sandbox: Sandbox;
  get(path: string, query?: Record<string, string | number>, headers?: Record<string, string>): Promise<Reply>;
  post(
    path: string,
    body: unknown,
    query?: Record<string, string | number>,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  /** A token of the app with this secret, the main app's by default. */
  token(secret?: string): Promise<string>;
  /** message/send by the main app; agentid is filled in, touser too when no recipient is named. */
  send(message: Record<string, unknown>, secret?: string): Promise<Reply>;
  /** media/upload, or another call, of bytes in a part with this Content-Disposition. */
  upload(type: string, bytes: Buffer, disposition?: string, path?: string): Promise<Reply>;
  /** webhook/send to a built-in robot. */
  push(message: unknown, robot?: string): Promise<Reply>;
  /** webhook/upload_media for a built-in robot. */
  uploadFor(type: string, bytes: Buffer, key?: string): Promise<Reply>;
  close(): Promise<void>;
}

export const SECRETS = {
  main: 'sandbox-secret-1000002',
  second: 'sandbox-secret-1000003',
  withoutTrustedIp: 'sandbox-secret-1000004',
  contactsSync: 'sandbox-secret-contacts-sync',
};

const MULTIPART = { 'content-type': 'multipart/form-data; boundary=edge' };

function multipart(bytes: Buffer, disposition = 'form-data; name="media"; filename="test.bin"'): Buffer {
  const head = `--edge\r\nContent-Disposition: ${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--edge--\r\n')]);
}

/** The webhook key of a built-in robot. */
export function keyOf(sandbox: Sandbox, robot: string): string {
  return sandbox.company.robots.find(({ id }) => id === robot)!.key;
}

/** A fresh sandbox and a caller that speaks real HTTP to it. */
export async function connect(options?: SandboxOptions): Promise<Client> {
  const sandbox = await startSandbox(options);
  const dispatcher = new Agent();

  async function call(method: 'GET' | 'POST', path: string, query = {}, body?: unknown, headers = {}): Promise<Reply> {
    const address = new URL(path.startsWith('/') ? path : `/cgi-bin/${path}`, sandbox.url);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value));
    const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const response = await request(address, {
      method,
      headers,
      dispatcher,
      ...(raw !== undefined && { body: raw }),
    });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      headers: response.headers,
      json: isJson ? JSON.parse(bytes.toString()) : {},
      bytes,
    };
  }

  const client: Client = {
    sandbox,
    get: (path, query, headers) => call('GET', path, query, undefined, headers),
    post: (path, body, query, headers) => call('POST', path, query, body, headers),
    async token(secret = SECRETS.main) {
      const { json } = await client.get('gettoken', { corpid: sandbox.company.corpId, corpsecret: secret });
      return json['access_token'];
    },
    async send(message, secret) {
      const recipient = 'touser' in message || 'toparty' in message || 'totag' in message ? {} : { touser: 'zhangsan' };
      return client.post(
        'message/send',
        { agentid: 1000002, ...recipient, ...message },
        { access_token: await client.token(secret) },
      );
    },
    async upload(type, bytes, disposition, path = 'media/upload') {
      return client.post(path, multipart(bytes, disposition), { access_token: await client.token(), type }, MULTIPART);
    },
    push: (message, robot = 'build') => client.post('webhook/send', message, { key: keyOf(sandbox, robot) }),
    uploadFor: (type, bytes, key = keyOf(sandbox, 'build')) =>
      client.post('webhook/upload_media', multipart(bytes), { key, type }, MULTIPART),
    async close() {
      await dispatcher.destroy();
      await sandbox.close();
    },
  };
  return client;
}
