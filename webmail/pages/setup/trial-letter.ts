import type { MessageRow, WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithWritings } from '../../../core/mail/writing/contract.ts';
import type { Outcome } from '../../../core/rules/outcome.ts';
import type { Visit } from '../../frame/visit.ts';
import { TEXTS } from '../../texts/texts.ts';

/** How far back a trial letter is looked for. */
const LOOKED_AT = 50;

/**
 * The trial letter that an agent sent last. Somebody of the town has it at once, and may not write
 * back to an agent; one's own letter and one to outside are `back` once they, or an answer, arrive.
 */
export type Trial = { readonly to: string; readonly at: Date } & (
  | { readonly kind: 'handed' }
  | { readonly kind: 'awaited'; readonly back: Date | null }
);

export type TrialPart = WithMail<'conversation' | 'list' | 'mailboxes'>;

/** Null where an agent has sent none lately. */
export async function lastTrial(visit: Visit<TrialPart>): Promise<Trial | null> {
  const { core, viewer } = visit;
  const mailboxes = await core.mail.mailboxes(viewer);
  const mailboxOf = (use: 'sent' | 'inbox') => mailboxes.find((one) => one.use === use)?.id;
  const [sent, inbox] = [mailboxOf('sent'), mailboxOf('inbox')];
  if (sent === undefined || inbox === undefined) return null;
  const page = { before: null, limit: LOOKED_AT };
  const letter = (await core.mail.list(viewer, sent, page)).find(isTrial);
  if (letter === undefined) return null;
  const [to] = letter.to;
  const sentTo = { to: to?.address ?? '', at: letter.at };
  const own = sentTo.to === viewer.address;
  if (!own && to?.kind !== 'outside') return { ...sentTo, kind: 'handed' };
  const answers = own
    ? (await core.mail.list(viewer, inbox, page)).filter(isTrial)
    : await core.mail.conversation(viewer, sent, letter.uid);
  const back = answers.find(({ mailbox, at }) => mailbox === inbox && at >= letter.at);
  return { ...sentTo, kind: 'awaited', back: back?.at ?? null };
}

/** A trial letter has one subject in each language of the pages, and nobody writes another such. */
function isTrial({ subject }: Pick<MessageRow, 'subject'>): boolean {
  return Object.values(TEXTS).some(({ setup }) => setup.trial.mail.subject === subject);
}

/** Sends a trial letter to somebody of the town; the draft of one that can't go is erased. */
export async function sendTrial(
  visit: Visit<WithMail<'erase'> & WithWritings<'save' | 'send'>>,
  to: string,
): Promise<Outcome> {
  const { core, viewer, texts } = visit;
  const { subject, text } = texts.setup.trial.mail;
  const writing = { to: [to], cc: [], subject, text, answers: 'sender', answerTo: null } as const;
  const { ref } = await core.writings.save(viewer, writing, { previous: null, add: [], drop: [] });
  const outcome = await core.writings.send(viewer, ref);
  const went = outcome.kind === 'accepted' || outcome.kind === 'held';
  if (!went && outcome.kind !== 'scanner-silent')
    await core.mail.erase(viewer, ref.mailbox, [ref.uid]);
  return outcome;
}
