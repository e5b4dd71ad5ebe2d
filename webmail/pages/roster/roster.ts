import type { SchoolId } from '../../../core/ground/ids.ts';
import { actsForTown } from '../../../core/rules/viewer.ts';
import type {
  RosterSchool,
  ImportsOfSchool,
  ShownBatch,
  ShownImport,
  ShownMove,
  WithPendingImports,
} from '../../../core/school/imports/pending/contract.ts';
import { fileField } from '../../components/file-field.ts';
import { nextYearBanner } from '../../components/next-year.ts';
import { table } from '../../components/table.ts';
import { leftOutOf } from '../../components/unsent.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate, wholeDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { countsText, rosterPage } from './roster-parts.ts';

/** GET /roster: a head's school at once; of several, or of the town, which one. */
export async function roster(
  visit: Visit<FramePart & WithPendingImports>,
  complaint: string | null = null,
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const schools = await core.pendingImports.schools(viewer);
  const [only] = schools;
  if (only === undefined) return MISSING;
  if (schools.length === 1 && viewer.role !== 'agent')
    return { kind: 'go', to: `/roster/${only.id}` };
  const words = texts.roster.home;
  const town = actsForTown(viewer) ? await townPart(visit, only, complaint) : NOTHING;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${viewer.role === 'agent' ? words.leadTown : words.lead}</p>
    </div>
    ${town}
    <section class="sheet pad stack" aria-labelledby="sc">
      <h2 id="sc">${words.schools}</h2>
      <ul class="gather">
        ${schools.map(
          (one) => html`
            <li><a class="link low" href="/roster/${one.id}">${one.name}</a></li>
          `,
        )}
      </ul>
    </section>
  `;
  return rosterPage(visit, { title: words.title, refused: complaint !== null, content });
}

async function townPart(
  visit: Visit<WithPendingImports>,
  first: RosterSchool,
  complaint: string | null,
): Promise<Html> {
  const { core, viewer, texts } = visit;
  const words = texts.roster;
  const [batches, own, moves, questions] = await Promise.all([
    core.pendingImports.batches(viewer),
    core.pendingImports.ofSchool(viewer, first.id),
    core.pendingImports.moves(viewer),
    core.pendingImports.countQuestions(viewer),
  ]);
  const complained = complaint === null ? NOTHING : banner(visit, 'stop', complaint);
  return html`
    ${complained}${townQuestionsLink(visit, questions)}${movesLink(visit, moves)}
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/town"
      enctype="multipart/form-data"
      aria-labelledby="tw"
    >
      <h2 id="tw">${words.home.town}</h2>
      <p>${words.home.townHint}</p>
      ${fileField(visit, { label: words.upload.file, hint: '', name: 'files', accept: '.zip' })}
      ${own === null ? NOTHING : yearChoice(visit, own)}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'eye')}${words.upload.go}</button>
      </div>
    </form>
    ${batchesGiven(visit, batches)}
  `;
}

/** That questions wait in some schools. */
function townQuestionsLink(visit: Visit, schools: number): Html {
  const words = visit.texts.questions;
  if (schools === 0) return NOTHING;
  const text = html`
    ${words.askTown(schools)}${' '}
    <a href="/roster/questions">${words.see}</a>
  `;
  return banner(visit, 'wait', text);
}

/** That children wait for the town's agreement to change school, or that some were refused. */
function movesLink(visit: Visit, moves: readonly ShownMove[]): Html {
  const words = visit.texts.roster.moves;
  const waiting = moves.filter(({ refused }) => refused === null).length;
  if (waiting > 0)
    return banner(
      visit,
      'wait',
      html`
        ${words.ask(waiting)}${' '}
        <a href="/roster/moves">${words.see}</a>
      `,
    );
  if (moves.length === 0) return NOTHING;
  return html`
    <p><a class="link low" href="/roster/moves">${words.seeRefused}</a></p>
  `;
}

function batchesGiven(
  visit: Visit,
  batches: readonly Pick<ShownBatch, 'id' | 'fileName' | 'at' | 'year'>[],
): Html {
  const { texts, clock } = visit;
  const { home, upload, imports, town } = texts.roster;
  if (batches.length === 0) return NOTHING;
  const rows = batches.map(
    (one) => html`
      <tr>
        <th scope="row"><a href="/roster/town/${one.id}">${one.fileName}</a></th>
        <td>${longDate(clock, one.at)}</td>
        <td>${town.year(one.year)}</td>
      </tr>
    `,
  );
  const heads = [upload.file, imports.when, imports.year];
  return html`
    <section class="stack tight" aria-labelledby="bt">
      <h2 id="bt">${home.batches}</h2>
      ${table(visit, { caption: home.batches, heads, rows })}
    </section>
  `;
}

function yearChoice(
  { texts }: Visit,
  { runningYear, nextYear }: Pick<ImportsOfSchool, 'runningYear' | 'nextYear'>,
): Html {
  const words = texts.roster.upload;
  const choice = (year: string, word: string, hint: string) => html`
    <label class="row choice">
      <input
        type="radio"
        name="year"
        value="${year}"
        ${attributes({ checked: year === runningYear })}
      />
      <span>
        ${word}${' '}
        <span class="soft small">${hint}</span>
      </span>
    </label>
  `;
  return html`
    <fieldset>
      <legend class="lab">${words.year}</legend>
      ${choice(runningYear, words.running(runningYear), words.runningHint)}
      ${choice(nextYear, words.next(nextYear), words.nextHint)}
    </fieldset>
  `;
}

/** GET /roster/:school: give files, go on with what was begun, see what was done. */
export async function rosterSchool(
  visit: Visit<FramePart & WithPendingImports>,
  school: SchoolId,
  after: { readonly said: unknown; readonly complaint: string | null },
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const own = await core.pendingImports.ofSchool(viewer, school);
  if (own === null) return MISSING;
  const words = texts.roster;
  const complaint = after.complaint ?? own.closed;
  const content = html`
    <div>
      <h1>${words.upload.title}</h1>
      <p class="soft">${own.school.name}. ${words.upload.lead}</p>
    </div>
    ${complaint === null ? NOTHING : banner(visit, 'stop', complaint)}
    ${after.said === 'nothing' ? banner(visit, 'ok', words.done.nothing) : NOTHING}
    ${questionsBanner(visit, school, own.questions)} ${nextYearBanner(visit, school, own.rollOver)}
    ${askedMoves(visit, own)} ${drafts(visit, own)}
    ${own.closed === null ? giveForm(visit, own) : NOTHING}
    <section class="stack tight" aria-labelledby="hi">
      <h2 id="hi">${words.imports.history}</h2>
      ${history(visit, school, own.imports)}
    </section>
  `;
  return rosterPage(visit, {
    title: words.upload.title,
    refused: after.complaint !== null,
    content,
  });
}

/** That lines of the lists wait for an answer; nothing where none does. */
export function questionsBanner(visit: Visit, school: SchoolId, questions: number): Html {
  const words = visit.texts.questions;
  if (questions === 0) return NOTHING;
  const text = html`
    ${words.ask(questions)}${' '}
    <a href="/roster/${school}/questions">${words.see}</a>
  `;
  return banner(visit, 'wait', text);
}

/** Imports that were begun: files were given, nothing is decided. */
function drafts(visit: Visit, { school, drafts: begun }: ImportsOfSchool): Html {
  const { texts, clock } = visit;
  const words = texts.roster.imports;
  if (begun.length === 0) return NOTHING;
  const lines = begun.map(
    (one) => html`
      <li class="row">
        <span class="grow">
          ${words.draft(longDate(clock, one.at))}${' '}
          <span class="soft small">${texts.roster.town.year(one.year)}</span>
        </span>
        <a class="btn" href="/roster/${school.id}/draft/${one.id}">${words.goOn}</a>
      </li>
    `,
  );
  return html`
    <section class="sheet pad stack" aria-labelledby="dr">
      <h2 id="dr">${words.waiting}</h2>
      <ul class="stack tight">
        ${lines}
      </ul>
    </section>
  `;
}

/** The files of one school, and for which year they are. */
function giveForm(visit: Visit, own: ImportsOfSchool): Html {
  const words = visit.texts.roster.upload;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/${own.school.id}"
      enctype="multipart/form-data"
    >
      ${fileField(visit, {
        label: words.files,
        hint: words.filesHint,
        name: 'files',
        accept: '.csv,.txt,.xlsx,.zip',
        multiple: true,
      })}
      <details>
        <summary>${words.where}</summary>
        <p>${words.whereText}</p>
      </details>
      ${yearChoice(visit, own)}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'eye')}${words.go}</button>
      </div>
    </form>
  `;
}

/** Children of other schools whom this school has asked the town for. */
function askedMoves(visit: Visit, { moves }: ImportsOfSchool): Html {
  const { texts, clock } = visit;
  const words = texts.roster.moves;
  const rows = moves.map(
    (one) => html`
      <tr>
        <th scope="row">${one.name}</th>
        <td>${one.className ?? ''}</td>
        <td>
          ${
            one.refused === null
              ? html`
                  <span class="badge wait">${texts.roster.preview.waits}</span>
                  ${' '}
                  <span class="small soft">${longDate(clock, one.at)}</span>
                `
              : html`
                  <span class="badge stop">${words.no}</span>
                  ${' '}
                  <span class="small">${one.refused.reason}</span>
                `
          }
        </td>
      </tr>
    `,
  );
  if (rows.length === 0) return NOTHING;
  const heads = [words.child, words.wanted, words.stands];
  return html`
    <section class="stack tight" aria-labelledby="mv">
      <h2 id="mv">${words.ours}</h2>
      <p class="soft">${words.oursHint}</p>
      ${table(visit, { caption: words.ours, heads, rows })}
    </section>
  `;
}

function history(visit: Visit, school: SchoolId, imports: readonly ShownImport[]): Html {
  const { texts, clock } = visit;
  const words = texts.roster.imports;
  if (imports.length === 0)
    return html`
      <p class="soft">${words.noHistory}</p>
    `;
  const rows = imports.map(
    (one) => html`
      <tr>
        <th scope="row">
          <a href="/roster/${school}/import/${one.id}">
            ${longDate(clock, one.appliedAt ?? one.createdAt)}
          </a>
          <br />
          <span class="soft small">${one.by === null ? words.byTown : words.by(one.by)}</span>
        </th>
        <td class="nb">${one.year}</td>
        <td>${countsText(visit, one.summary)}</td>
        <td>
          ${words.state[one.state]}
          ${
            one.undoUntil === null
              ? NOTHING
              : html`
                  <br />
                  <span class="soft small">${words.undoable(wholeDay(clock, one.undoUntil))}</span>
                `
          }
        </td>
      </tr>
    `,
  );
  return table(visit, {
    caption: words.history,
    heads: [words.when, words.year, words.what, words.howItStands],
    rows,
  });
}

/** POST /roster/:school: the files; then the page that shows what they would change. */
export async function giveFiles(
  visit: Visit<FramePart & WithPendingImports>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const [empty] = leftOutOf(visit, form);
  if (empty !== undefined || form.files.length === 0)
    return rosterSchool(visit, school, {
      said: null,
      complaint: empty ?? texts.roster.upload.none,
    });
  const given = await core.pendingImports.upload(viewer, school, {
    year: field(form, 'year'),
    files: form.files.map(({ name, bytes }) => ({ name, bytes })),
  });
  if (given === null) return MISSING;
  if (given.kind === 'refused')
    return rosterSchool(visit, school, { said: null, complaint: given.sentence });
  return { kind: 'go', to: `/roster/${school}/draft/${given.id}` };
}
