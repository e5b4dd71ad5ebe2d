import { secondFactorOf } from '../store/people/second-factor.ts';
import type { SchoolTx } from '../store/store.ts';
import { agentsNeedSecondFactor } from '../store/town/settings.ts';
import type { Viewer } from '../viewer.ts';

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
