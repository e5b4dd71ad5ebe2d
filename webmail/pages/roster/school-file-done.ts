import type { ShownSchoolImport } from '../../../core/town/town/school-imports/contract.ts';
import { table } from '../../components/table.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate, wholeDay, wholeCalendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { rosterPage } from './roster-parts.ts';

type Applied = Extract<ShownSchoolImport, { kind: 'applied' }>;

/** What an import of schools did, the report, and the way back. */
export function schoolImportDone(
  visit: Visit<FramePart>,
  shown: Applied,
  said: unknown,
): Promise<Answer> {
  const { texts, clock } = visit;
  const words = texts.townSchools.done;
  const { done } = shown;
  const title = words.title(done.schools.length, done.changed.length + done.closed.length);
  const content = html`
    ${backLink(visit, '/school', texts.townSchools.back)}
    <div>
      <h1>${title}</h1>
      <p class="soft">${words.on(shown.file, longDate(clock, shown.appliedAt))}</p>
    </div>
    ${stateBanner(visit, shown, said)} ${onward(visit, shown)} ${madeTable(visit, shown)}
    ${changedTable(visit, shown)} ${closedTable(visit, shown)} ${undoForm(visit, shown)}
  `;
  return rosterPage(visit, {
    title,
    isTooLate: said === 'not-undone',
    content,
    width: 'full',
    section: 'school',
  });
}

function stateBanner(visit: Visit, { undoneAt, done }: Applied, said: unknown): Html {
  const words = visit.texts.townSchools.done;
  if (said === 'not-undone') return banner(visit, 'stop', words.notUndone);
  if (undoneAt === null) return said === 'done' ? banner(visit, 'ok', words.applied) : NOTHING;
  const kept = visit.texts.list(done.kept.map(({ name }) => name));
  return banner(
    visit,
    said === 'undone' ? 'ok' : 'wait',
    html`
      ${words.undone}${done.kept.length === 0 ? '' : ` ${words.kept(kept)}`}
    `,
  );
}

/** What comes next: the pupils of the schools that were made. */
function onward(visit: Visit, { undoneAt, done }: Applied): Html {
  const words = visit.texts.townSchools.done;
  const rosters = html`
    <a class="btn main" href="/roster">${icon(visit, 'file')}${words.rosters}</a>
  `;
  return html`
    <p class="row">
      ${undoneAt === null && done.schools.length > 0 ? rosters : NOTHING}
      <a class="btn" href="/school">${words.all}</a>
    </p>
  `;
}

function madeTable(visit: Visit, { done }: Applied): Html {
  const { done: words, preview } = visit.texts.townSchools;
  const kept = new Set(done.kept.map(({ id }) => id));
  const isThere = ({ id }: Applied['done']['schools'][number]) =>
    done.kept.length === 0 || kept.has(id);
  const rows = done.schools.map(
    (one) => html`
      <tr>
        <th scope="row">
          ${
            isThere(one)
              ? html`
                  <a href="/schools/${one.id}">${one.name}</a>
                `
              : one.name
          }
          <br />
          <span class="soft small mono">${one.uai}</span>
        </th>
        <td>${one.commune}</td>
        <td class="mono">${one.slug}</td>
      </tr>
    `,
  );
  if (rows.length === 0) return NOTHING;
  const heads = [preview.school, preview.commune, preview.slug];
  return html`
    <section class="stack tight" aria-labelledby="mk">
      <h2 id="mk">${words.made}</h2>
      ${table(visit, { caption: words.made, heads, rows })}
    </section>
  `;
}

function changedTable(visit: Visit, { done }: Applied): Html {
  const { done: words, preview } = visit.texts.townSchools;
  const rows = done.changed.map(
    ({ before, after }) => html`
      <tr>
        <td>${before.name}</td>
        <th class="into" scope="row">
          ${after.name}
          <br />
          <span class="soft small mono">${after.uai ?? ''}</span>
        </th>
      </tr>
    `,
  );
  if (rows.length === 0) return NOTHING;
  return html`
    <section class="stack tight" aria-labelledby="ch">
      <h2 id="ch">${words.changed}</h2>
      ${table(visit, { caption: words.changed, heads: [preview.now, preview.then], rows })}
    </section>
  `;
}

function closedTable(visit: Visit, { done }: Applied): Html {
  const { done: words, preview } = visit.texts.townSchools;
  const rows = done.closed.map(
    ({ name, day }) => html`
      <tr>
        <th scope="row">${name}</th>
        <td>${wholeCalendarDay(visit.viewer.language, day)}</td>
      </tr>
    `,
  );
  if (rows.length === 0) return NOTHING;
  return html`
    <section class="stack tight" aria-labelledby="cl">
      <h2 id="cl">${words.closed}</h2>
      ${table(visit, { caption: words.closed, heads: [preview.school, preview.closesOn], rows })}
    </section>
  `;
}

function undoForm(visit: Visit, { id, undoUntil }: Applied): Html {
  const words = visit.texts.townSchools.done;
  if (undoUntil === null) return NOTHING;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/schools/file/${id}/undo"
      aria-labelledby="un"
    >
      <h2 id="un">${words.undo}</h2>
      <p>${words.undoHint(wholeDay(visit.clock, undoUntil))}</p>
      <div class="row">
        ${token(visit)}
        <button class="btn no">${icon(visit, 'undo')}${words.undo}</button>
      </div>
    </form>
  `;
}
