import type { MessageSelection, WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithSent } from '../../../core/mail/sent/contract.ts';
import type { WithPapers } from '../../../core/school/papers/contract.ts';
import { hasDay } from '../../components/own-day-offer.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { paperIdOf, schoolIdOf } from '../../ids.ts';
import { namedMoment } from '../writing/wanted-hour.ts';
import { messagesOf, NOT_PUT_OFF } from './acts.ts';

/**
 * What is said of what can't be taken back, by the name in the address; `gone`: it no longer waits,
 * `none`: nothing was ticked.
 */
const SAID = ['remind', 'paper', 'gone', 'none'] as const;

/** What the page says of such an act before it. */
export function done(visit: Visit, said: unknown): Html {
  const known = SAID.find((one) => one === said);
  if (known === undefined) return NOTHING;
  const isDone = known === 'remind' || known === 'paper';
  return banner(visit, isDone ? 'ok' : 'wait', visit.texts.ownDay.done[known]);
}

type ActPart = WithMail<'act' | 'putOff' | 'laterTimes'> &
  WithPapers<'remind'> &
  WithSent<'remind'>;

/**
 * POST /own-day: one act with one thing, `archive 12-345`, or with all letters that are ticked;
 * then the rest of the day.
 */
export async function actOnDay(visit: Visit<ActPart>, form: Form): Promise<Answer> {
  if (!hasDay(visit)) return MISSING;
  const [word = '', key = ''] = field(form, 'do').split(' ');
  const act = ACTS.get(word);
  const said =
    field(form, 'ticked') === '' ? await act?.(visit, key) : await withTicked(visit, form);
  return said === undefined ? MISSING : { kind: 'go', to: `/own-day?${said}` };
}

type Act = (visit: Visit<ActPart>, key: string) => Promise<string>;

/**
 * Each asks core, which asks whose it is, and says what became of it: nothing of it may be left, or
 * it is nobody's here.
 */
const ACTS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['archive', (visit, key) => archive(visit, lettersAt([key]))],
  [
    'later',
    async (visit, key) => {
      const { tomorrow } = await visit.core.mail.laterTimes(visit.viewer);
      return putOff(visit, lettersAt([key]), tomorrow);
    },
  ],
  [
    'remind',
    async ({ core, viewer }, key) => {
      const [letter] = messagesOf([key]);
      const reminded = letter && (await core.sent.remind(viewer, letter.mailbox, letter.uid));
      return reminded?.kind === 'reminded' ? 'said=remind' : 'said=gone';
    },
  ],
  [
    'paper',
    async ({ core, viewer }, key) => {
      const [first = '', second = ''] = key.split('-');
      const [school, paper] = [schoolIdOf(first), paperIdOf(second)];
      if (school === null || paper === null) return 'said=gone';
      const reminded = await core.papers.remind(viewer, { school, paper }, null);
      return (reminded?.reminded ?? 0) > 0 ? 'said=paper' : 'said=gone';
    },
  ],
]);

/** What is ticked is archived, or comes back at the hour of the button; undefined for no button. */
async function withTicked(visit: Visit<ActPart>, form: Form): Promise<string | undefined> {
  const wish = field(form, 'do');
  const ticked = fieldsOf(form, 'm');
  if (ticked.length === 0) return 'said=none';
  if (wish === 'archive') return archive(visit, lettersAt(ticked));
  const until = namedMoment(form, wish, visit.clock);
  return until === 'none' ? undefined : putOff(visit, lettersAt(ticked), until);
}

async function archive(
  { core, viewer }: Visit<ActPart>,
  selected: MessageSelection,
): Promise<string> {
  const acted = await core.mail.act(viewer, selected, { kind: 'move', to: 'archive' });
  return acted?.id ? `act=${acted.id}` : 'said=gone';
}

async function putOff(
  { core, viewer }: Visit<ActPart>,
  selected: MessageSelection,
  until: Date | null,
): Promise<string> {
  if (until === null) return `said=${NOT_PUT_OFF.unclear}`;
  const off = await core.mail.putOff(viewer, selected, until);
  if (off.kind === 'nothing') return 'said=gone';
  return off.kind === 'done' ? `act=${off.acted.id}` : `said=${NOT_PUT_OFF[off.kind]}`;
}

/** Conversations of the inbox, by the letters that the day shows. */
const lettersAt = (keys: readonly string[]): MessageSelection => ({
  which: { kind: 'these', messages: messagesOf(keys) },
  by: 'conversation',
});
