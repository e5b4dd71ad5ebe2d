import { expect, it } from 'vitest';
import { readPercent } from './progress.ts';

/** As pgBackRest 2.55 says it. */
const said = (backup: object): string =>
  JSON.stringify([{ name: 'preau', status: { code: 0, lock: { backup }, message: 'ok' } }]);

it.each([
  { when: 'none runs', backup: { held: false }, percent: null },
  { when: 'one begins', backup: { held: true }, percent: 0 },
  { when: 'a third', backup: { held: true, size: 3_000, 'size-cplt': 1_000 }, percent: 33 },
  { when: 'all', backup: { held: true, size: 3_000, 'size-cplt': 3_000 }, percent: 100 },
])('$when: $percent', ({ backup, percent }) => expect(readPercent(said(backup))).toBe(percent));

it('an empty repository runs none', () => expect(readPercent('[]')).toBeNull());
