import { keysOf } from '../../../core/ground/keys.ts';
import type { SchoolColumns } from '../../../core/roster/school-directory/columns.ts';
import type { ShownSchoolImport } from '../../../core/town/town/school-imports/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { columnsAsked, columnSelect, neededLabel } from './column-parts.ts';

type Asked = Extract<ShownSchoolImport, { kind: 'columns' }>;

/** What a header is most likely called, to be chosen beforehand; the person may change it. */
const LIKELY = {
  uai: /uai|rne|identifiant|num.ro/i,
  name: /^(nom|libell.|d.nomination|appellation|.cole|school|name)(?!.*(commune|ville))/i,
  commune: /^(?!.*(code|insee|postal)).*(commune|ville|localit.|city|town)/i,
  communeCode: /insee|code.{0,30}commune/i,
  type: /^type|nature/i,
  state: /^.tat|statut.{0,30}(ouv|ferm)|state/i,
  sector: /secteur|public|priv/i,
} satisfies Readonly<Record<keyof SchoolColumns, RegExp>>;
const NEEDED: ReadonlySet<string> = new Set(['uai', 'name', 'commune']);
const COLUMNS = keysOf(LIKELY);

/** GET of a file whose titles nobody knows: which column is which. */
export function schoolColumnsPage(
  visit: Visit<FramePart>,
  asked: Asked,
  complaint: string | null,
): Promise<Answer> {
  const { columns: words, preview } = visit.texts.townSchools;
  return columnsAsked(visit, {
    action: `/schools/file/${asked.id}`,
    words: { ...words, lead: words.lead(asked.file), discard: preview.discard },
    complaint,
    file: asked,
    section: 'school',
    fields: html`
      <div class="fields">${COLUMNS.map((name) => columnField(visit, asked, name))}</div>
      <p class="hint">${words.typeHint}</p>
    `,
  });
}

function columnField({ texts }: Visit, { headers }: Asked, name: keyof SchoolColumns): Html {
  const words = texts.townSchools.columns;
  const label = words.labels[name];
  return columnSelect({
    name,
    label: NEEDED.has(name) ? neededLabel(label, words.needed) : label,
    headers,
    chosen: headers.find((header) => LIKELY[name].test(header)) ?? '',
    none: words.none,
  });
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
