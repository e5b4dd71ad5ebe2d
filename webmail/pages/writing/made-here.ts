import type { Upload, WithWritings } from '../../../core/mail/writing/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { fieldsOf, type Form } from '../../http/forms.ts';

/** The files of a form; what its pad or its recorder made is marked as such. */
export function filesIn(
  { core }: Visit<WithWritings<'drawing' | 'recording'>>,
  form: Form,
): readonly Upload[] {
  const made = new Set(fieldsOf(form, 'made'));
  const { drawing, recording } = core.writings;
  return form.files.map((file) => (made.has(file.name) ? recording(drawing(file)) : file));
}
