/** Trouble all the time: a few of a hundred calls meet one, of every kind that the sandbox can make. */

const often = (endpoint) => [
  { endpoint, kind: 'errcode', errcode: -1 },
  { endpoint, kind: 'errcode', errcode: 6000 },
  { endpoint, kind: 'errcode', errcode: 40014 },
  { endpoint, kind: 'errcode', errcode: 42001 },
  { endpoint, kind: 'errcode', errcode: 60020 },
  { endpoint, kind: 'http', status: 500 },
  { endpoint, kind: 'http', status: 502 },
  { endpoint, kind: 'delay', delay_ms: 200 },
  { endpoint, kind: 'reset_before_read' },
  { endpoint, kind: 'reset_after_read' },
];
/** Each of them holds one of the places for calls until it times out. */
const hanging = (endpoint) => [
  { endpoint, kind: 'no_answer' },
  { endpoint, kind: 'delay', delay_ms: 5_000 },
];

const pick = (list) => list[Math.floor(Math.random() * list.length)];

/** Milliseconds between troubles of a sort, and what they are. `from` is when the first one comes. */
const PLAN = [
  { everyMs: 350, order: () => pick(often('message/send')) },
  { everyMs: 4_000, order: () => pick(hanging('message/send')) },
  // WeCom takes fewer calls side by side for a minute after each of them.
  { everyMs: 90_000, from: 10_000, order: () => ({ endpoint: 'message/send', kind: 'errcode', errcode: 45033 }) },
  { everyMs: 5_000, order: () => pick(often('media/upload')) },
  { everyMs: 10_000, order: () => pick([...often('gettoken'), ...hanging('gettoken')]), revoke: true },
  // WeCom refuses the endpoint for a minute: what would have gone out meanwhile waits. In ten minutes that is over
  // before memory is judged.
  { everyMs: 200_000, from: 60_000, order: () => ({ endpoint: 'media/upload', kind: 'errcode', errcode: 45009 }) },
  { everyMs: 10_000_000, from: 110_000, order: () => ({ endpoint: 'message/send', kind: 'errcode', errcode: 45009 }) },
];

/** Orders what is due, whenever it is called. */
export function troubleMaker(sandbox) {
  const due = PLAN.map(({ everyMs, from = everyMs }) => from);
  let count = 0;
  return {
    get count() {
      return count;
    },
    makeTrouble: (elapsedMs) => {
      const orders = PLAN.flatMap(({ everyMs, order, revoke }, index) => {
        if (elapsedMs < due[index]) return [];
        due[index] = elapsedMs + everyMs * (0.5 + Math.random());
        count += 1;
        // Without a revoked token nobody would call gettoken.
        return [sandbox.fault(order()), ...(revoke ? [sandbox.revoke()] : [])];
      });
      return Promise.all(orders);
    },
  };
}
