import { namesakeOf } from '../../../directory/namesake.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import { junkSigns, type JunkSign } from '../../../letters/junk/signs.ts';
import type { LetterTraits } from '../../../letters/junk/traits.ts';
import type { Person } from '../../../roster/snapshot.ts';
import { knownBy, writerOf } from '../../../store/mail/known-writers.ts';
import type { Store } from '../../../store/store.ts';
import { NO_JUNK, type JudgedLetter, type SchoolShare, type JunkSorting } from './judged-letter.ts';

/**
 * The shares of a letter, sorted: a stranger's for the adults of each school, by whom they know.
 * What its domain asks to set apart is set apart for all of them. `traits`: what the letter says
 * against itself; null for nobody's and our own.
 */
export async function sorted(
  store: Store,
  letter: JudgedLetter,
  traits: LetterTraits | null,
): Promise<JudgedLetter['shares']> {
  const { shares } = letter;
  if (traits === null || letter.into === 'archive') return shares;
  const all: [SchoolId, SchoolShare][] = [];
  for (const [school, share] of shares)
    all.push([school, { ...share, junk: await junkIn(store, { school, share, letter, traits }) }]);
  return new Map(all);
}

interface InSchool {
  readonly school: SchoolId;
  readonly share: SchoolShare;
  readonly letter: JudgedLetter;
  readonly traits: LetterTraits;
}

/** Asks the store only where there are signs enough. */
async function junkIn(
  store: Store,
  { school, share, letter, traits }: InSchool,
): Promise<JunkSorting> {
  const { into, judgement, read, handed } = letter;
  const readers = share.inboxes.map(({ account }) => account);
  if (into === 'junk') return { readers: new Set(readers), signs: ['domain-asks'] };
  const [from] = read.envelope.from;
  const adults = share.inboxes.filter(({ isSorted }) => isSorted).map(({ account }) => account);
  if (from === undefined || adults.length === 0) return NO_JUNK;
  const roster = judgement.rosters.get(school);
  const namesake = roster && namesakeOf(from, roster.people, { isAsked: isColleague });
  const here = { ...traits, colleaguesName: (namesake ?? null) !== null };
  const isJunk = (who: { readonly firstTime: boolean; readonly trusted: boolean }): boolean =>
    junkSigns({ ...here, ...who }).isJunk;
  if (!isJunk({ firstTime: true, trusted: false })) return NO_JUNK;
  const writer = writerOf(from.address, handed);
  const known = await store.read(school, (tx) => knownBy(tx, adults, writer));
  const junk = adults.filter((account) =>
    isJunk({ firstTime: !known.has(account), trusted: known.get(account)?.trusted ?? false }),
  );
  return { readers: new Set(junk), signs: signsOf(here) };
}

const isColleague = ({ role }: Person): boolean => role !== 'pupil' && role !== 'guardian';

/** As they stand with the letter, which has many readers: what one of them knows is left out. */
const signsOf = (
  traits: LetterTraits & { readonly colleaguesName: boolean },
): readonly JunkSign[] => junkSigns({ ...traits, firstTime: false, trusted: false }).signs;
