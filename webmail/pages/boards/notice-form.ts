import { randomUUID } from 'node:crypto';
import { type LetterId, newLetterId } from '../../../core/ground/ids.ts';
import type { Draft, NoticePlan, Writing } from '../../../core/mail/writing/contract.ts';
import type {
  BoardView,
  NoticeDraft,
  NoticeFault,
  NoticeWish,
} from '../../../core/school/boards/contract.ts';
import { boardTitle, noticeFormPath } from '../../components/board-paths.ts';
import { formOf, isRefused, type Filled, type ShownFields } from '../../components/form.ts';
import { leftOutSentence } from '../../components/left-out.ts';
import { draftField, handOf } from '../../components/letter-hand.ts';
import { mendBelow } from '../../components/mend-below.ts';
import { leftOutOf } from '../../components/unsent.ts';
import { icon, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { field, type Form } from '../../http/forms.ts';
import { drawPick, filePick, tray, voicePick } from '../writing/attachments.ts';
import { isEmptied } from '../writing/keep.ts';
import { boardField, dropped, isUnwritten, wordsMark, writingIn } from '../writing/letter-form.ts';
import { filesIn } from '../writing/made-here.ts';
import { keepButton, keptLine, throwButton, unkeptBanner } from '../writing/writing-form.ts';
import type { NoticeWriting } from './parts.ts';

/** A notice; read as a letter is, whose draft it is until it hangs (`writingIn`). */
const NOTICE_FORM = formOf({
  subject: { most: 120, isRequired: true },
  text: { isText: true, as: { rows: 7 } },
  readers: {},
  until: { isRequired: true, as: { type: 'date' } },
  day: { as: { type: 'date' } },
});
type NoticeField = 'subject' | 'text' | 'readers' | 'until' | 'day';
type NoticeFields = ShownFields<NoticeField>;

/** What stands in the form of a notice: its words, its draft, and what is wrong with it. */
export interface NoticeSheet {
  readonly plan: NoticePlan;
  readonly letter: LetterId;
  readonly subject: string;
  readonly text: string;
  /** Null: nothing is kept of it yet. */
  readonly draft: Draft | null;
  /** The words that the page came with, where nobody has typed them. */
  readonly start: string | null;
  readonly troubles: readonly string[];
  /** What is wrong with a field, below it. */
  readonly wrong: NonNullable<Filled<NoticeField>['wrong']>;
  /** Others that were begun, where this one is new. */
  readonly others: readonly NoticeDraft[];
}

/** Of those that were begun so many are offered; all lie among the drafts. */
const MOST_OTHERS = 3;

/** A notice of which nothing is said yet but for whom it is. */
export const newPlan = (
  { ref, usualDay }: Pick<BoardView, 'ref' | 'usualDay'>,
  readers: NoticePlan['readers'],
  of: NoticePlan['of'] = null,
): NoticePlan => ({ ...ref, of, edition: 0, readers, untilDay: usualDay, day: '', keep: [] });

/** A notice that is begun, or goes on where it was left. */
export async function begunSheet(
  { core, viewer }: Visit<NoticeWriting>,
  plan: NoticePlan,
  given: {
    readonly letter: LetterId | null;
    readonly words: Pick<Writing, 'subject' | 'text'>;
  },
): Promise<NoticeSheet> {
  const draft =
    given.letter === null ? null : await core.writings.draftOfLetter(viewer, given.letter);
  const isIts = draft?.notice !== undefined && isForSame(draft.notice, plan);
  return draft !== null && isIts
    ? sheetOf(draft.notice, draft, draft)
    : {
        plan,
        letter: given.letter ?? newLetterId(),
        ...given.words,
        draft: null,
        start: wordsMark(given.words),
        troubles: [],
        wrong: {},
        others: plan.of === null ? (await core.boards.drafts(viewer)).slice(0, MOST_OTHERS) : [],
      };
}

/** The same notice of the same board, whichever of its words were there. */
const isForSame = (one: NoticePlan, other: NoticePlan): boolean =>
  one.school === other.school && one.classId === other.classId && one.of === other.of;

const sheetOf = (
  plan: NoticePlan,
  { subject, text }: Pick<Writing, 'subject' | 'text'>,
  draft: Draft,
): NoticeSheet => ({
  plan,
  letter: draft.letter,
  subject,
  text,
  draft,
  start: null,
  troubles: [],
  wrong: {},
  others: [],
});

/**
 * What a form of a notice brings, kept as a draft before anything else is done, whatever was
 * pressed. Null: it is no form of ours.
 */
export async function keptSheet(
  visit: Visit<NoticeWriting>,
  form: Form,
): Promise<NoticeSheet | null> {
  const { core, viewer } = visit;
  const writing = writingIn(form);
  if (writing?.notice === undefined) return null;
  const hand = await handOf(visit, form);
  const drop = dropped(form, field(form, 'act'));
  const { subject, text, notice: plan } = writing;
  const sheet = { plan, letter: hand.letter, subject, text, start: null, wrong: {}, others: [] };
  const leftOut = leftOutOf(visit, form);
  const isBare = form.files.length === 0 && isUnwritten(form, writing);
  if (isBare && (await isEmptied(visit, hand, drop)))
    return { ...sheet, draft: null, start: field(form, 'start') || null, troubles: leftOut };
  const saved = await core.writings.keep(viewer, writing, {
    hand,
    add: filesIn(visit, form),
    drop,
  });
  if (saved.kind === 'sent') return { ...sheet, draft: null, troubles: leftOut };
  const draft = await core.writings.draft(viewer, saved.ref);
  const more = saved.leftOut.map(
    ({ name, outcome }) => `${name}${visit.texts.colon}${leftOutSentence(visit, outcome)}`,
  );
  const apart = saved.kind === 'apart' ? [visit.texts.write.apart[visit.audience]] : [];
  return { ...sheet, letter: saved.letter, draft, troubles: [...apart, ...leftOut, ...more] };
}

/** Its draft goes. */
export async function throwAway(
  { core, viewer }: Visit<NoticeWriting>,
  { draft }: Pick<NoticeSheet, 'draft'>,
): Promise<void> {
  if (draft !== null) await core.mail.erase(viewer, draft.ref.mailbox, [draft.ref.uid]);
}

interface SheetParts {
  /** What stands between the words and the buttons. */
  readonly below: (fields: NoticeFields) => Html;
  /** The words, where they are only shown; else fields for them. */
  readonly words: Html | null;
  readonly send: Html;
}

/** The form: a script keeps what is typed, brings files, and offers a voice and a pad. */
export function noticeSheet(
  visit: Visit<NoticeWriting>,
  sheet: NoticeSheet,
  parts: SheetParts,
): Html {
  const roomBytes = visit.core.writings.fileRoom(visit.viewer);
  const { plan, letter, subject, text, draft, start, troubles, wrong } = sheet;
  const typed = NOTICE_FORM.blank({ subject, text, until: plan.untilDay, day: plan.day });
  const fields = NOTICE_FORM.shown(visit, { ...typed, wrong });
  const path = noticeFormPath(visit, plan);
  const hidden = (name: string, value: string | number): Html => html`
    <input type="hidden" name="${name}" value="${value}" />
  `;
  return html`
    ${troubles.map((one) => alertBanner(visit, 'wait', one))} ${mendBelow(visit, wrong)}
    ${sheet.others.map((one) => begunLine(visit, one))}
    <form
      class="sheet notice-sheet"
      method="post"
      action="${path}"
      enctype="multipart/form-data"
      autocomplete="off"
      novalidate
      data-write="notice"
      data-owner="${visit.viewer.address}"
    >
      <button class="vh" name="act" value="keep" tabindex="-1" aria-hidden="true"></button>
      ${token(visit)} ${draftField(draft)} ${hidden('letter', letter)}
      ${hidden('window', randomUUID())} ${hidden('turn', 0)}
      ${start === null ? NOTHING : hidden('start', start)} ${hidden('board', boardField(plan))}
      ${parts.words ?? wordFields(visit, sheet, fields)} ${tray(visit, { draft, roomBytes })}
      ${parts.below(fields)} ${unkeptBanner(visit)}
      ${parts.words === null ? endBar(visit, draft, parts.send) : parts.send}
    </form>
  `;
}

/** One that was begun waits to be gone on with. */
const begunLine = (visit: Visit, { letter, title, board }: NoticeDraft): Html => html`
  <p class="banner">
    ${icon(visit, 'file')}
    <span class="grow">
      ${visit.texts.boards.begun(
        title === '' ? visit.texts.box.noSubject : title,
        boardTitle(visit, board),
      )}
    </span>
    <a class="btn" href="/write/letter/${letter}">${visit.texts.boards.goOn}</a>
  </p>
`;

/** The button that names the act, what is put beside the words, and that they are kept. */
const endBar = (visit: Visit, draft: Draft | null, send: Html): Html => html`
  <div class="end-bar">
    ${send} ${filePick(visit)} ${visit.audience === 'child' ? drawPick(visit, null) : NOTHING}
    ${voicePick(visit)} ${keptLine(visit, { draft })} ${keepButton(visit)} ${throwButton(visit)}
  </div>
`;

function wordFields({ texts }: Visit, { subject }: NoticeSheet, fields: NoticeFields): Html {
  const { titleLabel: title, textLabel: text } = texts.boards;
  const hidden = html`
    <span class="vh">${text}</span>
  `;
  return html`
    ${fields.line('subject', {
      id: 'title',
      label: title,
      box: 'line',
      look: 'subject',
      as: { autofocus: subject === '' },
    })}
    ${fields.text('text', { label: hidden, box: 'lines', look: 'ruled', as: { placeholder: text } })}
  `;
}

/** What a sheet says of the notice that is asked for; its files lie in its draft. */
export const wishWords = ({
  letter,
  subject,
  text,
  draft,
}: NoticeSheet): Pick<NoticeWish, 'letter' | 'title' | 'text' | 'add' | 'draft'> => ({
  letter,
  title: subject.replace(/\s+/g, ' ').trim(),
  text,
  add: [],
  draft: draft?.ref ?? null,
});

/** The field that each fault is about. */
const FIELD_OF = {
  'no-title': 'subject',
  'title-too-long': 'subject',
  'no-words': 'text',
  'no-readers': 'readers',
  'about-no-day': 'day',
  'not-a-day': 'until',
  'past-day': 'until',
  'too-far': 'until',
} as const satisfies Record<NoticeFault, NoticeField>;

/** What is wrong with a notice, each by its field. */
export const wrongIn = <Fault extends NoticeFault>(
  faults: readonly Fault[],
  words: Readonly<Record<Fault, string>>,
): NoticeSheet['wrong'] => Object.fromEntries(faults.map((one) => [FIELD_OF[one], words[one]]));

/** Whether something of it wasn't taken. */
export const isUntaken = ({ troubles, wrong }: NoticeSheet): boolean =>
  troubles.length > 0 || isRefused({ typed: {}, wrong });
