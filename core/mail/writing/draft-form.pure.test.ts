import { expect, it } from 'vitest';
import { awaitUntilOf, noticeOf } from './draft-form.ts';

const planOf = (field: string) =>
  noticeOf(Buffer.from(`X-Preau-Notice: ${field}\r\n\r\nPensez au bonnet.\r\n`));

it.each([
  ['1;;;2026-12-01;pupils;', { school: 1, classId: null, of: null, edition: 0 }],
  ['1;7;;2026-12-01;pupils;', { school: 1, classId: 7, of: null, edition: 0 }],
  ['1;7;12.3;2026-12-01;pupils;', { school: 1, classId: 7, of: 12, edition: 3 }],
  ['0;;;2026-12-01;team;', { school: 0, classId: null, of: null, edition: 0 }],
])('reads where a notice is to hang: %s', (field, plan) => {
  expect(planOf(field)).toMatchObject(plan);
});

it.each([
  ['a class of 0', '1;0;;2026-12-01;pupils;'],
  ['a class spelt otherwise', '1;007;;2026-12-01;pupils;'],
  ['a school spelt otherwise', '01;;;2026-12-01;pupils;'],
  ['a notice before of 0', '1;;0.1;2026-12-01;pupils;'],
  ['a notice before spelt otherwise', '1;7;012.3;2026-12-01;pupils;'],
])('takes %s for no board, never for the school’s', (_what, field) => {
  expect(planOf(field)).toBeNull();
});

it.each([
  ['2027-02-26', '2027-02-26'],
  ['2027-02-30', null],
  ['9999-12-31', null],
])('an answer wanted by %s is awaited until %s', (written, day) => {
  expect(awaitUntilOf(Buffer.from(`X-Preau-Await: ${written}\r\n\r\nMerci.\r\n`))).toBe(day);
});
