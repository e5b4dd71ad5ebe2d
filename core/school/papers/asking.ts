import { hash } from 'node:crypto';
import type { LetterId, PaperId } from '../../ground/ids.ts';
import type { ComposedFile } from '../../letters/message/compose.ts';
import { placeless } from '../../letters/message/picture-place.ts';
import type { Writing } from '../../mail/writing/contract.ts';
import { filesOf, keptDraft, letterOf, writingOf } from '../../mail/writing/kept-draft.ts';
import { send } from '../../mail/writing/sending.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import { paperOfLetter, type PaperWords } from '../../store/papers/papers.ts';
import {
  dropLeftOver,
  dropStaged,
  insertPaper,
  insertVersion,
  type NewVersion,
} from '../../store/papers/staging.ts';
import { Rollback, type SchoolTx } from '../../store/store.ts';
import { frameOf, guardiansOf, readPapers, signedName, type AskedPaper } from './asked-papers.ts';
import { calendarFile } from './calendar.ts';
import { circleOf, type Circle } from './circle.ts';
import type { Asked, Asking, WishFault } from './contract.ts';
import type { PaperRef } from './contract/slips.ts';
import { numbersGoneAt, paperGoneAt, reminderAt } from './moments.ts';
import type { AskingParts } from './parts.ts';
import { actsOn, deskAt, desksOf } from './rights.ts';
import { termsOf, type PaperTerms } from './wish.ts';
import { belowLetter } from './words.ts';

/** A letter that is about to ask: what it says, to whom, until when. */
interface Prepared {
  readonly circle: Circle;
  readonly terms: PaperTerms;
  readonly writing: Writing;
  readonly letter: LetterId;
  readonly files: readonly ComposedFile[];
}

/** Longer than a letter takes to leave: words that have waited for it so long were left behind. */
const SENDING_MS = 15_000;

/**
 * Sends a draft with a paper. What is asked is written first and counts for nothing; the letter's
 * own transaction makes it count, so that there is never one without the other. `changes`: the
 * paper whose words it takes the place of.
 */
export async function ask(
  { parts, viewer }: RoomVisit<AskingParts>,
  asking: Asking,
  changes: PaperRef | null,
): Promise<Asked> {
  const prepared = await prepareFor({ parts, viewer }, asking, changes);
  return 'kind' in prepared ? prepared : handOver(parts, viewer, { ...asking, ...prepared });
}

/** All that can be said of a paper before its letter leaves. */
export async function prepareFor(
  { parts, viewer }: RoomVisit<AskingParts>,
  asking: Asking,
  changes: PaperRef | null,
): Promise<Pick<HandingOver, 'prepared' | 'before'> | Asked> {
  const before = changes === null ? null : await paperToChange(parts, viewer, changes);
  if (before === null && changes !== null) return { kind: 'missing' };
  if (before !== null && before.row.withdrawnAt !== null) return { kind: 'changed' };
  const prepared = await prepare(parts, viewer, asking);
  if ('kind' in prepared) return prepared;
  if (before !== null && prepared.circle.recipient !== before.row.recipient)
    return { kind: 'not-families' };
  if (before !== null && saysTheSame(before, prepared))
    return { kind: 'faulty', faults: ['same-words'] };
  return { prepared, before };
}

async function paperToChange(
  parts: AskingParts,
  viewer: Viewer,
  ref: PaperRef,
): Promise<AskedPaper | null> {
  const desk = await deskAt(parts, viewer, ref.school);
  if (desk === null) return null;
  const [paper] = await readPapers(parts, desk.roster, {
    asked: { of: 'paper', paper: ref.paper },
  });
  return paper !== undefined && actsOn(desk, viewer, paper.row) ? paper : null;
}

async function prepare(
  parts: AskingParts,
  viewer: Viewer,
  { draft, letter, wish }: Asking,
): Promise<Prepared | Asked> {
  const kept = await keptDraft(parts.writing, viewer, draft);
  if (kept === null) return askedBefore(parts, viewer, letter);
  const writing = writingOf(kept);
  const circle = await circleOf(parts, viewer, [...writing.to, ...writing.cc]);
  if (circle === null) return { kind: 'not-families' };
  if (circle.children.length === 0) return { kind: 'nobody' };
  if (!(await hasFamilies(parts, circle))) return { kind: 'no-families' };
  const { timeZone } = circle.roster.school;
  const read = termsOf(wish, { now: parts.clock(), timeZone });
  const ofSubject: readonly WishFault[] = writing.subject.trim() === '' ? ['no-subject'] : [];
  if ('faults' in read) return { kind: 'faulty', faults: [...ofSubject, ...read.faults] };
  if (ofSubject.length > 0) return { kind: 'faulty', faults: ofSubject };
  return {
    circle,
    terms: read.terms,
    writing,
    letter: letterOf(kept, parts.writing.domain),
    files: filesOf(kept, []).map(placeless),
  };
}

async function hasFamilies(parts: AskingParts, { roster, children }: Circle): Promise<boolean> {
  const pupils = children.map(({ addressId }) => addressId);
  const guardians = await guardiansOf(parts, roster, pupils);
  return [...guardians.values()].some((some) => some.length > 0);
}

/** Of two presses of one button the second finds that the letter has gone with its paper. */
export async function askedBefore(
  parts: AskingParts,
  viewer: Viewer,
  letter: LetterId,
): Promise<Asked> {
  for (const { roster } of await desksOf(parts, viewer)) {
    const found = await parts.store.read(roster.school.id, (tx) => paperOfLetter(tx, letter));
    if (found !== null) return { kind: 'asked', ref: { school: roster.school.id, paper: found } };
  }
  return { kind: 'unsent', outcome: { kind: 'no-recipient' } };
}

/**
 * What became of a letter whose place another has: the same one with an earlier press, or a change
 * of the same paper that came beside it.
 */
async function overtaken(
  { parts, viewer }: RoomVisit<AskingParts>,
  letter: LetterId,
  before: AskedPaper | null,
): Promise<Asked> {
  const asked = await askedBefore(parts, viewer, letter);
  if (asked.kind === 'asked') return asked;
  return { kind: before === null ? 'underway' : 'changed' };
}

function saysTheSame({ now }: AskedPaper, { terms, files }: Prepared): boolean {
  const marks = (some: readonly { readonly name: string; readonly sha256: string }[]): string =>
    JSON.stringify(some.map(({ name, sha256 }) => [name, sha256]));
  return (
    JSON.stringify(frameOf(now)) === JSON.stringify(terms.frame) &&
    now.needed === terms.needed &&
    marks(now.files) === marks(files.map(asKept))
  );
}

interface HandingOver extends Asking {
  readonly prepared: Prepared;
  readonly before: AskedPaper | null;
}

async function handOver(
  parts: AskingParts,
  viewer: Viewer,
  { draft, prepared, before }: HandingOver,
): Promise<Asked> {
  const { circle, writing, letter } = prepared;
  const { school } = circle.roster;
  const words = await stage({ parts, viewer }, prepared, before);
  if (words === null) return overtaken({ parts, viewer }, letter, before);
  const page = `${parts.publicUrl}/papers/${school.id}/${words.paper}`;
  const { frame, until } = prepared.terms;
  const outcome = await send({ parts: parts.writing, viewer }, draft, {
    paper: words,
    below: belowLetter({
      frame,
      until,
      timeZone: school.timeZone,
      page,
      language: viewer.language,
      isChange: before !== null,
    }),
    files: eventFile(parts, prepared, { words, page, title: writing.subject }),
    supersedes: before === null ? null : before.now.letter,
  }).catch(async (error: unknown) => {
    // Where this fails too, the next press takes them back.
    await parts.store.write(school.id, (tx) => dropStaged(tx, words)).catch(() => null);
    throw error;
  });
  if (outcome.kind !== 'accepted' && outcome.kind !== 'held') {
    const isBack = await parts.store.write(school.id, (tx) => dropStaged(tx, words));
    return isBack || outcome.kind !== 'no-recipient'
      ? { kind: 'unsent', outcome }
      : overtaken({ parts, viewer }, letter, before);
  }
  return { kind: 'asked', ref: { school: school.id, paper: words.paper } };
}

/** Writes down what the letter will ask; null where this very letter does, or another by now. */
function stage(
  { parts, viewer }: RoomVisit<AskingParts>,
  prepared: Prepared,
  before: AskedPaper | null,
): Promise<PaperWords | null> {
  const { circle } = prepared;
  const { school } = circle.roster;
  const version = (before?.row.version ?? 0) + 1;
  const write = async (tx: SchoolTx): Promise<PaperWords> => {
    const now = parts.clock();
    const words = versionOf(prepared, now);
    await dropLeftOver(tx, words.letter, new Date(now.getTime() - SENDING_MS));
    const paper: PaperId =
      before?.row.id ??
      (await insertPaper(tx, {
        author: viewer.addressId,
        authorName: viewer.displayName,
        classId: circle.classId,
        about: circle.about,
        recipient: circle.recipient,
        madeAt: now,
        goneAt: words.goneAt,
      }));
    if (!(await insertVersion(tx, { ...words, paper, version })))
      throw new Rollback('other words are there');
    return { school: school.id, paper, version, letter: words.letter };
  };
  return parts.store.write(school.id, write).catch((error: unknown) => {
    if (error instanceof Rollback) return null;
    throw error;
  });
}

function versionOf(
  { circle, terms, writing, letter, files }: Prepared,
  now: Date,
): Omit<NewVersion, 'paper' | 'version'> {
  const { school } = circle.roster;
  const { frame, until } = terms;
  const { occasion, question } = frame;
  const hours = { until, timeZone: school.timeZone };
  return {
    letter,
    letterHash: letterHash(writing),
    subject: writing.subject,
    body: writing.text,
    text: frame.text,
    place: frame.place,
    price: frame.price,
    day: occasion?.day ?? null,
    lastDay: occasion?.lastDay ?? null,
    from: occasion?.from ?? null,
    to: occasion?.to ?? null,
    question: question.kind,
    options: question.kind === 'choice' ? question.options : [],
    needed: terms.needed,
    until,
    asksNumber: terms.asksNumber,
    madeAt: now,
    remindAt: terms.reminds ? reminderAt(school, until) : null,
    numbersGoneAt: terms.asksNumber ? numbersGoneAt(occasion, hours) : null,
    goneAt: paperGoneAt(occasion, hours),
    files: files.map(asKept),
    children: circle.children.map((child) => ({
      pupil: child.addressId,
      name: signedName(child),
    })),
  };
}

/** The letter's own mark: of what its writer said, whatever stands below it. */
const letterHash = ({ subject, text }: Pick<Writing, 'subject' | 'text'>): string =>
  sha256(Buffer.from(`${subject}\n${text.replace(/\r\n?/g, '\n')}`));

const asKept = ({ name, mediaType, bytes }: ComposedFile) => ({
  name,
  mediaType,
  sizeBytes: bytes.length,
  sha256: sha256(bytes),
  bytes,
});

const sha256 = (bytes: Buffer): string => hash('sha256', bytes);

interface EventWords {
  readonly words: PaperWords;
  readonly page: string;
  readonly title: string;
}

/** The outing for one's agenda, where it has a day. */
function eventFile(
  parts: AskingParts,
  { circle, terms }: Prepared,
  { words, page, title }: EventWords,
): readonly ComposedFile[] {
  const { occasion, place } = terms.frame;
  if (occasion === null) return [];
  const bytes = calendarFile({
    uid: `paper-${words.school}-${words.paper}@${parts.writing.domain}`,
    sequence: words.version - 1,
    title,
    place,
    url: page,
    occasion,
    timeZone: circle.roster.school.timeZone,
    now: parts.clock(),
  });
  return [{ name: 'agenda.ics', mediaType: 'text/calendar; method=PUBLISH', bytes }];
}
