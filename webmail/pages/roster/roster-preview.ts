import type { ShownPreview } from '../../../core/school/imports/pending/contract.ts';
import { table } from '../../components/table.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { changes } from './roster-changes.ts';
import {
  changedOf,
  decideBar,
  FORM,
  questions,
  stopBanners,
  type PreviewDraft,
} from './roster-decide.ts';
import { foundLines, rosterPage } from './roster-parts.ts';

/** What was just said on a draft's page, and what was not said that must be. */
export interface AfterDraft {
  readonly said: unknown;
  readonly missing: 'reason' | null;
}

/**
 * What an import would change: first what blocks it, then who arrives, leaves and moves; the act
 * stands at the foot.
 */
export function rosterPreview(
  visit: Visit<FramePart>,
  draft: PreviewDraft,
  { said, missing }: AfterDraft,
): Promise<Answer> {
  const { texts, clock } = visit;
  const words = texts.roster.preview;
  const { preview } = draft;
  const title = draft.rehearsal ? words.titleNext(draft.year) : words.title;
  const content = html`
    <div class="split">
      <div>
        <h1>${title}</h1>
        <p class="soft">
          ${draft.school.name}. ${words.read(longDate(clock, draft.at))}${' '}
          <b>${words.unchangedYet}</b>
        </p>
      </div>
      <button class="btn" type="button" data-print hidden>
        ${icon(visit, 'print')}${words.print}
      </button>
    </div>
    ${saidBanner(visit, said)}${stopBanners(visit, draft)}${loudColumns(visit, preview)}${nothingBanner(visit, draft)}
    ${sums(visit, preview)} ${questions(visit, draft)} ${refusedLines(visit, preview)}
    ${changes(visit, preview, visit.texts.roster.preview.leaveHint)} ${whatWasRead(visit, draft)}
  `;
  return rosterPage(visit, {
    title,
    refused: said === 'stopped' || said === 'changed' || missing !== null,
    content,
    width: 'full',
    bar: decideBar(visit, draft, missing === null ? null : words.reasonMissing),
  });
}

function saidBanner(visit: Visit, said: unknown): Html {
  const words = visit.texts.roster.preview;
  if (said === 'saved') return banner(visit, 'ok', words.saved);
  if (said === 'changed') return banner(visit, 'stop', words.changedSince);
  return said === 'stopped' ? banner(visit, 'stop', words.stopped) : NOTHING;
}

/** The school knows all this already but for refused lines, perhaps from these very files. */
function nothingBanner(visit: Visit, { preview, rehearsal, ...draft }: PreviewDraft): Html {
  const { texts, clock } = visit;
  const words = texts.roster.preview;
  if (!preview.nothingToDo || rehearsal) return NOTHING;
  const { sameFileAppliedAt: before } = draft;
  const same = before === null ? NOTHING : words.same(longDate(clock, before));
  return banner(
    visit,
    'ok',
    html`
      ${preview.refused.length === 0 ? words.nothing : words.nothingElse}${' '}${same}
    `,
  );
}

/** Columns that say who somebody is, or where, and that nothing is read from. */
function loudColumns(visit: Visit, { leftAside }: ShownPreview): Html {
  const words = visit.texts.roster.preview;
  const said = (about: 'role' | 'school', sentence: (columns: string) => string): Html => {
    const columns = columnNames(visit, leftAside, about);
    return columns === '' ? NOTHING : banner(visit, 'stop', sentence(columns));
  };
  return html`
    ${said('role', words.asideRole)} ${said('school', words.asideSchool)}
  `;
}

function columnNames(
  { texts }: Visit,
  leftAside: ShownPreview['leftAside'],
  about: ShownPreview['leftAside'][number]['about'],
): string {
  const columns = leftAside.filter((one) => one.about === about);
  const files = new Set(columns.map(({ file }) => file));
  return texts.list(
    columns.map(
      ({ file, column }) => `«\u00a0${column}\u00a0»${files.size > 1 ? ` (${file})` : ''}`,
    ),
  );
}

function whatWasRead(visit: Visit, draft: PreviewDraft): Html {
  const words = visit.texts.roster;
  const again = html`
    <button class="btn" form="${FORM}" name="act" value="ask-columns" formnovalidate>
      ${words.columns.again}
    </button>
  `;
  return html`
    <details class="sheet pad">
      <summary>${words.found.title}</summary>
      ${foundLines(visit, draft.found)}${otherColumns(visit, draft.preview)}${draft.mapped ? again : NOTHING}
    </details>
  `;
}

/** Every other column that is left aside, by name. */
function otherColumns(visit: Visit, { leftAside }: ShownPreview): Html {
  const columns = columnNames(visit, leftAside, null);
  return columns === ''
    ? NOTHING
    : html`
        <p class="soft small">${visit.texts.roster.preview.aside(columns)}</p>
      `;
}

/** How many of each, with links to where they stand on the page; what is zero isn't said. */
function sums(visit: Visit, preview: ShownPreview): Html {
  const { sums: said, unchanged } = visit.texts.roster.preview;
  const undecided = preview.questions.filter(({ preset }) => preset === null).length;
  return html`
    <ul class="sums sheet num">
      ${sumLine(undecided, said.undecided, { to: 'hom', tone: 'wait' })}
      ${sumLine(preview.refused.length, said.refused, { to: 'err', tone: 'stop' })}
      ${sumLine(preview.arrives.length, said.arrives, { to: 'arr' })}
      ${sumLine(preview.leaves.length, said.leaves, { to: 'dep' })}
      ${sumLine(changedOf(preview), said.changes, { to: 'chg' })}
      <li class="soft">
        <b>${preview.unchanged}</b>
        ${unchanged}
      </li>
    </ul>
  `;
}

/** How many, in words, as a link to where they stand; nothing where there are none. */
export function sumLine(
  count: number,
  words: (count: number) => string,
  { to, tone = null }: { readonly to: string; readonly tone?: 'wait' | 'stop' | null },
): Html {
  const line = html`
    <li>
      <a href="#${to}" ${attributes({ class: tone === null ? null : `tone ${tone}` })}>
        <b>${count}</b>
        ${words(count)}
      </a>
    </li>
  `;
  return count === 0 ? NOTHING : line;
}

function refusedLines(visit: Visit, { refused }: ShownPreview): Html {
  const words = visit.texts.roster.preview;
  if (refused.length === 0) return NOTHING;
  const namesFile = new Set(refused.map(({ at }) => at.file)).size > 1;
  const rows = refused
    .toSorted((one, other) => Number(one.harmless) - Number(other.harmless))
    .map((one) => refusedRow(visit, one, { namesFile }));
  const heads = [words.lineHead, words.cell, words.wrong];
  return html`
    <section class="stack tight" aria-labelledby="err">
      <h2 id="err">${words.refused}</h2>
      <p>${words.refusedHint}</p>
      ${table(visit, { caption: words.refused, heads, rows })}
    </section>
  `;
}

function refusedRow(
  { texts }: Visit,
  { at, cell, sentence, harmless }: ShownPreview['refused'][number],
  { namesFile }: { readonly namesFile: boolean },
): Html {
  const badge = html`
    ${' '}
    <span class="badge">${texts.roster.preview.harmless}</span>
  `;
  return html`
    <tr>
      <td class="nb">${namesFile ? `${at.file}, ` : ''}${at.line}</td>
      <td class="mono">${cell}</td>
      <td>${sentence}${harmless ? badge : NOTHING}</td>
    </tr>
  `;
}
