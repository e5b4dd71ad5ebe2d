import type { OwnMaking } from '../../core/school/wall/contract.ts';
import { field, type Form } from '../http/forms.ts';
import { letterOf, partPathOf } from '../ids.ts';

/** Which of their makings a child gives to the wall, out of a form; null: none is named. */
export function makingIn(form: Form): Pick<OwnMaking, 'letter' | 'part'> | null {
  const [letter, part] = [letterOf(field(form, 'letter')), partPathOf(field(form, 'part'))];
  return letter === null || part === null ? null : { letter, part };
}

/** The button beside the yes: nobody asks for it again. */
export const DECLINE = 'decline';
/** « Non merci » was pressed. */
export const isDeclined = (form: Form): boolean => field(form, 'act') === DECLINE;
