import type { ColumnMapping } from '../../../core/roster/reading/contract.ts';
import type { ShownDraft } from '../../../core/school/imports/pending/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { columnsAsked, columnSelect, neededLabel } from './column-parts.ts';

type Columns = Extract<ShownDraft, { kind: 'columns' }>;

/**
 * What a header is most likely called, to be chosen beforehand; the person sees it and may change
 * it.
 */
const LIKELY = {
  familyName: /^(nom|nom .*famille|patronyme|last.?name|family.?name|surname|sn)/i,
  givenName: /^(pr.nom|given.?name|first.?name|petit nom)/i,
  usedName: /usage/i,
  birthDate: /naissance|n.e? le|birth|dob/i,
  ine: /^ine$|identifiant national/i,
  level: /niveau|level|grade/i,
  className: /classe|class|groupe|group/i,
  email: /mail|courriel/i,
  phone: /portable|mobile|t.l.phone|phone/i,
  childFamilyName: /^(nom .*(enfant|.l.ve)|child.*(last|family))/i,
  childGivenName: /^(pr.nom .*(enfant|.l.ve)|child.*(first|given))/i,
} satisfies Readonly<Record<string, RegExp>>;
type Column = keyof typeof LIKELY;

/** GET of a draft whose file has unknown titles: which column is which. */
export function columnsPage(
  visit: Visit<FramePart>,
  draft: Columns,
  complaint: string | null,
): Promise<Answer> {
  const { columns: words, preview } = visit.texts.roster;
  return columnsAsked(visit, {
    action: `/roster/${draft.school.id}/draft/${draft.id}`,
    words: { ...words, lead: words.lead(draft.file), discard: preview.discard },
    complaint,
    file: draft,
    fields: html`
      <input type="hidden" name="header" value="${draft.header}" />
      ${whoseColumns(visit, draft)}${columnFields(visit, draft)}
    `,
  });
}

/** Whom the file lists: pupils, unless it was said otherwise before. */
function whoseColumns({ texts }: Visit, { mapping }: Columns): Html {
  const words = texts.roster.columns;
  const chosen = mapping?.of ?? 'pupils';
  const choice = (of: ColumnMapping['of']) => html`
    <label class="row choice">
      <input type="radio" name="of" value="${of}" ${attributes({ checked: of === chosen })} />
      <span>${words[of]}</span>
    </label>
  `;
  return html`
    <fieldset>
      <legend class="lab">${words.of}</legend>
      ${choice('pupils')} ${choice('teachers')} ${choice('guardians')}
    </fieldset>
  `;
}

/** Which column is which: what everybody has, then what pupils, adults and guardians have. */
function columnFields(visit: Visit, draft: Columns): Html {
  const words = visit.texts.roster.columns;
  const optional = (name: Column, label: string) => columnField(visit, draft, { name, label });
  const needed = (name: Column, label: string) =>
    columnField(visit, draft, { name, label: neededLabel(label, words.needed) });
  return html`
    <div class="fields">
      ${needed('familyName', words.family)} ${needed('givenName', words.given)}
      ${optional('className', words.class)}
    </div>
    <fieldset class="stack tight">
      <legend class="lab">${words.pupilsOnly}</legend>
      <div class="fields">
        ${optional('birthDate', words.birth)} ${optional('ine', words.ine)}
        ${optional('usedName', words.used)} ${optional('level', words.level)}
      </div>
      <p class="hint">${words.identity}</p>
    </fieldset>
    <fieldset>
      <legend class="lab">${words.adultsOnly}</legend>
      <div class="fields">${optional('email', words.email)}</div>
    </fieldset>
    <fieldset class="stack tight">
      <legend class="lab">${words.guardiansOnly}</legend>
      <div class="fields">
        ${optional('childFamilyName', words.childFamily)}
        ${optional('childGivenName', words.childGiven)} ${optional('phone', words.phone)}
      </div>
      <p class="hint">${words.oneChild}</p>
    </fieldset>
  `;
}

interface AskedColumn {
  readonly name: Column;
  readonly label: string | Html;
}

function columnField(
  { texts }: Visit,
  { headers, mapping }: Columns,
  { name, label }: AskedColumn,
): Html {
  return columnSelect({
    name,
    label,
    headers,
    chosen: chosenBefore(mapping, name) ?? likelyHeader(headers, name),
    none: texts.roster.columns.none,
  });
}

/** What was said of this column before, '' for none; null where nothing was. */
function chosenBefore(mapping: ColumnMapping | null, name: Column): string | null {
  const before = Object.entries(mapping ?? {}).find(([column]) => column === name);
  return before === undefined ? null : String(before[1] ?? '');
}

const likelyHeader = (headers: readonly string[], name: Column): string =>
  headers.find(
    (header) => LIKELY[name].test(header) && !(name === 'familyName' && /usage/i.test(header)),
  ) ?? '';

/** The columns as they were chosen; null while one that is needed is missing. */
export function mappingOf(form: Form): ColumnMapping | null {
  const column = (name: string): string | null => field(form, name) || null;
  const [familyName, givenName] = [column('familyName'), column('givenName')];
  if (familyName === null || givenName === null) return null;
  if (field(form, 'of') === 'teachers')
    return {
      of: 'teachers',
      familyName,
      givenName,
      email: column('email'),
      classNames: fieldsOf(form, 'className').filter((name) => name !== ''),
    };
  if (field(form, 'of') === 'guardians') {
    const [childFamilyName, childGivenName] = [column('childFamilyName'), column('childGivenName')];
    if (childFamilyName === null || childGivenName === null) return null;
    return {
      of: 'guardians',
      familyName,
      givenName,
      email: column('email'),
      phone: column('phone'),
      childFamilyName,
      childGivenName,
      childClassName: column('className'),
    };
  }
  return {
    of: 'pupils',
    familyName,
    givenName,
    usedName: column('usedName'),
    birthDate: column('birthDate'),
    ine: column('ine'),
    level: column('level'),
    className: column('className'),
  };
}
