import type { SchoolId } from '../../ground/ids.ts';
import { nameKey } from '../names.ts';
import type { LineDoubt, SchoolLine } from './read-schools.ts';
import { communeShortName, isShortName, proposeShortNames } from './short-names.ts';

interface KnownCommune {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly code: string | null;
}

export interface KnownSchool {
  readonly id: SchoolId;
  readonly slug: string;
  readonly name: string;
  readonly uai: string | null;
  readonly commune: number | null;
  /** The first day without it, `YYYY-MM-DD`; null: it goes on. */
  readonly closesOn: string | null;
}

/** The communes and schools that are here already. */
export interface KnownTown {
  readonly communes: readonly KnownCommune[];
  readonly schools: readonly KnownSchool[];
}

/** What a person said about a file. */
export interface SchoolChoices {
  /**
   * The communes whose schools are taken, by key, name or INSEE number; null: those that are here.
   */
  readonly communes: readonly string[] | null;
  /** Short names that were written by hand, by UAI. */
  readonly shortNames: Readonly<Record<string, string>>;
  /** The day on which a school closes that the file calls closed, by UAI. */
  readonly closings: Readonly<Record<string, string>>;
}

export const NO_SCHOOL_CHOICES: SchoolChoices = { communes: null, shortNames: {}, closings: {} };

/** A commune that the file names. */
export interface FileCommune {
  readonly key: string;
  readonly name: string;
  readonly code: string | null;
  /** Its lines that are schools. */
  readonly schools: number;
  readonly known: KnownCommune | null;
  readonly isTaken: boolean;
}

interface NewCommune {
  readonly key: string;
  readonly slug: string;
  readonly name: string;
  readonly code: string | null;
}

/** A school that the file knows and we don't. */
export interface NewSchool {
  readonly kind: 'new';
  readonly line: number;
  readonly uai: string;
  readonly name: string;
  readonly commune: FileCommune;
  readonly slug: string;
  /** What is wrong with the short name that was written for it. */
  readonly slugTrouble: 'shape' | 'taken' | null;
}

/** A school of ours that the file tells something new of. */
export interface ChangedSchool {
  readonly kind: 'changed';
  readonly line: number;
  readonly uai: string;
  readonly name: string;
  readonly commune: FileCommune;
  readonly school: KnownSchool;
  readonly isRenamed: boolean;
  readonly isElsewhere: boolean;
  /** It was found by its name, and gets its number. */
  readonly isNumbered: boolean;
}

/** A school of ours that is closed in the file. */
export interface ClosedSchool {
  readonly kind: 'closed';
  readonly line: number;
  readonly uai: string;
  readonly school: KnownSchool;
  /** The day that somebody chose, or that was known already; null: it stays open. */
  readonly closesOn: string | null;
}

interface UnchangedSchool {
  readonly kind: 'unchanged';
  readonly line: number;
  readonly uai: string;
  readonly school: KnownSchool;
}

/** `name-of-two`: several schools here, or several lines, bear the name that alone could tell. */
export type SchoolDoubt = LineDoubt | 'name-of-two';

export interface DoubtfulLine {
  readonly line: number;
  readonly uai: string;
  readonly name: string;
  readonly commune: string;
  readonly why: SchoolDoubt;
}

type PlannedSchool = NewSchool | ChangedSchool | ClosedSchool | UnchangedSchool;

/** What a file would change in a town. */
export interface SchoolPlan {
  readonly communes: readonly FileCommune[];
  readonly newCommunes: readonly NewCommune[];
  /** What was named as a commune, and is none of the file. */
  readonly unknownCommunes: readonly string[];
  /** Communes of ours that get their number. */
  readonly numberedCommunes: readonly { readonly id: number; readonly code: string }[];
  readonly schools: readonly PlannedSchool[];
  readonly doubts: readonly DoubtfulLine[];
  readonly aside: {
    /** Schools of communes that aren't taken. */
    readonly otherCommunes: number;
    /** Closed in the file, and never here. */
    readonly closed: number;
  };
  /** Schools of the communes taken that the file doesn't name: they stay. */
  readonly unnamed: readonly KnownSchool[];
}

/** What the lines of a file would change in a town, as somebody chose. Pure. */
export function planSchools(
  lines: readonly SchoolLine[],
  town: KnownTown,
  choices: SchoolChoices,
): SchoolPlan {
  const communes = communesOf(lines, town, choices);
  const matched = match(lines, town, communes);
  const taken = matched.filter((one) => isTaken(one, communes));
  const certain = taken.filter(({ doubt }) => doubt === null);
  const newcomers = certain.filter(({ line, school }) => school === null && !line.isClosed);
  const shortNames = shortNamesFor(newcomers, town, choices);
  const schools = certain.flatMap((one) => plannedOf(one, { choices, shortNames }));
  const named = new Set(matched.flatMap(({ school }) => school?.id ?? []));
  const used = new Set(
    schools.flatMap((one) =>
      one.kind === 'new' || one.kind === 'changed' ? [one.commune.key] : [],
    ),
  );
  const inUse = communes.filter(({ key }) => used.has(key));
  const here = new Set(
    communes.filter((one) => one.isTaken).flatMap(({ known }) => known?.id ?? []),
  );
  return {
    communes,
    newCommunes: newCommunesOf(inUse, town),
    unknownCommunes: (choices.communes ?? []).filter(
      (wanted) => !communes.some((one) => isCalled(one, wanted)),
    ),
    numberedCommunes: inUse.flatMap(({ known, code }) =>
      known !== null && known.code === null && code !== null ? [{ id: known.id, code }] : [],
    ),
    schools,
    doubts: taken.flatMap((one) => doubtfulOf(one)),
    aside: {
      otherCommunes: matched.length - taken.length,
      closed: certain.filter(({ line, school }) => school === null && line.isClosed).length,
    },
    unnamed: town.schools.filter(
      ({ id, commune }) => !named.has(id) && commune !== null && here.has(commune),
    ),
  };
}

/** How many lines of a plan are what. A school renamed and moved counts twice. */
export interface SchoolCounts {
  readonly communes: number;
  readonly new: number;
  readonly renamed: number;
  readonly elsewhere: number;
  readonly numbered: number;
  readonly closed: number;
  readonly unchanged: number;
  readonly doubts: number;
}

/** How a school was named before, or is after. */
interface NamedSchool {
  readonly name: string;
  readonly uai: string | null;
  readonly commune: number | null;
}

/** What an import made and changed, with what was before. */
export interface SchoolsDone {
  readonly counts: SchoolCounts;
  readonly communes: readonly { readonly id: number; readonly name: string }[];
  readonly numberedCommunes: readonly { readonly id: number; readonly code: string }[];
  readonly schools: readonly {
    readonly id: SchoolId;
    readonly uai: string;
    readonly name: string;
    readonly slug: string;
    readonly commune: string;
  }[];
  readonly changed: readonly {
    readonly id: SchoolId;
    readonly before: NamedSchool;
    readonly after: NamedSchool;
  }[];
  readonly closed: readonly {
    readonly id: SchoolId;
    readonly name: string;
    readonly day: string;
  }[];
  /** Schools that undoing it left where they were: somebody is there, or was. */
  readonly kept: readonly { readonly id: SchoolId; readonly name: string }[];
}

export function planCounts({ schools, doubts, newCommunes }: SchoolPlan): SchoolCounts {
  const counts = { new: 0, renamed: 0, elsewhere: 0, numbered: 0, closed: 0, unchanged: 0 };
  for (const one of schools)
    if (one.kind === 'changed') {
      counts.renamed += Number(one.isRenamed);
      counts.elsewhere += Number(one.isElsewhere);
      counts.numbered += Number(one.isNumbered);
    } else counts[one.kind] += 1;
  return { communes: newCommunes.length, ...counts, doubts: doubts.length };
}

/** Schools that are to close on a day that wasn't theirs before. */
export function closingsIn({
  schools,
}: SchoolPlan): (ClosedSchool & { readonly closesOn: string })[] {
  return schools.flatMap((one) =>
    one.kind === 'closed' && one.closesOn !== null && one.closesOn !== one.school.closesOn
      ? [{ ...one, closesOn: one.closesOn }]
      : [],
  );
}

/** Whether all is as the file says already. */
export function changesNothing(plan: SchoolPlan): boolean {
  const changes = plan.schools.some(({ kind }) => kind === 'new' || kind === 'changed');
  return !changes && plan.numberedCommunes.length === 0 && closingsIn(plan).length === 0;
}

/** A file's communes by number, or by name where it has none; those of most schools first. */
function communesOf(
  lines: readonly SchoolLine[],
  town: KnownTown,
  choices: SchoolChoices,
): FileCommune[] {
  const groups = Map.groupBy(
    lines.filter(({ commune }) => nameKey(commune) !== ''),
    communeKey,
  );
  return [...groups]
    .flatMap(([key, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      const { commune: name, communeCode: code } = first;
      const known = knownCommune(town, { name, code });
      const isTaken =
        choices.communes?.some((wanted) => isCalled({ key, name, code }, wanted)) ?? known !== null;
      return [{ key, name, code, schools: group.length, known, isTaken }];
    })
    .toSorted((one, other) => one.name.localeCompare(other.name, 'fr'));
}

function isCalled(
  { key, name, code }: Pick<FileCommune, 'key' | 'name' | 'code'>,
  wanted: string,
): boolean {
  return key === wanted || code === wanted || nameKey(name) === nameKey(wanted);
}

const communeKey = ({ commune, communeCode }: SchoolLine): string =>
  communeCode ?? nameKey(commune);

function knownCommune(
  { communes }: KnownTown,
  { name, code }: { readonly name: string; readonly code: string | null },
): KnownCommune | null {
  const byCode = code === null ? undefined : communes.find((one) => one.code === code);
  const namesake = communes.find(
    (one) => nameKey(one.name) === nameKey(name) && (one.code === null || code === null),
  );
  return byCode ?? namesake ?? null;
}

/** A line with its commune and the school of ours that it means. */
interface Matched {
  readonly line: SchoolLine;
  readonly commune: FileCommune | null;
  readonly school: KnownSchool | null;
  readonly doubt: SchoolDoubt | null;
}

/**
 * A school is known by its number. One that has none here is known by its name in its commune, if
 * that is one school's here and one line's in the file.
 */
function match(
  lines: readonly SchoolLine[],
  town: KnownTown,
  communes: readonly FileCommune[],
): Matched[] {
  const byUai = new Map(town.schools.map((one) => [one.uai, one]));
  const byKey = new Map(communes.map((one) => [one.key, one]));
  const nameIn = (name: string, commune: number | null): string => `${commune} ${nameKey(name)}`;
  const byName = Map.groupBy(
    town.schools.filter(({ uai, commune }) => uai === null && commune !== null),
    ({ name, commune }) => nameIn(name, commune),
  );
  const namedBy = (line: SchoolLine): string =>
    nameIn(line.name, byKey.get(communeKey(line))?.known?.id ?? null);
  const strangers = Map.groupBy(
    lines.filter(({ uai, doubt }) => doubt === null && !byUai.has(uai)),
    namedBy,
  );
  return lines.map((line): Matched => {
    const commune = byKey.get(communeKey(line)) ?? null;
    if (line.doubt !== null) return { line, commune, school: null, doubt: line.doubt };
    const known = byUai.get(line.uai);
    if (known !== undefined) return { line, commune, school: known, doubt: null };
    const namesakes = byName.get(namedBy(line)) ?? [];
    const lonely = namesakes.length === 1 && strangers.get(namedBy(line))?.length === 1;
    if (namesakes.length === 0 || lonely)
      return { line, commune, school: namesakes[0] ?? null, doubt: null };
    return { line, commune, school: null, doubt: 'name-of-two' };
  });
}

/**
 * A line of a commune that was chosen, or of a school that is here in another one than the file
 * says. Whose commune can't be read is shown as well: it may be ours.
 */
function isTaken({ commune, school }: Matched, communes: readonly FileCommune[]): boolean {
  if (commune === null || commune.isTaken) return true;
  return (
    school !== null &&
    school.commune !== commune.known?.id &&
    !communes.some((one) => !one.isTaken && one.known?.id === school.commune)
  );
}

interface ShortNames {
  /** By UAI. */
  readonly of: ReadonlyMap<string, string>;
  readonly trouble: (slug: string) => NewSchool['slugTrouble'];
}

/** What was written by hand, and a proposal for all others. */
function shortNamesFor(
  newcomers: readonly Matched[],
  { schools }: KnownTown,
  { shortNames }: SchoolChoices,
): ShortNames {
  const written = newcomers.flatMap(({ line: { uai } }): [string, string][] => {
    const slug = shortNames[uai]?.trim().toLowerCase() ?? '';
    return slug === '' ? [] : [[uai, slug]];
  });
  const byHand = new Map(written);
  const here = new Set(schools.map(({ slug }) => slug));
  const others = newcomers.flatMap(({ line }) => (byHand.has(line.uai) ? [] : [line]));
  const of = new Map([
    ...byHand,
    ...proposeShortNames(others, new Set([...here, ...byHand.values()])),
  ]);
  const all = [...of.values()];
  return {
    of,
    trouble(slug) {
      if (!isShortName(slug)) return 'shape';
      const isTaken = here.has(slug) || all.indexOf(slug) !== all.lastIndexOf(slug);
      return isTaken ? 'taken' : null;
    },
  };
}

function plannedOf(
  { line, commune, school }: Matched,
  { choices, shortNames }: { readonly choices: SchoolChoices; readonly shortNames: ShortNames },
): PlannedSchool[] {
  const { uai, name } = line;
  const at = { line: line.line, uai };
  if (commune === null) return [];
  if (school === null) {
    if (line.isClosed) return [];
    const slug = shortNames.of.get(uai) ?? '';
    return [{ kind: 'new', ...at, name, commune, slug, slugTrouble: shortNames.trouble(slug) }];
  }
  if (line.isClosed) {
    const closesOn = school.closesOn ?? choices.closings[uai] ?? null;
    return [{ kind: 'closed', ...at, school, closesOn }];
  }
  const isRenamed = school.name !== name;
  const isElsewhere = commune.known === null || commune.known.id !== school.commune;
  const isNumbered = school.uai === null;
  if (!isRenamed && !isElsewhere && !isNumbered) return [{ kind: 'unchanged', ...at, school }];
  return [{ kind: 'changed', ...at, name, commune, school, isRenamed, isElsewhere, isNumbered }];
}

function doubtfulOf({ line, doubt }: Matched): DoubtfulLine[] {
  if (doubt === null) return [];
  const { uai, name, commune } = line;
  return [{ line: line.line, uai, name, commune, why: doubt }];
}

function newCommunesOf(communes: readonly FileCommune[], town: KnownTown): NewCommune[] {
  const taken = new Set(town.communes.map(({ slug }) => slug));
  return communes.flatMap(({ key, name, code, known }) => {
    if (known !== null) return [];
    const slug = communeShortName(name, taken);
    taken.add(slug);
    return [{ key, slug, name, code }];
  });
}
