import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { movableClock } from '../core/fake-wecom';
import { coreSender, quickHttp, toldBy } from './core-sender';
import { cases, faultsOf, postsOf } from './matrix';
import type { Case } from './matrix';
import { describeCases } from './run-cases';
import type { Outcome } from './run-cases';
import { createChats, receivedBy, sentAs } from './sandbox-side';

/** Milliseconds, in real time. */
const CALL_MS = 300;
const AT_ONCE = 24;

const idle: Sandbox[] = [];
afterAll(() => Promise.all(idle.map((sandbox) => sandbox.close())));

async function run(one: Case): Promise<Outcome> {
  const sandbox = idle.pop() ?? (await startSandbox());
  sandbox.reset();
  const clock = movableClock(Date.now(), (ms) => void sandbox.moveClock(ms));
  const sender = coreSender(
    sandbox,
    { http: quickHttp(CALL_MS), clock },
    one.stage === 'appchat/send' ? await createChats(sandbox) : [],
  );
  for (const fault of faultsOf(one)) sandbox.fault(fault);
  const posts = postsOf(one);
  const told = await Promise.all(posts.map((post) => toldBy(post.id, sender.send(post))));
  const outcome = { sent: sentAs(posts, sandbox), told, received: receivedBy(sandbox.messages()) };
  idle.push(sandbox);
  return outcome;
}

describeCases('core under every fault', cases, run, { atOnce: AT_ONCE, timeoutMs: 60_000 });
