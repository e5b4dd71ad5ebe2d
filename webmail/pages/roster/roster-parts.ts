import type { FoundFile } from '../../../core/roster/reading/contract.ts';
import { lineField } from '../../components/field.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { commas, icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { formPage, type Answer } from '../../http/answer.ts';

interface RosterSheet {
  readonly title: string;
  readonly refused?: boolean;
  /** It can't be undone any more: 409 (RFC 9110 §15.5.10). */
  readonly isTooLate?: boolean;
  readonly content: Html;
  readonly bar?: Html;
  readonly width?: 'narrow' | 'full';
  readonly section?: 'roster' | 'school';
}

/** A page of rosters, or of schools, from a file; `bar` holds the one act, below what scrolls. */
export async function rosterPage(visit: Visit<FramePart>, page: RosterSheet): Promise<Answer> {
  const inside = html`
    <div class="body${page.width === 'full' ? '' : ' narrow'} stack wide">${page.content}</div>
  `;
  const main =
    page.bar === undefined
      ? html`
          <main id="main" class="roster">${inside}</main>
        `
      : html`
          <main id="main" class="full roster">
            <div class="scroller" tabindex="0">${inside}</div>
            ${page.bar}
          </main>
        `;
  const body = framed(visit, await surroundingsOf(visit), {
    title: page.title,
    section: page.section ?? 'roster',
    shelf: null,
    styles: ['roster.css'],
    scripts: ['roster.js'],
    main,
  });
  if (page.isTooLate === true) return { kind: 'page', status: 409, body };
  return formPage(body, { refused: page.refused ?? false });
}

/**
 * « CSVExtraction.csv : élèves d’ONDE, ISO-8859-1, séparé par des points-virgules, 331 lignes ».
 */
export function foundLines({ texts }: Visit, found: readonly FoundFile[]): Html {
  const words = texts.roster;
  return html`
    <ul>
      ${found.map(
        (one) => html`
          <li>
            <span class="mono">${one.name}</span>
            ${texts.colon}
            ${commas(
              words.formats[one.format] ?? one.format,
              one.encoding.toUpperCase(),
              one.delimiter === null ? '' : (words.found.separator[one.delimiter] ?? ''),
              words.found.lines(one.lines),
            )}.
          </li>
        `,
      )}
    </ul>
  `;
}

/** « 12 arrivées, 9 départs »; what is zero isn't said. */
export function countsText({ texts }: Visit, counts: Readonly<Record<string, number>>): string {
  const words = texts.roster.counts;
  const { nothing, ...each } = words;
  const said = Object.entries(each).flatMap(([key, say]) =>
    (counts[key] ?? 0) > 0 ? [say(counts[key] ?? 0)] : [],
  );
  return said.length === 0 ? nothing : said.join(', ');
}

interface ReasonField {
  readonly label: string;
  readonly form: string | null;
  readonly id?: string;
  /** What was typed. */
  readonly value?: string;
  readonly wrong?: string | Html | null;
}

/** Why an agent does it: written down with what they did. */
export function reasonField(visit: Visit, words: ReasonField): Html {
  const id = words.id ?? 'why';
  if (visit.viewer.role !== 'agent') return NOTHING;
  return lineField(visit, {
    name: 'reason',
    id,
    label: words.label,
    value: words.value ?? '',
    hint: visit.texts.roster.preview.reasonHint,
    wrong: words.wrong ?? null,
    box: 'named grow',
    as: {
      maxlength: 200,
      required: true,
      form: words.form,
      autofocus: words.wrong != null,
    },
  });
}

interface SheetForm {
  readonly action: string;
  readonly hint: string;
  /** What the button says. */
  readonly make: string;
  readonly look: 'btn' | 'btn main';
  /** What is wrong with the reason. */
  readonly wrong: string | null;
}

/** Asks for the sheets of those who have no way in yet: pressed, they have one. */
export function codesSheet(visit: Visit, asked: SheetForm): Html {
  const words = visit.texts.roster.done;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="${asked.action}"
      novalidate
      aria-labelledby="co"
    >
      <h2 id="co">${words.codes}</h2>
      <p>${asked.hint}</p>
      ${reasonField(visit, {
        label: words.codesReason,
        form: null,
        id: 'why-codes',
        wrong: asked.wrong,
      })}
      <div class="row">
        ${token(visit)}
        <button class="${asked.look}">${icon(visit, 'lock')}${asked.make}</button>
      </div>
    </form>
  `;
}
