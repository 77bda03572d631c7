import { createHmac } from 'node:crypto';

import type { Clock, SendingTimesStore } from '../api/ports';
import { RateWindow } from './rate-window';
import type { Rate } from './rate-window';

/** Long enough that two recipients do not meet, short enough for a line per message. Bytes. */
const ID_BYTES = 12;

/** The longest window of a rate. Milliseconds. */
const LONGEST_MS = 24 * 3_600_000;

/** A message that was sent before this process began. */
export interface Earlier {
  /** Monotonic milliseconds of this process, mostly below zero. */
  readonly at: number;
  readonly weight: number;
}

/** The sending times of one app, company or robot that outlive the process. */
export interface SendingTimes {
  /** What was sent before this process began, by recipient. Each is given once. */
  take(recipient: string): readonly Earlier[];
  /** The same for all that have not been taken yet. */
  rest(): Iterable<readonly Earlier[]>;
  /** Gives what is called for each message to a recipient that counts. Keep it: the first call makes a hash, the others do not. */
  memoryOf(recipient: string): Remember;
}

/** @param weight how many people got the message, in a group chat; else 1 */
export type Remember = (weight?: number) => void;

/**
 * Sending times on a store. Recipients are written as keyed hashes: without the secret, nobody can find out whether
 * a certain member got messages.
 */
export class SendingTimesOnStore {
  private readonly earlier = new Map<string, Map<string, Earlier[]>>();
  private readonly begun: number;

  constructor(
    private readonly store: SendingTimesStore,
    private readonly clock: Clock,
  ) {
    const wall = clock.now();
    this.begun = clock.monotonic();
    for (const { sender, recipient, at, weight } of store.load()) {
      // What is said to come from the future was written by a clock that was wrong: it gets the whole window.
      const age = Math.max(0, wall - at);
      if (!(age < LONGEST_MS)) continue;
      const recipients = this.earlier.get(sender) ?? new Map<string, Earlier[]>();
      this.earlier.set(sender, recipients);
      const times = recipients.get(recipient) ?? [];
      recipients.set(recipient, times);
      times.push({ at: this.begun - age, weight });
    }
    for (const recipients of this.earlier.values())
      for (const times of recipients.values()) times.sort((a, b) => a.at - b.at);
  }

  /**
   * @param sender tells apps, companies and robots apart
   * @param secret what recipients are hashed with
   */
  of(sender: string, secret: string): SendingTimes {
    const senderId = hashed(sender, 'sender');
    return {
      take: (recipient) => {
        const recipients = this.notTaken(senderId);
        if (!recipients) return NONE;
        const id = hashed(recipient, secret);
        const times = recipients.get(id) ?? NONE;
        recipients.delete(id);
        return times;
      },
      rest: () => this.notTaken(senderId)?.values() ?? NONE_OF_ALL,
      memoryOf: (recipient) => {
        let id: string | undefined;
        return (weight = 1) =>
          this.store.add({
            sender: senderId,
            recipient: (id ??= hashed(recipient, secret)),
            at: this.clock.now(),
            weight,
          });
      },
    };
  }

  private notTaken(senderId: string): Map<string, Earlier[]> | undefined {
    if (this.earlier.size > 0 && this.clock.monotonic() > this.begun + LONGEST_MS) this.earlier.clear();
    const recipients = this.earlier.get(senderId);
    return recipients && recipients.size > 0 ? recipients : undefined;
  }
}

const NONE: readonly Earlier[] = [];
const NONE_OF_ALL: readonly (readonly Earlier[])[] = [];

const NOTHING: Remember = () => undefined;

/** Where nothing outlives the process. */
export const FORGETFUL: SendingTimes = { take: () => NONE, rest: () => NONE_OF_ALL, memoryOf: () => NOTHING };

/** A window that begins with what was sent before. */
export function windowWith(earlier: readonly Earlier[], rates: readonly Rate[]): RateWindow {
  const window = new RateWindow(rates);
  for (const { at } of earlier) {
    window.begin();
    window.end(at, true);
  }
  return window;
}

function hashed(text: string, key: string): string {
  return createHmac('sha256', key)
    .update(text)
    .digest('base64url')
    .slice(0, (ID_BYTES * 4) / 3);
}
