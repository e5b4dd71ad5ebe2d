import type { SchoolId } from '../../../ground/ids.ts';
import { askedIn, withoutQuestions } from '../../../roster/doubts.ts';
import { writeAudit } from '../../../store/audit.ts';
import { lockImports } from '../../../store/schools/import-lock.ts';
import type { ImportRow } from '../../../store/schools/roster-imports.ts';
import {
  endQuestions,
  questionsOf,
  setDueQuestions,
  takeAnswersBack,
} from '../../../store/schools/roster-questions.ts';
import type { SchoolTx } from '../../../store/store.ts';
import type { RosterParts } from '../parts.ts';
import { keepQuestions, MOST_OPEN } from './keep.ts';
import { keptOf } from './kept.ts';

/**
 * Ends what nobody has answered in time: what it needed is erased, nobody is merged and nobody
 * made. The next file that raises the doubt asks again. Written in the school's journal; gives how
 * many lapsed. Idempotent.
 */
export async function lapseQuestions(parts: RosterParts, school: SchoolId): Promise<number> {
  const lapsed = await parts.store.town(async (tx) => {
    await lockImports(tx);
    const inSchool = await tx.in(school);
    const now = parts.clock();
    const open = await questionsOf(inSchool, ['open'], MOST_OPEN);
    const over = open.filter(({ expiresAt }) => expiresAt <= now).map(({ id }) => id);
    await dropQuestions(parts, inSchool, { ids: over, state: 'lapsed' });
    if (over.length > 0)
      await writeAudit(inSchool, null, 'roster-questions-lapsed', { questions: over.length });
    return over.length;
  });
  parts.log.info({ school, act: 'roster-questions-lapsed', questions: lapsed }, 'roster');
  return lapsed;
}

/** An import was undone: what it asked is asked no more, what it answered is taken back. */
export async function undoQuestions(
  parts: Pick<RosterParts, 'secret' | 'clock'>,
  tx: SchoolTx,
  undone: Pick<ImportRow, 'id' | 'lines'>,
): Promise<void> {
  await takeAnswersBack(tx, undone);
  const open = await questionsOf(tx, ['open'], MOST_OPEN);
  const asked = open.filter((one) => one.importId === undone.id).map(({ id }) => id);
  await dropQuestions(parts, tx, { ids: asked, state: 'undone' });
}

async function dropQuestions(
  parts: Pick<RosterParts, 'secret' | 'clock'>,
  tx: SchoolTx,
  { ids, state }: { ids: readonly number[]; state: 'lapsed' | 'undone' },
): Promise<void> {
  await endQuestions(tx, ids, state);
  const kept = await keptOf(parts.secret, tx);
  if (kept === null) return setDueQuestions(tx);
  const over = new Set(ids);
  const keys = askedIn(kept.remainder)
    .map(({ key }) => key)
    .filter((key) => over.has(kept.ids[key] ?? 0));
  await keepQuestions(parts, tx, {
    importId: kept.importId,
    remainder: withoutQuestions(kept.remainder, new Set(keys)),
    made: [],
    evidence: {},
    setAside: {},
  });
}
