import type { SchoolId } from '../../ground/ids.ts';
import { dueRows, type DueRow } from '../../store/due.ts';
import { attemptsOf } from '../../store/mail/outbox.ts';
import type { FreshRows } from './fresh-rows.ts';
import type { Queue, Task } from './queue.ts';
import { NOTED, settle, type SendParts } from './send.ts';

/**
 * Rows of one kind that one look brings to the queue; the rest comes at the next, a moment later.
 */
const BATCH = 200;

/**
 * One look at what is due and not in the queue, or in it: adding twice changes nothing. First what
 * a peer has taken and the database hasn't heard of, then the rest, so that nothing that was sent
 * is made a task again; but for rows that are begun in a moment anyway. Throws where a part is
 * away.
 */
export async function sweep(
  sending: SendParts,
  { queue, freshRows }: { readonly queue: Queue; readonly freshRows: FreshRows },
  kinds: readonly Task['kind'][],
): Promise<number> {
  for (const name of sending.journal.all(BATCH))
    await settle(sending, name, { reply: NOTED, mayOweWord: true });
  const tasks = (await dueTasks(sending, kinds)).filter(
    (task) => task.kind !== 'outbox' || !freshRows.has(task),
  );
  await queue.add(tasks);
  return tasks.length;
}

async function dueTasks(
  sending: SendParts,
  kinds: readonly Task['kind'][],
): Promise<readonly Task[]> {
  return sending.store.town(async (tx) => {
    const rows = await dueRows(tx, { now: sending.now(), kinds, limit: BATCH });
    const tasks: Task[] = [];
    for (const { kind, school, row } of rows)
      if (kind !== 'outbox') tasks.push({ kind, school, row });
    for (const [school, ids] of bySchool(rows.filter(({ kind }) => kind === 'outbox'))) {
      const attempts = await attemptsOf(await tx.in(school), ids);
      // A row that is gone gets a task as well: the worker finds nothing and takes it off the list.
      for (const row of ids)
        tasks.push({ kind: 'outbox', school, row, attempt: attempts.get(row) ?? 0 });
    }
    return tasks;
  });
}

function bySchool(
  rows: readonly Pick<DueRow, 'school' | 'row'>[],
): ReadonlyMap<SchoolId, number[]> {
  const schools = new Map<SchoolId, number[]>();
  for (const { school, row } of rows) schools.set(school, [...(schools.get(school) ?? []), row]);
  return schools;
}
