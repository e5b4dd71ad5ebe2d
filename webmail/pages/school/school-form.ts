import type { WithConfig } from '../../../core/ground/config.ts';
import type { Commune, SchoolTrouble, SchoolWish } from '../../../core/town/town/contract.ts';
import { formOf } from '../../components/form.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import type { Form } from '../../http/forms.ts';
import { countOf } from '../../ids.ts';

const LINE = { most: 100, as: { autocomplete: 'off' } } as const;
export const SCHOOL_FORM = formOf({
  name: { ...LINE, isRequired: true },
  uai: LINE,
  commune: {},
  /** A commune that isn't in the list yet. */
  otherCommune: LINE,
  slug: LINE,
});

/** What the form of a school says, as the person typed it. */
type SchoolForm = ReturnType<typeof SCHOOL_FORM.typedIn>;
export type FilledSchool = ReturnType<typeof SCHOOL_FORM.blank>;

interface IdentityForm {
  readonly form: FilledSchool;
  readonly communes: readonly Commune[];
  readonly hasAddresses: boolean;
}

/** Name, number, commune and short name: the same for a new school and for one that is there. */
export function identityFields(visit: Visit<WithConfig>, asked: IdentityForm): Html {
  const words = visit.texts.townSchools.sheet;
  const { form, communes, hasAddresses } = asked;
  const { domain } = visit.core.config;
  const fields = SCHOOL_FORM.shown(visit, form);
  const line = (name: keyof SchoolForm, label: string, hint: string | null = null) =>
    fields.line(name, { label, hint, look: 'named' });
  return html`
    ${line('name', words.name, words.nameHint)} ${line('uai', words.uai, words.uaiHint)}
    ${fields.choice('commune', { label: words.commune }, [
      ['', words.noCommune],
      ...communes.map(({ id, name }) => [id, name] as const),
    ])}
    ${line('otherCommune', words.otherCommune)}
    ${
      hasAddresses
        ? html`
            <p class="hint">${words.slugFixed(domain, form.typed.slug)}</p>
          `
        : line('slug', words.slug, words.slugHint(domain))
    }
  `;
}

/** A short name is written small, however it was typed. */
export function typedSchool(form: Form): SchoolForm {
  const typed = SCHOOL_FORM.typedIn(form);
  return { ...typed, slug: typed.slug.toLowerCase() };
}

/** What core is asked for; a commune that was named goes before one that was chosen. */
export function wishOf(typed: SchoolForm): Omit<SchoolWish, 'domain'> {
  const { name, uai, commune, otherCommune, slug } = typed;
  return {
    name,
    uai: uai === '' ? null : uai,
    commune: otherCommune === '' ? countOf(commune) : { named: otherCommune },
    slug: slug === '' ? null : slug,
  };
}

const FIELDS: Readonly<Record<SchoolTrouble, keyof SchoolForm | 'domain'>> = {
  name: 'name',
  'name-taken': 'name',
  uai: 'uai',
  'uai-taken': 'uai',
  commune: 'commune',
  'commune-name': 'otherCommune',
  'commune-name-taken': 'otherCommune',
  slug: 'slug',
  'slug-taken': 'slug',
  'slug-kept': 'slug',
  domain: 'domain',
  'domain-taken': 'domain',
};

/** What is wrong with a school, each in its sentence below its field. */
export function wrongFields(
  { texts }: Visit,
  why: readonly SchoolTrouble[],
): Readonly<Partial<Record<keyof SchoolForm | 'domain', string>>> {
  const words = texts.townSchools.sheet.trouble;
  return Object.fromEntries(why.toReversed().map((one) => [FIELDS[one], words[one]]));
}
