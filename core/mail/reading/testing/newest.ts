import type { TestTown } from '../../../../tests/shared/town.ts';
import type { MessageRow } from '../contract.ts';

/** The newest message of somebody's inbox whose subject has these words. */
export async function newestOf(
  town: TestTown,
  local: string,
  subject: string,
): Promise<MessageRow> {
  const row = (await town.rows(local)).find((one) => one.subject.includes(subject));
  if (!row) throw new Error(`no ${subject} for ${local}`);
  return row;
}
