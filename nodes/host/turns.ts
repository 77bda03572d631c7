import { sleep } from 'n8n-workflow';

/** So many requests are made before the event loop goes round. */
const EACH_TURN = 4;

const waiting: (() => void)[] = [];
/** Of this turn; undefined while no turn is counted. */
let made: number | undefined;

/**
 * Makes a request, at once or after those that came before it. Answers come in crowds, and each lets the next message
 * go. But what n8n makes of a request, with a connection of its own, leaves only when the event loop goes round:
 * without this, all of a crowd left behind the last of them, and then there was nothing to do until the next crowd
 * came.
 */
export function inTurn<Value>(make: () => Promise<Value>): Promise<Value> {
  if (made === undefined) {
    made = 0;
    void goRound();
  }
  if (made < EACH_TURN) {
    made += 1;
    return make();
  }
  return new Promise((resolve, reject) => {
    waiting.push(() => void make().then(resolve, reject));
  });
}

async function goRound(): Promise<void> {
  do {
    await sleep(0);
    made = 0;
    for (const next of waiting.splice(0, EACH_TURN)) {
      made += 1;
      next();
    }
  } while (made > 0);
  made = undefined;
}
