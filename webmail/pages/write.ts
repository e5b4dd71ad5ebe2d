import type { LetterId, Reachable, Uid, Writing } from '../../core/core.ts';
import { page, MISSING, type Answer } from '../answer.ts';
import { foundFor, inWords } from '../called.ts';
import { around, type FramePart } from '../frame.ts';
import { draftRef, letterPage } from '../letter-form.ts';
import { chosenMailbox } from '../mailboxes.ts';
import { recipientsOf } from '../recipients.ts';
import type { Visit } from '../visit.ts';
import { type WritingPage, EMPTY } from '../writing-page.ts';
import { helpPage } from './help.ts';
import { noAnswerView } from './refused.ts';
import { adultWriting } from './write-adult.ts';
import { pupilWriting } from './write-pupil.ts';

/** GET /write: a new message. */
export async function write(
  visit: Visit<FramePart | 'teaching.letter' | 'writings'>,
): Promise<Answer> {
  return show(visit, EMPTY, { draft: null, complaints: [], search: null });
}

/** GET /write/help: a pupil's way to their teachers, who are ticked already. */
export async function writeHelp(
  visit: Visit<FramePart | 'teaching.letter' | 'writings'>,
): Promise<Answer> {
  const reach = await visit.core.writings.reach(visit.viewer);
  const mine = new Set(visit.viewer.classes.map((one) => one.name));
  const teachers = reach.filter(
    (one) => one.group === 'teachers' && one.classes.some((name) => mine.has(name)),
  );
  // At rest, or while the mail of all pupils is stopped, nobody is within reach: a notice of the
  // service still is.
  if (teachers.length === 0 && visit.viewer.role === 'pupil') return helpPage(visit, null);
  return show(
    visit,
    { ...EMPTY, to: teachers.map((one) => one.address) },
    { draft: null, complaints: [], search: null, within: reach },
  );
}

/**
 * GET /write/:uid: a draft taken up again; `?find=` looks for people, for browsers without script.
 */
export async function writeDraft(
  visit: Visit<FramePart | 'mail' | 'teaching.letter' | 'writings'>,
  uid: Uid,
  find: string,
): Promise<Answer> {
  const ref = await draftRef(visit, uid);
  const draft = ref === null ? null : await visit.core.writings.draft(visit.viewer, ref);
  if (draft === null) return MISSING;
  return show(visit, draft, { draft, complaints: [], search: find === '' ? null : find });
}

/**
 * GET /write/letter/:letter: the newest of a letter, whatever its draft's UID is by now; a new page
 * where it has none.
 */
export async function writeLetter(
  visit: Visit<FramePart | 'teaching.letter' | 'writings'>,
  letter: LetterId,
): Promise<Answer> {
  const draft = await visit.core.writings.draftOfLetter(visit.viewer, letter);
  return draft === null
    ? write(visit)
    : show(visit, draft, { draft, complaints: [], search: null });
}

/**
 * GET /mail/:mailbox/:uid/reply and …/reply-all: an answer; whoever may no longer be written to is
 * named, not written to.
 */
export async function reply(
  visit: Visit<FramePart | 'mail' | 'teaching.letter' | 'writings'>,
  slug: string,
  to: { readonly uid: Uid; readonly everyone: boolean },
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const start = await visit.core.writings.answer(
    visit.viewer,
    { mailbox: chosen.mailbox.id, uid: to.uid },
    to.everyone,
  );
  if (start === null) return MISSING;
  if (start.writing.to.length === 0 && start.refusals.length > 0)
    return noAnswerView(visit, start.refusals);
  return show(visit, start.writing, {
    draft: null,
    complaints: start.refusals.length === 0 ? [] : [{ kind: 'refused', refusals: start.refusals }],
    search: null,
  });
}

interface WritingShown extends Pick<WritingPage, 'draft' | 'complaints'> {
  /** Who is looked for. */
  readonly search: string | null;
  /** The letter that a page without a draft goes on with. */
  readonly letter?: LetterId | null;
  /** Who is within reach, where that has been asked already. */
  readonly within?: readonly Reachable[] | null;
}

/** Shows a writing on the page of its reader, with the people within reach today. */
export async function show(
  visit: Visit<FramePart | 'teaching.letter' | 'writings'>,
  writing: Writing,
  { search, letter = null, within = null, ...rest }: WritingShown,
): Promise<Answer> {
  const [near, all, elsewhere] = await Promise.all([
    around(visit),
    within ?? visit.core.writings.reach(visit.viewer),
    search === null ? [] : visit.core.writings.find(visit.viewer, search),
  ]);
  const reach = inWords(visit, all);
  const found =
    search === null
      ? null
      : { text: search, found: foundFor(search, reach, inWords(visit, elsewhere)) };
  const { shown: recipients, gone } = await recipientsOf(visit, reach, writing.to);
  const shown: WritingPage = {
    near,
    writing,
    reach,
    recipients,
    gone,
    search: found,
    letter: await letterTo(visit, writing),
    page: letterPage(writing, rest.draft, letter),
    ...rest,
  };
  return page(visit.audience === 'child' ? pupilWriting(visit, shown) : adultWriting(visit, shown));
}

/** A teacher who writes to a whole class sees what became of the last letter. */
async function letterTo(
  { core, viewer, audience }: Visit<'teaching.letter'>,
  { to }: Writing,
): Promise<WritingPage['letter']> {
  const own =
    audience === 'child' ? undefined : viewer.classes.find(({ address }) => to.includes(address));
  const last = own === undefined ? null : await core.teaching.letter(viewer, own.id);
  return own === undefined || last === null ? null : { class: own.id, last };
}
