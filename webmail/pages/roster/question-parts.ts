import type { AnswersGiven, ShownQuestion } from '../../../core/school/imports/pending/contract.ts';
import type { OpenQuestion } from '../../../core/school/imports/questions/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token, commas } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { reasonField, rosterPage } from './roster-parts.ts';

type Choice = ShownQuestion['choices'][number];
type Evidence = Exclude<OpenQuestion['evidence'], null>;

/** « Deux Camille Lefèvre : la même personne ? » */
export function questionTitle({ texts }: Visit, { name, choices }: ShownQuestion): string {
  const words = texts.questions;
  if (choices.length === 0) return words.alone(name);
  return choices.length === 1 ? words.two(name) : words.several(name);
}

/** What the file says of somebody, as terms and what they are. */
export function clueList(visit: Visit, evidence: Evidence): Html {
  const clues = cluesOf(visit, evidence);
  if (clues.length === 0) return NOTHING;
  return html`
    <dl class="clues">
      ${clues.map(
        ([term, said]) => html`
          <div>
            <dt>${term}</dt>
            <dd>${said}</dd>
          </div>
        `,
      )}
    </dl>
  `;
}

/** What the file says of somebody, on one line. */
export function evidenceLine(visit: Visit, evidence: Evidence | null): string {
  return evidence === null
    ? ''
    : cluesOf(visit, evidence)
        .map(([, said]) => said)
        .join(', ');
}

function cluesOf(
  { texts, viewer }: Visit,
  { children, classNames, birthDate, email, phones, home }: Evidence,
): readonly (readonly [string, string])[] {
  const { clues } = texts.questions;
  const all = [
    [clues.children, texts.list(children)],
    [clues.class, texts.list(classNames)],
    [clues.birth, birthDate === null ? '' : wholeCalendarDay(viewer.language, birthDate)],
    [clues.email, email ?? ''],
    [clues.phone, texts.list(phones.map(spaced))],
    [clues.home, home ?? ''],
  ] as const;
  return all.filter(([, said]) => said !== '');
}

/** `06 12 34 56 79`, as people read it. */
function spaced(phone: string): string {
  return phone.match(/../g)?.join('\u00a0') ?? phone;
}

/** Who somebody would be, as one of the answers says it. */
export function choiceText({ texts }: Visit, choice: Choice): string {
  const words = texts.questions;
  if (!choice.here) return choice.name === '' ? words.elsewhere : words.elsewhereNamed(choice.name);
  return choice.address === null ? words.sameLine(choice.name) : words.same(choice.name);
}

/** What is known of them: class, mailbox, family; and what the file says. */
export function clueLine(visit: Visit, kind: ShownQuestion['kind'], choice: Choice): string {
  const { clues } = visit.texts.questions;
  const { className, address, family, evidence } = choice;
  const named = (term: string, said: string): string =>
    said === '' ? '' : `${term}${visit.texts.colon}${said}`;
  return commas(
    named(clues.class, className ?? ''),
    named(clues.mailbox, address ?? ''),
    named(
      kind === 'pupil' ? clues.parents : clues.children,
      evidence === null ? visit.texts.list(family) : '',
    ),
    evidenceLine(visit, evidence),
  );
}

/** « même téléphone », « autre adresse postale »: what speaks for, then what speaks against. */
export function choiceMarks({ texts }: Visit, { marks }: Choice): Html {
  const words = texts.questions.marks;
  const kinds = ['mail', 'phone', 'home', 'born', 'parents'] as const;
  const said = (mark: 'same' | 'other') =>
    kinds.filter((kind) => marks[kind] === mark).map((kind) => words[kind][mark]);
  const [same, other] = [said('same'), said('other')];
  if (same.length + other.length === 0) return NOTHING;
  return html`
    <span class="marks">
      ${same.map(
        (word) => html`
          <span class="badge ok">${word}</span>
        `,
      )}
      ${other.map(
        (word) => html`
          <span class="badge">${word}</span>
        `,
      )}
    </span>
  `;
}

/** What became of the answers just given. */
function saidBanners(visit: Visit, after: AfterAnswers): Html {
  const words = visit.texts.questions;
  const { given, missing } = after;
  return html`
    ${missing === 'answer' ? banner(visit, 'stop', words.missing.answer) : NOTHING}
    ${given !== null && given.answered > 0 ? banner(visit, 'ok', words.answered(given.answered)) : NOTHING}
    ${given !== null && given.impossible > 0 ? banner(visit, 'wait', words.impossible(given.impossible)) : NOTHING}
  `;
}

/** The form of all answers of a page: fields among the questions, acts at the foot. */
export const ANSWERS_FORM = 'answers';

/** What has just been said on a page of questions. */
export interface AfterAnswers {
  readonly given: AnswersGiven | null;
  readonly missing: 'reason' | 'answer' | null;
  /** What was chosen and typed where it wasn't taken, by the values of the fields. */
  readonly chosen: ReadonlySet<string>;
  readonly reason: string;
}

export const NOTHING_SAID: AfterAnswers = {
  given: null,
  missing: null,
  chosen: new Set(),
  reason: '',
};

interface QuestionsSheet {
  /** Null where no question waits. */
  readonly lead: string | null;
  readonly after: AfterAnswers;
  readonly questions: Html;
  readonly back: { readonly to: string; readonly words: string };
  /** Where the answers go; null: there is nothing to answer. */
  readonly bar: AnswersSent | null;
}

interface AnswersSent {
  readonly action: string;
  readonly proposals: readonly { readonly name: string; readonly value: string }[];
}

/** A page of questions, a school's or the town's; without any it has no bar. */
export function questionsPage(visit: Visit<FramePart>, page: QuestionsSheet): Promise<Answer> {
  const words = visit.texts.questions;
  const { after, back, bar } = page;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      ${
        page.lead === null
          ? NOTHING
          : html`
              <p class="soft">${page.lead}</p>
            `
      }
    </div>
    ${saidBanners(visit, after)} ${page.lead === null ? nothingHere('slate', words.none) : NOTHING}
    ${page.questions}
    <p><a class="btn" href="${back.to}">${icon(visit, 'back')}${back.words}</a></p>
  `;
  return rosterPage(visit, {
    title: words.title,
    refused: after.missing !== null,
    content,
    width: page.lead === null ? 'narrow' : 'full',
    ...(bar === null ? {} : { bar: answerBar(visit, bar, after) }),
  });
}

/** To answer what was chosen, or to take all that is proposed, as the page showed it. */
function answerBar(
  visit: Visit,
  { action, proposals }: AnswersSent,
  { missing, reason }: AfterAnswers,
): Html {
  const words = visit.texts.questions;
  const accept = html`
    <button class="btn" form="${ANSWERS_FORM}" name="act" value="accept">
      ${icon(visit, 'check')}${words.accept(proposals.length)}
    </button>
  `;
  return html`
    <div class="bar">
      <form id="${ANSWERS_FORM}" method="post" action="${action}" novalidate>
        ${token(visit)}
        ${proposals.map(
          ({ name, value }) => html`
            <input type="hidden" name="${name}" value="${value}" />
          `,
        )}
      </form>
      <p class="grow soft">${words.foot}</p>
      ${reasonField(visit, {
        label: words.reason,
        form: ANSWERS_FORM,
        value: reason,
        wrong: missing === 'reason' ? words.missing.reason : null,
      })}
      ${proposals.length === 0 ? NOTHING : accept}
      <button class="btn main" form="${ANSWERS_FORM}" name="act" value="answer">
        ${words.answer}
      </button>
    </div>
  `;
}
