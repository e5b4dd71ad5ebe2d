import type { CodeSheet } from '../../entry/codes/contract.ts';
import { folded } from '../../ground/folding.ts';
import { TOWN } from '../../ground/ids.ts';
import { keysOf } from '../../ground/keys.ts';
import { readUai } from '../../roster/uai.ts';
import { hasAgentAt, hasAgentNamed } from '../../store/people/agents.ts';
import { Rollback, type TownTx } from '../../store/store.ts';
import {
  ensureTownSchool,
  readCommunes,
  readSchools,
  updateCommune,
} from '../../store/town/schools.ts';
import { needSecondFactor, readTown, saveTown } from '../../store/town/settings.ts';
import { addAgent } from './agents.ts';
import type {
  AgentWish,
  CommuneTrouble,
  CommuneWish,
  FileChange,
  FileFault,
  FollowOutcome,
  SchoolTrouble,
  TownDescription,
} from './contract.ts';
import { communeTroubles, readCommuneCode, readName, readTownWish } from './fields.ts';
import { changingHere, noteAct, type TownAct, type TownParts } from './parts.ts';
import {
  inOrder,
  readTownFile,
  townWish,
  type FileSchool,
  type FileTown,
  type TownFile,
} from './town-file.ts';
import { addCommune, addSchool, changeSchool, giveDomain } from './town.ts';

type KnownSchool = Awaited<ReturnType<typeof readSchools>>[number];

/** A file that is being followed: what it has changed, and what of it can't be. */
interface Following {
  readonly parts: TownParts;
  readonly tx: TownTx;
  readonly acting: TownAct;
  readonly changes: FileChange[];
  readonly faults: FileFault[];
  readonly sheets: CodeSheet[];
  /** As they are by now; null: they are to be read. */
  schools: readonly KnownSchool[] | null;
}

/** Takes back what a preview, or a file with faults, has written. */
class Undone extends Rollback {
  readonly outcome: FollowOutcome;
  constructor(outcome: FollowOutcome) {
    super();
    this.outcome = outcome;
  }
}

/**
 * Brings the town to what a file says, all of it or nothing. What is there already is found again
 * (communes by code and name, schools by UAI, short name and name, agents by address and name) and
 * changed where the file says otherwise; what the file doesn't name stays. A preview does the same
 * and takes it back.
 */
export async function followFile(
  parts: TownParts,
  json: unknown,
  how: 'preview' | 'apply',
): Promise<FollowOutcome> {
  const { file, faults } = readTownFile(json, parts.domain);
  try {
    return await changingHere(parts, async (tx, acting) => {
      const done = await follow(
        { parts, tx, acting, changes: [], faults: [...faults], sheets: [], schools: null },
        file,
      );
      if (done.kind === 'faults' || how === 'preview') throw new Undone(done);
      return done;
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    const { outcome } = error;
    return outcome.kind === 'followed' ? { ...outcome, sheets: [] } : outcome;
  }
}

/** A file with faults by itself is followed as well: the town that is there finds the others. */
async function follow(following: Following, file: TownFile): Promise<FollowOutcome> {
  if (file.town !== null) await followTown(following, file.town);
  for (const { at, wish } of file.communes) await followCommune(following, at, wish);
  for (const { at, wish } of file.schools) await followSchool(following, at, wish);
  for (const { at, wish } of file.agents) await followAgent(following, at, wish);
  const { changes, faults, sheets } = following;
  return faults.length > 0
    ? { kind: 'faults', faults: inOrder(faults) }
    : { kind: 'followed', changes, sheets };
}

async function followTown(
  { parts, tx, acting, changes }: Following,
  file: FileTown,
): Promise<void> {
  const before = await readTown(tx);
  const read = readTownWish(townWish(file, before), parts.domain);
  if (read.kind === 'trouble') return; // its faults were told with those of the file
  await ensureTownSchool(tx, parts.domain);
  if (before === null || differs(read.wish, before)) {
    await saveTown(tx, read.wish);
    await noteAct(tx, acting, { act: 'change-town', what: read.wish.name });
    changes.push({ kind: 'town', what: read.wish.name });
  }
  // Whoever describes a town runs a real one.
  if (await needSecondFactor(tx)) changes.push({ kind: 'second-factor', what: '' });
}

function differs({ contacts, ...rest }: TownDescription, kept: TownDescription): boolean {
  return (
    keysOf(rest).some((field) => kept[field] !== rest[field]) ||
    keysOf(contacts).some((field) => kept.contacts[field] !== contacts[field])
  );
}

async function followCommune(
  { parts, tx, acting, changes, faults }: Following,
  at: number,
  wish: CommuneWish,
): Promise<void> {
  const why = communeTroubles(wish);
  if (why.length > 0) {
    faults.push(...why.map((one) => communeFault(at, one)));
    return;
  }
  const there = await readCommunes(tx);
  const code = wish.code === null ? null : readCommuneCode(wish.code);
  const known =
    there.find((one) => code !== null && one.code === code) ??
    there.find(
      (one) => folded(one.name) === folded(wish.name) && (one.code === null || code === null),
    );
  if (!known) {
    const added = await addCommune(parts, tx, { acting, wish });
    if (added.kind === 'trouble') faults.push(...added.why.map((one) => communeFault(at, one)));
    else changes.push({ kind: 'add-commune', what: wish.name });
    return;
  }
  const name = wish.name.trim();
  if (known.name === name && (code === null || known.code === code)) return;
  await updateCommune(tx, known.id, { name, code: code ?? known.code });
  await noteAct(tx, acting, { act: 'change-commune', what: name });
  changes.push({ kind: 'change-commune', what: name });
}

function communeFault(at: number, why: CommuneTrouble): FileFault {
  const field = why.startsWith('code') ? 'code' : 'name';
  return { path: `communes[${at}].${field}`, why };
}

async function followSchool(following: Following, at: number, wish: FileSchool): Promise<void> {
  const { parts, tx, acting, changes, faults } = following;
  const named = await communeOf(tx, wish.commune);
  const commune = named ?? null;
  following.schools ??= await readSchools(tx);
  const found = schoolsMeant(following.schools, wish, commune);
  // Whichever it took, a number or another name might be another school's.
  if (found.length > 1) {
    faults.push({ path: `schools[${at}].name`, why: 'name-of-several' });
    return;
  }
  const [known] = found;
  const troubles = (why: readonly SchoolTrouble[]): void => {
    faults.push(...why.map((one) => schoolFault(at, one)));
  };
  // One that the file has, with a fault of its own, is there.
  if (named === undefined && !faults.some(({ path }) => path.startsWith('communes[')))
    troubles(['commune']);
  if (known && isAsWished(known, wish, commune)) return;
  following.schools = null; // read anew for the next one
  if (!known) {
    const added = await addSchool(parts, tx, { acting, wish: { ...wish, commune } });
    if (added.kind === 'trouble') return troubles(added.why);
    changes.push({ kind: 'add-school', what: wish.name });
    return;
  }
  const why = await changeKnown(following, known, { wish, commune });
  if (why.length > 0) return troubles(why);
  changes.push({ kind: 'change-school', what: wish.name });
}

/** Gives what can't be so. */
async function changeKnown(
  { parts, tx, acting }: Following,
  known: KnownSchool,
  { wish, commune }: { readonly wish: FileSchool; readonly commune: number | null },
): Promise<readonly SchoolTrouble[]> {
  if (wish.slug !== null && wish.slug !== known.slug) return ['slug-kept'];
  const change = {
    name: wish.name,
    ...(wish.uai === null ? {} : { uai: wish.uai }),
    ...(commune === null ? {} : { commune }),
  };
  const done = [await changeSchool(parts, tx, { acting, school: known.id, change })];
  if (wish.domain !== null)
    done.push(await giveDomain(parts, tx, { acting, school: known.id, domain: wish.domain }));
  return done.flatMap((one) => (one.kind === 'trouble' ? one.why : []));
}

/** Whether a school is already what the file says of it. */
function isAsWished(known: KnownSchool, wish: FileSchool, commune: number | null): boolean {
  return (
    known.name === readName(wish.name) &&
    (wish.slug === null || known.slug === wish.slug) &&
    (wish.uai === null || (known.uai !== null && known.uai === readUai(wish.uai))) &&
    (commune === null || known.commune === commune) &&
    (wish.domain === null || known.domain === wish.domain)
  );
}

/** Undefined: the file names a commune that is nowhere. */
async function communeOf(tx: TownTx, named: string | null): Promise<number | null | undefined> {
  if (named === null) return null;
  const code = readCommuneCode(named);
  return (await readCommunes(tx)).find(
    (one) => folded(one.name) === folded(named) || (code !== null && one.code === code),
  )?.id;
}

/** What the file may mean: by its UAI, its short name, or its name in its commune. */
function schoolsMeant(
  schools: readonly KnownSchool[],
  wish: FileSchool,
  commune: number | null,
): readonly KnownSchool[] {
  const uai = wish.uai === null ? null : readUai(wish.uai);
  const byUai = uai === null ? undefined : schools.find((one) => one.uai === uai);
  if (byUai) return [byUai];
  const free = schools.filter(({ uai: own }) => own === null || uai === null);
  if (wish.slug !== null) return free.filter((one) => one.slug === wish.slug);
  const named = free.filter((one) => folded(one.name) === folded(wish.name));
  if (commune === null) return named;
  const there = named.filter((one) => one.commune === commune);
  return there.length > 0 ? there : named.filter((one) => one.commune === null);
}

function schoolFault(at: number, why: SchoolTrouble): FileFault {
  const [field = 'name'] = why.split('-');
  return { path: `schools[${at}].${field}`, why };
}

async function followAgent(
  { parts, tx, acting, changes, faults, sheets }: Following,
  at: number,
  wish: AgentWish,
): Promise<void> {
  if (await isThere(parts, tx, wish)) return;
  const added = await addAgent(parts, tx, { acting, wish });
  if (added.kind === 'trouble') {
    const path = (field: string): string => `agents[${at}].${field}`;
    faults.push(
      ...added.why.map((why) => ({ path: path(why === 'name' ? 'familyName' : 'address'), why })),
    );
  }
  if (added.kind !== 'done') return;
  sheets.push(added.sheet);
  changes.push({ kind: 'add-agent', what: added.sheet.cards[0]?.displayName ?? '' });
}

/** One who was removed as well: no file brings them back. */
async function isThere({ domain }: TownParts, tx: TownTx, wish: AgentWish): Promise<boolean> {
  const town = await tx.in(TOWN);
  return wish.local === null
    ? hasAgentNamed(town, {
        givenName: readName(wish.givenName) ?? '',
        familyName: readName(wish.familyName) ?? '',
      })
    : hasAgentAt(town, { local: wish.local, domain });
}
