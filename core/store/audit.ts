import { TOWN, type AddressId, type SchoolId } from '../ground/ids.ts';
import { jsonOf } from '../ground/json.ts';
import { own } from './own.ts';
import type { SchoolTx, TownTx } from './store.ts';

/**
 * Writes down who did what, for the head of the school to read. Ids only. `actor` null: the command
 * line, or the service by itself.
 */
export async function writeAudit(
  tx: SchoolTx,
  actor: AddressId | null,
  act: string,
  subject: Readonly<Record<string, unknown>>,
): Promise<void> {
  await own(tx)
    .insertInto('audit', {
      actor_address_id: actor,
      act,
      subject: jsonOf(subject),
    })
    .execute();
}

/**
 * Writes down what somebody did to their own way in. An agent's stands in the agents' journal too:
 * what they hold opens every school, and the others are to see it.
 */
export async function writeOwnAct(tx: SchoolTx, who: AddressId | null, act: string): Promise<void> {
  await writeAudit(tx, who, act, {});
  if (tx.school === TOWN) await writeAgentAct(tx, { by: who, act, school: TOWN, reason: '' });
}

/** What a town agent did across schools, and why. */
interface AgentAct {
  /** Null: the command line. */
  readonly by: AddressId | null;
  readonly act: string;
  readonly school: SchoolId;
  readonly reason: string;
}

/** Writes it down for the town to read. */
export async function writeAgentAct(
  tx: Pick<TownTx, 'db'>,
  { by, act, school, reason }: AgentAct,
): Promise<void> {
  await tx.db
    .insertInto('agent_act')
    .values({ agent_address_id: by, act, school_id: school, reason })
    .execute();
}
