import type { ChildLine, PaperState } from '../../../core/school/papers/contract.ts';
import type { AnswerLine, Question } from '../../../core/school/papers/contract/slips.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { formOf, type Filled, type ShownFields } from '../../components/form.ts';
import { pathOf } from '../../frame/mailboxes.ts';
import { faceOf, icon, token } from '../../frame/parts.ts';
import { alertBanner, fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { paperPath, saidWords } from './parts.ts';

const OFF = { autocomplete: 'off' } as const;
/** A sheet that came back. */
export const SHEET_FORM = formOf({
  pupil: {},
  says: {},
  words: { most: 500, as: OFF },
  signer: {},
  name: { most: 80, as: OFF },
});
export type SheetTyped = ReturnType<typeof SHEET_FORM.typedIn>;

/** What was typed of a sheet that could not be noted, and why. */
export interface RefusedSheet extends Filled<keyof SheetTyped> {
  /** Of its photo, or of no field: above the form. */
  readonly trouble: string | null;
}

interface BesideChildren {
  readonly mailboxes: readonly Mailbox[];
  readonly refused: RefusedSheet | null;
}

/** The children of a paper: those who are missing first, then the noes, then the rest. */
export function childSections(
  visit: Visit,
  state: PaperState,
  beside: BesideChildren,
): readonly Html[] {
  const words = visit.texts.papers.state;
  const of = (...kinds: readonly ChildLine['standing']['kind'][]): readonly ChildLine[] =>
    state.children.filter(({ standing }) => kinds.includes(standing.kind));
  const open = of('waiting', 'differ', 'nobody');
  const noes = of('no');
  const yeses = of('yes');
  const rows = (some: readonly ChildLine[]): readonly Html[] =>
    some.map((child) => childRow(visit, state, { child, beside }));
  return [
    list(words.notYet(open.length), rows(open)),
    list(words.noes(noes.length), rows(noes)),
    list(words.yeses(yeses.length), rows(yeses)),
  ];
}

const list = (title: string, rows: readonly Html[]): Html =>
  rows.length === 0
    ? NOTHING
    : html`
        <h2>${title}</h2>
        <ul>
          ${rows}
        </ul>
      `;

function childRow(
  visit: Visit,
  state: PaperState,
  {
    child,
    beside: { mailboxes, refused },
  }: { readonly child: ChildLine; readonly beside: BesideChildren },
): Html {
  const own = refused?.typed.pupil === String(child.id) ? refused : null;
  return html`
    <li>
      ${faceOf(visit, child.face)}
      <span>
        <b>${child.name}</b>
        ${child.questions.map((one) => questionLine(visit, one, mailboxes))}
        ${linesOf(visit, state, child).map(
          (line) => html`
            <span class="small soft">${line}</span>
          `,
        )}
        ${child.answers.map((one) => photoLink(visit, state, one))}
      </span>
      ${state.mayAct && state.phase !== 'withdrawn' ? rowActs(visit, state, { child, refused: own }) : NOTHING}
    </li>
  `;
}

/** The photo of the sheet that an answer was taken from. */
const photoLink = (visit: Visit, { ref }: PaperState, { photo }: AnswerLine): Html =>
  photo === null
    ? NOTHING
    : html`
        <a class="small" href="${paperPath(ref)}/photos/${photo}" download>
          ${visit.texts.papers.state.seePhoto}
        </a>
      `;

/** What a family asked back, and the way to answer it. */
function questionLine(
  visit: Visit,
  { name, at, words, mailbox, uid }: ChildLine['questions'][number],
  mailboxes: readonly Mailbox[],
): Html {
  return html`
    <span class="small">
      <a class="badge wait" href="${pathOf(mailboxes, mailbox)}/${uid}">
        ${visit.texts.papers.state.question}
      </a>
      ${visit.texts.papers.state.asks(name, words, longDate(visit.clock, at))}
    </span>
  `;
}

/** What has been answered, by whom and when, and what is still to come. */
function linesOf(visit: Visit, state: PaperState, child: ChildLine): readonly string[] {
  const words = visit.texts.papers.state;
  const { standing } = child;
  const missing =
    standing.kind === 'waiting'
      ? child.guardians.filter(({ id }) => standing.missing.includes(id))
      : [];
  const names = visit.texts.list(missing.map(({ name }) => name));
  const told = missing.flatMap(({ remindedAt }) => remindedAt ?? []);
  const last = told.length === 0 ? null : new Date(Math.max(...told.map((at) => at.getTime())));
  return [
    ...(standing.kind === 'nobody' ? [words.nobody] : []),
    ...(standing.kind === 'differ' ? [words.differ] : []),
    ...child.answers.map((one) => answerWords(visit, state, one)),
    ...(standing.kind === 'no' && standing.alsoYes ? [words.alsoYes] : []),
    ...child.guardians
      .filter(({ mayAnswer }) => !mayAnswer)
      .map(({ name }) => `${name} ${words.lostRights}`),
    ...(names === '' ? [] : [words.missing(names)]),
    ...(last === null ? [] : [words.remindedOn(longDate(visit.clock, last))]),
    ...child.before.map((one) => words.before(answerWords(visit, state, one))),
    ...child.numbers.map(({ name, number }) => `${name}${visit.texts.colon}${number}`),
  ];
}

function answerWords(visit: Visit, state: PaperState, answer: AnswerLine): string {
  const text = [state.text, ...state.older].find(({ version }) => version === answer.version);
  const said = saidWords(visit, (text ?? state.text).frame, answer.says);
  const paper = answer.way === 'paper' ? `, ${visit.texts.papers.family.onPaper}` : '';
  const note = answer.note === '' ? '' : ` – ${answer.note}`;
  return `${answer.name}${visit.texts.colon}${said}, ${longDate(visit.clock, answer.at)}${paper}${note}`;
}

interface Entry {
  readonly child: ChildLine;
  readonly refused: RefusedSheet | null;
}

function rowActs(visit: Visit, state: PaperState, { child, refused }: Entry): Html {
  const words = visit.texts.papers.state;
  const path = paperPath(state.ref);
  const remind = html`
    <form method="post" action="${path}/remind">
      ${token(visit)}
      <input type="hidden" name="pupil" value="${child.id}" />
      <button class="btn mini">
        ${icon(visit, 'bell')}${words.remind}
        <span class="vh">${child.name}</span>
      </button>
    </form>
  `;
  const isAsked = state.phase === 'open' && child.standing.kind === 'waiting';
  return html`
    <span class="acts-r">
      ${isAsked ? remind : NOTHING}
      <details class="by-hand" id="sheet-${child.id}" ${attributes({ open: refused !== null })}>
        <summary class="btn mini quiet">
          ${icon(visit, 'write')}${words.enter}
          <span class="vh">${child.name}</span>
        </summary>
        ${slipEntry(visit, state, { child, refused })}
      </details>
    </span>
  `;
}

/** What stands on a paper slip: what is ticked, and who signed. */
function slipEntry(visit: Visit, { ref, text }: PaperState, { child, refused }: Entry): Html {
  const words = visit.texts.papers.state;
  const path = paperPath(ref);
  const signers = [
    ...child.guardians
      .filter(({ mayAnswer }) => mayAnswer)
      .map(({ id, name }) => [id, name] as const),
    ['', words.someone] as const,
  ];
  const filled = refused ?? SHEET_FORM.blank({ signer: String(signers[0]?.[0] ?? '') });
  const fields = SHEET_FORM.shown(visit, filled);
  const trouble = refused?.trouble ?? null;
  return html`
    <form
      class="stack tight"
      method="post"
      action="${path}/slip"
      enctype="multipart/form-data"
      novalidate
    >
      ${token(visit)}
      <input type="hidden" name="pupil" value="${child.id}" />
      ${trouble === null ? NOTHING : alertBanner(visit, 'wait', trouble)}
      ${answerChoice(visit, text.frame.question, { child, filled, fields })}
      ${fields.choice(
        'signer',
        { id: `signer-${child.id}`, label: words.signedBy, look: 'input' },
        signers,
      )}
      ${fields.line('name', { id: `name-${child.id}`, label: words.itsName })}
      ${photoField(visit, child, attributes({ autofocus: trouble !== null }))}
      <p class="hint">${words.keepSheet}</p>
      <div class="row">
        <button class="btn main">${icon(visit, 'check')}${words.note}</button>
        <a class="btn quiet" href="${path}/sheets.pdf?pupil=${child.id}">
          ${icon(visit, 'print')}${words.print}
        </a>
      </div>
    </form>
  `;
}

/** A photo of the sheet, which stays the proof. */
const photoField = (visit: Visit, { id }: ChildLine, focus: Html): Html => html`
  <span class="upload">
    <input
      class="vh"
      type="file"
      id="photo-${id}"
      name="file"
      accept="image/*,application/pdf"
      data-named
      ${focus}
    />
    <label class="btn mini" for="photo-${id}">
      ${icon(visit, 'attach')}${visit.texts.papers.state.photo}
    </label>
    <output></output>
  </span>
`;

interface ChildSheet {
  readonly child: ChildLine;
  readonly filled: Filled<keyof SheetTyped>;
  readonly fields: ShownFields<keyof SheetTyped>;
}

function answerChoice(
  visit: Visit,
  question: Question,
  { child, filled, fields }: ChildSheet,
): Html {
  const { papers: words } = visit.texts;
  if (question.kind === 'words')
    return fields.line('words', { id: `words-${child.id}`, label: words.state.onPaper });
  const options =
    question.kind === 'choice'
      ? question.options.map((option, at) => [`option ${at}`, option] as const)
      : (question.kind === 'sign' ? (['signed'] as const) : (['yes', 'no'] as const)).map(
          (one) => [one, words.says[one]] as const,
        );
  const { typed, wrong } = filled;
  const why = wrong?.words ?? null;
  const whyId = `words-${child.id}-trouble`;
  return html`
    <fieldset ${attributes({ 'aria-describedby': why === null ? null : whyId })}>
      <legend class="lab small">${words.state.onPaper}</legend>
      ${options.map(
        ([value, label], at) => html`
          <label class="tick">
            <input
              type="radio"
              name="says"
              value="${value}"
              ${attributes({ checked: typed.says === value, autofocus: why !== null && at === 0 })}
            />
            <span>${label}</span>
          </label>
        `,
      )}
      ${why === null ? NOTHING : fieldTrouble(visit, whyId, why)}
    </fieldset>
  `;
}
