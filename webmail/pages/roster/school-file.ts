import type {
  SchoolImportHead,
  WithSchoolImports,
} from '../../../core/town/town/school-imports/contract.ts';
import { fileField } from '../../components/file-field.ts';
import { table } from '../../components/table.ts';
import { leftOutOf } from '../../components/unsent.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { rosterPage } from './roster-parts.ts';

/** GET /schools/file: give a file of schools, go on with one, see what was done. */
export async function schoolFile(
  visit: Visit<FramePart & WithSchoolImports>,
  after: { readonly said: unknown; readonly complaint: string | null },
): Promise<Answer> {
  const given = await visit.core.schoolImports.list(visit.viewer);
  if (given === null) return MISSING;
  const words = visit.texts.townSchools;
  const content = html`
    ${backLink(visit, '/school', words.back)}
    <div>
      <h1>${words.file.title}</h1>
      <p class="soft">${words.file.lead}</p>
    </div>
    ${after.complaint === null ? NOTHING : banner(visit, 'stop', after.complaint)}
    ${after.said === 'discarded' ? banner(visit, 'ok', words.file.discarded) : NOTHING}
    ${giveForm(visit)}${before(visit, given)}
  `;
  return rosterPage(visit, {
    title: words.file.title,
    refused: after.complaint !== null,
    content,
    section: 'school',
  });
}

function giveForm(visit: Visit): Html {
  const words = visit.texts.townSchools.file;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/schools/file"
      enctype="multipart/form-data"
    >
      ${fileField(visit, {
        label: words.label,
        hint: words.hint,
        name: 'file',
        accept: '.csv,.txt,.xlsx,.zip',
      })}
      <details>
        <summary>${words.where}</summary>
        <p>${words.whereText}</p>
      </details>
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'eye')}${words.go}</button>
      </div>
    </form>
  `;
}

const TONES = { open: 'wait', applied: 'ok', undone: '' } as const;

function before(visit: Visit, given: readonly SchoolImportHead[]): Html {
  const { texts, clock } = visit;
  const words = texts.townSchools.file;
  if (given.length === 0) return NOTHING;
  const rows = given.map(
    (one) => html`
      <tr>
        <th scope="row">
          <a href="/schools/file/${one.id}" aria-label="${words.see(one.file)}">${one.file}</a>
        </th>
        <td>${longDate(clock, one.at)}</td>
        <td><span class="badge ${TONES[one.state]}">${words.state[one.state]}</span></td>
      </tr>
    `,
  );
  return html`
    <section class="stack tight" aria-labelledby="bf">
      <h2 id="bf">${words.before}</h2>
      ${table(visit, { caption: words.before, heads: words.heads, rows })}
    </section>
  `;
}

/** POST /schools/file: reads it; nothing changes yet. */
export async function giveSchoolFile(
  visit: Visit<FramePart & WithSchoolImports>,
  form: Form,
): Promise<Answer> {
  const { core, viewer, texts } = visit;
  if ((await core.schoolImports.list(viewer)) === null) return MISSING;
  const [file] = form.files;
  if (file === undefined)
    return schoolFile(visit, {
      said: null,
      complaint: leftOutOf(visit, form)[0] ?? texts.townSchools.file.missing,
    });
  const given = await core.schoolImports.upload(viewer, { name: file.name, bytes: file.bytes });
  if (given.kind === 'missing') return MISSING;
  return given.kind === 'refused'
    ? schoolFile(visit, { said: null, complaint: given.sentence })
    : { kind: 'go', to: `/schools/file/${given.id}` };
}
