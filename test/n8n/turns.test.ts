/**
 * Requests that could all be made at the same moment are made a few at a time, so that the first leaves before the last
 * is made.
 */
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { robotHttp } from '../../nodes/host/wecom-http';

const url = (index: number) => `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${index}`;

function setUp(signal?: AbortSignal) {
  const made: string[] = [];
  const helpers = {
    httpRequest: async ({ url: to }: IHttpRequestOptions) => {
      made.push(to);
      return { statusCode: 200, body: '{"errcode":0}' };
    },
  };
  const http = robotHttp({ helpers } as unknown as IExecuteFunctions, { signal });
  const send = (index: number) =>
    http({ method: 'POST', url: url(index), headers: {}, body: '{}', timeoutMs: 10_000, longestAnswer: 1000 });
  return { made, send };
}

const indexes = Array.from({ length: 50 }, (_, index) => index);

test('of fifty requests a few are made before the event loop goes round, then all, in their order', async () => {
  const { made, send } = setUp();
  const answers = indexes.map(send);
  expect(made.length).toBeGreaterThan(0);
  expect(made.length).toBeLessThan(8);
  for (const answer of await Promise.all(answers)) expect(answer).toEqual({ status: 200, body: '{"errcode":0}' });
  expect(made).toEqual(indexes.map(url));
});

test('one after the other is not held up', async () => {
  const { made, send } = setUp();
  for (const index of indexes) {
    const answer = send(index);
    if (index % 4 === 0) expect(made).toHaveLength(index + 1);
    await answer;
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  expect(made).toEqual(indexes.map(url));
});

test('what is cancelled before its turn is not made, and says that it was not sent', async () => {
  const stop = new AbortController();
  const { made, send } = setUp(stop.signal);
  const ends = indexes.map((index) =>
    send(index).then(
      () => 'answered',
      (error: { notSent?: boolean }) => (error.notSent === true ? 'not sent' : 'broken off'),
    ),
  );
  const before = made.length;
  stop.abort();
  expect((await Promise.all(ends)).filter((end) => end === 'not sent')).toHaveLength(indexes.length - before);
  expect(made).toHaveLength(before);
});

test('a request that fails holds up none behind it', async () => {
  const { send } = setUp();
  const broken = robotHttp({
    helpers: { httpRequest: () => Promise.reject(new Error('refused')) },
  } as unknown as IExecuteFunctions);
  const ends = await Promise.allSettled(
    indexes.map((index) =>
      index % 3 === 0
        ? broken({ method: 'POST', url: url(index), headers: {}, timeoutMs: 10_000, longestAnswer: 1000 })
        : send(index),
    ),
  );
  expect(ends.map(({ status }) => status)).toEqual(
    indexes.map((index) => (index % 3 === 0 ? 'rejected' : 'fulfilled')),
  );
});
