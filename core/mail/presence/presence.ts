import { byCivility } from '../../directory/child-names.ts';
import { portraitOf } from '../../directory/portrait.ts';
import { dayAt } from '../../ground/clock.ts';
import type { Portrait } from '../../ground/portraits.ts';
import {
  isFormatted,
  plainOf,
  withoutEmptyEnds,
  withoutPictures,
} from '../../letters/message/format/words.ts';
import { htmlFragment } from '../../letters/message/format/write-html.ts';
import { dayTrouble, isDay } from '../../roster/days.ts';
import { nextGathering } from '../../roster/gathered-notices.ts';
import { areHours, isWithin, nextWithin } from '../../roster/own-hours.ts';
import type { Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { OwnAbsence } from '../../store/people/contract.ts';
import {
  endAbsence,
  readPresence,
  saveAbsence,
  saveHours,
  savePortrait,
  saveSignature,
  type KeptSignature,
} from '../../store/people/presence.ts';
import type { SchoolTx } from '../../store/store.ts';
import { formattedIn } from '../parsing/letters.ts';
import type { OwnPresence, Presence, PresenceSaved, PresenceTrouble } from './contract.ts';
import type { PresenceParts } from './parts.ts';
import { shownHours } from './shown-hours.ts';

const MAX_SIGNATURE_CHARS = 1000;
/** With what says how it looks; the table has the same limit. */
const MAX_SIGNATURE_HTML = 20_000;
const MAX_WORDS_CHARS = 2000;
/** How many times longer a text may come than it is kept: its line ends, spaces nobody sees. */
const MAX_COMES_LONGER = 4;
/** An absence ends within so many days. */
const MAX_DAYS_AHEAD = 366;
/** An absence that began some time ago may be corrected: its first day is any that was. */
const LONG_AGO = '2000-01-01';
const ROSTER_AGE_MS = 1_000;

export function openPresence(parts: PresenceParts): Presence {
  return {
    of: (viewer) => ownPresence(parts, viewer),
    savePortrait: (viewer, portrait) =>
      save(parts, viewer, (tx) => savePortrait(tx, viewer.account, portrait)),
    async saveSignature(viewer, given) {
      if (!isAdult(viewer)) return 'not-theirs';
      const signature = await signatureIn(given);
      if (signature === null) return 'too-long';
      return save(parts, viewer, (tx) => saveSignature(tx, viewer.account, signature));
    },
    async saveHours(viewer, hours) {
      if (hours !== null && !areHours(hours)) return 'bad-hours';
      return save(parts, viewer, (tx) => saveHours(tx, viewer.account, hours));
    },
    async saveAbsence(viewer, given) {
      if (!isAdult(viewer)) return 'not-theirs';
      const words = cleaned(given.words, MAX_WORDS_CHARS);
      const outsideWords = cleaned(given.outsideWords, MAX_WORDS_CHARS);
      if (words === null || outsideWords === null) return 'too-long';
      const absence = { ...given, words, outsideWords };
      // Off and without words: as if one had pressed « Arrêter ».
      if (!absence.isOn && absence.words === '')
        return save(parts, viewer, (tx) => endAbsence(tx, viewer.account));
      const trouble = troubleOf(absence, dayAt(parts.clock(), viewer.timeZone));
      if (trouble !== null) return trouble;
      return save(parts, viewer, (tx) => saveAbsence(tx, viewer.account, absence));
    },
    async endAbsence(viewer) {
      await save(parts, viewer, (tx) => endAbsence(tx, viewer.account));
    },
    async mayBeTold(viewer) {
      const roster = await rosterOf(parts, viewer);
      const { hours = null } = roster?.people.get(viewer.addressId) ?? {};
      return roster === undefined || isWithin(hours, parts.clock(), viewer.timeZone);
    },
    async nextGathering(viewer) {
      return nextGathering(parts.clock(), viewer.timeZone);
    },
    async nextHours(viewer) {
      const roster = await rosterOf(parts, viewer);
      const { hours = null } = roster?.people.get(viewer.addressId) ?? {};
      const now = parts.clock();
      return isWithin(hours, now, viewer.timeZone) ? null : nextWithin(hours, now, viewer.timeZone);
    },
    shownHours: (viewer, addresses) => shownHours(parts, viewer, addresses),
  };
}

async function ownPresence(parts: PresenceParts, viewer: Viewer): Promise<OwnPresence | null> {
  if (!isAdult(viewer)) return null;
  const [own, roster] = await Promise.all([
    parts.store.read(viewer.school, (tx) => readPresence(tx, viewer.account)),
    rosterOf(parts, viewer),
  ]);
  return {
    ...own,
    portrait: own.portrait ?? portraitGiven(viewer, roster, parts.clock()),
    calledByPupils: calledByPupils(viewer, roster),
  };
}

/** The one that children see while nobody has chosen; of a guardian it is in what a child says. */
function portraitGiven(
  { role, addressId }: Viewer,
  roster: Roster | undefined,
  now: Date,
): Portrait | null {
  const person = roster?.people.get(addressId);
  if (roster === undefined || person === undefined || role === 'guardian') return null;
  const day = dayAt(now, roster.school.timeZone);
  return portraitOf(person, { called: '', roster, day });
}

/** As it is kept; null where it is too long. No picture goes with it: their words stand there. */
async function signatureIn({
  text,
  html = '',
}: Parameters<Presence['saveSignature']>[1]): Promise<KeptSignature | null> {
  if (html.length > MAX_SIGNATURE_HTML) return null;
  const formatted = withoutEmptyEnds(withoutPictures(html === '' ? [] : await formattedIn(html)));
  const plain = cleaned(formatted.length > 0 ? plainOf(formatted) : text, MAX_SIGNATURE_CHARS);
  if (plain === null) return null;
  const shown = isFormatted(formatted) ? htmlFragment(formatted) : null;
  if (shown !== null && shown.length > MAX_SIGNATURE_HTML) return null;
  return { plain, html: plain === '' ? null : shown };
}

const isAdult = ({ role }: Viewer): boolean => role !== 'pupil';

async function save(
  { store, mailEvents }: PresenceParts,
  viewer: Viewer,
  write: (tx: SchoolTx) => Promise<void>,
): Promise<PresenceSaved> {
  if (!isAdult(viewer)) return 'not-theirs';
  await store.write(viewer.school, write);
  mailEvents.announce(viewer.school, [viewer.account]);
  return 'saved';
}

/**
 * Plain text as it is kept: LF, no controls, no empty lines around it. Null where it is too long,
 * which is asked before anything is done with it.
 */
function cleaned(text: string, mostChars: number): string | null {
  if (text.length > mostChars * MAX_COMES_LONGER) return null;
  const kept = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|(?<!\n)\n+$/g, '');
  return kept.length > mostChars ? null : kept;
}

function troubleOf(absence: OwnAbsence, today: string): PresenceTrouble | null {
  const { isOn, from, until, words, outside, outsideWords } = absence;
  if (![from, until].every((day) => isDay(day) && day >= LONG_AGO)) return 'bad-days';
  if (until < from) return 'ends-before-it-begins';
  if (words === '') return 'no-words';
  if (outside === 'own' && outsideWords === '') return 'no-outside-words';
  if (!isOn) return null;
  if (until < today) return 'over';
  return dayTrouble(until, { today, ahead: MAX_DAYS_AHEAD }) === null ? null : 'bad-days';
}

/** A guardian chooses it child by child, an agent writes to none. */
function calledByPupils({ role, addressId }: Viewer, roster: Roster | undefined): string | null {
  const person = roster?.people.get(addressId);
  return person === undefined || role === 'guardian' || role === 'agent'
    ? null
    : byCivility(person);
}

/** Asks the store nothing where it is warm. */
async function rosterOf(
  { directory }: PresenceParts,
  { school }: Viewer,
): Promise<Roster | undefined> {
  return (await directory.rosters([school], { maxAgeMs: ROSTER_AGE_MS })).get(school);
}
