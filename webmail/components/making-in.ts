import type { OwnMaking } from '../../core/school/wall/contract.ts';
import { field, type Form } from '../http/forms.ts';
import { letterOf, partPathOf } from '../ids.ts';

/** Which of their makings a child gives to the wall, out of a form; null: none is named. */
export function makingIn(form: Form): Pick<OwnMaking, 'letter' | 'part'> | null {
  const [letter, part] = [letterOf(field(form, 'letter')), partPathOf(field(form, 'part'))];
  return letter === null || part === null ? null : { letter, part };
}
