import type { WithConfig } from '../../../core/ground/config.ts';
import type { Commune, WithTown } from '../../../core/town/town/contract.ts';
import { lineField, choiceField, type FormField } from '../../components/field.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
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
  const line = (name: keyof SchoolForm, label: string, rest: Omit<FormField, 'name' | 'label'>) =>
    lineField(visit, {
      ...rest,
      name,
      label,
      look: 'named',
      as: { maxlength: MOST_SIGNS, autocomplete: 'off', ...rest.as },
    });
  return html`
    ${line('name', words.name, { value: form.name, hint: words.nameHint, as: { required: true } })}
    ${line('uai', words.uai, { value: form.uai, hint: words.uaiHint })}
    ${choiceField(
      visit,
      { name: 'commune', label: words.commune, value: String(form.commune ?? '') },
      [['', words.noCommune], ...communes.map(({ id, name }) => [id, name] as const)],
    )}
    ${line('otherCommune', words.otherCommune, { value: form.otherCommune })}
    ${
      hasAddresses
        ? html`
            <p class="hint">${words.slugFixed(domain, form.slug)}</p>
          `
        : line('slug', words.slug, { value: form.slug, hint: words.slugHint(domain) })
    }
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
