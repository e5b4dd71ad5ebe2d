import type { WithConfig } from '../../../core/ground/config.ts';
import type {
  ChangedSchool,
  ClosedSchool,
  DoubtfulLine,
  NewSchool,
  SchoolPlan,
} from '../../../core/roster/school-directory/plan.ts';
import type { ShownSchoolImport } from '../../../core/town/town/school-imports/contract.ts';
import { bareLine } from '../../components/field.ts';
import { table } from '../../components/table.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/** The form at the foot, whose fields stand in the tables above it. */
export const PREVIEW_FORM = 'preview';
/** Fields with a school's number after it. */
export const SHORT_NAME = 'short:';
export const CLOSING = 'close:';
/** A form brings only so many fields: beyond, short names are shown and not asked. */
const MOST_ASKED = 1_000;
const MOST_SIGNS = 40;

/** Lines that aren't taken, and why. */
export function doubtsTable(visit: Visit, { doubts }: SchoolPlan): Html {
  const words = visit.texts.townSchools.preview;
  const row = ({ line, uai, name, commune, why }: DoubtfulLine) => html`
    <tr>
      <td class="r">${line}</td>
      <td>
        ${name}
        <br />
        <span class="soft small">${commune}</span>
      </td>
      <td class="mono">${uai}</td>
      <td>${words.doubt[why]}</td>
    </tr>
  `;
  return section(visit, {
    id: 'dou',
    title: words.doubts,
    hint: words.doubtsHint,
    heads: [words.line, words.school, words.uai, words.why],
    rows: doubts.map(row),
    all: false,
  });
}

/** Schools that would be made, each with the short name that it would get. */
export function newTable(visit: Visit<WithConfig>, { schools }: SchoolPlan): Html {
  const words = visit.texts.townSchools.preview;
  const made = schools
    .filter((one): one is NewSchool => one.kind === 'new')
    // What can't be so comes first: nobody has to look for it.
    .toSorted(
      (one, other) => Number(other.slugTrouble !== null) - Number(one.slugTrouble !== null),
    );
  const asks = made.length <= MOST_ASKED;
  const row = (one: NewSchool) => html`
    <tr>
      <th scope="row">
        ${one.name}
        <br />
        <span class="soft small">
          ${one.commune.name},
          <span class="mono">${one.uai}</span>
        </span>
      </th>
      <td>
        ${
          asks
            ? shortNameField(visit, one)
            : html`
                <span class="mono">${one.slug}</span>
              `
        }
      </td>
    </tr>
  `;
  const { domain } = visit.core.config;
  return section(visit, {
    id: 'new',
    title: words.made(made.length),
    hint: asks ? words.madeHint(domain) : words.tooMany(MOST_ASKED),
    heads: [words.school, words.slug],
    rows: made.map(row),
    all: true,
  });
}

function shortNameField({ texts }: Visit, { uai, name, slug, slugTrouble }: NewSchool): Html {
  const words = texts.townSchools.preview;
  const id = `s-${uai}`;
  const wrong =
    slugTrouble === null
      ? NOTHING
      : html`
          <p class="err" id="${id}-e">${words.slugTrouble[slugTrouble]}</p>
        `;
  const line = bareLine({
    id,
    name: `${SHORT_NAME}${uai}`,
    value: slug,
    look: 'mono',
    wrongBy: slugTrouble && `${id}-e`,
    as: {
      form: PREVIEW_FORM,
      maxlength: MOST_SIGNS,
      autocomplete: 'off',
      autocapitalize: 'none',
      spellcheck: 'false',
      'aria-label': words.slugOf(name),
    },
  });
  return html`
    ${line} ${wrong}
  `;
}

/** Schools of ours that the file tells something new of. */
export function changedTable(visit: Visit, { schools }: SchoolPlan): Html {
  const words = visit.texts.townSchools.preview;
  const changed = schools.filter((one): one is ChangedSchool => one.kind === 'changed');
  return section(visit, {
    id: 'chg',
    title: words.changed(changed.length),
    hint: words.changedHint,
    heads: [words.now, words.then],
    rows: changed.map((one) => changedRow(visit, one)),
    all: false,
  });
}

function changedRow({ texts }: Visit, one: ChangedSchool): Html {
  const words = texts.townSchools.preview;
  const { school } = one;
  const fresh = (text: string) => html`
    <b>${text}</b>
  `;
  return html`
    <tr>
      <th scope="row">
        ${school.name}
        <br />
        <span class="soft small mono">${school.slug}</span>
        ${' '}
        <span class="soft small">${school.uai ?? words.noNumber}</span>
      </th>
      <td>
        ${one.isRenamed ? fresh(one.name) : one.name}
        <br />
        <span class="small">
          ${one.isElsewhere ? fresh(one.commune.name) : one.commune.name},
          ${one.isNumbered ? fresh(one.uai) : one.uai}
        </span>
      </td>
    </tr>
  `;
}

/** Schools of ours that are closed in the file: on which day, if at all. */
export function closedTable(
  visit: Visit,
  { plan, choices }: Extract<ShownSchoolImport, { kind: 'preview' }>,
): Html {
  const words = visit.texts.townSchools.preview;
  const closed = plan.schools.filter((one): one is ClosedSchool => one.kind === 'closed');
  const row = ({ uai, school }: ClosedSchool) => html`
    <tr>
      <th scope="row">
        ${school.name}
        <br />
        <span class="soft small mono">${uai}</span>
      </th>
      <td>
        ${
          school.closesOn === null
            ? closingField(visit, { uai, name: school.name, day: choices.closings[uai] ?? '' })
            : wholeCalendarDay(visit.viewer.language, school.closesOn)
        }
      </td>
    </tr>
  `;
  return section(visit, {
    id: 'clo',
    title: words.closed(closed.length),
    hint: words.closedHint,
    heads: [words.school, words.closesOn],
    rows: closed.map(row),
    all: true,
  });
}

interface ClosingLine {
  readonly uai: string;
  readonly name: string;
  readonly day: string;
}

function closingField({ texts }: Visit, { uai, name, day }: ClosingLine): Html {
  return bareLine({
    name: `${CLOSING}${uai}`,
    value: day,
    as: {
      type: 'date',
      form: PREVIEW_FORM,
      'aria-label': texts.townSchools.preview.closesOnOf(name),
    },
  });
}

interface SchoolsSection {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly heads: readonly string[];
  readonly rows: readonly Html[];
  readonly all: boolean;
}

function section(visit: Visit, { id, title, hint, ...shown }: SchoolsSection): Html {
  if (shown.rows.length === 0) return NOTHING;
  return html`
    <section class="stack tight" id="${id}" aria-labelledby="${id}-t">
      <h2 id="${id}-t">${title}</h2>
      <p class="soft">${hint}</p>
      ${table(visit, { caption: title, ...shown })}
    </section>
  `;
}
