/** What a repository's lists say, moments, the key, and the file of the settings. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BACKUP_DAYS, BACKUP_GONE_DAYS } from '../../core/ground/backup-days.ts';
import { loadConfig } from '../../core/ground/config.ts';
import { LEDGER_DAYS, readLedger, writeLedger } from '../../core/ground/ledger.ts';
import { openLog } from '../../core/ground/log.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import { keepClock } from '../../core/town/readiness/backup/kept-clock.ts';
import { clockKept, keepData, namedIn, dataAt, writeData } from './data-folder.ts';
import { readMoment, showMoment } from './moment.ts';
import { openData, sealData } from './repository/data-file.ts';
import { keyGroups, newKey, readKey, type BackupKey } from './repository/key.ts';
import { bringLedger, copyLedger, keepCopying } from './repository/ledger-copies.ts';
import {
  gapFrom,
  isLogBefore,
  isLeftBehind,
  nextType,
  readSegments,
  setsUpTo,
  type BackupSet,
} from './repository/sets.ts';
import { openSideFiles } from './repository/side-files.ts';

const PARIS = 'Europe/Paris';
const at = (text: string): Date => new Date(text);
const set = (label: string, type: 'full' | 'incr', madeAt: string): BackupSet => ({
  label,
  type,
  madeAt: at(madeAt),
  firstSegment: '000000010000000000000002',
  lastSegment: '000000010000000000000003',
  bytes: 1,
  restoredBytes: 2,
  leansOn: [],
  archive: '17-1',
});
const SETS = [
  set('A', 'full', '2026-11-01T20:00:00Z'),
  set('B', 'incr', '2026-11-02T20:00:00Z'),
  set('C', 'full', '2026-11-08T20:00:00Z'),
];

describe('backups', () => {
  it.each([
    { when: 'there is none', sets: [], now: '2026-11-08T20:00:00Z', type: 'full' },
    {
      when: 'the last full one is a day old',
      sets: SETS,
      now: '2026-11-09T20:00:00Z',
      type: 'incr',
    },
    { when: 'it is a week old', sets: SETS, now: '2026-11-15T20:00:00Z', type: 'full' },
  ])('the next is $type when $when', ({ sets, now, type }) =>
    expect(nextType(sets, at(now))).toBe(type),
  );

  it.each([
    { to: null, label: 'C' },
    { to: '2026-11-08T20:00:00Z', label: 'C' },
    { to: '2026-11-08T19:59:59Z', label: 'B' },
    { to: '2026-11-01T19:59:59Z', label: undefined },
  ])('to $to leads $label', ({ to, label }) =>
    expect(setsUpTo(SETS, to === null ? null : at(to)).at(-1)?.label).toBe(label),
  );
});

/** Backups night after night, as pgBackRest expires them: a full one goes once the next is old. */
function nightsUntilGone(erasedOn: number): number {
  const nightMs = DAY_MS;
  let sets: BackupSet[] = [];
  for (let night = 0; ; night += 1) {
    const now = new Date(Date.parse('2026-11-01T20:00:00Z') + night * nightMs);
    const type = nextType(sets, now);
    sets.push(set(String(night), type, new Date(now.getTime() + 600_000).toISOString()));
    const fulls = sets.filter((one) => one.type === 'full');
    const kept = fulls.findLast(
      ({ madeAt }) => now.getTime() - madeAt.getTime() > BACKUP_DAYS * nightMs,
    );
    sets = sets.filter(({ madeAt }) => kept === undefined || madeAt >= kept.madeAt);
    if (sets.every(({ label }) => Number(label) > erasedOn)) return night - erasedOn;
  }
}

it('no backup has what was erased once its days are over, whatever night of the week it was', () => {
  const nights = Array.from({ length: 9 }, (_, erasedOn) => nightsUntilGone(erasedOn));
  expect(Math.max(...nights)).toBeLessThanOrEqual(BACKUP_GONE_DAYS);
  expect(Math.max(...nights)).toBeGreaterThan(BACKUP_DAYS);
  expect(LEDGER_DAYS).toBeGreaterThan(BACKUP_GONE_DAYS);
});

describe('the ledger', () => {
  const besideIn = (repository: string, key: BackupKey) =>
    openSideFiles(repository, { key, signal: new AbortController().signal });
  const line = (at: Date, person: number) => ({ at: at.toISOString(), person });
  const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
  const people = async (dataDir: string) =>
    (await readLedger(dataDir, 'erasures', daysAgo(90))).map(({ person }) => person);

  it('comes back from its copies, each line whole, days that are past left out, and opens by its key alone', async () => {
    const [lost, found, repository] = [0, 1, 2].map(() => mkdtempSync(join(tmpdir(), 'ledger-')));
    if (lost === undefined || found === undefined || repository === undefined) throw new Error();
    const key = newKey();
    const beside = besideIn(repository, key);
    const copying = { dataDir: lost, beside, key, machine: null };
    await copyLedger(copying);
    expect(readdirSync(repository)).toEqual([]);
    const [ancient, past, now] = [daysAgo(LEDGER_DAYS + 2), daysAgo(10), new Date()];
    writeLedger(lost, 'erasures', line(ancient, 1));
    writeLedger(lost, 'erasures', line(past, 2));
    writeLedger(lost, 'erasures', line(now, 3));
    writeLedger(lost, 'deliveries', line(now, 9));
    writeLedger(lost, 'chain', line(ancient, 7));
    const copied = new Map<string, number>();
    await copyLedger(copying, copied);
    writeLedger(lost, 'erasures', line(now, 4));
    await copyLedger(copying, copied);
    for (const file of readdirSync(join(repository, 'ledger')))
      expect(readFileSync(join(repository, 'ledger', file), 'latin1')).not.toContain('person');

    await bringLedger({ dataDir: found, beside, key: newKey() });
    expect(existsSync(join(found, 'ledger'))).toBe(false);
    await bringLedger({ dataDir: found, beside, key });
    expect(await people(found)).toEqual([2, 3, 4]);
    expect(await readLedger(found, 'chain', ancient)).toMatchObject([{ person: 7 }]);
    expect(await readLedger(found, 'erasures', new Date(now.getTime() + 1))).toEqual([]);

    // What was written here since stays, and nothing comes twice.
    writeLedger(found, 'erasures', line(now, 5));
    writeLedger(lost, 'erasures', line(now, 6));
    await copyLedger(copying, copied);
    await bringLedger({ dataDir: found, beside, key });
    expect(await people(found)).toEqual([2, 3, 4, 5, 6]);
  });

  it('of three machines comes back on any of them as one', async () => {
    const [repository, ...folders] = [0, 1, 2, 3].map(() => mkdtempSync(join(tmpdir(), 'ledger-')));
    if (repository === undefined) throw new Error();
    const key = newKey();
    const beside = besideIn(repository, key);
    const now = new Date();
    for (const [at, dataDir] of folders.entries()) {
      writeLedger(dataDir, 'erasures', line(now, at + 1));
      await copyLedger({ dataDir, beside, key, machine: `m${at + 1}` });
    }
    expect(readdirSync(join(repository, 'ledger'))).toHaveLength(3);
    const [first = ''] = folders;
    rmSync(join(folders[2] ?? '', 'ledger'), { recursive: true });
    await bringLedger({ dataDir: first, beside, key });
    expect(await people(first)).toEqual([1, 2, 3]);
  });

  it('that is gone from here isn’t lost beside the backups too', async () => {
    const [dataDir, repository] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'ledger-')));
    if (dataDir === undefined || repository === undefined) throw new Error();
    const key = newKey();
    const copying = { dataDir, beside: besideIn(repository, key), key, machine: null };
    writeLedger(dataDir, 'erasures', line(new Date(), 1));
    await copyLedger(copying);
    rmSync(join(dataDir, 'ledger'), { recursive: true });
    writeLedger(dataDir, 'erasures', line(new Date(), 2));
    const stop = new AbortController();
    const log = openLog({ level: 'silent' });
    const ended = keepCopying(copying, { log, signal: stop.signal, everyMs: 5_000 });
    await expect.poll(() => people(dataDir)).toEqual([2, 1]);
    stop.abort();
    await ended;
    rmSync(join(dataDir, 'ledger'), { recursive: true });
    await bringLedger(copying);
    expect(await people(dataDir)).toEqual([2, 1]);
  });

  it('loses no line but the one that was cut short with the machine', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'ledger-'));
    const now = new Date();
    for (const person of [1, 2]) writeLedger(dataDir, 'erasures', line(now, person));
    const file = join(dataDir, 'ledger', readdirSync(join(dataDir, 'ledger'))[0] ?? '');
    truncateSync(file, readFileSync(file).length - 5);
    writeLedger(dataDir, 'erasures', line(now, 3));
    writeFileSync(file, 'nonsense', { flag: 'a' });
    writeLedger(dataDir, 'erasures', line(now, 4));
    expect(await people(dataDir)).toEqual([1, 3, 4]);
  });

  it('is not written where the disk of the backups isn’t there', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'ledger-'));
    writeLedger(dataDir, 'erasures', line(new Date(), 1));
    const repository = join(dataDir, 'mnt', 'backups');
    mkdirSync(join(dataDir, 'mnt'));
    const key = newKey();
    const copying = { dataDir, beside: besideIn(repository, key), key, machine: null };
    await expect(copyLedger(copying)).rejects.toThrow('ENOENT');
    expect(existsSync(repository)).toBe(false);
  });
});

describe('the log', () => {
  const names = (...all: readonly string[]) =>
    readSegments(
      JSON.stringify(
        Object.fromEntries(
          all.map((name, second) => [
            `${name.slice(0, 16)}/${name}-${'a'.repeat(40)}.zst`,
            { type: 'file', time: second },
          ]),
        ),
      ),
    );
  const [first, second, third] = [2, 3, 4].map((n) => `00000001000000000000000${n}`) as [
    string,
    string,
    string,
  ];

  it('is whole over the end of a log file of 256 segments', () => {
    const turn = [
      '0000000100000000000000FE',
      '0000000100000000000000FF',
      '000000010000000100000000',
    ];
    expect(gapFrom(turn[0] ?? '', names(...turn))).toBeNull();
  });
  it('names the first segment that is missing, and until when one can come back', () => {
    expect(gapFrom(first, names(first, third))).toEqual({
      segment: second,
      until: at('1970-01-01'),
    });
    expect(gapFrom(first, names(second, third))).toEqual({ segment: first, until: null });
    expect(gapFrom(first, names(first, second, third))).toBeNull();
    expect(gapFrom(first, [])).toEqual({ segment: first, until: null });
  });
  it('goes on in the timeline of the last restore, and what the old one has beyond isn’t asked for', () => {
    const [branch, next] = ['000000020000000000000003', '000000020000000000000004'];
    expect(gapFrom(first, names(first, branch, next))).toBeNull();
    expect(gapFrom(first, names(first, second, third, branch, next))).toBeNull();
    const cut = names(first, second, third, branch, '000000020000000000000005');
    expect(gapFrom(first, cut)?.segment).toBe(next);
  });
  it('has nothing of a line that a restore has left, though it went further', () => {
    const [branch, next] = ['000000020000000000000003', '000000020000000000000004'];
    const beyond = '000000010000000000000005';
    const log = names(first, second, third, beyond, branch, next);
    expect(log.map(({ name }) => name)).toEqual([first, branch, next]);
    expect(gapFrom(first, log)).toBeNull();
    // Left again, from before: nothing of the second line counts either.
    const again = '000000030000000000000003';
    expect(names(first, second, branch, next, again).map(({ name }) => name)).toEqual([
      first,
      again,
    ]);
    const made = set('A', 'full', '2026-11-01T20:00:00Z');
    expect(isLeftBehind({ ...made, lastSegment: first }, log)).toBe(false);
    expect(isLeftBehind(made, log)).toBe(true);
    expect(isLeftBehind({ ...made, firstSegment: branch, lastSegment: next }, log)).toBe(false);
  });
  it('leaves out what is no segment', () => {
    const listed = { '00000002.history': { type: 'file' }, '0000000100000000': { type: 'path' } };
    expect(readSegments(JSON.stringify(listed))).toEqual([]);
  });
  it.each([
    { place: '0/4000028', segment: third, before: false },
    { place: '0/4000000', segment: third, before: true },
    { place: '0/3FFFFFF', segment: third, before: true },
    { place: '1/0', segment: '0000000100000000000000FF', before: false },
  ])('read up to $place is before $segment: $before', ({ place, segment, before }) =>
    expect(isLogBefore(place, segment)).toBe(before),
  );
});

describe('a moment', () => {
  it.each([
    { typed: '2026-11-25T10:42', is: '2026-11-25T09:42:00.000Z' },
    { typed: '2026-07-14 10:42:07', is: '2026-07-14T08:42:07.000Z' },
    { typed: '2026-11-25T10:42Z', is: '2026-11-25T10:42:00.000Z' },
    { typed: '2026-11-25T10:42-04:00', is: '2026-11-25T14:42:00.000Z' },
    { typed: '2026-13-25T10:42', is: undefined },
    { typed: '2027-02-30T10:42', is: undefined },
    { typed: 'hier', is: undefined },
  ])('$typed is $is', ({ typed, is }) => expect(readMoment(typed, PARIS)?.toISOString()).toBe(is));

  it.each([
    { zone: PARIS, shown: '2026-11-25T10:42:07+01:00' },
    { zone: 'Pacific/Noumea', shown: '2026-11-25T20:42:07+11:00' },
    { zone: 'America/Martinique', shown: '2026-11-25T05:42:07-04:00' },
  ])('is shown in $zone as it can be typed on any machine', ({ zone, shown }) => {
    const moment = at('2026-11-25T09:42:07Z');
    expect(showMoment(moment, zone)).toBe(shown);
    expect(readMoment(shown, PARIS)).toEqual(moment);
    expect(readMoment(shown.slice(0, 19), zone)).toEqual(moment);
  });
});

describe('the key', () => {
  it('is read as it stands on its sheet, with or without hyphens, in any case', () => {
    const key = newKey();
    const groups = keyGroups(key);
    expect(groups).toHaveLength(15);
    for (const typed of [groups.join('-'), groups.join(' ').toLowerCase(), `${key}\n`])
      expect(readKey(typed)).toBe(key);
  });
  it('tells any sign that is wrong, missing or out of its place', () => {
    const key = newKey();
    expect(readKey(key.slice(1))).toBeNull();
    expect(readKey(`${key}A`)).toBeNull();
    for (let place = 0; place < key.length; place += 1) {
      const wrong = key[place] === 'A' ? 'C' : 'A';
      expect(readKey(key.slice(0, place) + wrong + key.slice(place + 1))).toBeNull();
    }
  });
});

it('the settings of the machine go along, and come back in a folder of PREAU_DATA', async () => {
  const [dataDir, machine, repository, found] = [0, 1, 2, 3].map(() =>
    mkdtempSync(join(tmpdir(), 'settings-')),
  ) as [string, string, string, string];
  writeFileSync(join(dataDir, 'secret.key'), 'of the service');
  writeFileSync(join(machine, 'preau.env'), 'PREAU_DOMAIN=ecoles.ville.fr\n', { mode: 0o640 });
  keepClock(dataDir, 'Pacific/Noumea');
  const key = newKey();
  const files = openSideFiles(repository, { key, signal: new AbortController().signal });
  await keepData(loadConfig({ PREAU_DATA: dataDir }), { key, files }, { machine });
  const kept = await dataAt(files, key, null);
  if (typeof kept === 'string') throw new Error(kept);
  expect(namedIn(kept)).toEqual(['named/preau.env']);
  expect([clockKept(kept), clockKept('not-ours')]).toEqual(['Pacific/Noumea', PARIS]);
  writeData(found, kept);
  const path = join(found, 'named', 'preau.env');
  expect(readFileSync(path, 'utf8')).toBe('PREAU_DOMAIN=ecoles.ville.fr\n');
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

describe('the file of the settings', () => {
  const settings = {
    madeAt: '2026-11-25T20:00:00Z',
    files: [{ path: 'secret.key', mode: 0o600, base64: 'c2VjcmV0' }],
  };
  it('opens with its key alone, and not when a byte of it has changed', () => {
    const key = newKey();
    const sealed = sealData(settings, key);
    expect(openData(sealed, key)).toEqual(settings);
    expect(openData(sealed, newKey())).toBe('wrong-key');
    for (const place of [20, 40, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(openData(changed, key)).toBe('wrong-key');
    }
    expect(openData(sealed.subarray(1), key)).toBe('not-ours');
    expect(openData(Buffer.alloc(0), key)).toBe('not-ours');
  });
  it('is never twice the same, and says nothing', () => {
    const key = newKey();
    const [one, other] = [sealData(settings, key), sealData(settings, key)];
    expect(one.equals(other)).toBe(false);
    expect(one.includes('secret.key')).toBe(false);
  });
});
