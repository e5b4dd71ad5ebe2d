import type { WithAccounts, WithAppPasswords } from '../../../core/entry/accounts/contract.ts';
import { portraitNamed } from '../../../core/ground/portraits.ts';
import type { PresenceSaved, WithPresence } from '../../../core/mail/presence/contract.ts';
import type { WithDailyWord } from '../../../core/school/daily-word/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { hereOf } from '../../here.ts';
import { NOTHING } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, type Form } from '../../http/forms.ts';
import { absenceIn } from './absence.ts';
import { hoursIn } from './hours.ts';
import { savedAt, type SheetOutcome } from './parts.ts';
import { showPreferences, type AllSaid } from './preferences.ts';
import { SIGNATURE_FORM } from './signature.ts';

type SavingPart = FramePart &
  WithAccounts<'otherSessions'> &
  WithAppPasswords<'list'> &
  WithDailyWord<'wanted'> &
  WithPresence;

/** POST /settings/signature. */
export async function saveSignature(visit: Visit<SavingPart>, form: Form): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const html = field(form, 'html', LONG_FIELD_CHARS);
  const text = SIGNATURE_FORM.typedIn(form).signature;
  const typed = { text, ...(html === '' ? {} : { html }) };
  const saved = await visit.core.presence.saveSignature(visit.viewer, typed);
  return settled(visit, 'signature', { saved, typed });
}

/** POST /settings/portrait. */
export async function savePortrait(
  visit: Visit<WithPresence<'savePortrait'>>,
  form: Form,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const portrait = portraitNamed(field(form, 'portrait'));
  if (portrait === null) return { kind: 'go', to: '/settings#portrait' };
  await visit.core.presence.savePortrait(visit.viewer, portrait);
  return { kind: 'go', to: savedAt('portrait') };
}

/** POST /settings/absence. */
export async function saveAbsence(visit: Visit<SavingPart>, form: Form): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const typed = absenceIn(visit, form);
  const saved = await visit.core.presence.saveAbsence(visit.viewer, typed);
  return settled(visit, 'absence', { saved, typed });
}

/** POST /settings/absence/stop: « Arrêter », from the settings or from the strip of any page. */
export async function stopAbsence(visit: Visit<SavingPart>, form: Form): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  await visit.core.presence.endAbsence(visit.viewer);
  const here = field(form, 'here');
  return { kind: 'go', to: here === '' ? savedAt('ended') : hereOf(here) };
}

/** POST /settings/hours. */
export async function saveHours(visit: Visit<SavingPart>, form: Form): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const typed = hoursIn(form);
  const saved = await visit.core.presence.saveHours(visit.viewer, typed);
  return settled(visit, 'hours', { saved, typed });
}

type TypedIn<Name extends keyof AllSaid> = AllSaid[Name]['typed'];

/** Saved, one is back at the sheet; else the page says what is wrong, with what was typed. */
async function settled<Name extends keyof AllSaid>(
  visit: Visit<SavingPart>,
  sheet: Name,
  { saved, typed }: { readonly saved: PresenceSaved; readonly typed: TypedIn<Name> },
): Promise<Answer> {
  if (saved === 'saved') return { kind: 'go', to: savedAt(sheet) };
  const said: SheetOutcome<unknown> = { line: NOTHING, trouble: saved, typed };
  return showPreferences(visit, { said: '', trouble: { [sheet]: said } });
}
