import { nextOpening } from '../../../roster/hours.ts';
import { moderatingClass, type Circumstances, type From, type To } from '../../../roster/relate.ts';
import { meet, type PersonStanding } from '../../../roster/standing.ts';
import type { Refusal } from '../../../rules/outcome.ts';
import type { RuleName } from '../../../rules/verdict.ts';

interface About {
  readonly rule: RuleName;
  readonly address: string;
  /** The forbidden site for which it is. */
  readonly site: string | null;
}

/**
 * A refusal with the words its sentence needs. Only inside one school does it name the person: to
 * anybody else a child, a list and an address that doesn't exist must look the same.
 */
export function refusalOf(
  { rule, address, site }: About,
  from: From,
  to: To,
  circumstances: Circumstances,
): Refusal {
  const words: Record<string, string> = {};
  if (from.kind === 'person') {
    // A child isn't told where not to go.
    if (site !== null && from.standing.person.role !== 'pupil') words['site'] = site;
    Object.assign(words, ownWords(rule, from.standing, circumstances));
    if (to.kind === 'person' && meet(from.standing.schools, to.standing.schools))
      Object.assign(words, otherWords(to.standing));
    const moderated = moderatingClass(from, to);
    if (moderated) words['ownClassName'] = moderated.name;
  }
  return { address, rule, words };
}

function ownWords(
  rule: RuleName,
  { person, home, pupilOf }: PersonStanding,
  { rosters, now }: Circumstances,
): Record<string, string> {
  const words: Record<string, string> = {};
  const [own] = pupilOf.values();
  if (own) words['ownClassName'] = own.name;
  if (rule === 'sending-paused' && person.pausedUntil)
    words['until'] = person.pausedUntil.toISOString();
  const school = rosters.get(home)?.school;
  if (rule === 'school-closed' && school) words['until'] = nextOpening(school, now).toISOString();
  return words;
}

function otherWords({ person, pupilOf }: PersonStanding): Record<string, string> {
  const [theirs] = pupilOf.values();
  const name = person.role === 'pupil' ? person.givenName : person.displayName;
  return theirs ? { name, className: theirs.name } : { name };
}
