import type { SchoolId } from '../../ground/ids.ts';
import { writeAgentAct, writeAudit } from '../../store/audit.ts';
import type { TownTx } from '../../store/store.ts';
import type { RosterActor } from './contract.ts';

interface RosterAct {
  readonly school: SchoolId;
  readonly by: RosterActor;
  readonly act: string;
  readonly subject: Readonly<Record<string, unknown>>;
}

/** Who did what: for the head of the school to read; and of an agent, why. */
export async function recordAct(
  tx: TownTx,
  { school, by, act, subject }: RosterAct,
): Promise<void> {
  if (by.kind === 'agent')
    await writeAgentAct(tx, { by: by.address, act, school, reason: by.reason });
  await writeAudit(await tx.in(school), by.address, act, subject);
}
