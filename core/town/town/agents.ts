import type { CodeSheet } from '../../entry/codes/contract.ts';
import { endWaysIn } from '../../entry/codes/end-ways-in.ts';
import { dayAt } from '../../ground/clock.ts';
import { initials } from '../../ground/folding.ts';
import { TOWN, type AccountId } from '../../ground/ids.ts';
import { clockOfTown } from '../../ground/time-zones.ts';
import { isOfTheService, localOf } from '../../roster/names.ts';
import { endStay } from '../../school/leavers/leaver-due.ts';
import { insertAgent, readAgents, setCommunes, type AgentRow } from '../../store/people/agents.ts';
import { voidCodes } from '../../store/people/codes.ts';
import { leaverRow, saveLeaver } from '../../store/people/leavers.ts';
import { deleteRecoveryCodes } from '../../store/people/recovery-codes.ts';
import { deleteSecondFactor } from '../../store/people/second-factor.ts';
import { slugs, freeLocals } from '../../store/schools/new-addresses.ts';
import type { TownTx } from '../../store/store.ts';
import { ensureTownSchool, readCommunes } from '../../store/town/schools.ts';
import { readTown } from '../../store/town/settings.ts';
import { codeFor, type CodeOwner } from './agent-code.ts';
import type {
  Agent,
  AgentAdded,
  AgentRemoved,
  Agents,
  AgentTrouble,
  AgentWish,
} from './contract.ts';
import { oneLine, readName } from './fields.ts';
import { changing, isActing, noteAct, type TownAct, type TownParts } from './parts.ts';

const LOCAL = /^(?=.{1,58}$)[a-z0-9]+(?:[.-][a-z0-9]+)*$/;

export function openAgents(parts: TownParts): Agents {
  const { store, clock } = parts;
  return {
    list: async (by) =>
      (await isActing(parts, by))
        ? (await store.read(TOWN, (tx) => readAgents(tx, clock()))).sort(byName).map(shown)
        : null,
    add: (by, wish) => changing(parts, by, (tx, acting) => addAgent(parts, tx, { acting, wish })),
    remove: async (by, account) => {
      const done = await changing(parts, by, (tx, acting) =>
        removeAgent(parts, tx, { acting, account }),
      );
      if (done.kind === 'done') parts.announce(TOWN, [account]);
      return done;
    },
    limit: async (by, account, communes) => {
      const done = await changing(parts, by, (tx, acting) =>
        limitAgent(tx, { acting, account, communes }),
      );
      if (done.kind === 'done') parts.announce(TOWN, [account]);
      return done;
    },
    reset: async (by, account) => {
      const done = await changing(parts, by, (tx, acting) =>
        resetAgent(parts, tx, { acting, account }),
      );
      if (done.kind !== 'done') return null;
      parts.announce(TOWN, [account]);
      return done.sheet;
    },
  };
}

const collator = new Intl.Collator('fr');
const byName = (one: AgentRow, other: AgentRow): number =>
  collator.compare(one.familyName, other.familyName) ||
  collator.compare(one.displayName, other.displayName);

const shown = ({ account, displayName, address, way, ...row }: AgentRow): Agent => ({
  account,
  name: displayName,
  address,
  way,
  hasSecondFactor: row.hasSecondFactor,
  communes: row.communes,
});

/** Adds an agent with a code on paper; the caller takes turns with others who do. */
export async function addAgent(
  parts: TownParts,
  tx: TownTx,
  { acting, wish }: { readonly acting: TownAct; readonly wish: AgentWish },
): Promise<AgentAdded> {
  const made = await makeAgent(parts, tx, { ...wish, passwordHash: null });
  if (made.kind === 'trouble') return made;
  const { agent } = made;
  await noteAct(tx, acting, { act: 'add-agent', what: agent.displayName });
  const sheet = await codeFor(parts, tx, { acting, agent });
  return { kind: 'done', account: agent.account, sheet };
}

/** Somebody with an account of the town, whichever way they will come in. */
export async function makeAgent(
  parts: Pick<TownParts, 'domain'>,
  tx: TownTx,
  wish: AgentWish & { readonly passwordHash: string | null },
): Promise<
  | { readonly kind: 'made'; readonly agent: CodeOwner }
  | { readonly kind: 'trouble'; readonly why: readonly AgentTrouble[] }
> {
  const givenName = readName(wish.givenName);
  const familyName = readName(wish.familyName);
  if (givenName === null || familyName === null) return { kind: 'trouble', why: ['name'] };
  const { domain } = parts;
  const local = await localFor(tx, domain, { ...wish, givenName, familyName });
  if (local === null) return { kind: 'trouble', why: ['address'] };
  await ensureTownSchool(tx, domain);
  const names = {
    givenName,
    familyName,
    displayName: `${givenName} ${familyName}`,
    face: initials(givenName, familyName),
  };
  const { passwordHash } = wish;
  const account = await insertAgent(await tx.in(TOWN), { ...names, local, domain, passwordHash });
  return account === null
    ? { kind: 'trouble', why: ['address-taken'] }
    : { kind: 'made', agent: { ...names, account, address: `${local}@${domain}` } };
}

/** As it was typed, or given.family with a homonym's number; null for what can be no address. */
async function localFor(tx: TownTx, domain: string, wish: AgentWish): Promise<string | null> {
  const ofTheService = await slugs(tx);
  const isReserved = (local: string) => isOfTheService(local, ofTheService);
  if (wish.local !== null) {
    const typed = oneLine(wish.local).toLowerCase();
    return LOCAL.test(typed) && /[a-z]/.test(typed) && !isReserved(typed) ? typed : null;
  }
  const plain = localOf(wish.givenName, wish.familyName);
  return plain === null
    ? null
    : ((await freeLocals(tx, { domain, plains: [plain] }, { isReserved }))[0] ?? null);
}

/** Without them nobody who can come in would act for the whole town. */
const isLast = ({ agents }: TownAct, agent: AgentRow): boolean =>
  !agents.some((one) => one !== agent && one.way === 'password' && one.communes === null);

interface AgentLimit {
  readonly acting: TownAct;
  readonly account: AccountId;
  readonly communes: readonly number[];
}

/** Nobody limits themselves, as nobody removes themselves. */
async function limitAgent(
  tx: TownTx,
  { acting, account, communes }: AgentLimit,
): Promise<AgentRemoved> {
  const agent = acting.agents.find((one) => one.account === account);
  const known = (await readCommunes(tx)).filter(({ id }) => communes.includes(id));
  if (!agent || known.length < communes.length) return { kind: 'missing' };
  if (agent.addressId === acting.by) return { kind: 'trouble', why: 'own' };
  if (communes.length > 0 && isLast(acting, agent)) return { kind: 'trouble', why: 'last' };
  const ids = communes.length === 0 ? null : known.map(({ id }) => id);
  await setCommunes(await tx.in(TOWN), account, ids);
  const of = known.map(({ name }) => name).join(', ');
  await noteAct(tx, acting, { act: 'limit-agent', what: `${agent.displayName}: ${of}` });
  return { kind: 'done' };
}

/** Nobody removes themselves: who has an agent's session can't take them away with it. */
async function removeAgent(
  parts: TownParts,
  tx: TownTx,
  { acting, account }: { readonly acting: TownAct; readonly account: AccountId },
): Promise<AgentRemoved> {
  const agent = acting.agents.find((one) => one.account === account);
  if (!agent) return { kind: 'missing' };
  if (agent.addressId === acting.by) return { kind: 'trouble', why: 'own' };
  if (isLast(acting, agent)) return { kind: 'trouble', why: 'last' };
  const town = await tx.in(TOWN);
  const timeZone = clockOfTown(await readTown(tx));
  await saveLeaver(town, account, dayAt(parts.clock(), timeZone));
  const leaver = await leaverRow(town, account, { lock: true });
  if (leaver) await endStay(tx, { school: TOWN, leaver });
  const again = await tx.in(TOWN);
  await voidCodes(again, 'activation_code', [account]);
  await deleteSecondFactor(again, account);
  await deleteRecoveryCodes(again, account);
  await noteAct(tx, acting, { act: 'remove-agent', what: agent.displayName });
  return { kind: 'done' };
}

/** Nobody resets themselves: who can sign in makes their second factor and password anew there. */
async function resetAgent(
  parts: TownParts,
  tx: TownTx,
  { acting, account }: { readonly acting: TownAct; readonly account: AccountId },
): Promise<{ readonly kind: 'done'; readonly sheet: CodeSheet } | { readonly kind: 'missing' }> {
  const agent = acting.agents.find((one) => one.account === account);
  if (!agent || agent.addressId === acting.by) return { kind: 'missing' };
  const town = await tx.in(TOWN);
  await endWaysIn(town, { account, by: acting.by });
  await deleteSecondFactor(town, account);
  await deleteRecoveryCodes(town, account);
  const sheet = await codeFor(parts, tx, { acting, agent });
  await noteAct(tx, acting, { act: 'reset-agent', what: agent.displayName });
  return { kind: 'done', sheet };
}
