import { isAgent } from '../../directory/charge.ts';
import type { CodeParts } from '../../entry/codes/code-parts.ts';
import { type AddressId, type Language, type SchoolId, TOWN } from '../../ground/ids.ts';
import type { RosterFiles } from '../../roster/roster-files.ts';
import { writeAgentAct } from '../../store/audit.ts';
import { actsForAll, readAgents, type AgentRow } from '../../store/people/agents.ts';
import { lockImports } from '../../store/schools/import-lock.ts';
import type { TownTx } from '../../store/store.ts';
import type { TownActor } from './contract.ts';

export interface TownParts extends CodeParts {
  /** The town's, from the configuration: what its addresses end with. */
  readonly domain: string;
  readonly files: RosterFiles;
}

/** Somebody who acts for the town, within one transaction. */
export interface TownAct {
  /** Null: the machine itself. */
  readonly by: AddressId | null;
  /** Who may act for the town now. */
  readonly agents: readonly AgentRow[];
}

/** Whether somebody may look at the town's affairs, by the roster of today. */
export async function isActing(parts: TownParts, actor: TownActor): Promise<boolean> {
  return actor === 'machine' || isAgent(parts, actor);
}

/** The languages in which somebody is answered: at the machine's console, both. */
export const languagesOf = (actor: TownActor): readonly Language[] =>
  actor === 'machine' ? ['fr', 'en'] : [actor.language];

/**
 * Changes the town, one after another: whoever comes second sees what the first has done, and an
 * agent who was removed or reset meanwhile changes nothing. In turn with imports, which give
 * addresses too.
 */
export async function changing<T>(
  parts: TownParts,
  actor: TownActor,
  change: (tx: TownTx, acting: TownAct) => Promise<T>,
): Promise<T | { readonly kind: 'missing' }> {
  if (actor === 'machine') return changingHere(parts, change);
  return parts.store.town(async (tx) => {
    const agents = await inTurn(parts, tx);
    return actsForAll(agents, actor.addressId)
      ? change(tx, { by: actor.addressId, agents })
      : { kind: 'missing' };
  });
}

/** The same for who may run `preau` on the machine, or holds the link of the first agent. */
export function changingHere<T>(
  parts: TownParts,
  change: (tx: TownTx, acting: TownAct) => Promise<T>,
): Promise<T> {
  return parts.store.town(async (tx) => change(tx, { by: null, agents: await inTurn(parts, tx) }));
}

/** Takes turns until the transaction ends; gives who may act for the town by then. */
async function inTurn({ clock }: TownParts, tx: TownTx): Promise<readonly AgentRow[]> {
  await lockImports(tx);
  return readAgents(await tx.in(TOWN), clock());
}

interface ActToNote {
  readonly act: string;
  readonly school?: SchoolId;
  readonly what: string;
}

/** Writes an act down in the agents' journal; `what` names whom or what it is about. */
export async function noteAct(
  tx: TownTx,
  { by }: Pick<TownAct, 'by'>,
  { act, school = TOWN, what }: ActToNote,
): Promise<void> {
  await writeAgentAct(tx, { by, act, school, reason: what });
}
