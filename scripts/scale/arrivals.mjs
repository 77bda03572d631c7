/** What arrived at the sandbox, message by message, and what WeCom dropped. */
import { setTimeout as sleep } from 'node:timers/promises';

import { startSandboxProcess } from '../soak/sandbox-process.mjs';

const POLL_MS = 100;

/**
 * The text of a message is "<member> <number>": numbers of one member grow in the order in which they were handed in.
 */
export async function startArrivals({ members }) {
  const texts = [];
  const dropped = [];
  let waiting = [];
  let repeats = 0;
  const sandbox = await startSandboxProcess({
    members,
    onMessage: ({ received, delivered_to, dropped_for }) => {
      const text = received.text.content;
      if (delivered_to.length > 0) texts.push(text);
      if (dropped_for.length > 0) dropped.push(text);
      waiting = waiting.filter(({ count, resolve }) => texts.length < count || resolve());
    },
    onRepeat: () => (repeats += 1),
  });
  return {
    sandbox,
    /** Resolves at the very moment when so many have arrived. */
    reach: (count) => new Promise((resolve) => (texts.length >= count ? resolve() : waiting.push({ count, resolve }))),
    /** Resolves when the condition holds or so many milliseconds have passed. */
    async until(condition, withinMs) {
      for (const deadline = Date.now() + withinMs; Date.now() < deadline && !(await condition());) await sleep(POLL_MS);
    },
    count: () => texts.length,
    /** What has arrived since the last call, compared with what was handed in. */
    take(expected = []) {
      const arrived = texts.splice(0);
      const result = {
        delivered: arrived.length,
        lost: expected.filter((text) => !arrived.includes(text)).length,
        twice: arrived.length - new Set(arrived).size,
        outOfOrder: outOfOrder(arrived),
        dropped: dropped.splice(0).length,
        repeatsDropped: repeats,
      };
      repeats = 0;
      return result;
    },
  };
}

/** How many first arrivals come after a later one of the same member. */
function outOfOrder(texts) {
  const highest = new Map();
  let count = 0;
  for (const text of new Set(texts)) {
    const [member, number] = text.split(' ');
    if (Number(number) < (highest.get(member) ?? -1)) count += 1;
    else highest.set(member, Number(number));
  }
  return count;
}

let handedIn = 0;
let membersUsed = 0;

/**
 * So many texts for so many members, in turn. No text comes twice, or WeCom would take it for a duplicate of an earlier
 * case; nor does a member, to whom an earlier case may have sent a moment ago.
 */
export function texts(count, members) {
  const first = membersUsed;
  membersUsed += members;
  return Array.from({ length: count }, (_, index) => `${memberOf(first + (index % members))} ${(handedIn += 1)}`);
}

function memberOf(index) {
  return `u${String(index + 1).padStart(5, '0')}`;
}
