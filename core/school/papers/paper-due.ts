import type { PaperId, SchoolId } from '../../ground/ids.ts';
import { eraseNumbers } from '../../store/papers/answers.ts';
import { erasePaper, papersOf, passHour, putNextDue } from '../../store/papers/papers.ts';
import { readPapers } from './asked-papers.ts';
import type { PaperParts } from './parts.ts';
import { remindOf } from './reminding.ts';

/**
 * The clock's word about a paper: families are reminded the evening before, numbers for the day are
 * erased the day after, all of it a year after its school year, and at once what never left.
 * Idempotent, and gone on with after a crash.
 */
export async function paperDue(
  parts: PaperParts,
  school: SchoolId,
  id: PaperId,
): Promise<'erased' | 'reminded' | 'numbers-erased' | 'waits'> {
  const { store, directory, clock } = parts;
  const now = clock();
  const [row] = await store.read(school, (tx) =>
    papersOf(tx, { of: 'paper', paper: id }, { limit: 1 }),
  );
  if (row === undefined || row.version === 0 || row.goneAt <= now) {
    await store.write(school, (tx) => erasePaper(tx, id));
    return 'erased';
  }
  if (row.numbersGoneAt !== null && row.numbersGoneAt <= now) {
    const passed = { hour: 'numbers_gone_at', at: row.numbersGoneAt } as const;
    await store.write(school, async (tx) => {
      if (await passHour(tx, id, passed)) await eraseNumbers(tx, id);
    });
    return 'numbers-erased';
  }
  if (row.remindAt !== null && row.remindAt <= now) {
    const roster = (await directory.rosters([school], { maxAgeMs: 0 })).get(school);
    const [paper] =
      roster === undefined
        ? []
        : await readPapers(parts, roster, { asked: { of: 'paper', paper: id } });
    if (roster !== undefined && paper !== undefined) await remindOf(parts, roster, { paper });
    const passed = { hour: 'remind_at', at: row.remindAt } as const;
    await store.write(school, (tx) => passHour(tx, id, passed));
    return 'reminded';
  }
  await store.write(school, (tx) => putNextDue(tx, id));
  return 'waits';
}
