import { createHmac, randomBytes } from 'node:crypto';
import { passwordFault } from '../../entry/codes/password-rule.ts';
import { hashPassword } from '../../entry/codes/password.ts';
import { dayAt } from '../../ground/clock.ts';
import { TOWN } from '../../ground/ids.ts';
import { networkOf } from '../../ground/networks.ts';
import { keyOf } from '../../ground/secret.ts';
import { HOUR_MS } from '../../ground/spans.ts';
import { isClosed } from '../../roster/snapshot.ts';
import { readAgents } from '../../store/people/agents.ts';
import type { SchoolTx, TownTx } from '../../store/store.ts';
import { readCommunes, readSchools } from '../../store/town/schools.ts';
import {
  agentsNeedSecondFactor,
  hasAnybody,
  readTown,
  saveOpening,
  saveStep,
} from '../../store/town/settings.ts';
import { insertLink, linkOf, useLink } from '../../store/town/setup-links.ts';
import { makeAgent } from './agents.ts';
import type {
  AgentWish,
  FirstAgentMade,
  LinkOpened,
  LinkRefused,
  Setup,
  SetupProgress,
  SetupStep,
  TownKind,
} from './contract.ts';
import { followFile } from './follow-file.ts';
import {
  changing,
  changingHere,
  isActing,
  noteAct,
  type TownAct,
  type TownParts,
} from './parts.ts';

export const LINK_HOURS = 24;
/** In a link that is copied whole, not typed. */
const CODE_BYTES = 24;
const CODE = /^[\w-]{32}$/;
const STEPS: readonly SetupStep[] = ['town', 'domain', 'schools', 'pupils', 'trial'];

export function openSetup(parts: TownParts): Setup {
  return {
    kind: () => parts.store.read(TOWN, kindOf),
    newLink: () => newLink(parts),
    openLink: (code, from) => openLink(parts, code, from),
    makeFirstAgent: (given, from) => makeFirstAgent(parts, given, from),
    follow: (file, how) => followFile(parts, file, how),
    progress: async (by) =>
      (await isActing(parts, by))
        ? parts.store.readTown((tx) => progressOf(tx, parts.clock()))
        : null,
    stepDone: async (by, step) => (await changing(parts, by, (tx) => saveStep(tx, step))) === true,
    open: async (by) =>
      (await changing(parts, by, (tx, acting) => open(parts, tx, acting))) === true,
  };
}

/** Kept as a keyed hash: a copy of the database opens nothing. */
function hashOf({ secret }: Pick<TownParts, 'secret'>, code: string): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`setup link\0${code}`).digest();
}

/** Whether somebody may come in as an agent by other means than a link. */
const canComeIn = ({ agents }: Pick<TownAct, 'agents'>): boolean =>
  agents.some(({ way }) => way !== 'none');

async function newLink(parts: TownParts): ReturnType<Setup['newLink']> {
  const code = randomBytes(CODE_BYTES).toString('base64url');
  const madeAt = parts.clock();
  const expiresAt = new Date(madeAt.getTime() + LINK_HOURS * HOUR_MS);
  const made = await changingHere(parts, async (tx, acting) => {
    if (canComeIn(acting)) return false;
    await insertLink(tx, { hash: hashOf(parts, code), madeAt, expiresAt });
    return true;
  });
  return made ? { code, expiresAt } : null;
}

/** What a link is good for now; agents who can come in make it void. */
async function stateOf(
  parts: TownParts,
  tx: TownTx,
  { hash, acting }: { readonly hash: Buffer; readonly acting: Pick<TownAct, 'agents'> },
): Promise<LinkOpened> {
  const link = await linkOf(tx, hash);
  if (!link) return { kind: 'no-match' };
  if (link.usedAt !== null || canComeIn(acting)) return { kind: 'used' };
  return link.expiresAt > parts.clock()
    ? { kind: 'open', expiresAt: link.expiresAt }
    : { kind: 'expired' };
}

/**
 * Takes a try at a link. Nobody guesses its 192 bits; tries are counted by network, so that nobody
 * elsewhere makes the one who has it wait.
 */
function takeTry({ guessing }: TownParts, ip: string) {
  return guessing.take({
    way: 'setup',
    address: '',
    apart: networkOf(ip),
    ip,
    devices: '',
  });
}

async function openLink(
  parts: TownParts,
  code: string,
  { ip }: { readonly ip: string },
): Promise<LinkOpened> {
  const begun = performance.now();
  const taken = await takeTry(parts, ip);
  if (taken.kind === 'wait') return parts.guessing.evenly(begun, taken);
  const state = await look(parts, code);
  if (state.kind === 'no-match') return parts.guessing.evenly(begun, await taken.wrong());
  await taken.half();
  return state;
}

async function look(parts: TownParts, code: string): Promise<LinkOpened> {
  if (!CODE.test(code)) return { kind: 'no-match' };
  return parts.store.readTown(async (tx) => {
    const agents = await readAgents(await tx.in(TOWN), parts.clock());
    return stateOf(parts, tx, { hash: hashOf(parts, code), acting: { agents } });
  });
}

type First = Parameters<Setup['makeFirstAgent']>[0];

async function makeFirstAgent(
  parts: TownParts,
  given: First,
  { ip }: { readonly ip: string },
): Promise<FirstAgentMade> {
  const begun = performance.now();
  const taken = await takeTry(parts, ip);
  if (taken.kind === 'wait') return parts.guessing.evenly(begun, taken);
  const state = await look(parts, given.code);
  if (state.kind === 'no-match') return parts.guessing.evenly(begun, await taken.wrong());
  const made = state.kind === 'open' ? await useOpenLink(parts, given) : state;
  await (made.kind === 'made' ? taken.right() : taken.half());
  return made;
}

async function useOpenLink(parts: TownParts, given: First): Promise<FirstAgentMade> {
  const why = faultOf(parts, given);
  if (why !== null) return { kind: 'password', why };
  const passwordHash = await hashPassword(given.password);
  const hash = hashOf(parts, given.code);
  return changingHere(parts, async (tx, acting): Promise<FirstAgentMade> => {
    const state = await stateOf(parts, tx, { hash, acting });
    if (state.kind !== 'open') return state satisfies LinkRefused;
    const first = await makeAgent(parts, tx, { ...given, passwordHash });
    if (first.kind === 'trouble') return first;
    await useLink(tx, hash, parts.clock());
    await noteAct(tx, acting, { act: 'first-agent', what: first.agent.displayName });
    return { kind: 'made', address: first.agent.address };
  });
}

function faultOf({ domain }: TownParts, given: AgentWish & { readonly password: string }) {
  return passwordFault(given.password, {
    audience: 'adult',
    names: [given.givenName, given.familyName, given.local ?? ''],
    school: [domain],
  });
}

async function kindOf(tx: SchoolTx): Promise<TownKind> {
  if (!(await agentsNeedSecondFactor(tx))) return 'demo';
  return (await readTown(tx)) !== null || (await hasAnybody(tx)) ? 'real' : 'empty';
}

async function progressOf(tx: TownTx, now: Date): Promise<SetupProgress> {
  const town = await readTown(tx);
  const schools = (await readSchools(tx)).filter(
    (school) => !isClosed(school, dayAt(now, school.timeZone)),
  );
  return {
    done: new Set(STEPS.filter((step) => town?.stepsDone.includes(step))),
    openedAt: town?.openedAt ?? null,
    communes: (await readCommunes(tx)).length,
    schools: schools.length,
    schoolsWithPeople: schools.filter(({ people }) => people > 0).length,
    people: schools.reduce((sum, { people }) => sum + people, 0),
  };
}

async function open(parts: TownParts, tx: TownTx, acting: TownAct): Promise<boolean> {
  const before = await readTown(tx);
  if (!(await saveOpening(tx, parts.clock()))) return false;
  if (before?.openedAt === null) await noteAct(tx, acting, { act: 'open-town', what: before.name });
  return true;
}
