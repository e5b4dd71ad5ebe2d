import { beforeEach } from 'vitest';
import { freshStore } from '../../../../tests/shared/fresh-store.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import { DAY_MS } from '../../../ground/spans.ts';
import type { ApplyOutcome, Preview } from '../contract.ts';
import { dumpOf, emptySchools, peopleOf, rostersAt } from './school-files.ts';

const AFTERNOON = '2026-11-24T16:00:00Z';

/**
 * Schools without anybody in a database of their own, on a clock that tests set and that is as it
 * was before each of them; put away after the tests of the file.
 */
export async function openSchools(count: number, begin = AFTERNOON) {
  const clock = { now: new Date(begin) };
  const store = await freshStore(2);
  await emptySchools(
    store,
    Array.from({ length: count }, (_, index) => `ecole-${index + 1}`),
  );
  let next = 0;
  /** A school that no other test touches. */
  const freshSchool = (): SchoolId => {
    next += 1;
    if (next > count) throw new Error(`only ${count} schools were opened`);
    return next as SchoolId;
  };
  beforeEach(() => {
    clock.now = new Date(begin);
  });
  return {
    store,
    clock,
    ...rostersAt(store, clock),
    freshSchool,
    later(days: number): void {
      clock.now = new Date(clock.now.getTime() + days * DAY_MS);
    },
    dumped: (school: number) => dumpOf(store, school),
    peopleNow: (school: number, role: Parameters<typeof peopleOf>[3]) =>
      peopleOf(store, school, clock.now, role),
  };
}

export function previewOf(applied: ApplyOutcome): Preview {
  if (!('preview' in applied)) throw new Error(`no preview: ${JSON.stringify(applied)}`);
  return applied.preview;
}
