import { newActivationCode } from '../../entry/codes/activation-code.ts';
import type { CodeSheet } from '../../entry/codes/contract.ts';
import { expiryOf, keepCodes } from '../../entry/codes/sheets.ts';
import { TOWN } from '../../ground/ids.ts';
import { clockOfTown } from '../../ground/time-zones.ts';
import type { AgentRow } from '../../store/people/agents.ts';
import { insertSheet } from '../../store/people/codes.ts';
import type { TownTx } from '../../store/store.ts';
import { readTown } from '../../store/town/settings.ts';
import type { TownAct, TownParts } from './parts.ts';

/** Whose code it is. */
export type CodeOwner = Pick<
  AgentRow,
  'account' | 'address' | 'givenName' | 'displayName' | 'face'
>;

const NO_CLASS = 8;

/** A new code for an agent, kept as a hash; what it says leaves with the sheet alone. */
export async function codeFor(
  parts: TownParts,
  tx: TownTx,
  { acting: { by }, agent }: { readonly acting: TownAct; readonly agent: CodeOwner },
): Promise<CodeSheet> {
  const { account, address, givenName, displayName, face } = agent;
  const now = parts.clock();
  const code = { kind: 'activation', text: newActivationCode() } as const;
  const town = await tx.in(TOWN);
  const sheet = await insertSheet(town, { classId: null, by, at: now, format: 'screen', codes: 1 });
  await keepCodes(parts, town, { sheet, now, codes: [{ account, code }], children: new Set() });
  const settings = await readTown(tx);
  return {
    schoolName: settings?.name ?? '',
    timeZone: clockOfTown(settings),
    of: 'person',
    className: '',
    cover: NO_CLASS,
    madeAt: now,
    expiresAt: expiryOf('activation', now),
    cards: [{ kind: 'adult', givenName, displayName, face, address, code }],
    slips: [],
  };
}
