import type { MessageSelection, WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithSent } from '../../../core/mail/sent/contract.ts';
import type { WithPapers } from '../../../core/school/papers/contract.ts';
import { hasDay } from '../../components/own-day-offer.ts';
import { banner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { mailboxIdOf, paperIdOf, schoolIdOf, uidOf } from '../../ids.ts';

/** What was done, by the name in the address; `gone`: it no longer waits. */
const SAID = ['archive', 'later', 'remind', 'paper', 'gone'] as const;
type Said = (typeof SAID)[number];

/** What the page says of the act before it. */
export function done(visit: Visit, said: unknown): Html {
  const known = SAID.find((one) => one === said);
  return known === undefined
    ? NOTHING
    : banner(visit, known === 'gone' ? 'wait' : 'ok', visit.texts.ownDay.done[known]);
}

type ActPart = WithMail<'act' | 'putOff' | 'laterTimes'> &
  WithPapers<'remind'> &
  WithSent<'remind'>;

/** POST /own-day: one act with one thing, `archive 12-345`; then the rest of the day. */
export async function actOnDay(visit: Visit<ActPart>, form: Form): Promise<Answer> {
  const [word, key = ''] = field(form, 'do').split(' ');
  const act = SAID.find((one) => one === word);
  const [first = '', second = ''] = key.split('-');
  if (!hasDay(visit) || act === undefined || act === 'gone') return MISSING;
  const isDone = await ACTS[act](visit, first, second);
  return { kind: 'go', to: `/own-day?said=${isDone ? act : 'gone'}` };
}

type Act = (visit: Visit<ActPart>, first: string, second: string) => Promise<boolean>;

/** Each asks core, which asks whose it is; false: nothing of it is left, or it is nobody's here. */
const ACTS: Readonly<Record<Exclude<Said, 'gone'>, Act>> = {
  async archive({ core, viewer }, first, second) {
    const selected = letterAt(first, second);
    return (
      selected !== null &&
      (await core.mail.act(viewer, selected, { kind: 'move', to: 'archive' })) !== null
    );
  },
  async later({ core, viewer }, first, second) {
    const selected = letterAt(first, second);
    if (selected === null) return false;
    const { tomorrow } = await core.mail.laterTimes(viewer);
    return (await core.mail.putOff(viewer, selected, tomorrow)).kind === 'done';
  },
  async remind({ core, viewer }, first, second) {
    const [mailbox, uid] = [mailboxIdOf(first), uidOf(second)];
    if (mailbox === null || uid === null) return false;
    return (await core.sent.remind(viewer, mailbox, uid)).kind === 'reminded';
  },
  async paper({ core, viewer }, first, second) {
    const [school, paper] = [schoolIdOf(first), paperIdOf(second)];
    if (school === null || paper === null) return false;
    return ((await core.papers.remind(viewer, { school, paper }, null))?.reminded ?? 0) > 0;
  },
};

/** A conversation of the inbox, by the letter that the day shows. */
function letterAt(box: string, number: string): MessageSelection | null {
  const [mailbox, uid] = [mailboxIdOf(box), uidOf(number)];
  return mailbox === null || uid === null
    ? null
    : { which: { kind: 'these', messages: [{ mailbox, uid }] }, by: 'conversation' };
}
