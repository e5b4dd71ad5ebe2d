import type { DeskSchool, SchoolDesk, SchoolId, ShownImport } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { field, type Form } from '../forms.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { icon, token } from '../parts.ts';
import { banner, countsText, dayOf, rosterPage, table } from '../roster-parts.ts';
import type { Visit } from '../visit.ts';
import { longDate, wholeDay } from '../when.ts';

/** GET /roster: a head's school at once; of several, or of the town, which one. */
export async function roster(visit: Visit, complaint: string | null = null): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const schools = await core.pendingImports.schools(viewer);
  const [only] = schools;
  if (only === undefined) return MISSING;
  if (schools.length === 1 && viewer.role !== 'agent')
    return { kind: 'go', to: `/roster/${only.id}` };
  const words = texts.roster.home;
  const town = viewer.role === 'agent' ? await townPart(visit, only, complaint) : NOTHING;
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
            <li><a href="/roster/${one.id}">${one.name}</a></li>
          `,
        )}
      </ul>
    </section>
  `;
  return rosterPage(visit, { title: words.title, status: complaint === null ? 200 : 422, content });
}

async function townPart(visit: Visit, first: DeskSchool, complaint: string | null): Promise<Html> {
  const { core, viewer, texts, now } = visit;
  const words = texts.roster;
  const [batches, desk, moves] = await Promise.all([
    core.pendingImports.batches(viewer),
    core.pendingImports.ofSchool(viewer, first.id),
    core.pendingImports.moves(viewer),
  ]);
  const waiting = moves.filter(({ refused }) => refused === null).length;
  const rows = batches.map(
    (one) => html`
      <tr>
        <th scope="row"><a href="/roster/town/${one.id}">${one.fileName}</a></th>
        <td>${longDate(viewer.language, one.at, now)}</td>
        <td>${words.town.year(one.year)}</td>
      </tr>
    `,
  );
  return html`
    ${complaint === null ? NOTHING : banner(visit, 'stop', complaint)}
    ${
      waiting > 0
        ? banner(
            visit,
            'wait',
            html`
              ${words.moves.ask(waiting)}${' '}
              <a href="/roster/moves">${words.moves.see}</a>
            `,
          )
        : moves.length > 0
          ? html`
              <p><a href="/roster/moves">${words.moves.seeRefused}</a></p>
            `
          : NOTHING
    }
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/town"
      enctype="multipart/form-data"
      aria-labelledby="tw"
    >
      <h2 id="tw">${words.home.town}</h2>
      <p>${words.home.townHint}</p>
      <div class="field">
        <label for="f">${words.upload.file}</label>
        <input class="input" type="file" id="f" name="files" accept=".zip" required />
      </div>
      ${desk === null ? NOTHING : yearChoice(visit, desk)}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'eye')}${words.upload.go}</button>
      </div>
    </form>
    ${
      rows.length === 0
        ? NOTHING
        : html`
            <section class="stack tight" aria-labelledby="bt">
              <h2 id="bt">${words.home.batches}</h2>
              ${table(visit, { caption: words.home.batches, heads: [words.upload.file, words.desk.when, words.desk.year], rows })}
            </section>
          `
    }
  `;
}

function yearChoice(
  { texts }: Visit,
  { runningYear, nextYear }: Pick<SchoolDesk, 'runningYear' | 'nextYear'>,
): Html {
  const words = texts.roster.upload;
  const choice = (
    year: string,
    { word, hint, chosen }: { word: string; hint: string; chosen: boolean },
  ) => html`
    <label class="row choice">
      <input type="radio" name="year" value="${year}" ${attributes({ checked: chosen })} />
      <span>
        ${word}${' '}
        <span class="soft small">${hint}</span>
      </span>
    </label>
  `;
  return html`
    <fieldset>
      <legend class="lab">${words.year}</legend>
      ${choice(runningYear, { word: words.running(runningYear), hint: words.runningHint, chosen: true })}
      ${choice(nextYear, { word: words.next(nextYear), hint: words.nextHint, chosen: false })}
    </fieldset>
  `;
}

/** GET /roster/:school: give files, go on with what was begun, see what was done. */
export async function rosterSchool(
  visit: Visit,
  school: SchoolId,
  after: { readonly said: unknown; readonly complaint: string | null },
): Promise<Answer> {
  const { core, viewer, texts, now } = visit;
  const desk = await core.pendingImports.ofSchool(viewer, school);
  if (desk === null) return MISSING;
  const words = texts.roster;
  const { language } = viewer;
  const drafts = desk.drafts.map(
    (one) => html`
      <li class="row">
        <span class="grow">
          ${words.desk.draft(longDate(language, one.at, now))}${' '}
          <span class="soft small">${words.town.year(one.year)}</span>
        </span>
        <a class="btn" href="/roster/${school}/draft/${one.id}">${words.desk.goOn}</a>
      </li>
    `,
  );
  const content = html`
    <div>
      <h1>${words.upload.title}</h1>
      <p class="soft">${desk.school.name}. ${words.upload.lead}</p>
    </div>
    ${after.complaint === null ? NOTHING : banner(visit, 'stop', after.complaint)}
    ${after.said === 'nothing' ? banner(visit, 'ok', words.done.nothing) : NOTHING}
    ${
      desk.rollOver === null
        ? NOTHING
        : banner(
            visit,
            'wait',
            html`
              ${words.desk.next(wholeDay(language, dayOf(desk.rollOver)))}${' '}
              <a href="/roster/${school}/next">${words.desk.seeNext}</a>
            `,
          )
    }
    ${askedMoves(visit, desk)}
    ${
      drafts.length === 0
        ? NOTHING
        : html`
            <section class="sheet pad stack" aria-labelledby="dr">
              <h2 id="dr">${words.desk.waiting}</h2>
              <ul class="stack tight">
                ${drafts}
              </ul>
            </section>
          `
    }
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/${school}"
      enctype="multipart/form-data"
    >
      <div class="field">
        <label for="f">${words.upload.files}</label>
        <input
          class="input"
          type="file"
          id="f"
          name="files"
          multiple
          required
          accept=".csv,.txt,.xlsx,.zip"
          aria-describedby="fh"
        />
        <p class="hint" id="fh">${words.upload.filesHint}</p>
      </div>
      <details>
        <summary>${words.upload.where}</summary>
        <p>${words.upload.whereText}</p>
      </details>
      ${yearChoice(visit, desk)}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'eye')}${words.upload.go}</button>
      </div>
    </form>
    <section class="stack tight" aria-labelledby="hi">
      <h2 id="hi">${words.desk.history}</h2>
      ${
        desk.imports.length === 0
          ? html`
              <p class="soft">${words.desk.noHistory}</p>
            `
          : history(visit, school, desk.imports)
      }
    </section>
  `;
  return rosterPage(visit, {
    title: words.upload.title,
    status: after.complaint === null ? 200 : 422,
    content,
  });
}

/** Children of other schools whom this school has asked the town for. */
function askedMoves(visit: Visit, { moves }: SchoolDesk): Html {
  const { texts, viewer, now } = visit;
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
                  <span class="small soft">${longDate(viewer.language, one.at, now)}</span>
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
  return rows.length === 0
    ? NOTHING
    : html`
        <section class="stack tight" aria-labelledby="mv">
          <h2 id="mv">${words.ours}</h2>
          <p class="soft">${words.oursHint}</p>
          ${table(visit, { caption: words.ours, heads: [words.child, words.wanted, words.stands], rows })}
        </section>
      `;
}

function history(visit: Visit, school: SchoolId, imports: readonly ShownImport[]): Html {
  const { texts, viewer, now } = visit;
  const words = texts.roster.desk;
  const rows = imports.map(
    (one) => html`
      <tr>
        <th scope="row">
          <a href="/roster/${school}/import/${one.id}">
            ${longDate(viewer.language, one.appliedAt ?? one.createdAt, now)}
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
                  <span class="soft small">
                    ${words.undoable(wholeDay(viewer.language, one.undoUntil))}
                  </span>
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
export async function giveFiles(visit: Visit, school: SchoolId, form: Form): Promise<Answer> {
  const { core, viewer, texts } = visit;
  if (form.files.length === 0)
    return rosterSchool(visit, school, { said: null, complaint: texts.roster.upload.none });
  const given = await core.pendingImports.upload(viewer, school, {
    year: field(form, 'year'),
    files: form.files.map(({ name, bytes }) => ({ name, bytes })),
  });
  if (given === null) return MISSING;
  if (given.kind === 'refused')
    return rosterSchool(visit, school, { said: null, complaint: given.sentence });
  return { kind: 'go', to: `/roster/${school}/draft/${given.id}` };
}
