import { Clock } from '../../sandbox/clock';
import { createCompany } from '../../sandbox/company';
import { DailyLimit } from '../../sandbox/daily-limit';
import { DeliveryLimits, FROM_CHATS } from '../../sandbox/delivery-limits';
import { MediaStore } from '../../sandbox/media-store';
import { Messages, type SandboxMessage } from '../../sandbox/messages';
import { Pictures } from '../../sandbox/pictures';
import { PNG } from './media-samples';

// Bounds that would take thousands of requests to reach.

test('a member gets 1000 messages an hour from one app, more are dropped', () => {
  const clock = new Clock();
  const limits = new DeliveryLimits(clock);
  const { apps, members } = createCompany();
  const admit = (app = apps[0]!, member = members[0]!) => limits.admit(app, member);
  for (let count = 1; count <= 1000; count += 1) {
    if (count % 30 === 0) clock.move(61_000);
    expect(admit()).toBe(true);
  }
  clock.move(61_000);
  expect(admit()).toBe(false);
  expect(admit(apps[1])).toBe(true);
  expect(admit(apps[0], members[1])).toBe(true);
  clock.move(3_600_000);
  expect(admit()).toBe(true);
});

test('a member gets 10 000 messages a day from chats, more are dropped', () => {
  const clock = new Clock();
  const limits = new DeliveryLimits(clock, FROM_CHATS);
  const [member] = createCompany().members;
  const chats = {};
  for (let count = 1; count <= 10_000; count += 1) {
    if (count % 200 === 0) clock.move(61_000);
    if (!limits.admit(chats, member!)) throw new Error(`dropped at ${count}`);
  }
  clock.move(61_000);
  expect(limits.admit(chats, member!)).toBe(false);
  clock.move(24 * 3_600_000);
  expect(limits.admit(chats, member!)).toBe(true);
});

test('the newest 20 000 messages are kept', () => {
  const messages = new Messages(() => undefined);
  for (let number = 1; number <= 22_100; number += 1)
    messages.add({ msgid: String(number), delivered_to: [] as string[] } as SandboxMessage);
  const kept = messages.list();
  expect(kept).toHaveLength(20_000);
  expect(kept.at(-1)?.msgid).toBe('22100');
});

test('1000 pictures a day and 3000 in 30 days can be uploaded for the content of messages', () => {
  const clock = new Clock();
  const pictures = new Pictures(clock);
  const upload = (count: number) => {
    for (let done = 0; done < count; done += 1) pictures.add(PNG);
  };
  for (const _day of [1, 2, 3]) {
    upload(1000);
    expect(() => upload(1)).toThrow(expect.objectContaining({ errcode: 45009 }));
    clock.move(24 * 3_600_000);
  }
  expect(() => upload(1)).toThrow(expect.objectContaining({ errcode: 45009 }));
  clock.move(28 * 24 * 3_600_000);
  upload(1000);
});

test('a daily limit ends at midnight in China, not a day later', () => {
  const clock = new Clock();
  const beijing = (clock.now() + 8 * 3_600_000) % (24 * 3_600_000);
  clock.move(24 * 3_600_000 - beijing - 1000);
  const limit = new DailyLimit(clock, 1);
  const use = () => {
    limit.check();
    limit.take();
  };
  use();
  expect(use).toThrow(expect.objectContaining({ errcode: 45009 }));
  clock.move(2000);
  use();
});

test('uploads beyond 256 MB make the oldest media_id invalid', () => {
  const media = new MediaStore(new Clock());
  const bytes = Buffer.alloc(20 * 1024 * 1024);
  const ids = Array.from({ length: 13 }, () => media.add('file', 'large.bin', bytes).media_id);
  expect(media.find(ids[0]!)).toBeUndefined();
  expect(media.find(ids[1]!)).toBeDefined();
});
