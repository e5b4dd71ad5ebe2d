import type { WithConfig } from '../../../core/ground/config.ts';
import type { FileCommune, SchoolPlan } from '../../../core/roster/school-directory/plan.ts';
import type { ShownSchoolImport } from '../../../core/town/town/school-imports/contract.ts';
import { textField } from '../../components/field.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { rosterPage } from './roster-parts.ts';
import { sumLine } from './roster-preview.ts';
import {
  changedTable,
  closedTable,
  doubtsTable,
  newTable,
  PREVIEW_FORM,
} from './school-file-tables.ts';

export type ShownSchoolPreview = Extract<ShownSchoolImport, { kind: 'preview' }>;

/** With so few, a file was cut to a town before: all of them are ticked beforehand. */
const FEW_COMMUNES = 30;
const COMMUNES_FORM = 'communes';

/** What an answer to the preview's form said, to be shown above it. */
export interface PreviewNotice {
  readonly tone: 'ok' | 'stop';
  readonly text: string;
}

/**
 * What a file of schools would change: first which communes, then what is in doubt, then the
 * schools; the act stands at the foot.
 */
export function schoolPreview(
  visit: Visit<FramePart & WithConfig>,
  shown: ShownSchoolPreview,
  notice: PreviewNotice | null,
): Promise<Answer> {
  const taken = shown.plan.communes.filter(({ isTaken }) => isTaken);
  const { unknownCommunes } = shown.plan;
  const unknown = visit.texts.townSchools.communes.unknown(visit.texts.list(unknownCommunes));
  const said = html`
    ${notice === null ? NOTHING : banner(visit, notice.tone, notice.text)}
    ${unknownCommunes.length === 0 ? NOTHING : banner(visit, 'wait', unknown)}
  `;
  return taken.length === 0
    ? communesFirst(visit, shown, said)
    : wholePreview(visit, shown, { said, refused: notice?.tone === 'stop' });
}

/** Nobody knows yet which communes are the town's: that is the only question. */
function communesFirst(
  visit: Visit<FramePart>,
  shown: ShownSchoolPreview,
  said: Html,
): Promise<Answer> {
  const words = visit.texts.townSchools.communes;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead(shown.plan.communes.length, shown.file)}</p>
    </div>
    ${said}
    <form
      class="sheet pad stack"
      id="${COMMUNES_FORM}"
      method="post"
      action="/schools/file/${shown.id}"
    >
      ${token(visit)}${communeFields(visit, shown, 'first')}
    </form>
  `;
  const bar = html`
    <div class="bar">
      <p class="grow">${visit.texts.townSchools.preview.unchangedYet}</p>
      <button class="btn quiet" form="${COMMUNES_FORM}" name="act" value="discard">
        ${visit.texts.townSchools.preview.discard}
      </button>
      <button class="btn main" form="${COMMUNES_FORM}" name="act" value="communes">
        ${icon(visit, 'check')}${words.go}
      </button>
    </div>
  `;
  return rosterPage(visit, { title: words.title, content, section: 'school', width: 'full', bar });
}

function wholePreview(
  visit: Visit<FramePart & WithConfig>,
  shown: ShownSchoolPreview,
  { said, refused }: { readonly said: Html; readonly refused: boolean },
): Promise<Answer> {
  const { plan } = shown;
  const words = visit.texts.townSchools.preview;
  const title = words.title(shown.counts.new, changesIn(plan));
  const content = html`
    <div>
      <h1>${title}</h1>
      <p class="soft">
        ${words.read(shown.file, shown.lines)}${' '}
        <b>${words.unchangedYet}</b>
      </p>
    </div>
    ${said} ${sums(visit, shown)} ${communesFold(visit, shown)} ${doubtsTable(visit, plan)}
    ${newTable(visit, plan)} ${changedTable(visit, plan)} ${closedTable(visit, shown)}
    ${asideFold(visit, shown)}
  `;
  return rosterPage(visit, {
    title,
    refused,
    content,
    width: 'full',
    section: 'school',
    bar: actBar(visit, shown),
  });
}

/** Schools that would change: otherwise called, elsewhere, numbered, or closed on a day. */
function changesIn({ schools }: SchoolPlan): number {
  return schools.filter(
    (one) =>
      one.kind === 'changed' ||
      (one.kind === 'closed' && one.closesOn !== null && one.closesOn !== one.school.closesOn),
  ).length;
}

/** How many of each, with links to where they stand on the page; what is zero isn't said. */
function sums(visit: Visit, { counts }: ShownSchoolPreview): Html {
  const { sums: said } = visit.texts.townSchools.preview;
  const unchanged = html`
    <li class="soft">
      <b>${counts.unchanged}</b>
      ${said.unchanged}
    </li>
  `;
  return html`
    <ul class="sums sheet num">
      ${sumLine(counts.doubts, said.doubts, { to: 'dou', tone: 'wait' })}
      ${sumLine(counts.new, said.made, { to: 'new' })}
      ${sumLine(counts.renamed, said.renamed, { to: 'chg' })}
      ${sumLine(counts.elsewhere, said.elsewhere, { to: 'chg' })}
      ${sumLine(counts.numbered, said.numbered, { to: 'chg' })}
      ${sumLine(counts.closed, said.closed, { to: 'clo', tone: 'wait' })}
      ${counts.unchanged === 0 ? NOTHING : unchanged}
    </ul>
  `;
}

function communesFold(visit: Visit, shown: ShownSchoolPreview): Html {
  const words = visit.texts.townSchools.communes;
  const { communes } = shown.plan;
  const taken = communes.filter(({ isTaken }) => isTaken).length;
  return html`
    <details class="sheet pad">
      <summary>${words.heading(taken, communes.length)}</summary>
      <form class="stack" method="post" action="/schools/file/${shown.id}">
        ${communeFields(visit, shown, 'again')}
        <div class="row">
          ${token(visit)}
          <button class="btn" name="act" value="communes">
            ${icon(visit, 'check')}${words.go}
          </button>
        </div>
      </form>
    </details>
  `;
}

/** Those of the file to tick, and a field for a list that somebody has already. */
function communeFields(visit: Visit, { plan }: ShownSchoolPreview, asked: 'first' | 'again'): Html {
  const words = visit.texts.townSchools.communes;
  const few = asked === 'first' && plan.communes.length <= FEW_COMMUNES;
  const tick = (one: FileCommune) => html`
    <li>
      <label class="row choice">
        <input
          type="checkbox"
          name="commune"
          value="${one.key}"
          ${attributes({ checked: one.isTaken || few })}
        />
        <span>
          ${one.name}${' '}
          <span class="soft small">
            ${words.of(one.schools)}${one.known === null ? '' : `, ${words.known}`}
          </span>
        </span>
      </label>
    </li>
  `;
  return html`
    <fieldset>
      <legend class="lab">${words.legend}</legend>
      <ul class="gather">
        ${plan.communes.map(tick)}
      </ul>
    </fieldset>
    ${textField(visit, {
      name: 'names',
      label: words.names,
      hint: words.namesHint,
      as: { rows: 3 },
    })}
  `;
}

function asideFold({ texts }: Visit, { aside, plan }: ShownSchoolPreview): Html {
  const words = texts.townSchools.preview;
  const types = aside.types.map(({ type, count }) => words.asideTypes(count, type));
  const lines = [
    types.length === 0 ? '' : `${words.asideOther}${texts.list(types)}.`,
    aside.privateSchools === 0 ? '' : words.asidePrivate(aside.privateSchools),
    plan.aside.otherCommunes === 0 ? '' : words.asideCommunes(plan.aside.otherCommunes),
    plan.aside.closed === 0 ? '' : words.asideClosed(plan.aside.closed),
    plan.unnamed.length === 0 ? '' : words.unnamed(plan.unnamed.length),
  ].filter((line) => line !== '');
  if (lines.length === 0) return NOTHING;
  return html`
    <section class="sheet pad stack tight" aria-labelledby="as">
      <h2 class="h3" id="as">${words.aside}</h2>
      <ul class="stack tight">
        ${lines.map(
          (line) => html`
            <li>${line}</li>
          `,
        )}
      </ul>
    </section>
  `;
}

/** The one act, and what it asks first. */
function actBar(
  visit: Visit,
  { id, plan, counts, changesNothing, seen }: ShownSchoolPreview,
): Html {
  const words = visit.texts.townSchools.preview;
  const changed = changesIn(plan);
  const asks = counts.new > 0 || counts.closed > 0;
  const look = html`
    <button class="btn" name="act" value="look">${words.look}</button>
  `;
  const apply = html`
    <button class="btn main" name="act" value="apply">
      ${icon(visit, 'check')}${words.apply(counts.new, changed)}
    </button>
  `;
  return html`
    <form class="bar" id="${PREVIEW_FORM}" method="post" action="/schools/file/${id}" novalidate>
      ${token(visit)}
      <input type="hidden" name="seen" value="${seen}" />
      <p class="grow">${changesNothing ? words.nothing : words.undoable}</p>
      <button class="btn quiet" name="act" value="discard">${words.discard}</button>
      ${asks ? look : NOTHING}${changesNothing ? NOTHING : apply}
    </form>
  `;
}
