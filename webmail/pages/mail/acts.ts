import type { MailboxId, Uid } from '../../../core/ground/ids.ts';
import type { WithMailboxes } from '../../../core/mail/mailboxes/contract.ts';
import type {
  MailActOutcome,
  Deed,
  MessageSelection,
  WithMail,
} from '../../../core/mail/reading/contract.ts';
import type { SpecialUse } from '../../../core/store/mail/contract.ts';
import { keyOf } from '../../components/message-row.ts';
import { chosenMailbox, type ChosenMailbox } from '../../frame/mailboxes.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { uidOf, mailboxIdOf } from '../../ids.ts';
import { namedMoment } from '../writing/wanted-hour.ts';
import { filtered, filterIn, type Filter } from './list-filter.ts';

/** What the buttons of lists and messages say that is to be done. */
const MOVES: ReadonlyMap<string, SpecialUse | 'back'> = new Map([
  ['archive', 'archive'],
  ['trash', 'trash'],
  ['inbox', 'inbox'],
  ['junk', 'junk'],
  ['back', 'back'],
]);
const MARKS = ['seen', 'unseen', 'flagged', 'unflagged', 'erase'] as const;
/** A folder of one's own: `move-12`. */
const INTO = /^move-(\d{1,15})$/;

/**
 * POST /mail/:mailbox/act: one thing done with all that is ticked (`m`), or with the whole list
 * (`all`). Then back to the list, or to the message that was open and is still there (`open`).
 */
export async function actOn(
  visit: Visit<WithMail & WithMailboxes<'create'>>,
  slug: string,
  form: Form,
): Promise<Answer> {
  const mailboxes = await visit.core.mail.mailboxes(visit.viewer);
  const chosen = chosenMailbox(visit, mailboxes, slug);
  const filter = filterIn(visit, field(form, 'only'));
  const into =
    field(form, 'do') === 'into-new' ? await madeFor(visit, field(form, 'folder')) : null;
  if (chosen !== null && typeof into === 'string')
    return stillChosen({ chosen, filter, form }, into);
  const until = namedMoment(form, field(form, 'do'), visit.clock);
  if (chosen !== null && until !== 'none') return putOff(visit, { chosen, filter, form }, until);
  const deed =
    typeof into === 'number'
      ? ({ kind: 'move', to: into } as const)
      : deedOf(field(form, 'do'), chosen);
  if (chosen === null || deed === null) return MISSING;
  const acted = await visit.core.mail.act(visit.viewer, selectedIn(visit, chosen, form), deed);
  const open = uidOf(field(form, 'open'));
  const stays = open !== null && (deed.kind === 'flagged' || deed.kind === 'unflagged');
  return {
    kind: 'go',
    to: filtered(`${chosen.path}${stays ? `/${open}` : ''}`, filter, saidOf(acted)),
  };
}

/** What is ticked, or the whole list. */
const selectedIn = (
  { habits }: Visit,
  { mailbox, shelf }: ChosenMailbox,
  form: Form,
): MessageSelection => ({
  which:
    field(form, 'all') === '1' && shelf !== 'starred'
      ? { kind: 'all', mailbox: mailbox.id }
      : { kind: 'these', messages: messagesOf(fieldsOf(form, 'm')) },
  by: field(form, 'by') !== 'message' && habits.byConversation ? 'conversation' : 'message',
});

interface ListAct {
  readonly chosen: ChosenMailbox;
  readonly filter: Filter;
  readonly form: Form;
}

/** « Plus tard », with an hour; null where what was typed is none. */
async function putOff(
  visit: Visit<WithMail<'putOff'>>,
  { chosen, filter, form }: ListAct,
  until: Date | null,
): Promise<Answer> {
  const selected = selectedIn(visit, chosen, form);
  const done =
    until === null
      ? ({ kind: 'unclear' } as const)
      : await visit.core.mail.putOff(visit.viewer, selected, until);
  if (done.kind === 'nothing') return MISSING;
  return done.kind === 'done'
    ? { kind: 'go', to: filtered(chosen.path, filter, saidOf(done.acted)) }
    : stillChosen({ chosen, filter, form }, NOT_PUT_OFF[done.kind]);
}

/** As many as a page of the list has, so that its address stays short. */
const MOST_TICKED = 40;

/** Back to the list where nothing was done, and why; what was ticked there is ticked still. */
function stillChosen({ chosen, filter, form }: ListAct, said: string): Answer {
  const ticked = field(form, 'open') === '' ? messagesOf(fieldsOf(form, 'm')) : [];
  const keys = ticked.slice(0, MOST_TICKED).map((one) => `m=${keyOf(one)}`);
  return { kind: 'go', to: filtered(chosen.path, filter, [`said=${said}`, ...keys].join('&')) };
}

/** What is said where nothing was put off. */
export const NOT_PUT_OFF = {
  unclear: 'later-unclear',
  past: 'later-past',
  'too-far': 'later-far',
  'too-many': 'later-many',
} as const;

/** By this an undoing leads back to « Ma journée ». */
export const OF_DAY = 'own-day';

/** The folder of that name, made where there is none; or what is said where there can't be one. */
async function madeFor(
  { core, viewer, audience }: Visit<WithMail & WithMailboxes<'create'>>,
  typed: string,
): Promise<MailboxId | 'folder-name' | 'folder-many' | null> {
  if (audience === 'child') return null;
  const name = typed.trim();
  const made = name.includes('/') ? null : await core.mailboxes.create(viewer, name, null);
  if (made?.kind === 'limit' && made.what === 'mailboxes') return 'folder-many';
  const own = (await core.mail.mailboxes(viewer)).filter(({ use }) => use === null);
  return own.find((one) => one.name === name)?.id ?? 'folder-name';
}

/** What the next page says of it. */
function saidOf(acted: MailActOutcome | null): string {
  if (acted === null) return '';
  return acted.id === null ? 'said=erased' : `act=${acted.id}`;
}

/** POST /mail/undo: the last act is taken back; then the list where it was done. */
export async function undoAct(visit: Visit<WithMail>, form: Form): Promise<Answer> {
  const mailboxes = await visit.core.mail.mailboxes(visit.viewer);
  const chosen = chosenMailbox(visit, mailboxes, field(form, 'back'));
  const undone = await visit.core.mail.undo(visit.viewer, field(form, 'act'));
  const said = `said=${undone ? 'undone' : 'too-late'}`;
  if (field(form, 'back') === OF_DAY) return { kind: 'go', to: `/own-day?${said}` };
  return {
    kind: 'go',
    to: filtered(chosen?.path ?? '/mail/inbox', filterIn(visit, field(form, 'only')), said),
  };
}

/** Only what lies in the trash is erased. */
function deedOf(word: string, chosen: ChosenMailbox | null): Deed | null {
  const use = MOVES.get(word);
  if (use !== undefined) return { kind: 'move', to: use };
  const folder = INTO.exec(word)?.[1];
  const id = folder === undefined ? null : mailboxIdOf(folder);
  if (id !== null) return { kind: 'move', to: id };
  const kind = MARKS.find((one) => one === word);
  return kind === undefined || (kind === 'erase' && chosen?.shelf !== 'trash') ? null : { kind };
}

/** `12-345`: a mailbox and a UID in it; what is neither names nothing. */
export function messagesOf(
  keys: readonly string[],
): { readonly mailbox: MailboxId; readonly uid: Uid }[] {
  return keys.flatMap((key) => {
    const [box = '', number = ''] = key.split('-');
    const [mailbox, uid] = [mailboxIdOf(box), uidOf(number)];
    return mailbox === null || uid === null ? [] : [{ mailbox, uid }];
  });
}
