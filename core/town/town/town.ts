import { agentArea } from '../../directory/charge.ts';
import { dayAt } from '../../ground/clock.ts';
import { folded } from '../../ground/folding.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { proposeShortName } from '../../roster/school-directory/short-names.ts';
import { shownSchoolName, toldApart } from '../../roster/school-directory/shown-name.ts';
import { readUai } from '../../roster/uai.ts';
import { openSchoolLists } from '../../store/schools/new-addresses.ts';
import { schoolsReadiness } from '../../store/schools/readiness.ts';
import type { TownTx } from '../../store/store.ts';
import { sourceTotals } from '../../store/town/reported-sources.ts';
import { tlsTotals } from '../../store/town/reported-tls.ts';
import {
  ensureTownSchool,
  insertCommune,
  insertSchool,
  readCommunes,
  readSchools,
  repeatSchoolLists,
  updateSchool,
  updateSlug,
} from '../../store/town/schools.ts';
import { readTown, saveTown } from '../../store/town/settings.ts';
import { closeSchool, closingState } from './closing.ts';
import type {
  AddOutcome,
  ChangeOutcome,
  CommuneTrouble,
  CommuneWish,
  NewCommune,
  SchoolChange,
  SchoolTrouble,
  SchoolWish,
  Town,
  TownActor,
  TownSaved,
  TownSchool,
  TownWish,
} from './contract.ts';
import { dayFigures } from './day-figures.ts';
import {
  communeTroubles,
  readCommuneCode,
  readName,
  readTownWish,
  schoolTroubles,
} from './fields.ts';
import { changing, isActing, noteAct, type TownAct, type TownParts } from './parts.ts';

/** What the page of who writes in our name looks back on. */
const REPORTED_DAYS = 30;
/** A forger has many machines: those with the most letters are shown. */
const MAX_SOURCES = 200;

export function openTown(parts: TownParts): Town {
  const { store } = parts;
  const asAgent = async <T>(by: TownActor, read: (tx: TownTx) => Promise<T>): Promise<T | null> =>
    (await isActing(parts, by)) ? store.readTown(read) : null;
  /** What agents of some communes see of theirs, too. */
  const asAnyAgent = async <Row>(
    by: TownActor,
    read: (tx: TownTx) => Promise<readonly Row[]>,
    communeOf: (row: Row) => number | null,
  ): Promise<Row[] | null> => {
    const area = by === 'machine' ? { communes: null } : await agentArea(parts, by);
    if (area === null) return null;
    const { communes } = area;
    const isTheirs = (row: Row) => communes?.includes(communeOf(row) ?? 0) ?? true;
    return (await store.readTown(read)).filter(isTheirs);
  };
  return {
    async settings() {
      const kept = await store.readTown(readTown);
      if (!kept) return null;
      const { stepsDone: _, ...settings } = kept;
      return settings;
    },
    dayFigures: async (by) => ((await isActing(parts, by)) ? dayFigures(parts) : null),
    async reportedSources(by) {
      const since = new Date(parts.clock().getTime() - REPORTED_DAYS * DAY_MS);
      const sources = await asAgent(by, (tx) => sourceTotals(tx, since, MAX_SOURCES));
      return sources && { days: REPORTED_DAYS, sources };
    },
    async reportedTls(by) {
      const since = new Date(parts.clock().getTime() - REPORTED_DAYS * DAY_MS);
      const totals = await asAgent(by, (tx) => tlsTotals(tx, since, MAX_SOURCES));
      return totals && { days: REPORTED_DAYS, ...totals };
    },
    saveSettings: (by, wish) => saveSettings(parts, by, wish),
    communes: async (by) =>
      (await asAnyAgent(by, readCommunes, ({ id }) => id))?.sort(byName) ?? null,
    async schools(by) {
      const rows = await asAnyAgent(by, readSchools, ({ commune }) => commune);
      return rows && schoolsOf(rows, parts.clock());
    },
    async schoolStandings(by) {
      const read = (tx: TownTx) => schoolsReadiness(tx, parts.clock());
      const rows = await asAnyAgent(by, read, ({ communeId }) => communeId);
      return rows && new Map(rows.map((row) => [row.id, row]));
    },
    addCommune: (by, wish) =>
      changing(parts, by, (tx, acting) => addCommune(parts, tx, { acting, wish })),
    addSchool: (by, wish) =>
      changing(parts, by, (tx, acting) => addSchool(parts, tx, { acting, wish })),
    changeSchool: (by, school, change) =>
      changing(parts, by, (tx, acting) => changeSchool(parts, tx, { acting, school, change })),
    closeSchool: (by, school, day) => closeSchool(parts, by, { school, day }),
    giveSchoolDomain: (by, school, domain) =>
      changing(parts, by, (tx, acting) => giveDomain(parts, tx, { acting, school, domain })),
  };
}

/** In the order in which lists have them. */
function schoolsOf(rows: Awaited<ReturnType<typeof readSchools>>, now: Date): TownSchool[] {
  const named = rows.map((row) => ({ name: row.name, commune: row.communeName, row }));
  return toldApart(named).map(({ shownName: listName, row }) => {
    const { timeZone, communeName: _, ...school } = row;
    return {
      ...school,
      shownName: shownSchoolName(row.name),
      listName,
      ...closingState(row.closesOn, dayAt(now, timeZone)),
    };
  });
}

const collator = new Intl.Collator('fr', { numeric: true });
const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  collator.compare(one.name, other.name);

async function saveSettings(parts: TownParts, by: TownActor, wish: TownWish): Promise<TownSaved> {
  const read = readTownWish(wish, parts.domain);
  return changing(parts, by, async (tx, acting): Promise<TownSaved> => {
    if (read.kind === 'trouble') return read;
    await ensureTownSchool(tx, parts.domain);
    await saveTown(tx, read.wish);
    await noteAct(tx, acting, { act: 'change-town', what: read.wish.name });
    return { kind: 'saved' };
  });
}

/** Adds a commune; the caller takes turns with others who do. */
export async function addCommune(
  parts: TownParts,
  tx: TownTx,
  { acting, wish }: { readonly acting: TownAct; readonly wish: CommuneWish },
): Promise<AddOutcome<number, CommuneTrouble>> {
  const why = communeTroubles(wish);
  const name = readName(wish.name);
  const code = wish.code === null ? null : readCommuneCode(wish.code);
  const slug = folded(name ?? '');
  const there = await readCommunes(tx);
  if (there.some((one) => one.slug === slug)) why.push('name-taken');
  if (code !== null && there.some((one) => one.code === code)) why.push('code-taken');
  if (name === null || why.length > 0) return { kind: 'trouble', why };
  return { kind: 'done', id: await makeCommune(parts, tx, { acting, commune: { name, code } }) };
}

interface CommuneToMake {
  readonly acting: TownAct;
  readonly commune: CommuneWish;
}

async function makeCommune(
  parts: TownParts,
  tx: TownTx,
  { acting, commune: { name, code } }: CommuneToMake,
): Promise<number> {
  await ensureTownSchool(tx, parts.domain);
  const id = await insertCommune(tx, { slug: folded(name), name, code });
  await noteAct(tx, acting, { act: 'add-commune', what: name });
  return id;
}

/** Adds a school with its lists; the caller takes turns with others who do. */
export async function addSchool(
  parts: TownParts,
  tx: TownTx,
  { acting, wish }: { readonly acting: TownAct; readonly wish: SchoolWish },
): Promise<AddOutcome<SchoolId, SchoolTrouble>> {
  const schools = await readSchools(tx);
  const slugs = new Set(['ville', ...schools.map(({ slug }) => slug)]);
  const name = readName(wish.name);
  const slug = wish.slug ?? (await proposedFor(tx, wish, slugs));
  const uai = wish.uai === null ? null : readUai(wish.uai);
  const why = [
    ...schoolTroubles({ ...wish, slug }, parts.domain),
    ...(await takenBy(tx, { uai, commune: wish.commune, domain: wish.domain }, null)),
    ...(slugs.has(slug) ? (['slug-taken'] as const) : []),
    ...(schools.some((one) => isThisSchool(one, wish)) ? (['name-taken'] as const) : []),
  ];
  if (name === null || why.length > 0) return { kind: 'trouble', why };
  await ensureTownSchool(tx, parts.domain);
  const commune = await communeFor(parts, tx, { acting, commune: wish.commune });
  const id = await insertSchool(tx, { ...wish, slug, name, uai, commune });
  await openSchoolLists(await tx.in(id), {
    school: id,
    slug,
    domain: wish.domain ?? parts.domain,
  });
  await noteAct(tx, acting, { act: 'add-school', school: id, what: name });
  return { kind: 'done', id };
}

async function proposedFor(
  tx: TownTx,
  { name, commune }: SchoolWish,
  taken: ReadonlySet<string>,
): Promise<string> {
  const its = isNew(commune)
    ? commune.named
    : (await readCommunes(tx)).find(({ id }) => id === commune)?.name;
  return proposeShortName({ name, commune: its ?? '' }, taken);
}

const isNew = (commune: SchoolWish['commune']): commune is NewCommune =>
  typeof commune === 'object' && commune !== null;

/**
 * Of its name, in its commune, with no number to tell them apart: whoever means another school
 * gives it a short name.
 */
const isThisSchool = (
  one: Pick<TownSchool, 'name' | 'uai' | 'commune'>,
  { name, slug, uai, commune }: SchoolWish,
): boolean =>
  slug === null &&
  folded(one.name) === folded(name) &&
  (one.uai === null || uai === null) &&
  one.commune === commune;

interface CommuneOfSchool {
  readonly acting: TownAct;
  readonly commune: SchoolWish['commune'];
}

/** Of a school with which nothing is wrong: a commune that isn't there yet is made. */
async function communeFor(
  parts: TownParts,
  tx: TownTx,
  { acting, commune }: CommuneOfSchool,
): Promise<number | null> {
  if (!isNew(commune)) return commune;
  const name = readName(commune.named) ?? commune.named;
  return makeCommune(parts, tx, { acting, commune: { name, code: null } });
}

interface SchoolChanging {
  readonly acting: TownAct;
  readonly school: SchoolId;
  readonly change: SchoolChange;
}

export async function changeSchool(
  parts: TownParts,
  tx: TownTx,
  { acting, school, change }: SchoolChanging,
): Promise<ChangeOutcome<SchoolTrouble>> {
  const all = await readSchools(tx);
  const found = all.find(({ id }) => id === school);
  if (!found) return { kind: 'missing' };
  const uai = typeof change.uai === 'string' ? readUai(change.uai) : change.uai;
  const slug = change.slug ?? found.slug;
  const why = [
    ...schoolTroubles(change, parts.domain),
    ...(await takenBy(
      tx,
      { uai: uai ?? null, commune: change.commune ?? null, domain: null },
      school,
    )),
    ...(slug === found.slug ? [] : slugTroubles(slug, found, all)),
  ];
  if (why.length > 0) return { kind: 'trouble', why };
  const name = change.name === undefined ? found.name : (readName(change.name) ?? found.name);
  const after = {
    name,
    uai: uai === undefined ? found.uai : uai,
    commune:
      change.commune === undefined
        ? found.commune
        : await communeFor(parts, tx, { acting, commune: change.commune }),
  };
  const isSame =
    after.name === found.name && after.uai === found.uai && after.commune === found.commune;
  if (isSame && slug === found.slug) return { kind: 'done' };
  if (!isSame) await updateSchool(tx, school, after);
  if (slug !== found.slug) await updateSlug(tx, school, { before: found.slug, after: slug });
  await noteAct(tx, acting, {
    act: 'change-school',
    school,
    what: name === found.name ? name : `${found.name} → ${name}`,
  });
  return { kind: 'done' };
}

/** A short name ends the addresses that people know: it stays once there are any. */
function slugTroubles(
  slug: string,
  { hasAddresses }: Pick<TownSchool, 'hasAddresses'>,
  all: readonly Pick<TownSchool, 'slug'>[],
): SchoolTrouble[] {
  return [
    ...(hasAddresses ? (['slug-kept'] as const) : []),
    ...(all.some((one) => one.slug === slug) ? (['slug-taken'] as const) : []),
  ];
}

interface DomainWish {
  readonly acting: TownAct;
  readonly school: SchoolId;
  readonly domain: string | null;
}

export async function giveDomain(
  parts: TownParts,
  tx: TownTx,
  { acting, school, domain }: DomainWish,
): Promise<ChangeOutcome<SchoolTrouble>> {
  const found = (await readSchools(tx)).find(({ id }) => id === school);
  if (!found) return { kind: 'missing' };
  const why = [
    ...schoolTroubles({ domain }, parts.domain),
    ...(await takenBy(tx, { uai: null, commune: null, domain }, school)),
  ];
  if (why.length > 0) return { kind: 'trouble', why };
  if (domain === found.domain) return { kind: 'done' };
  await updateSchool(tx, school, { domain });
  if (domain !== null) await repeatSchoolLists(tx, school, domain);
  await noteAct(tx, acting, { act: 'give-domain', school, what: domain ?? parts.domain });
  return { kind: 'done' };
}

/** What another school has already, and what is wrong with the commune. */
async function takenBy(
  tx: TownTx,
  wish: Pick<SchoolWish, 'uai' | 'commune' | 'domain'>,
  self: SchoolId | null,
): Promise<SchoolTrouble[]> {
  const others = (await readSchools(tx)).filter(({ id }) => id !== self);
  const isTaken = (field: 'uai' | 'domain') =>
    wish[field] !== null && others.some((one) => one[field] === wish[field]);
  return [
    ...(isTaken('uai') ? (['uai-taken'] as const) : []),
    ...(isTaken('domain') ? (['domain-taken'] as const) : []),
    ...(await communeTroublesOf(tx, wish.commune)),
  ];
}

async function communeTroublesOf(
  tx: TownTx,
  commune: SchoolWish['commune'],
): Promise<SchoolTrouble[]> {
  if (commune === null) return [];
  const there = await readCommunes(tx);
  if (!isNew(commune)) return there.some(({ id }) => id === commune) ? [] : ['commune'];
  const name = readName(commune.named);
  if (name === null) return ['commune-name'];
  return there.some(({ slug }) => slug === folded(name)) ? ['commune-name-taken'] : [];
}
