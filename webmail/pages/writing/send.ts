import type { LetterId, Uid } from '../../../core/ground/ids.ts';
import type { WithPresence } from '../../../core/mail/presence/contract.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type {
  Draft,
  Hand,
  HandedIn,
  OmittedFile,
  SecondLooked,
  WithWritings,
  Writing,
} from '../../../core/mail/writing/contract.ts';
import type { DraftRef } from '../../../core/store/mail/contract.ts';
import { leftOutSentence } from '../../components/left-out.ts';
import { handOf } from '../../components/letter-hand.ts';
import type { FramePart } from '../../frame/frame.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import type { Visit } from '../../frame/visit.ts';
import { charterPath, hereOf } from '../../here.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, type Form } from '../../http/forms.ts';
import { filledBy, madeFrom } from './beside-templates.ts';
import { withFamilies } from './chosen-families.ts';
import { waitsUntil } from './evening.ts';
import { isEmptied, isLeftBare, quickWriting } from './keep.ts';
import { dropped, isUnwritten, wordsMark, writingIn } from './letter-form.ts';
import { filesIn } from './made-here.ts';
import { withSent } from './sent-path.ts';
import { unsentAnswer } from './unsent.ts';
import { awaitedDay, isAwaitable, isSending, whenOf, type LeaveTime } from './wanted-hour.ts';
import { wantedOf, type WantedSearch } from './wanted-people.ts';
import { show, type WritePart } from './write.ts';
import type { Complaint } from './writing-page.ts';

/** What a form of the writing page asks for. */
interface Wish {
  readonly form: Form;
  readonly writing: Writing;
  readonly hand: Hand;
  readonly act: string;
  /** A name that is to be looked for before anything else. */
  readonly search: WantedSearch;
  /** Nobody has written anything, nor brought a file: there is nothing to keep. */
  readonly isBare: boolean;
  /** The page where one was. */
  readonly back: string;
}

/**
 * POST /write: whatever was pressed, the text is kept first; then it is sent, left for later,
 * thrown away, or people are looked for.
 */
export async function send(visit: Visit<WritePart>, form: Form): Promise<Answer> {
  const written = writingIn(form);
  if (written === null) return { kind: 'wrong' };
  const hand = await handOf(visit, form);
  const act = field(form, 'act');
  // Where the page has the switch: it stands so on the next letter too.
  if (field(form, 'copies') !== '')
    await visit.core.groups.setCopied(visit.viewer, field(form, 'copy') !== '');
  const { writing: chosen, search } = wantedOf(form, written, act);
  const wanted = await withFamilies(visit, chosen, act);
  const filled = await filledBy(visit, wanted, act);
  const writing = filled ?? wanted;
  const wish: Wish = {
    form,
    writing,
    hand,
    act,
    search,
    isBare: filled === null && form.files.length === 0 && isUnwritten(form, writing),
    back: hereOf(field(form, 'back')),
  };
  const when = whenOf(form, act, visit.clock);
  const isFit = search === null && hasRecipients(writing) && !awaitsWrongly(visit, form);
  const sends = when.kind === 'sends' && isFit ? when : null;
  // A file may be all that a letter begins with.
  const isBare = wish.isBare && act !== FROM_CUPBOARD;
  if (sends === null && isBare && (await isEmptied(visit, hand, dropped(form, act))))
    return unkept(visit, wish);
  return kept(visit, wish, sends);
}

interface StayingPage {
  readonly draft: Draft | null;
  readonly complaints: readonly Complaint[];
  readonly second: SecondLooked | null;
}

/** The page comes back with what its form brought. */
const stays = ({ hand, search, back }: Wish, rest: StayingPage) =>
  ({ why: 'form', letter: hand.letter, search, back, ...rest }) as const;

const awaitsWrongly = ({ clock }: Visit, form: Form): boolean =>
  awaitedDay(form) !== '' && !isAwaitable(awaitedDay(form), clock);

const hasRecipients = ({ to, cc }: Writing): boolean => to.length + cc.length > 0;

/** Nothing is kept of a page on which nothing was written: it comes back as it was. */
async function unkept(visit: Visit<WritePart>, wish: Wish): Promise<Answer> {
  const { form, writing, act, search } = wish;
  if (act === 'throw') return { kind: 'go', to: '/mail/inbox' };
  const elsewhere = elsewhereOf(wish);
  if (elsewhere !== undefined) return { kind: 'go', to: elsewhere };
  const complaints: Complaint[] = isSending(act) && search === null ? [{ kind: 'nobody' }] : [];
  const made = await madeFrom(visit, writing, { form, act });
  if (made !== null) complaints.push({ kind: 'template', ...made });
  return show(visit, writing, stays(wish, { draft: null, complaints, second: null }));
}

/** Where a button leads that leaves nothing behind. */
function elsewhereOf({ act, writing }: Wish): string | undefined {
  if (act === 'charter') return charterPath('/write');
  const [to = ''] = writing.to;
  return act === 'paper' ? `/papers/new?to=${encodeURIComponent(to)}` : ELSEWHERE.get(act);
}

/** Keeps what was written, then does what was pressed. */
async function kept(
  visit: Visit<WritePart>,
  wish: Wish,
  sends: Extract<LeaveTime, { kind: 'sends' }> | null,
): Promise<Answer> {
  const { form, writing, hand, act, back } = wish;
  const { writings } = visit.core;
  const saved = await writings.keep(visit.viewer, writing, {
    hand,
    add: act === 'throw' ? [] : filesIn(visit, form),
    drop: dropped(form, act),
  });
  // The second press of a button whose first has arrived.
  if (saved.kind === 'sent')
    return { kind: 'go', to: act === 'throw' ? '/mail/inbox' : withSent(back, hand.letter) };
  const { ref, letter } = saved;
  if (act === 'throw') return thrown(visit, ref);
  const complaints = leftOut(visit, form, saved.leftOut);
  if (await isLeftBare(visit, form, { written: writing, saved }))
    return show(visit, writing, stays(wish, { draft: null, complaints, second: null }));
  if (saved.kind === 'apart') complaints.unshift({ kind: 'apart' });
  const again = async (second: SecondLooked | null): Promise<Answer> => {
    const draft = await writings.draft(visit.viewer, ref);
    return show(visit, draft ?? writing, stays(wish, { draft, complaints, second }));
  };
  const second = sends === null ? null : await toReread(visit, form, writing);
  if (second !== null) return again(second);
  if (sends !== null && complaints.length === 0) {
    const evening = act === 'send' ? await waitsUntil(visit, form, writing) : null;
    const handed = await writings.handIn(visit.viewer, ref, sends.at ?? evening);
    return settled(visit, handed, { ref, letter, isBare: wish.isBare, back });
  }
  complaints.push(...(await complaintsAbout(visit, wish)));
  return complaints.length > 0 ? again(null) : { kind: 'go', to: onward(wish, saved) };
}

async function thrown(visit: Visit<WritePart>, draft: DraftRef): Promise<Answer> {
  const acted = await visit.core.mail.act(
    visit.viewer,
    { which: { kind: 'these', messages: [draft] }, by: 'message' },
    { kind: 'move', to: 'trash' },
  );
  return { kind: 'go', to: `/mail/drafts?act=${acted?.id ?? ''}` };
}

/** What keeps the act that was pressed from being done, or was done beside it. */
async function complaintsAbout(
  visit: Visit<WritePart>,
  { form, writing, act, search }: Wish,
): Promise<readonly Complaint[]> {
  const complaints: Complaint[] = [];
  const made = await madeFrom(visit, writing, { form, act });
  if (made !== null) complaints.push({ kind: 'template', ...made });
  if (whenOf(form, act, visit.clock).kind === 'unclear') complaints.push({ kind: 'when' });
  if (isSending(act) && awaitsWrongly(visit, form)) complaints.push({ kind: 'await' });
  if (isSending(act) && !hasRecipients(writing) && search === null)
    complaints.push({ kind: 'nobody' });
  return complaints;
}

/** Files of a cupboard are chosen on a page of their own; the letter is kept first. */
const FROM_CUPBOARD = 'cupboard';

/** The page after a letter that is kept and not sent. */
function onward(
  { act, search }: Wish,
  { ref, letter }: { readonly ref: DraftRef; readonly letter: LetterId },
): string {
  if (search !== null)
    return `/write/${ref.uid}?find=${encodeURIComponent(search.text)}&into=${search.into}`;
  const path = `/write/letter/${letter}`;
  if (act === 'charter') return charterPath(path);
  if (act === 'paper') return `/papers/new?letter=${letter}`;
  if (act === FROM_CUPBOARD) return `${path}/cupboard`;
  return act === 'seen' ? `${path}/seen` : (ELSEWHERE.get(act) ?? path);
}

/** Files that the form or the draft did not take, each with its reason. */
function leftOut(visit: Visit, form: Form, files: readonly OmittedFile[]): Complaint[] {
  return [
    ...form.leftOut.map(({ name, why }): Complaint => ({
      kind: 'left-out',
      name,
      sentence: visit.texts.write.leftOut[visit.audience][why],
    })),
    ...files.map(({ name, outcome }): Complaint => ({
      kind: 'left-out',
      name,
      sentence: leftOutSentence(visit, outcome),
    })),
  ];
}

/** What a pupil has not read again yet, of the words as they are now. */
function toReread(
  { core, viewer }: Visit<WithWritings>,
  form: Form,
  writing: Writing,
): Promise<SecondLooked | null> {
  return field(form, 'reread') === wordsMark(writing)
    ? Promise.resolve(null)
    : core.writings.secondLook(viewer, writing);
}

/** Buttons that lead away from a letter once it is kept. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['save', '/mail/drafts'],
  ['groups', '/groups'],
  ['templates', '/templates'],
]);

/** POST /mail/:mailbox/:uid/reply: the few lines written under a message, to its sender alone. */
export async function quickReply(
  visit: Visit<FramePart & WithMail & WithPresence<'nextHours'> & WithWritings>,
  slug: string,
  act: { readonly uid: Uid; readonly form: Form },
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const text = field(act.form, 'text', LONG_FIELD_CHARS);
  const writing = await quickWriting(visit, {
    text,
    answerTo: { mailbox: chosen.mailbox.id, uid: act.uid },
  });
  if (writing === null) return MISSING;
  if (text.trim() === '') return { kind: 'go', to: `${chosen.path}/${act.uid}/reply` };
  const hand = await handOf(visit, act.form);
  const saved = await visit.core.writings.keep(visit.viewer, writing, {
    hand,
    add: [],
    drop: [],
  });
  const back = `${chosen.path}/${act.uid}`;
  if (saved.kind === 'sent') return { kind: 'go', to: withSent(back, hand.letter) };
  if (field(act.form, 'act') === 'keep') return { kind: 'go', to: `/write/letter/${saved.letter}` };
  const evening = await waitsUntil(visit, act.form, writing);
  return settled(visit, await visit.core.writings.handIn(visit.viewer, saved.ref, evening), {
    ref: saved.ref,
    letter: saved.letter,
    isBare: false,
    back,
  });
}

interface Settling {
  readonly ref: DraftRef;
  readonly letter: LetterId;
  readonly isBare: boolean;
  readonly back: string;
}

/**
 * What became of a letter that was to be sent: one is back where one was, and told there. Where it
 * stays, so does its draft, unless nobody had written anything.
 */
export async function settled(
  visit: Visit<FramePart & WithMail & WithWritings>,
  outcome: HandedIn,
  { ref, letter, isBare, back }: Settling,
): Promise<Answer> {
  const { writings } = visit.core;
  switch (outcome.kind) {
    case 'leaves':
    case 'accepted':
    case 'held':
      return { kind: 'go', to: withSent(back, letter) };
    case 'too-many-scheduled':
      return { kind: 'go', to: '/write/later' };
    case 'no-recipient':
      // Of two presses of one button the second finds that the draft has gone with the first.
      if (await writings.hasLeft(visit.viewer, letter))
        return { kind: 'go', to: withSent(back, letter) };
  }
  if (!isBare || outcome.kind === 'scanner-silent') return unsentAnswer(visit, outcome, ref.uid);
  await visit.core.mail.erase(visit.viewer, ref.mailbox, [ref.uid]);
  return unsentAnswer(visit, outcome, null);
}
