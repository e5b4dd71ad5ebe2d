import { writeAudit } from '../../store/audit.ts';
import type { NewAnswer } from '../../store/papers/answers.ts';
import type { SchoolTx } from '../../store/store.ts';

/**
 * Writes down in the school's journal that something was signed: the mark of the signature, and of
 * whom; not what.
 */
export async function keepSignature(tx: SchoolTx, row: NewAnswer): Promise<void> {
  await writeAudit(tx, row.by, row.way === 'paper' ? 'paper-slip' : 'paper-sign', {
    paper: row.paper,
    version: row.version,
    people: [row.pupil],
    hash: row.hash,
  });
}
