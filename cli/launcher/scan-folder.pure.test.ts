import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../core/ground/spans.ts';
import { choosePlace, openScanFolder, type ScanPlace } from './scan-folder.ts';

const MB = 1_000_000;
const tmp: ScanPlace = { path: '/tmp', isInMemory: true, isOpen: true, freeBytes: 2_000 * MB };
const shm: ScanPlace = { ...tmp, path: '/dev/shm' };

describe('scans of at most 200 MB each belong in', () => {
  it.each<{ when: string; places: readonly ScanPlace[]; memory: number; then: string | null }>([
    { when: 'both lie in memory', places: [tmp, shm], memory: 4_000, then: '/tmp' },
    {
      when: '/tmp lies on the disk',
      places: [{ ...tmp, isInMemory: false }, shm],
      memory: 4_000,
      then: '/dev/shm',
    },
    {
      when: '/tmp is nearly full',
      places: [{ ...tmp, freeBytes: 799 * MB }, shm],
      memory: 4_000,
      then: '/dev/shm',
    },
    {
      when: '/tmp lies on the disk, and /dev/shm is as small as a container has it',
      places: [
        { ...tmp, isInMemory: false },
        { ...shm, freeBytes: 64 * MB },
      ],
      memory: 4_000,
      then: null,
    },
    {
      when: '/tmp lies on the disk, and clamd may not write /dev/shm',
      places: [
        { ...tmp, isInMemory: false },
        { ...shm, isOpen: false },
      ],
      memory: 4_000,
      then: null,
    },
    { when: 'just enough memory is left', places: [tmp, shm], memory: 2_800, then: '/tmp' },
    { when: 'too little memory is left', places: [tmp, shm], memory: 2_799, then: null },
    { when: 'the system has none', places: [], memory: 4_000, then: null },
  ])('$then where $when', ({ places, memory, then }) => {
    expect(choosePlace(places, { scanBytes: 200 * MB, memoryBytes: memory * MB })).toBe(then);
  });
});

describe('the folder for scans', () => {
  const otherwise = mkdtempSync(join(tmpdir(), 'preau-scans-'));
  afterAll(() => rmSync(otherwise, { recursive: true }));
  const name = `preau-test-${process.pid}-scans`;
  /** More than any machine has: on the disk. */
  const onDisk = { runAs: null, scanBytes: 2 ** 60, otherwise };

  it('is on the disk where memory has no room, and removes what was left in memory', () => {
    const left = [join('/tmp', name), join('/dev/shm', name)];
    for (const each of left.slice(0, existsSync('/dev/shm') ? 2 : 1))
      mkdirSync(join(each, 'clamav-1.tmp'), { recursive: true });
    const scans = openScanFolder(name, onDisk);
    expect(scans.path).toBe(join(otherwise, name));
    expect(statSync(scans.path).mode & 0o777).toBe(0o700);
    expect(left.filter((each) => existsSync(each))).toEqual([]);
    scans.remove();
    expect(readdirSync(otherwise)).toEqual([]);
  });

  it('is emptied, kept young, and made again where it is gone', () => {
    const scans = openScanFolder(name, onDisk);
    writeFileSync(join(scans.path, 'left'), '');
    scans.empty();
    expect(readdirSync(scans.path)).toEqual([]);
    const longAgo = new Date(Date.now() - 20 * DAY_MS);
    utimesSync(scans.path, longAgo, longAgo);
    scans.keep();
    expect(Date.now() - statSync(scans.path).mtimeMs).toBeLessThan(60_000);
    rmSync(scans.path, { recursive: true });
    scans.keep();
    expect(existsSync(scans.path)).toBe(true);
    scans.remove();
  });

  it('refuses what somebody else put in its way, and lets it be', () => {
    const target = join(otherwise, 'target');
    mkdirSync(target);
    symlinkSync(target, join(otherwise, name));
    expect(() => openScanFolder(name, onDisk)).toThrow(/configuration/);
    expect(existsSync(target)).toBe(true);
    for (const each of [target, join(otherwise, name)]) rmSync(each, { recursive: true });
  });
});
