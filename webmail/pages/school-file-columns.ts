import type { SchoolColumns, ShownSchoolImport } from '../../core/core.ts';
import type { Answer } from '../answer.ts';
import { field, type Form } from '../forms.ts';
import type { FramePart } from '../frame.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { icon, token } from '../parts.ts';
import { banner, rosterPage, table } from '../roster-parts.ts';
import type { Visit } from '../visit.ts';

type Asked = Extract<ShownSchoolImport, { kind: 'columns' }>;

/** What a header is most likely called, to be chosen beforehand; the person may change it. */
const LIKELY = {
  uai: /uai|rne|identifiant|num.ro/i,
  name: /^(nom|libell.|d.nomination|appellation|.cole|school|name)(?!.*(commune|ville))/i,
  commune: /^(?!.*(code|insee|postal)).*(commune|ville|localit.|city|town)/i,
  communeCode: /insee|code.*commune/i,
  type: /^type|nature/i,
  state: /^.tat|statut.*(ouv|ferm)|state/i,
  sector: /secteur|public|priv/i,
} satisfies Readonly<Record<keyof SchoolColumns, RegExp>>;
const NEEDED: ReadonlySet<string> = new Set(['uai', 'name', 'commune']);
const COLUMNS = Object.keys(LIKELY) as (keyof SchoolColumns)[];

/** GET of a file whose titles nobody knows: which column is which. */
export function schoolColumnsPage(
  visit: Visit<FramePart>,
  asked: Asked,
  complaint: string | null,
): Promise<Answer> {
  const words = visit.texts.townSchools.columns;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead(asked.file)}</p>
    </div>
    ${complaint === null ? NOTHING : banner(visit, 'stop', complaint)} ${firstLines(visit, asked)}
    <form class="sheet pad stack" method="post" action="/schools/file/${asked.id}">
      <div class="fields">${COLUMNS.map((name) => columnField(visit, asked, name))}</div>
      <p class="hint">${words.typeHint}</p>
      <div class="row">
        ${token(visit)}
        <button class="btn main" name="act" value="columns">
          ${icon(visit, 'eye')}${words.go}
        </button>
        <button class="btn" name="act" value="discard">
          ${visit.texts.townSchools.preview.discard}
        </button>
      </div>
    </form>
  `;
  return rosterPage(visit, {
    title: words.title,
    status: complaint === null ? 200 : 422,
    content,
    section: 'school',
  });
}

/** The file's own titles and its first lines, so that the columns can be told. */
function firstLines(visit: Visit, { headers, sample }: Asked): Html {
  const words = visit.texts.townSchools.columns;
  const rows = sample.map(
    (cells) => html`
      <tr>
        ${cells.map(
          (cell) => html`
            <td>${cell}</td>
          `,
        )}
      </tr>
    `,
  );
  return html`
    <section class="stack tight" aria-labelledby="sa">
      <h2 id="sa">${words.sample}</h2>
      ${table(visit, { caption: words.sample, heads: headers, rows, all: true })}
    </section>
  `;
}

function columnField({ texts }: Visit, { headers }: Asked, name: keyof SchoolColumns): Html {
  const words = texts.townSchools.columns;
  const likely = headers.find((header) => LIKELY[name].test(header)) ?? '';
  const options = headers
    .filter((header) => header !== '')
    .map(
      (header) => html`<option${attributes({ selected: header === likely })}>${header}</option>`,
    );
  const needed = html`
    ${' '}
    <span class="soft small">(${words.needed})</span>
  `;
  return html`
    <div class="field">
      <label for="c-${name}">${words.labels[name]}${NEEDED.has(name) ? needed : NOTHING}</label>
      <select id="c-${name}" name="${name}">
        <option value="">${words.none}</option>
        ${options}
      </select>
    </div>
  `;
}

/** The columns as they were chosen; null while one that is needed is missing, or is two things. */
export function schoolColumnsOf(form: Form): SchoolColumns | null {
  const column = (name: keyof SchoolColumns): string | null => field(form, name) || null;
  const [uai, name, commune] = [column('uai'), column('name'), column('commune')];
  if (uai === null || name === null || commune === null) return null;
  if (new Set([uai, name, commune]).size < 3) return null;
  return {
    uai,
    name,
    commune,
    communeCode: column('communeCode'),
    type: column('type'),
    state: column('state'),
    sector: column('sector'),
  };
}
