import { expect } from 'vitest';
import { momentOf } from '../../../../core/ground/clock.ts';
import type { LetterId } from '../../../../core/ground/ids.ts';
import { dayAfter } from '../../../../core/roster/days.ts';
import type { TestTown } from '../../../../tests/shared/town.ts';

/** Hands a draft of Claire's in, which leaves the next morning at eight. */
export async function leaveTomorrow(town: TestTown, letter: string): Promise<void> {
  const claire = await town.viewer('claire.lefevre');
  const { writings } = town.core;
  const draft = await writings.draftOfLetter(claire, letter as LetterId);
  const [today] = town.clock.now.toISOString().split('T');
  const at = momentOf(dayAfter(today ?? '', 1), '08:00', claire.timeZone);
  const became = draft && (await writings.handIn(claire, draft.ref, at));
  expect(became).toMatchObject({ kind: 'leaves', at });
}
