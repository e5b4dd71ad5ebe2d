import type { LetterId, Uid } from '../../../core/ground/ids.ts';
import type { WithGroups } from '../../../core/mail/groups/contract.ts';
import type { WithPresence } from '../../../core/mail/presence/contract.ts';
import type { MessageView, WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithTemplates } from '../../../core/mail/templates/contract.ts';
import type {
  AnswerTo,
  Draft,
  Reachable,
  SecondLooked,
  WithWritings,
  Writing,
} from '../../../core/mail/writing/contract.ts';
import type { Refusal } from '../../../core/rules/outcome.ts';
import type { WithTeaching } from '../../../core/school/teaching/contract.ts';
import { noticeFormPath } from '../../components/board-paths.ts';
import { drawnOn, type DrawnOn } from '../../components/drawing-pad.ts';
import { draftRef } from '../../components/letter-hand.ts';
import { inWords } from '../../frame/called.ts';
import { surroundingsOf, type FramePart } from '../../frame/frame.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { hoursSentence } from '../../frame/own-hours.ts';
import { calledOf } from '../../frame/parts.ts';
import { recipientsOf } from '../../frame/recipients.ts';
import type { Visit } from '../../frame/visit.ts';
import { page, MISSING, withMicrophone, type Answer } from '../../http/answer.ts';
import type { Into } from './chips.ts';
import { morningOf } from './evening.ts';
import { helpPage } from './help.ts';
import { letterPage } from './letter-form.ts';
import { ownTeachers, peopleIn, withFirstTimes } from './recipients.ts';
import { noAnswerView } from './refused.ts';
import { asWritten, signedWords } from './signed.ts';
import { adultWriting } from './write-adult.ts';
import { peopleFor } from './write-people.ts';
import { pupilWriting } from './write-pupil.ts';
import { EMPTY, type Complaint, type WritingPage } from './writing-page.ts';

/** What these pages ask of core. */
export type WritePart = FramePart &
  WithGroups<'colleagues' | 'setCopied'> &
  WithMail &
  WithPresence<'nextHours' | 'shownHours'> &
  WithTeaching<'letter'> &
  WithTemplates &
  WithWritings;

/** GET /write: a new message; with `?to=`, a board's link, to somebody within reach. */
export async function write(visit: Visit<WritePart>, to?: unknown): Promise<Answer> {
  const { core, viewer } = visit;
  const named = typeof to === 'string' ? await core.writings.among(viewer, [to]) : [];
  return begin(visit, { to: named.map(({ address }) => address) });
}

/** A letter that is begun, to whom is known perhaps; its writer's signature is in it. */
export async function begin(
  visit: Visit<WritePart>,
  known: Partial<Pick<Writing, 'to' | 'subject' | 'answerTo'>>,
  as: Omit<Extract<WritingOccasion, { readonly why: 'begun' }>, 'why'> = {},
): Promise<Answer> {
  const writing = { ...EMPTY, ...known, ...(await signedWords(visit)) };
  return show(visit, writing, { why: 'begun', ...as });
}

/** GET /write/help: a pupil's way to their teachers, who are ticked already. */
export async function writeHelp(visit: Visit<WritePart>): Promise<Answer> {
  const reach = await visit.core.writings.reach(visit.viewer);
  const teachers = ownTeachers(visit, reach);
  // At rest, or while the mail of all pupils is stopped, nobody is within reach: a notice of the
  // service still is.
  if (teachers.length === 0 && visit.viewer.role === 'pupil') return helpPage(visit, null);
  return begin(visit, { to: teachers.map((one) => one.address) }, { within: reach });
}

/**
 * GET /write/:uid: a draft taken up again; `?find=` looks for people for « À » or, with
 * `into=cc`, for « Cc », in browsers without script; for everybody where it is empty.
 */
export async function writeDraft(
  visit: Visit<WritePart>,
  uid: Uid,
  search: PeopleSearch | null,
): Promise<Answer> {
  const ref = await draftRef(visit, uid);
  const draft = ref === null ? null : await visit.core.writings.draft(visit.viewer, ref);
  if (draft === null) return MISSING;
  return goOn(visit, draft, search);
}

/**
 * A letter goes on here, what asks families for an answer where its slip is, what is to hang on a
 * board in the form of that.
 */
function goOn(
  visit: Visit<WritePart>,
  draft: Draft,
  search: PeopleSearch | null,
): Promise<Answer> | Answer {
  const { letter, slip, notice } = draft;
  if (slip !== null) return { kind: 'go', to: `/papers/new?letter=${letter}` };
  return notice === undefined
    ? show(visit, draft, { why: 'draft', draft, search, on: null })
    : { kind: 'go', to: `${noticeFormPath(visit, notice)}?letter=${letter}` };
}

/**
 * GET /write/letter/:letter: the newest of a letter, whatever its draft's UID is by now; a new page
 * where it has none.
 */
export async function writeLetter(visit: Visit<WritePart>, letter: LetterId): Promise<Answer> {
  const draft = await visit.core.writings.draftOfLetter(visit.viewer, letter);
  return draft === null ? write(visit) : goOn(visit, draft, null);
}

interface ReplyWish {
  readonly uid: Uid;
  readonly whom: AnswerTo;
  readonly on?: unknown;
}

/**
 * GET /mail/:mailbox/:uid/reply and …/reply-all: an answer, or the one that is begun already;
 * whoever may no longer be written to is named, not written to.
 */
export async function reply(visit: Visit<WritePart>, slug: string, to: ReplyWish): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const answered = { mailbox: chosen.mailbox.id, uid: to.uid };
  const [start, draft] = await Promise.all([
    visit.core.writings.answer(visit.viewer, answered, to.whom),
    visit.core.writings.begun(visit.viewer, answered),
  ]);
  if (start === null) return MISSING;
  const on = await drawnOnIn(visit, answered, { part: to.on, at: `${chosen.path}/${to.uid}` });
  if (draft !== null) {
    const all = to.whom === 'everyone' ? [...draft.to, ...start.writing.to] : draft.to;
    const missing = all.filter((one) => !draft.cc.includes(one));
    return show(
      visit,
      { ...draft, to: [...new Set(missing)] },
      { why: 'draft', draft, search: null, on },
    );
  }
  if (start.writing.to.length === 0 && start.refusals.length > 0)
    return noAnswerView(visit, start.refusals);
  return show(visit, asWritten(visit, start.writing), {
    why: 'answer',
    refusals: start.refusals,
    on,
  });
}

/** The drawing of a letter on which somebody draws their answer. */
async function drawnOnIn(
  { core, viewer }: Visit<WithMail<'read'>>,
  { mailbox, uid }: NonNullable<Writing['answerTo']>,
  { part, at }: { readonly part: unknown; readonly at: string },
): Promise<DrawnOn | null> {
  if (part === undefined) return null;
  const answered = await core.mail.read(viewer, mailbox, uid);
  return answered && drawnOn(answered, part, at);
}

/** Why the page is shown. */
type WritingOccasion =
  /**
   * A letter is begun, with a copy for whom its writer's last one had it. `within`: whom is
   * offered, where that has been asked already.
   */
  | {
      readonly why: 'begun';
      readonly within?: readonly Reachable[];
      /** It goes to those who have not read the last letter to their class. */
      readonly isReminder?: boolean;
    }
  /** An answer is begun, to all but those who may no longer be written to. */
  | { readonly why: 'answer'; readonly refusals: readonly Refusal[]; readonly on: DrawnOn | null }
  | {
      readonly why: 'draft';
      readonly draft: Draft;
      readonly search: PeopleSearch | null;
      /** The drawing that it is drawn on. */
      readonly on: DrawnOn | null;
    }
  /** A form of the page came, and its letter stays. */
  | {
      readonly why: 'form';
      readonly draft: Draft | null;
      /** The letter that a page without a draft goes on with. */
      readonly letter: LetterId | null;
      readonly complaints: readonly Complaint[];
      readonly search: PeopleSearch | null;
      /** Where one was before. */
      readonly back: string | null;
      /** What a pupil is to read again before it goes. */
      readonly second: SecondLooked | null;
    };

/** Who is looked for; an empty text is everybody. */
interface PeopleSearch {
  readonly text: string;
  readonly into: Into;
}

/** Shows a writing on the page of its reader, with the people within reach today. */
export async function show(
  visit: Visit<WritePart>,
  given: Writing,
  occasion: WritingOccasion,
): Promise<Answer> {
  const draft = 'draft' in occasion ? occasion.draft : null;
  const search = 'search' in occasion ? occasion.search : null;
  const form = occasion.why === 'form' ? occasion : null;
  const begun = occasion.why === 'begun' ? occasion : null;
  const isChild = visit.audience === 'child';
  const hasColleagues = !isChild && visit.viewer.classes.length > 0;
  const [surroundings, people, found, colleagues, templates] = await Promise.all([
    surroundingsOf(visit),
    begun?.within ?? offered(visit),
    search === null ? [] : peopleFor(visit, search.text),
    hasColleagues ? visit.core.groups.colleagues(visit.viewer) : null,
    isChild ? null : visit.core.templates.offered(visit.viewer),
  ]);
  const writing = begun === null ? given : copiedTo(colleagues, given);
  const reach = inWords(visit, people);
  const to = await recipientsOf(visit, reach, writing.to);
  const isUnseen = (address: string): boolean => address === colleagues?.address;
  const copies = await recipientsOf(
    visit,
    reach,
    writing.cc.filter((address) => !isUnseen(address)),
  );
  const shown: WritingPage = {
    surroundings,
    writing,
    reach: isChild ? reach : [],
    quick: isChild ? [] : quickest(reach),
    recipients: await withFirstTimes(visit, to.shown),
    copies: await withFirstTimes(visit, copies.shown),
    isReminder: begun?.isReminder === true,
    people: await peopleIn(visit, [...to.shown, ...copies.shown], writing.cc.filter(isUnseen)),
    gone: to.gone,
    evening: await morningOf(visit),
    ...(isChild ? await besideChild(visit, given) : { answered: null, opensAt: null }),
    colleagues,
    templates,
    draft,
    drawnOn: 'on' in occasion ? occasion.on : null,
    complaints: complaintsOf(occasion),
    second: form?.second ?? null,
    roomBytes: visit.core.writings.fileRoom(visit.viewer),
    search: search && { ...search, found },
    hours: await hoursOf(visit, reach),
    letter: await letterTo(visit, writing),
    page: letterPage(writing, {
      draft,
      letter: form?.letter ?? null,
      back: form?.back ?? visit.cameFrom,
      signature: draft === null ? '' : (await visit.core.writings.signature(visit.viewer)).text,
    }),
  };
  return pageOf(visit, shown);
}

function complaintsOf(occasion: WritingOccasion): readonly Complaint[] {
  if (occasion.why === 'form') return occasion.complaints;
  const isRefused = occasion.why === 'answer' && occasion.refusals.length > 0;
  return isRefused ? [{ kind: 'refused', refusals: occasion.refusals }] : [];
}

/** An adult may speak there instead of writing. */
function pageOf(visit: Visit, shown: WritingPage): Answer {
  const isChild = visit.audience === 'child';
  return withMicrophone(page((isChild ? pupilWriting : adultWriting)(visit, shown)));
}

/** When those within reach answer, of whom it is said to this reader. */
async function hoursOf(
  visit: Visit<WithPresence<'shownHours'>>,
  reach: readonly Reachable[],
): Promise<WritingPage['hours']> {
  const adults = reach.filter(({ kind }) => kind === 'adult');
  const shown = await visit.core.presence.shownHours(
    visit.viewer,
    adults.map(({ address }) => address),
  );
  return adults.flatMap((one) => {
    const hours = shown.get(one.address);
    const sentence = hours === undefined ? null : hoursSentence(visit, hours);
    return sentence === null ? [] : [{ address: one.address, name: calledOf(one), sentence }];
  });
}

/** What is offered at once: an adult lists; a child and a family their few people, all of them. */
function offered({ core, viewer }: Visit<WithWritings>): Promise<readonly Reachable[]> {
  return viewer.role === 'guardian' || viewer.role === 'pupil'
    ? core.writings.reach(viewer)
    : core.writings.lists(viewer);
}

/** One's own classes and their families first, then one's groups, the team, what else there is. */
function quickest(lists: readonly Reachable[]): readonly Reachable[] {
  const own = new Set(lists.flatMap((one) => (one.group === 'class-list' ? one.classes : [])));
  const rank = (one: Reachable): number => {
    if (one.group === 'class-list') return 0;
    if (one.listKind === 'class-families') return one.classes.some((name) => own.has(name)) ? 1 : 5;
    if (one.group === 'own-groups') return 2;
    if (one.listKind === 'team') return 3;
    return one.kind === 'list' ? 6 : 4;
  };
  return lists.filter((one) => rank(one) < MOST_RANK).sort((one, other) => rank(one) - rank(other));
}
/** Lists that are looked for by name and not offered: of other classes, of the whole school. */
const MOST_RANK = 5;

/** With a copy for one's colleagues, where the last letter had one. */
function copiedTo(colleagues: WritingPage['colleagues'], given: Writing): Writing {
  return colleagues?.copied === true ? { ...given, cc: [...given.cc, colleagues.address] } : given;
}

/** What a child sees beside the letter: what it answers, and when it leaves. */
async function besideChild(
  visit: Visit<WithMail & WithWritings>,
  given: Writing,
): Promise<Pick<WritingPage, 'answered' | 'opensAt'>> {
  const [answered, opensAt] = await Promise.all([
    answeredBy(visit, given),
    visit.core.writings.opensAt(visit.viewer),
  ]);
  return { answered, opensAt };
}

/** The message that a child answers, where it is still there. */
function answeredBy(
  { core, viewer }: Visit<WithMail>,
  { answerTo }: Writing,
): Promise<MessageView | null> {
  return answerTo === null
    ? Promise.resolve(null)
    : core.mail.read(viewer, answerTo.mailbox, answerTo.uid);
}

/** A teacher who writes to a whole class sees what became of the last letter. */
async function letterTo(
  { core, viewer, audience }: Visit<WithTeaching<'letter'>>,
  { to }: Writing,
): Promise<WritingPage['letter']> {
  const own =
    audience === 'child' ? undefined : viewer.classes.find(({ address }) => to.includes(address));
  const last = own === undefined ? null : await core.teaching.letter(viewer, own.id);
  return own === undefined || last === null ? null : { class: own.id, last };
}
