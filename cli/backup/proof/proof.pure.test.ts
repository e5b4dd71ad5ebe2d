/** What a look at a repository says, and whether a trial restore is due and has room. */
import { describe, expect, it } from 'vitest';
import type { BackupSet, Segment } from '../repository/sets.ts';
import { isTrialDue, neededBytes, roomFor } from './room.ts';
import { judge, readDamage } from './soundness.ts';
import { differenceOf } from './trial.ts';

const at = (text: string): Date => new Date(text);
const segment = (place: number, timeline = 1): string =>
  `0000000${timeline}00000000${place.toString(16).toUpperCase().padStart(8, '0')}`;
const log = (places: readonly number[], timeline = 1): readonly Segment[] =>
  places.map((place) => ({
    name: segment(place, timeline),
    archivedAt: at(`2026-11-25T10:${String(place).padStart(2, '0')}:00Z`),
    bytes: 1_000,
  }));

const set = (label: string, first: number, leansOn: readonly string[] = []): BackupSet => ({
  label,
  type: leansOn.length === 0 ? 'full' : 'incr',
  madeAt: at(`2026-11-25T10:${String(first).padStart(2, '0')}:30Z`),
  firstSegment: segment(first),
  lastSegment: segment(first),
  bytes: 1,
  restoredBytes: 5_000_000,
  leansOn,
  archive: '17-1',
});
const LATEST = set('C_D', 31, ['C']);
const SETS = [set('A', 10), set('A_B', 20, ['A']), set('C', 30), LATEST];
const WHOLE = Array.from({ length: 26 }, (_, index) => index + 10);

/** As pgBackRest 2.55 says it at « info », with what a line of it may say instead. */
const said = ({
  walValid = 26,
  extra = '',
  A = 'valid',
  C = 'valid',
  D = 'valid',
} = {}): string => `
INFO: verify command begin 2.55.1: --output=none
${extra}INFO: stanza: preau
      status: ${walValid === 26 ? 'ok' : 'error'}
        archiveId: 17-1, total WAL checked: 26, total valid WAL: ${walValid}
          missing: 0, checksum invalid: 0, size invalid: 0, other: ${26 - walValid}
        backup: A, status: ${A}, total files checked: 1626, total valid files: 1626
          missing: 0, checksum invalid: 0, size invalid: 0, other: 0
        backup: C, status: ${C}, total files checked: 1626, total valid files: 1626
          missing: 0, checksum invalid: 0, size invalid: 0, other: 0
        backup: C_D, status: ${D}, total files checked: 1634, total valid files: 1634
          missing: 0, checksum invalid: 0, size invalid: 0, other: 0
INFO: verify command end: completed successfully`;
const invalid = (place: number): string =>
  `INFO: invalid result 17-1/0000000100000000/${segment(place)}-57adca21a484a9b336483620bd260cda9ef89c70.zst: [29] raised from local-1 protocol: zst error\n`;

describe('what a look at a repository says', () => {
  interface Case {
    readonly when: string;
    readonly output?: string;
    readonly places?: readonly number[];
    readonly trouble: string | null;
    readonly olderDamaged?: boolean;
    readonly from: string | null;
  }
  it.each<Case>([
    { when: 'all is right', trouble: null, from: '10:10:30' },
    {
      when: 'the newest backup is damaged',
      output: said({ D: 'invalid' }),
      trouble: 'backup-damaged C_D',
      from: null,
    },
    {
      when: 'what the newest leans on is damaged',
      output: said({ C: 'invalid' }),
      trouble: 'backup-damaged C',
      from: null,
    },
    {
      when: 'a manifest is gone, which pgBackRest calls right',
      output: said({ C: 'manifest missing' }),
      trouble: 'backup-damaged C',
      from: null,
    },
    {
      when: 'an old backup is damaged and a newer one is whole',
      output: said({ A: 'invalid' }),
      trouble: null,
      olderDamaged: true,
      from: '10:30:30',
    },
    {
      when: 'a segment since the newest is damaged',
      output: said({ walValid: 25, extra: invalid(33) }),
      trouble: `log-damaged ${segment(33)}`,
      from: null,
    },
    {
      when: 'a segment before the newest is damaged',
      output: said({ walValid: 25, extra: invalid(25) }),
      trouble: null,
      olderDamaged: true,
      from: '10:30:30',
    },
    {
      when: 'a segment since the newest is missing, which pgBackRest doesn’t say',
      places: WHOLE.filter((place) => place !== 33),
      trouble: `log-missing ${segment(33)}`,
      from: null,
    },
    {
      when: 'a segment before the newest is missing',
      places: WHOLE.filter((place) => place !== 15),
      trouble: null,
      olderDamaged: true,
      from: '10:20:30',
    },
    {
      when: 'its lists are gone',
      output: 'INFO: stanza: preau\n  status: error\n    No usable backup.info file',
      trouble: 'unreadable ',
      from: null,
    },
    { when: 'it says nothing', output: '', trouble: 'unreadable ', from: null },
    {
      when: 'a part of the log is wrong without a name',
      output: said({ walValid: 25 }),
      trouble: 'unreadable ',
      from: null,
    },
  ])('$when: $trouble', (given) => {
    const { output = said(), places = WHOLE, olderDamaged = false } = given;
    const newest = { set: LATEST, segments: log(places) };
    const found = judge(readDamage(output), { sets: SETS, newest });
    const trouble = found.trouble && `${found.trouble.kind} ${found.trouble.detail}`;
    expect(trouble).toBe(given.trouble);
    expect(found.olderDamaged).toBe(olderDamaged);
    expect(found.reach?.from ?? null).toEqual(
      given.from === null ? null : at(`2026-11-25T${given.from}Z`),
    );
  });
  it('nothing is missing to a backup on a line that a restore has left, nor does it keep from older ones', () => {
    const [made] = SETS;
    if (made === undefined) throw new Error('no backup');
    // From 10:12 on the town lives on in another line, and has come to 10:14 there.
    const segments = [...log([10, 11]), ...log([12, 13, 14], 2)];
    const damage = readDamage(said({ D: 'invalid' }));
    expect(judge(damage, { sets: SETS, newest: { set: made, segments } })).toEqual({
      trouble: null,
      olderDamaged: false,
      reach: { from: made.madeAt, until: at('2026-11-25T10:14:00Z') },
    });
  });
});

describe('room for a trial', () => {
  const needed = neededBytes({
    set: { restoredBytes: 8e9 },
    log: [{ bytes: 3e8 }, { bytes: 1e8 }],
  });

  it('is what the database takes, its log unfolded, and what PostgreSQL works with', () => {
    expect(needed).toBe(8e9 + 4e9 + 1_073_741_824);
  });
  it.each([
    { freeBytes: 60e9, room: 'plenty' },
    { freeBytes: 30e9, room: 'enough' },
    { freeBytes: 14e9, room: 'none' },
  ])('with $freeBytes of 100 GB free is $room', ({ freeBytes, room }) =>
    expect(roomFor(needed, { freeBytes, totalBytes: 100e9 })).toBe(room),
  );

  const now = at('2026-11-25T22:00:00Z');
  const restored = (madeAt: string) => ({
    at: at(madeAt),
    dataUntil: at(madeAt),
    messages: 1,
    lastMessageAt: null,
    bytes: 1,
  });
  const yesterday = restored('2026-11-24T22:00:00Z');
  const tried = { at: now, seconds: 1, trouble: null };
  it.each([
    { when: 'never done', room: 'enough', tried: null, restored: null, due: true },
    { when: 'done yesterday', room: 'enough', tried, restored: yesterday, due: false },
    { when: 'done yesterday, plenty', room: 'plenty', tried, restored: yesterday, due: true },
    { when: 'without room, to say so', room: 'none', tried, restored: yesterday, due: true },
    {
      when: 'done a week ago',
      room: 'enough',
      tried,
      restored: restored('2026-11-18T22:10:00Z'),
      due: true,
    },
    {
      when: 'failed yesterday',
      room: 'enough',
      tried: { ...tried, trouble: { kind: 'not-restored', detail: '' } },
      restored: yesterday,
      due: true,
    },
  ] as const)('a trial $when is due: $due', ({ due, room, ...record }) =>
    expect(isTrialDue(record, { room, now })).toBe(due),
  );
});

describe('what is restored', () => {
  const counts = (message: number) => ({ message, account: 5, class: 2 });
  it.each([
    { before: 10, restored: 10, after: 10, unlike: null },
    { before: 10, restored: 8, after: 7, unlike: null },
    { before: 10, restored: 9, after: 10, unlike: 'message: 9 ≠ 10' },
    { before: 10, restored: 11, after: 10, unlike: 'message: 11 ≠ 10' },
  ])('$restored between $before and $after: $unlike', ({ before, restored, after, unlike }) =>
    expect(
      differenceOf({
        before: counts(before),
        restored: counts(restored),
        after: counts(after),
      }),
    ).toBe(unlike),
  );
});
