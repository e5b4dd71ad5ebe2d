import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { rosterPage } from './roster-parts.ts';

/** A page that asks which column of a file is which. */
interface ColumnsAsked {
  /** Where its form goes. */
  readonly action: string;
  readonly words: {
    readonly title: string;
    readonly lead: string;
    readonly sample: string;
    readonly go: string;
    readonly discard: string;
  };
  readonly complaint: string | null;
  readonly file: {
    readonly headers: readonly string[];
    readonly sample: readonly (readonly string[])[];
  };
  readonly fields: Html;
  readonly section?: 'school';
}

/** The file's own titles and first lines, the fields, and the two ways on. */
export function columnsAsked(visit: Visit<FramePart>, asked: ColumnsAsked): Promise<Answer> {
  const { words, complaint, section } = asked;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${complaint === null ? NOTHING : banner(visit, 'stop', complaint)}
    ${firstLines(words.sample, asked.file)}
    <form class="sheet pad stack" method="post" action="${asked.action}">
      ${asked.fields}
      <div class="row">
        ${token(visit)}
        <button class="btn main" name="act" value="columns">
          ${icon(visit, 'eye')}${words.go}
        </button>
        <button class="btn" name="act" value="discard">${words.discard}</button>
      </div>
    </form>
  `;
  return rosterPage(visit, {
    title: words.title,
    refused: complaint !== null,
    content,
    ...(section === undefined ? {} : { section }),
  });
}

/** So that the columns can be told. */
function firstLines(title: string, { headers, sample }: ColumnsAsked['file']): Html {
  const heads = headers.map(
    (header) => html`
      <th scope="col">${header}</th>
    `,
  );
  const row = (cells: readonly string[]) => html`
    <tr>
      ${cells.map(
        (cell) => html`
          <td>${cell}</td>
        `,
      )}
    </tr>
  `;
  return html`
    <section class="stack tight" aria-labelledby="sa">
      <h2 id="sa">${title}</h2>
      <div class="sheet scroll" tabindex="0">
        <table class="sample">
          <caption class="vh">${title}</caption>
          <thead>
            <tr>${heads}</tr>
          </thead>
          <tbody>${sample.map(row)}</tbody>
        </table>
      </div>
    </section>
  `;
}

interface ColumnChoice {
  readonly name: string;
  readonly label: string | Html;
  readonly headers: readonly string[];
  /** What is chosen beforehand; empty: none. */
  readonly chosen: string;
  readonly none: string;
}

/** One of the file's columns, or none. */
export function columnSelect(column: ColumnChoice): Html {
  const { name, label, chosen } = column;
  const options = column.headers
    .filter((header) => header !== '')
    .map(
      (header) => html`<option${attributes({ selected: header === chosen })}>${header}</option>`,
    );
  return html`
    <div class="field">
      <label for="c-${name}">${label}</label>
      <select id="c-${name}" name="${name}">
        <option value="">${column.none}</option>
        ${options}
      </select>
    </div>
  `;
}

/** A label that says that this column must be there. */
export const neededLabel = (label: string, needed: string): Html => html`
  ${label}${' '}
  <span class="soft small">(${needed})</span>
`;
