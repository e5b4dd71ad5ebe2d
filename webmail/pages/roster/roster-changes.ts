import type { PreviewLine } from '../../../core/roster/preview.ts';
import type { ShownPreview } from '../../../core/school/imports/pending/contract.ts';
import { table } from '../../components/table.ts';
import { commas } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/**
 * Who arrives, leaves, moves and changes otherwise: what a preview and a report have in common;
 * `leaveHint` says what becomes of who leaves.
 */
export function changes(visit: Visit, preview: ShownPreview, leaveHint: string): Html {
  const people = html`
    ${arrivals(visit, preview)}${departures(visit, preview, leaveHint)}
  `;
  const sideBySide = preview.arrives.length > 0 && preview.leaves.length > 0;
  return html`
    ${kept(visit, preview)}
    ${
      sideBySide
        ? html`
            <div class="pair">${people}</div>
          `
        : people
    }
    <div class="stack wide" id="chg">
      ${fromOtherSchools(visit, preview)}${classMoves(visit, preview)}${levelChanges(visit, preview)}${others(visit, preview)}
    </div>
  `;
}

interface ChangesSection {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly heads: readonly string[];
  readonly rows: readonly Html[];
}

/** A heading, a hint and a table; nothing where there are no rows. */
function section(visit: Visit, { id, title, hint = '', heads, rows }: ChangesSection): Html {
  if (rows.length === 0) return NOTHING;
  return html`
    <section class="stack tight" aria-labelledby="${id}">
      <h2 id="${id}">${title}</h2>
      ${
        hint === ''
          ? NOTHING
          : html`
              <p class="soft small">${hint}</p>
            `
      }
      ${table(visit, { caption: title, heads, rows })}
    </section>
  `;
}

/** The row of one person: their name, what they are unless a pupil, and the cells beside it. */
function personRow({ texts }: Visit, one: PreviewLine, cells: Html): Html {
  const kind =
    one.kind === 'pupil'
      ? NOTHING
      : html`
          ${' '}
          <span class="soft small">${texts.roster.preview.kinds[one.kind]}</span>
        `;
  return html`
    <tr>
      <th scope="row">${one.name}${kind}</th>
      ${cells}
    </tr>
  `;
}

function arrivals(visit: Visit, { arrives }: ShownPreview): Html {
  const { counts, preview: words } = visit.texts.roster;
  const cells = (one: PreviewLine) => html`
    <td>${one.className ?? (one.kind === 'pupil' ? words.toPlace : '')}</td>
    <td class="small">${one.address ?? words.newAddress}</td>
  `;
  return section(visit, {
    id: 'arr',
    title: counts.arrives(arrives.length),
    heads: [words.person, words.class, words.address],
    rows: arrives.map((one) => personRow(visit, one, cells(one))),
  });
}

function departures(visit: Visit, { leaves }: ShownPreview, hint: string): Html {
  const { counts, preview: words } = visit.texts.roster;
  const cells = (one: PreviewLine) => html`
    <td>${one.className ?? ''}</td>
    <td class="small">${one.address ?? ''}</td>
  `;
  return section(visit, {
    id: 'dep',
    title: counts.leaves(leaves.length),
    hint,
    heads: [words.person, words.leavesClass, words.address],
    rows: leaves.map((one) => personRow(visit, one, cells(one))),
  });
}

/** Children of other schools of the town; some wait until the town agrees. */
function fromOtherSchools(visit: Visit, { changesSchool }: ShownPreview): Html {
  const words = visit.texts.roster.preview;
  const waits = html`
    ${' '}
    <span class="badge wait">${words.waits}</span>
  `;
  const cells = (one: ShownPreview['changesSchool'][number]) => html`
    <td>${one.className ?? words.toPlace}</td>
    <td>${one.fromSchool ?? ''}${one.waitsForAgent ? waits : NOTHING}</td>
  `;
  const someWait = changesSchool.some(({ waitsForAgent }) => waitsForAgent);
  return section(visit, {
    id: 'sch',
    title: words.schools,
    hint: someWait ? words.schoolsWait : words.schoolsMove,
    heads: [words.person, words.class, words.from],
    rows: changesSchool.map((one) => personRow(visit, one, cells(one))),
  });
}

/** Those who stay because a refused line may have been about them. */
function kept(visit: Visit, preview: ShownPreview): Html {
  const words = visit.texts.roster.preview;
  const cells = (one: PreviewLine) => html`
    <td>${one.className ?? ''}</td>
    <td>${one.at === null ? '' : `${one.at.file}, ${one.at.line}`}</td>
  `;
  return section(visit, {
    id: 'kep',
    title: words.kept,
    hint: words.keptHint,
    heads: [words.person, words.class, words.keptLine],
    rows: preview.kept.map((one) => personRow(visit, one, cells(one))),
  });
}

function classMoves(visit: Visit, { movesClass }: ShownPreview): Html {
  const { counts, preview: words } = visit.texts.roster;
  const cells = (one: ShownPreview['movesClass'][number]) => html`
    <td>${one.fromClass ?? ''}</td>
    <td class="into">${one.className ?? ''}</td>
  `;
  return section(visit, {
    id: 'mov',
    title: counts.movesClass(movesClass.length),
    heads: [words.person, words.before, words.after],
    rows: movesClass.map((one) => personRow(visit, one, cells(one))),
  });
}

function levelChanges(visit: Visit, { levels }: ShownPreview): Html {
  const { counts, preview: words } = visit.texts.roster;
  const cells = (one: ShownPreview['levels'][number]) => html`
    <td>${one.formerLevel ?? ''}</td>
    <td class="into">${one.level}</td>
  `;
  return section(visit, {
    id: 'lev',
    title: counts.levels(levels.length),
    heads: [words.person, words.before, words.after],
    rows: levels.map((one) => personRow(visit, one, cells(one))),
  });
}

function others(visit: Visit, preview: ShownPreview): Html {
  const words = visit.texts.roster.preview;
  const row = (name: string, effect: string) => html`
    <tr>
      <th scope="row">${name}</th>
      <td>${effect}</td>
    </tr>
  `;
  return section(visit, {
    id: 'oth',
    title: words.others,
    heads: [words.person, words.effect],
    rows: [
      ...preview.classesMade.map((name) => row(name, words.classMade)),
      ...preview.classesEnded.map((name) => row(name, words.classEnded)),
      ...preview.joins.map((one) => row(one.name, commas(words.joined, one.className ?? ''))),
      ...preview.renamed.map((one) => row(one.name, words.renamed(one.formerName))),
      ...preview.civilities.map((one) => row(one.name, words.civility[one.civility])),
      ...preview.photos.map((one) => row(one.name, words.photo[one.allowed ? 'yes' : 'no'])),
      ...preview.parted.map((one) => row(one.guardian, words.parted(one.child))),
      ...preview.notRaised.map((one) => row(one.name, words.keptRole)),
    ],
  });
}
