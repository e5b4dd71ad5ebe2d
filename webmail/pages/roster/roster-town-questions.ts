import type {
  QuestionsOfSchool,
  ShownQuestion,
  WithPendingImports,
} from '../../../core/school/imports/pending/contract.ts';
import { table } from '../../components/table.ts';
import type { FramePart } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { numberOf, schoolIdOf } from '../../ids.ts';
import {
  ANSWERS_FORM,
  choiceMarks,
  choiceText,
  evidenceLine,
  NOTHING_SAID,
  questionsPage,
  questionTitle,
  type AfterAnswers,
} from './question-parts.ts';

/** GET /roster/questions: the questions of all schools as one list, with the answers proposed. */
export async function townQuestions(
  visit: Visit<FramePart & WithPendingImports>,
  after: AfterAnswers,
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const all = await core.pendingImports.townQuestions(viewer);
  if (all === null) return MISSING;
  const words = texts.questions;
  const rows = all.flatMap(({ school, questions }) =>
    questions.map((one) => questionRow(visit, one, { school, chosen: after.chosen })),
  );
  const heads = [words.question, words.says, words.yours];
  const asked = html`
    ${table(visit, { caption: words.title, heads, rows, all: true })}
  `;
  return questionsPage(visit, {
    lead: rows.length === 0 ? null : words.leadTown,
    after,
    questions: rows.length === 0 ? NOTHING : asked,
    back: { to: '/roster', words: texts.roster.back },
    bar:
      rows.length === 0
        ? null
        : {
            action: '/roster/questions',
            proposals: all.flatMap(({ school, questions }) =>
              questions.flatMap(({ id, proposed }) =>
                proposed === null
                  ? []
                  : [{ name: 'proposed', value: `${school.id}:${id}:${proposed}` }],
              ),
            ),
          },
  });
}

interface RowOf {
  readonly school: QuestionsOfSchool['school'];
  readonly chosen: AfterAnswers['chosen'];
}

function questionRow(visit: Visit, question: ShownQuestion, { school, chosen }: RowOf): Html {
  const { texts } = visit;
  const { kind, evidence, choices, className } = question;
  const [first] = choices;
  return html`
    <tr>
      <th scope="row">
        ${questionTitle(visit, question)}
        <br />
        <span class="soft small">
          <a href="/roster/${school.id}/questions">${school.name}</a>
          , ${texts.questions.kinds[kind]}
        </span>
      </th>
      <td class="small">
        ${evidenceLine(visit, evidence) || (className ?? '')}
        ${first === undefined ? NOTHING : choiceMarks(visit, first)}
      </td>
      <td>${answerSelect(visit, question, { school, chosen })}</td>
    </tr>
  `;
}

function answerSelect(visit: Visit, question: ShownQuestion, { school, chosen }: RowOf): Html {
  const words = visit.texts.questions;
  const { proposed, choices } = question;
  const option = (word: string, text: string) => {
    const value = `${school.id}:${question.id}:${word}`;
    return html`
      <option value="${value}" ${attributes({ selected: chosen.has(value) })}>
        ${text}${word === proposed ? ` (${words.proposed})` : ''}
      </option>
    `;
  };
  return html`
    <select
      class="input"
      form="${ANSWERS_FORM}"
      name="answer"
      aria-label="${words.yours}${visit.texts.colon}${questionTitle(visit, question)}"
    >
      <option value="">${words.wait}</option>
      ${choices.map((choice) =>
        option(
          choice.word,
          choice.className === null
            ? choiceText(visit, choice)
            : `${choiceText(visit, choice)}, ${choice.className}`,
        ),
      )}
      ${option('new', words.other)} ${option('skip', words.skip)}
    </select>
    ${proposed === null ? NOTHING : proposedText(visit, question)}
  `;
}

/** In words beside the choice, for who looks down the list. */
function proposedText(visit: Visit, { proposed, choices }: ShownQuestion): Html {
  const words = visit.texts.questions;
  const chosen = choices.find(({ word }) => word === proposed);
  return html`
    <p class="small">
      <span class="badge ok">${words.proposed}</span>
      ${' '}${chosen === undefined ? words.other : choiceText(visit, chosen)}
    </p>
  `;
}

/** POST /roster/questions: the answers chosen, or all that are proposed as the page showed them. */
export async function answerTownQuestions(
  visit: Visit<FramePart & WithPendingImports>,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  if (viewer.role !== 'agent') return MISSING;
  const said = fieldsOf(form, field(form, 'act') === 'accept' ? 'proposed' : 'answer');
  const answers = said.flatMap((one) => {
    const [, ofSchool, number, word] = /^(\d{1,9}):(\d{1,15}):([a-z\d-]{1,20})$/.exec(one) ?? [];
    const [school, id] = [schoolIdOf(ofSchool), numberOf(number)];
    return school === null || id === null || word === undefined ? [] : [{ school, id, word }];
  });
  const reason = field(form, 'reason').trim().slice(0, 200);
  const chosen = new Set(fieldsOf(form, 'answer'));
  const again = (missing: AfterAnswers['missing']): Promise<Answer> =>
    townQuestions(visit, { given: null, missing, chosen, reason });
  if (answers.length === 0) return again('answer');
  if (reason === '') return again('reason');
  const given = await core.pendingImports.answer(viewer, { answers, reason });
  return given === null ? MISSING : townQuestions(visit, { ...NOTHING_SAID, given });
}
