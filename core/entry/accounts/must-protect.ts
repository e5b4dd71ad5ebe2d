import type { Viewer } from '../../rules/viewer.ts';
import { secondFactorOf } from '../../store/people/second-factor.ts';
import type { SchoolTx } from '../../store/store.ts';
import { agentsNeedSecondFactor } from '../../store/town/settings.ts';

/**
 * Whether somebody has to make a second factor before anything else: an agent of a real town who
 * has none. What they hold opens every school.
 */
export async function mustProtect(
  tx: SchoolTx,
  { role, account }: Pick<Viewer, 'role' | 'account'>,
): Promise<boolean> {
  if (role !== 'agent') return false;
  return (await secondFactorOf(tx, account)) === null && agentsNeedSecondFactor(tx);
}

/**
 * The same on the pages, where they also have to say that they have kept the sheet of their
 * recovery codes: it is shown once, and who loses their phone without it needs the machine.
 */
export async function mustProtectOrKeep(
  tx: SchoolTx,
  { role, account }: Pick<Viewer, 'role' | 'account'>,
): Promise<boolean> {
  if (role !== 'agent') return false;
  const factor = await secondFactorOf(tx, account);
  return (factor?.sheetKeptAt ?? null) === null && agentsNeedSecondFactor(tx);
}
