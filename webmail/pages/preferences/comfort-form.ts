import type { Comfort } from '../../../core/rules/viewer.ts';
import { field, type Form } from '../../http/forms.ts';

type Choice = keyof Comfort;
type Chosen<Name extends Choice> = NonNullable<Comfort[Name]>;

/** All that there is to choose, in the order in which it is asked. */
const CHOICES = {
  size: ['large', 'larger'],
  spacing: ['wide', 'wider'],
  font: ['book', 'andika', 'opendyslexic'],
  paper: ['white', 'cream', 'night', 'strong'],
  motion: ['none'],
  rows: ['dense'],
  after: ['next'],
} as const satisfies { readonly [Name in Choice]: readonly Chosen<Name>[] };

/** What a form chose; what it doesn't name, or names unheard of, is as for everybody. */
export function comfortOf(form: Pick<Form, 'fields'>): Comfort {
  return Object.fromEntries(
    Object.entries(CHOICES).flatMap(([name, known]) => {
      const wish = field(form, name);
      return known.some((one) => one === wish) ? [[name, wish]] : [];
    }),
  );
}
