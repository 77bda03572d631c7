import { endpoints } from '../../core/api/endpoints';
import { WecomApiError, WecomNetworkError } from '../../core';
import { retryPolicies, retryPolicy } from '../../core/delivery/retry-policies';
import type { RetryPolicy } from '../../core/delivery/retry-policies';

const SENT = '/cgi-bin/message/send';
const network = (code: string, delivery: 'not-sent' | 'unknown' = 'unknown') =>
  new WecomNetworkError(delivery, { code, message: 'down' }, SENT);

describe('a call that failed', () => {
  it.each<[number, RetryPolicy['name'] | undefined]>([
    [-1, 'busy'],
    [6000, 'busy'],
    [45033, 'crowded'],
    [45009, 'rate-limited'],
    [40058, undefined],
    [81013, undefined],
    [0, undefined],
  ])('with errcode %i is made again as: %s', (errcode, name) => {
    for (const repeatable of [true, false])
      expect(retryPolicy(new WecomApiError(errcode, 'no', endpoints.sendMessage), repeatable)?.name).toBe(name);
  });

  it.each<[string, RetryPolicy['name'] | undefined]>([
    ['ECONNREFUSED', 'unreachable'],
    ['EAI_AGAIN', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'unreachable'],
    ['ENOTFOUND', 'unknown-host'],
    ['ABORT_ERR', undefined],
    ['PROXY_REFUSED', undefined],
    ['HTTP_301', undefined],
    ['HTTP_404', undefined],
    ['BAD_ANSWER', undefined],
    ['ANSWER_TOO_LONG', undefined],
    ['CERT_HAS_EXPIRED', undefined],
  ])('without an answer (%s) is made again as: %s', (code, name) => {
    for (const repeatable of [true, false]) expect(retryPolicy(network(code, 'not-sent'), repeatable)?.name).toBe(name);
  });

  it.each(['ECONNRESET', 'HTTP_502', 'X_HTTP_404', 'NETWORK'])(
    'and may have been carried out (%s) is made again only if that does no harm',
    (code) => {
      expect(retryPolicy(network(code), false)).toBeUndefined();
      expect(retryPolicy(network(code), true)?.name).toBe('lost');
      expect(retryPolicy(network(code, 'not-sent'), false)?.name).toBe('lost');
    },
  );

  it('for a reason of ours is not made again', () => {
    expect(retryPolicy(new TypeError('a slip'), true)).toBeUndefined();
  });

  it('is made again in growing steps that have an end', () => {
    for (const { tries, delayMs, longestDelayMs } of Object.values(retryPolicies)) {
      expect(tries).toBeGreaterThan(1);
      expect(longestDelayMs).toBeGreaterThanOrEqual(delayMs);
    }
    expect(new Set(Object.values(retryPolicies).map(({ name }) => name)).size).toBe(7);
  });
});
