import { afterAll, beforeEach } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { ClassId } from '../../../ground/ids.ts';
import type { Lesson } from '../../../roster/week/plan.ts';
import { lessonOf, RHYTHM } from '../../../roster/week/testing/weeks.ts';
import type { Viewer } from '../../../rules/viewer.ts';

/** A town in which Claire Lefèvre has the week of CE1 A; put away after the file's tests. */
export async function openWeekTown() {
  const town = await openTestTown();
  const { weeks } = town.core;
  const start = town.clock.now;
  const claire = await town.viewer('claire.lefevre');
  const ce1 = ownClassOf(claire);
  beforeEach(async () => {
    town.clock.now = start;
    await town.admin.query('delete from class_week; delete from week_feed; delete from notice');
  });
  afterAll(() => town.close());
  return { town, weeks, claire, ce1, begun, put };

  /** The hours of CE1 A. */
  async function begun(): Promise<void> {
    const saved = await weeks.keepHours(claire, ce1, { rhythm: RHYTHM, weekA: null });
    if (saved.kind !== 'saved') throw new Error(saved.kind);
  }
  /** A lesson that has to be taken. */
  async function put(given: Partial<Lesson>): Promise<void> {
    const { id: _, edition: __, ...lesson } = lessonOf(given);
    const saved = await weeks.keepLesson(claire, ce1, { lesson, seen: null });
    if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved));
  }
}

/** The first class of somebody. */
export function ownClassOf({ classes: [first] }: Viewer): ClassId {
  if (first === undefined) throw new Error('no class');
  return first.id;
}
