import type { SchoolId } from '../../../core/ground/ids.ts';
import type {
  ShownQuestion,
  WithPendingImports,
} from '../../../core/school/imports/pending/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import { commas } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import {
  ANSWERS_FORM,
  choiceMarks,
  choiceText,
  clueLine,
  clueList,
  NOTHING_SAID,
  questionsPage,
  questionTitle,
  type AfterAnswers,
} from './question-parts.ts';

/** Before the id of a question, in the names of the fields. */
const QUESTION = 'q:';

/** GET /roster/:school/questions: the lines of a school's lists that may mean several people. */
export async function rosterQuestions(
  visit: Visit<FramePart & WithPendingImports>,
  school: SchoolId,
  after: AfterAnswers,
): Promise<Answer> {
  const found = await visit.core.pendingImports.questions(visit.viewer, school);
  if (found === null) return MISSING;
  const words = visit.texts.questions;
  const isNone = found.questions.length === 0;
  return questionsPage(visit, {
    lead: isNone ? null : `${found.school.name}. ${words.lead}`,
    after,
    questions: html`
      ${found.lapsed === 0 ? NOTHING : banner(visit, 'wait', words.lapsed(found.lapsed))}
      ${found.questions.map((one) => questionSheet(visit, one, after.chosen))}
    `,
    back: { to: `/roster/${school}`, words: visit.texts.roster.done.toImports },
    bar: isNone
      ? null
      : {
          action: `/roster/${found.school.id}/questions`,
          proposals: found.questions.flatMap(({ id, proposed }) =>
            proposed === null ? [] : [{ name: `p:${id}`, value: proposed }],
          ),
        },
  });
}

function questionSheet(
  visit: Visit,
  question: ShownQuestion,
  chosen: AfterAnswers['chosen'],
): Html {
  const words = visit.texts.questions;
  const { id, kind, name, evidence, choices, expiresAt } = question;
  const until = words.until(wholeDay(visit.clock, expiresAt));
  const isChosen = (word: string): boolean => chosen.has(answerOf(id, word));
  const other = { word: 'new', text: words.other, hint: words.otherHint };
  const skip = { word: 'skip', text: words.skip, hint: words.skipHint };
  return html`
    <fieldset class="sheet pad question" aria-describedby="until-${id}">
      <legend class="vh">${questionTitle(visit, question)}</legend>
      <h2 aria-hidden="true">${questionTitle(visit, question)}</h2>
      <p class="soft small" id="until-${id}">${commas(words.kinds[kind], until)}</p>
      <div class="apart">
        <div class="told">
          <h3>${words.inFile}</h3>
          <p><b>${name}</b></p>
          ${
            evidence === null
              ? html`
                  <p class="soft small">${words.noEvidence}</p>
                `
              : clueList(visit, evidence)
          }
        </div>
        <div class="answers">
          ${choices.map((choice) =>
            option(visit, question, {
              word: choice.word,
              text: choiceText(visit, choice),
              hint: clueLine(visit, kind, choice),
              marks: choiceMarks(visit, choice),
              isChosen: isChosen(choice.word),
            }),
          )}
          ${[other, skip].map((one) => option(visit, question, { ...one, isChosen: isChosen(one.word) }))}
        </div>
      </div>
    </fieldset>
  `;
}

interface AnswerOption {
  readonly word: string;
  readonly text: string;
  readonly hint: string;
  readonly marks?: Html;
  readonly isChosen: boolean;
}

/** An answer among all of the page. */
const answerOf = (question: number | string, word: string): string => `${question}:${word}`;

function option(
  visit: Visit,
  { id, proposed }: ShownQuestion,
  { word, text, hint, marks = NOTHING, isChosen }: AnswerOption,
): Html {
  const badge = html`
    ${' '}
    <span class="badge ok">${visit.texts.questions.proposed}</span>
  `;
  return html`
    <label class="option">
      <input
        type="radio"
        form="${ANSWERS_FORM}"
        name="${QUESTION}${id}"
        value="${word}"
        ${attributes({ checked: isChosen })}
      />
      <span>
        <b>${text}</b>
        ${word === proposed ? badge : NOTHING}
        ${
          hint === ''
            ? NOTHING
            : html`
                <span class="soft small">${hint}</span>
              `
        }
        ${marks}
      </span>
    </label>
  `;
}

/**
 * POST /roster/:school/questions: the answers chosen, or all that are proposed as the page showed
 * them.
 */
export async function answerRosterQuestions(
  visit: Visit<FramePart & WithPendingImports>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  const prefix = field(form, 'act') === 'accept' ? 'p:' : QUESTION;
  const answers = form.fields
    .under(prefix)
    .filter(([, word]) => word !== '')
    .map(([id, word]) => ({ school, id: Number(id), word }));
  const reason = field(form, 'reason').trim().slice(0, 200);
  const chosen = new Set(form.fields.under(QUESTION).map(([id, word]) => answerOf(id, word)));
  const again = (missing: AfterAnswers['missing']): Promise<Answer> =>
    rosterQuestions(visit, school, { given: null, missing, chosen, reason });
  if (answers.length === 0) return again('answer');
  if (viewer.role === 'agent' && reason === '') return again('reason');
  const given = await core.pendingImports.answer(viewer, { answers, reason });
  return given === null ? MISSING : rosterQuestions(visit, school, { ...NOTHING_SAID, given });
}
