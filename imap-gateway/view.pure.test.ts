import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIMES } from '../tests/shared/slice.ts';
import { advance, countIn, numberOf, resolve, uidsIn, type View } from './view.ts';
import type { NumberSet } from './wire/number-set.ts';
import { rangesOf, setOfRanges } from './wire/ranges.ts';

const EMPTY_VIEW: View = { uids: new Uint32Array(0), modseq: 0, hasGhosts: false };

/** Other moves each time; put a printed seed here to see a failure again. */
const SEED = Date.now() % 1_000_000;
const RUNS = 130 * TIMES;

const view = (...uids: number[]): View => ({
  uids: Uint32Array.from(uids),
  modseq: 1,
  hasGhosts: false,
});
const set = (...ranges: [number | '*', number | '*'][]): NumberSet => ({
  kind: 'ranges',
  ranges: ranges.map(([from, to]) => ({ from, to })),
});

describe('advance', () => {
  it.each([
    {
      when: 'new mail',
      known: [1, 2],
      fresh: [1, 2, 5],
      gone: 'goes' as const,
      then: { expunged: [], vanished: [], exists: 3 },
    },
    {
      when: 'the first gone',
      known: [1, 2, 3],
      fresh: [2, 3],
      gone: 'goes' as const,
      then: { expunged: [1], vanished: [1], exists: null },
    },
    // RFC 9051 §7.5.1: 3, 4, 7 and 11 gone are said as 3, 3, 5, 8.
    {
      when: 'the example of the RFC',
      known: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      fresh: [1, 2, 5, 6, 8, 9, 10],
      gone: 'goes' as const,
      then: { expunged: [3, 3, 5, 8], vanished: [3, 4, 7, 11], exists: null },
    },
    {
      when: 'gone and come at once',
      known: [1, 2],
      fresh: [2, 3, 4],
      gone: 'goes' as const,
      then: { expunged: [1], vanished: [1], exists: 3 },
    },
    {
      when: 'all gone',
      known: [4, 9],
      fresh: [],
      gone: 'goes' as const,
      then: { expunged: [1, 1], vanished: [4, 9], exists: null },
    },
    {
      when: 'gone, but not to be told',
      known: [1, 2],
      fresh: [2, 3],
      gone: 'keeps-its-number' as const,
      then: { expunged: [], vanished: [], exists: 3 },
    },
    {
      when: 'nothing',
      known: [1, 2],
      fresh: [1, 2],
      gone: 'goes' as const,
      then: { expunged: [], vanished: [], exists: null },
    },
  ])('$when', ({ known, fresh, gone, then }) => {
    const { expunged, vanished, exists } = advance(
      view(...known),
      { uids: Uint32Array.from(fresh), modseq: 2 },
      gone,
    );
    expect({ expunged, vanished, exists }).toEqual(then);
  });

  it('keeps the number of what is gone until it may be told, then tells it', () => {
    const waiting = advance(
      view(1, 2, 3),
      { uids: Uint32Array.of(1, 3, 4), modseq: 5 },
      'keeps-its-number',
    );
    expect([...waiting.view.uids]).toEqual([1, 2, 3, 4]);
    expect(waiting.view.hasGhosts).toBe(true);
    const told = advance(waiting.view, { uids: Uint32Array.of(1, 3, 4), modseq: 5 }, 'goes');
    expect(told.expunged).toEqual([2]);
    expect([...told.view.uids]).toEqual([1, 3, 4]);
    expect(told.view.hasGhosts).toBe(false);
  });

  it('shares the list of the process wherever nothing waits to be told', () => {
    const fresh = Uint32Array.of(2, 3);
    expect(advance(view(1, 2), { uids: fresh, modseq: 2 }, 'goes').view.uids).toBe(fresh);
    expect(advance(EMPTY_VIEW, { uids: fresh, modseq: 2 }, 'keeps-its-number').view.uids).toBe(
      fresh,
    );
  });

  it('learns nothing from what was read before', () => {
    const known = { uids: Uint32Array.of(1, 2, 3), modseq: 9, hasGhosts: false };
    expect(advance(known, { uids: Uint32Array.of(1), modseq: 8 }, 'goes')).toMatchObject({
      view: known,
      expunged: [],
      exists: null,
    });
  });
});

describe('resolve', () => {
  const five = view(3, 5, 8, 9, 20);
  it.each([
    { when: 'numbers', set: set([2, 2], [4, 5]), byUid: false, then: '5,9:20' },
    { when: 'the last', set: set(['*', '*']), byUid: false, then: '20' },
    { when: 'a range written backwards', set: set([3, 1]), byUid: false, then: '3:8' },
    { when: 'ranges that overlap', set: set([1, 3], [2, 4]), byUid: false, then: '3:9' },
    { when: 'a number beyond EXISTS', set: set([6, 6]), byUid: false, then: null },
    { when: 'UIDs with holes', set: set([4, 8]), byUid: true, then: '4:8' },
    { when: 'UIDs beyond the last', set: set([9, 4_294_967_295]), byUid: true, then: '9:20' },
    { when: 'UIDs all beyond', set: set([21, 30]), byUid: true, then: '' },
    // RFC 9051 §9 seq-range: 559:* always has the last one in it.
    { when: 'from beyond the last to *', set: set([559, '*']), byUid: true, then: '20:20' },
  ])('$when', ({ set: given, byUid, then }) => {
    const found = resolve(five, given, { byUid, saved: null });
    expect(
      found &&
        found
          .map(({ from, to }) => (from === to && then !== '20:20' ? String(from) : `${from}:${to}`))
          .join(','),
    ).toBe(then);
  });
  it('takes 1:* of an empty mailbox for nothing, and 1 for an error', () => {
    expect(resolve(EMPTY_VIEW, set([1, '*']), { byUid: false, saved: null })).toEqual([]);
    expect(resolve(EMPTY_VIEW, set([1, '*']), { byUid: true, saved: null })).toEqual([]);
    expect(resolve(EMPTY_VIEW, set([1, 1]), { byUid: false, saved: null })).toBeNull();
  });
  it('takes $ for what was found, and for nothing before', () => {
    expect(
      resolve(five, { kind: 'saved' }, { byUid: false, saved: Uint32Array.of(3, 4, 5, 9) }),
    ).toEqual([
      { from: 3, to: 5 },
      { from: 9, to: 9 },
    ]);
    expect(resolve(five, { kind: 'saved' }, { byUid: false, saved: null })).toEqual([]);
  });
});

it('counts and takes what a set has of a view', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 60 })),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 })), {
        minLength: 1,
        maxLength: 5,
      }),
      (some, pairs) => {
        const known = view(...some.sort((a, b) => a - b));
        const ranges = resolve(known, set(...pairs), { byUid: true, saved: null }) ?? [];
        const expected = [...known.uids].filter((uid) =>
          pairs.some(([a, b]) => uid >= Math.min(a, b) && uid <= Math.max(a, b)),
        );
        expect([...uidsIn(known.uids, ranges)]).toEqual(expected);
        expect(countIn(known.uids, ranges)).toBe(expected.length);
        expect(
          setOfRanges(rangesOf(expected))
            .split(',')
            .filter(Boolean)
            .flatMap((piece) => {
              const [a = 0, b = a] = piece.split(':').map(Number);
              return Array.from({ length: b - a + 1 }, (_, i) => a + i);
            }),
        ).toEqual(expected);
        expect(
          ranges.every(
            ({ from, to }, i) => from <= to && (i === 0 || from > (ranges[i - 1]?.to ?? 0) + 1),
          ),
        ).toBe(true);
      },
    ),
    { seed: SEED, numRuns: RUNS },
  );
});

/**
 * A client that believes nothing but what the wire says: it counts EXISTS, takes EXPUNGE's number
 * out, and learns UIDs by asking.
 */
interface Client {
  view: View;
  uids: (number | null)[];
  flags: Map<number, number>;
}
type Act =
  | { readonly kind: 'arrive'; readonly count: number }
  | { readonly kind: 'expunge' | 'flag'; readonly which: number }
  | { readonly kind: 'look'; readonly who: number; readonly expunge: boolean }
  | { readonly kind: 'old'; readonly who: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('arrive' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constantFrom('expunge' as const, 'flag' as const), which: fc.nat() }),
  {
    arbitrary: fc.record({
      kind: fc.constant('look' as const),
      who: fc.integer({ min: 0, max: 3 }),
      expunge: fc.boolean(),
    }),
    weight: 3,
  },
  fc.record({ kind: fc.constant('old' as const), who: fc.integer({ min: 0, max: 3 }) }),
);

it(`numbers stay exact for four sessions under any order of arrivals, expunges, flag changes and looks (seed ${SEED})`, () => {
  let looks = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 120 }), (acts) => {
      const states: { uids: Uint32Array; modseq: number }[] = [
        { uids: new Uint32Array(0), modseq: 1 },
      ];
      const changedAt = new Map<number, number>();
      const clients: Client[] = Array.from({ length: 4 }, () => ({
        view: { uids: new Uint32Array(0), modseq: 1, hasGhosts: false },
        uids: [],
        flags: new Map(),
      }));
      let nextUid = 1;
      const now = () => states.at(-1) as { uids: Uint32Array; modseq: number };
      for (const one of acts) {
        const { uids, modseq } = now();
        if (one.kind === 'arrive') {
          const arrived = Array.from({ length: one.count }, () => nextUid++);
          for (const uid of arrived) changedAt.set(uid, modseq + 1);
          states.push({ uids: Uint32Array.from([...uids, ...arrived]), modseq: modseq + 1 });
        } else if (one.kind === 'expunge' && uids.length > 0) {
          const gone = uids[one.which % uids.length];
          states.push({ uids: uids.filter((uid) => uid !== gone), modseq: modseq + 1 });
        } else if (one.kind === 'flag' && uids.length > 0) {
          changedAt.set(uids[one.which % uids.length] as number, modseq + 1);
          states.push({ uids, modseq: modseq + 1 });
        } else if (one.kind === 'look' || one.kind === 'old') {
          looks += 1;
          // A list read a little earlier may come late: another session of the process read it.
          const fresh =
            one.kind === 'old'
              ? (states[Math.max(0, states.length - 3)] as (typeof states)[0])
              : now();
          look(clients[one.who] as Client, fresh, one.kind === 'old' || one.expunge, changedAt);
        }
      }
      for (const client of clients) {
        look(client, now(), true, changedAt);
        expect(client.uids).toEqual([...now().uids]);
        for (const uid of now().uids) expect(client.flags.get(uid)).toBe(changedAt.get(uid));
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
  console.log(`view: seed ${SEED}, ${RUNS} runs, ${looks} looks of 4 sessions, 0 disagreements`);
});

function look(
  client: Client,
  fresh: { readonly uids: Uint32Array; readonly modseq: number },
  expunge: boolean,
  changedAt: ReadonlyMap<number, number>,
): void {
  const before = client.view.modseq;
  const step = advance(client.view, fresh, expunge ? 'goes' : 'keeps-its-number');
  if (!expunge) expect(step.expunged).toEqual([]);
  client.view = step.view;
  for (const number of step.expunged) {
    expect(number).toBeLessThanOrEqual(client.uids.length);
    client.uids.splice(number - 1, 1);
  }
  if (step.exists !== null) {
    expect(step.exists).toBeGreaterThanOrEqual(client.uids.length);
    while (client.uids.length < step.exists) client.uids.push(null);
  }
  // It asks for the UIDs of what is new, and hears of flags that changed.
  client.uids.forEach((uid, i) => {
    if (uid === null) client.uids[i] = client.view.uids[i] ?? -1;
  });
  for (const uid of client.view.uids) {
    const at = changedAt.get(uid) ?? 0;
    if (at > before && at <= client.view.modseq) client.flags.set(uid, at);
  }
  expect(client.uids).toEqual([...client.view.uids]);
  client.uids.forEach((uid, i) => expect(numberOf(client.view.uids, uid ?? 0)).toBe(i + 1));
}
