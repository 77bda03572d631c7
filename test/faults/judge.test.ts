import { FLAWLESS, judge } from './judge';
import type { Received, Sent, Told } from './judge';

const sent: Sent[] = ['m01', 'm02', 'm03'].map((id) => ({ id, to: ['zhangsan'], text: `#${id} one\n#${id} two` }));
const told: Told[] = sent.map(({ id }) => ({ id, outcome: 'sent', parts: 2 }));
const received: Received[] = sent.flatMap(({ text, to }) =>
  text.split('\n').map((part) => ({ text: part, deliveredTo: to })),
);
const refused = (id: string, arrived = 0): Told => ({
  id,
  outcome: 'failed',
  claim: 'not-sent',
  arrived,
  error: 'refused',
});
const inDoubt = (id: string, arrived = 0): Told => ({
  id,
  outcome: 'failed',
  claim: 'unknown',
  arrived,
  error: 'timed out',
});
const found = (verdict: object) =>
  Object.entries(verdict)
    .filter(([, list]) => (list as unknown[]).length > 0)
    .map(([name]) => name);

describe('the judge', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(judge(sent, told, received)).toEqual(FLAWLESS);
  });

  it('accepts an honest failure, and an honest doubt whichever way it went', () => {
    const others = told.slice(1);
    expect(judge(sent, [refused('m01'), ...others], received.slice(2))).toEqual(FLAWLESS);
    expect(judge(sent, [refused('m01', 1), ...others], [received[0]!, ...received.slice(2)])).toEqual(FLAWLESS);
    expect(judge(sent, [inDoubt('m01'), ...others], received.slice(2))).toEqual(FLAWLESS);
    expect(judge(sent, [inDoubt('m01'), ...others], [received[0]!, ...received.slice(2)])).toEqual(FLAWLESS);
  });

  it('notices a member whom a message to several did not reach', () => {
    expect(
      found(
        judge(
          sent.map((message) => ({ ...message, to: ['zhangsan', 'lisi'] })),
          told,
          received,
        ),
      ),
    ).toEqual(['lost']);
  });

  const liars: readonly (readonly [string, string[], readonly Told[], readonly Received[]])[] = [
    ['loses a message', ['lost'], told, received.slice(2)],
    ['loses a part', ['lost'], told, received.slice(0, 5)],
    [
      'loses a message that it says arrived in part',
      ['lost'],
      [refused('m01', 1), ...told.slice(1)],
      received.slice(2),
    ],
    ['sends twice', ['duplicated'], told, [...received, received[5]!]],
    ['sends twice before it goes on', ['duplicated'], told, [received[0]!, ...received]],
    ['sends a message again after later ones', ['duplicated', 'outOfOrder'], told, [...received, received[0]!]],
    ['swaps messages', ['outOfOrder'], told, [...received.slice(2, 4), ...received.slice(0, 2), ...received.slice(4)]],
    ['swaps parts', ['outOfOrder'], told, [received[1]!, received[0]!, ...received.slice(2)]],
    ['says nothing', ['unreported'], told.slice(0, 2), received],
    ['says nothing and sends nothing', ['unreported'], told.slice(0, 2), received.slice(0, 4)],
    ['says "not sent" of what arrived', ['untrue'], [refused('m01'), ...told.slice(1)], received],
    ['is in doubt about a part and silent about the next', ['untrue'], [inDoubt('m01'), ...told.slice(1)], received],
    ['says everything twice', ['untrue'], [...told, told[0]!], received],
    ['counts parts wrong', ['untrue'], told.map((report) => ({ ...report, parts: 3 })), received],
    [
      'sends to somebody else',
      ['untrue'],
      told,
      received.map((message) => ({ ...message, deliveredTo: ['zhangsan', 'lisi'] })),
    ],
    ['makes things up', ['untrue'], told, [...received, { text: '#x99 boo', deliveredTo: ['zhangsan'] }]],
  ];
  it.each(liars)('notices a sender that %s', (_, faults, reports, messages) => {
    expect(found(judge(sent, reports, messages))).toEqual(faults);
  });
});
