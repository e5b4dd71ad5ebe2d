import type { WithConfig } from '../../../core/ground/config.ts';
import { isKeyOf } from '../../../core/ground/keys.ts';
import type { Commune, WithTown } from '../../../core/town/town/contract.ts';
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
export type SchoolForm = ReturnType<typeof SCHOOL_FORM.typedIn>;

interface IdentityForm {
  readonly form: SchoolForm;
  readonly communes: readonly Commune[];
  readonly hasAddresses: boolean;
}

/** Name, number, commune and short name: the same for a new school and for one that is there. */
export function identityFields(visit: Visit<WithConfig>, asked: IdentityForm): Html {
  const words = visit.texts.townSchools.sheet;
  const { form, communes, hasAddresses } = asked;
  const { domain } = visit.core.config;
  const fields = SCHOOL_FORM.shown(visit, { typed: form });
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
            <p class="hint">${words.slugFixed(domain, form.slug)}</p>
          `
        : line('slug', words.slug, words.slugHint(domain))
    }
  `;
}

type CommuneFound =
  | { readonly kind: 'found'; readonly commune: number | null; readonly typed: SchoolForm }
  | { readonly kind: 'trouble'; readonly trouble: string; readonly typed: SchoolForm }
  | { readonly kind: 'missing'; readonly typed: SchoolForm };

/** The form, and its commune: the one that was chosen, or the one that was named, made first. */
export async function communeOf(visit: Visit<WithTown>, form: Form): Promise<CommuneFound> {
  const { slug, ...rest } = SCHOOL_FORM.typedIn(form);
  const typed = { ...rest, slug: slug.toLowerCase() };
  if (typed.otherCommune === '') return { kind: 'found', commune: countOf(typed.commune), typed };
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
  return why.flatMap((one) => (isKeyOf(words, one) ? (words[one] ?? []) : [])).join(' ');
}
