import { expect, it } from 'vitest';
import type { RoleName } from '../role-names.ts';
import { howManyProcesses } from './how-many.ts';

const GIGABYTE = 1_073_741_824;
const ALL: readonly RoleName[] = ['smtp', 'imap', 'web', 'worker'];
const eightCores = { cores: 8, freeBytes: 16 * GIGABYTE };
const town = { asked: null, roles: ALL, isDemo: false, machine: eightCores };

it.each([
  { when: 'a town on eight cores', given: {}, then: 8 },
  { when: 'one of its roles', given: { roles: ['imap'] as const }, then: 8 },
  { when: 'its jobs alone', given: { roles: ['worker'] as const, asked: 4 }, then: 1 },
  { when: 'the demo', given: { isDemo: true }, then: 1 },
  { when: 'the demo, where two are asked for', given: { isDemo: true, asked: 2 }, then: 2 },
  { when: 'two asked for', given: { asked: 2 }, then: 2 },
  { when: 'one core', given: { machine: { ...eightCores, cores: 1 } }, then: 1 },
  { when: 'sixty-four cores', given: { machine: { ...eightCores, cores: 64 } }, then: 8 },
  { when: 'a gigabyte free', given: { machine: { cores: 8, freeBytes: GIGABYTE } }, then: 2 },
  { when: 'next to nothing free', given: { machine: { cores: 8, freeBytes: 0 } }, then: 1 },
])('$when: $then', ({ given, then }) => {
  expect(howManyProcesses({ ...town, ...given })).toBe(then);
});

it('says that more were asked for than there may be', () => {
  expect(() => howManyProcesses({ ...town, asked: 33 })).toThrow('33 are too many, 32 at most');
});
