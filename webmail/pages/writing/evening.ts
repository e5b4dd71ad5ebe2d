import type { WithPresence } from '../../../core/mail/presence/contract.ts';
import type { Reachable, WithWritings, Writing } from '../../../core/mail/writing/contract.ts';
import { tick } from '../../components/field.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { NOTHING, type Html } from '../../html.ts';
import { field, type Form } from '../../http/forms.ts';

/** When a letter of this evening leaves; null: at once, as its writer wishes or is at work. */
export async function morningOf({
  core,
  viewer,
  habits,
}: Visit<WithPresence<'nextHours'>>): Promise<Date | null> {
  return habits.eveningWaits === true ? core.presence.nextHours(viewer) : null;
}

/** Says that what goes to families and pupils waits until the morning; unticked, it doesn't. */
export function eveningTick(visit: Visit, morning: Date | null): Html {
  if (morning === null) return NOTHING;
  const when = longDate(visit.clock, morning);
  return tick({
    type: 'checkbox',
    name: 'evening',
    value: 'waits',
    isOn: true,
    words: visit.texts.presence.hours.eveningTick(when),
    look: 'evening',
  });
}

/** When what a form sends leaves, where the page has said that it waits; null: at once. */
export async function waitsUntil(
  visit: Visit<WithPresence<'nextHours'> & WithWritings<'among'>>,
  form: Form,
  { to, cc }: Pick<Writing, 'to' | 'cc'>,
): Promise<Date | null> {
  if (field(form, 'evening') !== 'waits') return null;
  const morning = await morningOf(visit);
  if (morning === null) return null;
  const reached = await visit.core.writings.among(visit.viewer, [...to, ...cc]);
  return reached.some(isAtHome) ? morning : null;
}

/** A pupil, a family, or a list of them: colleagues and offices have hours of their own. */
const isAtHome = ({ kind, group, listKind }: Reachable): boolean =>
  kind === 'child' || group === 'families' || AT_HOME.has(listKind);
const AT_HOME: ReadonlySet<Reachable['listKind']> = new Set([
  'class',
  'class-families',
  'pupils',
  'families',
  'own-group',
] as const);
