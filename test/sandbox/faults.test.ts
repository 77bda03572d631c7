import { connect, type Client } from './client';

let wecom: Client;
beforeEach(async () => void (wecom = await connect()));
afterEach(() => wecom.close());

const send = (content = 'hello') => wecom.send({ msgtype: 'text', text: { content } });
const received = () => wecom.sandbox.messages().length;
const ENDPOINT = 'message/send';

test('errcode: the next n calls are refused, nothing is received, then all is well', async () => {
  wecom.sandbox.fault({ endpoint: ENDPOINT, kind: 'errcode', errcode: -1, times: 2 });
  const { status, headers, json } = await send();
  expect(status).toBe(200);
  expect(json['errcode']).toBe(-1);
  expect(json['errmsg']).toMatch(/^system busy, hint: /);
  expect(headers['error-code']).toBe('-1');
  expect((await send()).json['errcode']).toBe(-1);
  expect(received()).toBe(0);
  expect((await send()).json['errcode']).toBe(0);
});

test('errcode: any code may be asked for', async () => {
  wecom.sandbox.fault({ endpoint: ENDPOINT, kind: 'errcode', errcode: 45033 });
  expect((await send()).json['errcode']).toBe(45033);
});

test('http: a status with a page that is no JSON, nothing is received', async () => {
  wecom.sandbox.fault({ endpoint: ENDPOINT, kind: 'http', status: 502 });
  const reply = await send();
  expect(reply.status).toBe(502);
  expect(reply.bytes.toString()).toMatch(/^<html>/);
  expect(received()).toBe(0);
});

test('delay: the message is received at once, the answer comes late', async () => {
  wecom.sandbox.fault({ endpoint: ENDPOINT, kind: 'delay', delay_ms: 150 });
  const started = Date.now();
  expect((await send()).json['errcode']).toBe(0);
  expect(Date.now() - started).toBeGreaterThanOrEqual(145);
  expect(received()).toBe(1);
});

test('no_answer: the message is received and nobody answers', async () => {
  await wecom.token();
  wecom.sandbox.fault({ endpoint: ENDPOINT, kind: 'no_answer' });
  let answered = false;
  const attempt = send().then(
    () => (answered = true),
    () => undefined,
  );
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(answered).toBe(false);
  expect(received()).toBe(1);
  await wecom.sandbox.close();
  await attempt;
  expect(answered).toBe(false);
});

test('reset_before_read: the connection breaks and nothing is received', async () => {
  wecom.sandbox.fault({ endpoint: ENDPOINT, kind: 'reset_before_read' });
  await expect(send()).rejects.toThrow(/ECONNRESET|other side closed/);
  expect(received()).toBe(0);
  expect((await send()).json['errcode']).toBe(0);
});

test('reset_after_read: the connection breaks though the message was received', async () => {
  wecom.sandbox.fault({ endpoint: ENDPOINT, kind: 'reset_after_read' });
  await expect(send()).rejects.toThrow(/ECONNRESET|other side closed/);
  expect(received()).toBe(1);
});

test('faults come in the order they were asked for, and only at their endpoint', async () => {
  wecom.sandbox.fault({ endpoint: 'gettoken', kind: 'errcode', errcode: 45009 });
  wecom.sandbox.fault({ endpoint: ENDPOINT, kind: 'errcode', errcode: 1 });
  wecom.sandbox.fault({ endpoint: `/cgi-bin/${ENDPOINT}`, kind: 'errcode', errcode: 2 });
  expect(await wecom.token()).toBeUndefined();
  expect([(await send()).json['errcode'], (await send()).json['errcode'], (await send()).json['errcode']]).toEqual([
    1, 2, 0,
  ]);
});

test('an order that makes no sense is refused', () => {
  expect(() => wecom.sandbox.fault({ endpoint: 'nowhere', kind: 'no_answer' })).toThrow(/endpoint/);
});

test('closing does not wait for answers that are late or will never come', async () => {
  await wecom.token();
  wecom.sandbox.fault({ endpoint: ENDPOINT, kind: 'delay', delay_ms: 600_000 });
  wecom.sandbox.fault({ endpoint: ENDPOINT, kind: 'no_answer' });
  const attempts = [send('late'), send('never')].map((attempt) => attempt.catch((error: Error) => error));
  while (received() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await wecom.sandbox.close();
  for (const outcome of await Promise.all(attempts)) expect(outcome).toBeInstanceOf(Error);
});
