import type { MailActOutcome, WithMail } from '../../../core/mail/reading/contract.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import type { ChosenMailbox } from '../../frame/mailboxes.ts';
import type { Toast } from '../../frame/toast.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { inQuery, type Filter } from './list-filter.ts';

/** What was just done, by the name in the address, where nothing of it can be taken back. */
const DONE = [
  'emptied',
  'erased',
  'undone',
  'too-late',
  'taken-back',
  'not-junk',
  'stored',
] as const;
const NOT_DONE = [
  'folder-name',
  'folder-many',
  'later-unclear',
  'later-past',
  'later-far',
  'later-many',
] as const;
const SAID = [...DONE, ...NOT_DONE];
type Said = (typeof SAID)[number];

/** What a page is told of the act before it: `?act=` names one, `?said=` says it. */
export interface ToldOf {
  readonly act: unknown;
  readonly said: unknown;
}

/** What a page says of the last act, and the way back while there is one. */
export interface ActNotice {
  readonly acted: MailActOutcome | null;
  readonly said: Said | null;
}

/** Looks up the act that an address names. */
export async function toldOf(visit: Visit<WithMail>, { act, said }: ToldOf): Promise<ActNotice> {
  const acted = typeof act === 'string' ? await visit.core.mail.lastAct(visit.viewer, act) : null;
  return { acted, said: SAID.find((one) => one === said) ?? null };
}

/** What a page says of it, and the way back to the list that it was done in. */
export function actToast(
  visit: Visit,
  surroundings: PageSurroundings,
  { chosen, filter, told }: ToldOn,
): Toast | null {
  return toastOf(visit, surroundings, {
    told,
    back: chosen.path.replace('/mail/', ''),
    only: inQuery(filter),
  });
}

/** The same for a page that is no list of messages: where its undoing leads. */
export function toastOf(
  visit: Visit,
  surroundings: PageSurroundings,
  { told: { acted, said }, back, only }: ToastOn,
): Toast | null {
  if (acted !== null)
    return {
      kind: 'done',
      words: actedWords(visit, surroundings, acted),
      undo: acted.id === null ? null : { act: acted.id, back, only },
    };
  if (said === null) return null;
  const words = visit.texts.acts.said[said][visit.audience];
  if (NOT_DONE.some((one) => one === said)) return { kind: 'not-done', words };
  return said === 'too-late' ? { kind: said, words } : { kind: 'done', words, undo: null };
}

interface ToastOn {
  readonly told: ActNotice;
  readonly back: string;
  readonly only: string;
}

interface ToldOn {
  readonly chosen: ChosenMailbox;
  readonly filter: Filter;
  readonly told: ActNotice;
}

/** What was done, and what that did to letters that waited. */
function actedWords(visit: Visit, surroundings: PageSurroundings, acted: MailActOutcome): string {
  const { withdrawn } = visit.texts.acts;
  const words = deedWords(visit, surroundings, acted);
  return acted.withdrawn === 0 ? words : `${words} ${withdrawn(acted.withdrawn)}`;
}

/** « 3 conversations archivées. » */
function deedWords(
  { texts, audience, clock }: Visit,
  { mailboxes }: PageSurroundings,
  acted: MailActOutcome,
): string {
  const unit = acted.by;
  if (acted.until !== null)
    return texts.acts.done['put-off'](acted.rows, unit, longDate(clock, acted.until));
  if (acted.deed !== 'move' && acted.deed !== 'put-off')
    return texts.acts.done[acted.deed](acted.rows, unit);
  const target = mailboxes.find(({ id }) => id === acted.to);
  const { use } = target ?? { use: null };
  if (audience === 'child' && use === 'trash') return texts.acts.thrown;
  return use === 'archive' || use === 'trash'
    ? texts.acts.done[use](acted.rows, unit)
    : texts.acts.done.into(
        acted.rows,
        unit,
        use === null ? (target?.name ?? '') : texts.shelf[audience][use],
      );
}
