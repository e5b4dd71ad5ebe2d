import { randomUUID } from 'node:crypto';
import { newLetterId, type Uid } from '../../core/ground/ids.ts';
import type { WithMail } from '../../core/mail/reading/contract.ts';
import type { Draft, Hand, LetterWindow } from '../../core/mail/writing/contract.ts';
import type { Visit } from '../frame/visit.ts';
import { attributes, html, type Html } from '../html.ts';
import { field, type Form } from '../http/forms.ts';
import { letterOf, uidOf, uuidOf } from '../ids.ts';

/** No page saves as often before it is closed. */
const MAX_TURN = 999_999_999;

/** The draft that a page goes on with, and by which window it was kept (`keeping.ts` reads it). */
export const draftField = (draft: Pick<Draft, 'by' | 'ref'> | null): Html => html`
  <input
    type="hidden"
    name="draft"
    value="${draft?.ref.uid ?? ''}"
    ${attributes(draft?.by ? { 'data-by': `${draft.by.window} ${draft.by.turn}` } : {})}
  />
`;

/** Which letter a form writes, from which window, and the draft that the window knows. */
export async function handOf(visit: Visit<WithMail>, form: Form): Promise<Hand> {
  const uid = uidOf(field(form, 'draft'));
  return {
    letter: letterOf(field(form, 'letter')) ?? newLetterId(),
    previous: uid === null ? null : await draftRef(visit, uid),
    ...windowIn(form),
  };
}

/** From which window a form comes, and how many saves came from it before. */
export function windowIn(form: Form): LetterWindow {
  const turn = Number(field(form, 'turn'));
  return {
    window: uuidOf(field(form, 'window')) ?? randomUUID(),
    turn: Number.isInteger(turn) && turn >= 0 && turn <= MAX_TURN ? turn : 0,
  };
}

/** Where a draft lies: drafts have their own mailbox, so that a UID is enough. */
export async function draftRef(visit: Visit<WithMail>, uid: Uid): Promise<Hand['previous']> {
  const drafts = (await visit.core.mail.mailboxes(visit.viewer)).find(
    (one) => one.use === 'drafts',
  );
  return drafts === undefined ? null : { mailbox: drafts.id, uid };
}
