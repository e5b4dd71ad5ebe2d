import { folded } from '../../ground/folding.ts';

/** A school by what files may call it. */
interface NamedSchool {
  readonly slug: string;
  readonly name: string;
  readonly uai: string | null;
}

type FoundSchool<S extends NamedSchool> =
  | { readonly kind: 'one'; readonly school: S }
  /** The name is that of several. */
  | { readonly kind: 'several'; readonly schools: readonly S[] }
  | { readonly kind: 'none' };

/** A national code anywhere in a name: `0691234A`, `CSVExtraction_0691234a.csv`. */
const UAI = /(?<!\d)\d{7}[a-z](?![a-z\d])/gi;
/** Those of a school's keys that are it whole. */
const WHOLE_KEYS = 2;
/** What schools are called by, besides their name. */
const GENERIC =
  /^(?:ecole|groupe|scolaire|maternelle|elementaire|primaire|publique|public|privee|de|du|des|la|le|les|l|d)-/;
const SHORTEST = 3;
/** Folders of a path that may name a school, the deepest first. */
const FOLDERS = 8;

/**
 * The school of a path such as `ville/École Pasteur/CSVExtraction.csv`: by a national code in it,
 * else by the short name or the name, in the deepest folder first, then in the file's own name. A
 * code that no school has is never overruled by a name.
 */
export function schoolOfPath<S extends NamedSchool>(
  path: string,
  schools: readonly S[],
): FoundSchool<S> {
  const [file = '', ...all] = path.split('/').reverse();
  const folders = all.slice(0, FOLDERS);
  const parts = [...folders, file.replace(/\.[a-z\d]{2,4}$/i, '')];
  const codes = parts.flatMap((part) => part.match(UAI) ?? []);
  if (codes.length > 0) return one(schools.filter(({ uai }) => isAmong(uai, codes)));
  let several: FoundSchool<S> = { kind: 'none' };
  for (const part of parts) {
    const found = schoolNamed(part, schools);
    if (found.kind === 'one') return found;
    if (several.kind === 'none') several = found;
  }
  return several;
}

/**
 * The school of that code, short name or name; `within`: or of the longest of them that stands in
 * the text.
 */
export function schoolNamed<S extends NamedSchool>(
  text: string,
  schools: readonly S[],
  how: 'whole' | 'within' = 'within',
): FoundSchool<S> {
  const code = schools.filter(({ uai }) => isAmong(uai, [text.trim()]));
  if (code.length > 0) return one(code);
  const key = folded(text);
  const whole = schools.filter(
    (school) => key !== '' && keysOf(school).slice(0, WHOLE_KEYS).includes(key),
  );
  if (whole.length > 0) return one(whole);
  if (how === 'whole') return { kind: 'none' };
  const lengths = schools.map((school) => ({ school, length: longestWithin(key, school) }));
  const most = Math.max(0, ...lengths.map(({ length }) => length));
  if (most < SHORTEST) return { kind: 'none' };
  return one(lengths.filter(({ length }) => length === most).map(({ school }) => school));
}

function isAmong(uai: string | null, codes: readonly string[]): boolean {
  return uai !== null && codes.some((code) => code.toUpperCase() === uai);
}

function one<S extends NamedSchool>(schools: readonly S[]): FoundSchool<S> {
  const [school, ...others] = schools;
  if (school === undefined) return { kind: 'none' };
  return others.length === 0 ? { kind: 'one', school } : { kind: 'several', schools };
}

const keys = new WeakMap<NamedSchool, readonly string[]>();

/** The short name, the name, and what is its own in that: made once, sought in many paths. */
function keysOf(school: NamedSchool): readonly string[] {
  const known = keys.get(school);
  if (known !== undefined) return known;
  const name = folded(school.name);
  const made = [folded(school.slug), name, withoutGeneric(name)];
  keys.set(school, made);
  return made;
}

/** The length of the longest of a school's names that stands in the text, word by word. */
function longestWithin(key: string, school: NamedSchool): number {
  const within = keysOf(school).filter((one) => one !== '' && `-${key}-`.includes(`-${one}-`));
  return Math.max(0, ...within.map(({ length }) => length));
}

function withoutGeneric(key: string): string {
  const rest = key.replace(GENERIC, '');
  return rest === key ? key : withoutGeneric(rest);
}
