import type { WithConfig } from '../../../core/ground/config.ts';
import type { Commune, WithTown } from '../../../core/town/town/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { field, type Form } from '../../http/forms.ts';
import { numberOf } from '../../ids.ts';

/** What the form of a school says, as the person typed it. */
export interface SchoolForm {
  readonly name: string;
  readonly uai: string;
  readonly commune: number | null;
  /** A commune that isn't in the list yet. */
  readonly otherCommune: string;
  readonly slug: string;
}

export const NO_SCHOOL: SchoolForm = {
  name: '',
  uai: '',
  commune: null,
  otherCommune: '',
  slug: '',
};
const MOST_SIGNS = 100;

/** Name, number, commune and short name: the same for a new school and for one that is there. */
export function identityFields(
  visit: Visit<WithConfig>,
  asked: {
    readonly form: SchoolForm;
    readonly communes: readonly Commune[];
    readonly hasAddresses: boolean;
  },
): Html {
  const words = visit.texts.townSchools.sheet;
  const { form, communes, hasAddresses } = asked;
  const { domain } = visit.core.config;
  return html`
    ${textField({ name: 'name', label: words.name, value: form.name, hint: words.nameHint, needed: true })}
    ${textField({ name: 'uai', label: words.uai, value: form.uai, hint: words.uaiHint })}
    ${communeField(visit, { chosen: form.commune, communes })}
    ${textField({ name: 'otherCommune', label: words.otherCommune, value: form.otherCommune, hint: '' })}
    ${
      hasAddresses
        ? html`
            <p class="hint">${words.slugFixed(domain, form.slug)}</p>
          `
        : textField({
            name: 'slug',
            label: words.slug,
            value: form.slug,
            hint: words.slugHint(domain),
          })
    }
  `;
}

function textField({
  name,
  label,
  value,
  hint,
  needed = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly needed?: boolean;
}): Html {
  const hinted =
    hint === ''
      ? NOTHING
      : html`
          <p class="hint" id="${name}-hint">${hint}</p>
        `;
  return html`
    <div class="field">
      <label for="${name}">${label}</label>
      <input
        class="input named"
        id="${name}"
        name="${name}"
        value="${value}"
        maxlength="${MOST_SIGNS}"
        autocomplete="off"
        ${attributes({ required: needed, 'aria-describedby': hint === '' ? null : `${name}-hint` })}
      />
      ${hinted}
    </div>
  `;
}

function communeField(
  { texts }: Visit,
  { chosen, communes }: { readonly chosen: number | null; readonly communes: readonly Commune[] },
): Html {
  const words = texts.townSchools.sheet;
  const options = communes.map(
    ({ id, name }) => html`
      <option value="${id}" ${attributes({ selected: id === chosen })}>${name}</option>
    `,
  );
  return html`
    <div class="field">
      <label for="commune">${words.commune}</label>
      <select id="commune" name="commune">
        <option value="">${words.noCommune}</option>
        ${options}
      </select>
    </div>
  `;
}

function schoolFormOf(form: Form): SchoolForm {
  const typed = (name: string): string =>
    field(form, name)
      .trim()
      .slice(0, MOST_SIGNS + 1);
  return {
    name: typed('name'),
    uai: typed('uai'),
    commune: numberOf(field(form, 'commune')),
    otherCommune: typed('otherCommune'),
    slug: typed('slug').toLowerCase(),
  };
}

type CommuneFound =
  | { readonly kind: 'found'; readonly commune: number | null; readonly typed: SchoolForm }
  | { readonly kind: 'trouble'; readonly trouble: string; readonly typed: SchoolForm }
  | { readonly kind: 'missing'; readonly typed: SchoolForm };

/** The form, and its commune: the one that was chosen, or the one that was named, made first. */
export async function communeOf(visit: Visit<WithTown>, form: Form): Promise<CommuneFound> {
  const typed = schoolFormOf(form);
  if (typed.otherCommune === '') return { kind: 'found', commune: typed.commune, typed };
  const added = await visit.core.town.addCommune(visit.viewer, {
    name: typed.otherCommune,
    code: null,
  });
  if (added.kind === 'missing') return { kind: 'missing', typed };
  if (added.kind === 'done') return { kind: 'found', commune: added.id, typed };
  const why = added.why.map((one) => `commune-${one}`);
  return { kind: 'trouble', trouble: troubleText(visit, why), typed };
}

/** What is wrong with a school, each in its sentence. */
export function troubleText({ texts }: Visit, why: readonly string[]): string {
  const words: Readonly<Record<string, string>> = texts.townSchools.sheet.trouble;
  return why.flatMap((one) => (Object.hasOwn(words, one) ? (words[one] ?? []) : [])).join(' ');
}
