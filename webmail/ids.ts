import type {
  AccountId,
  AddressId,
  AppPasswordId,
  BoxId,
  ClassId,
  CupboardItemId,
  HandedFileId,
  HoldId,
  MessageId,
  MailboxId,
  NotebookPageId,
  OwnGroupId,
  NoticeId,
  PaperId,
  SchoolId,
  PhraseId,
  TemplateId,
  Uid,
  WallItemId,
} from '../core/ground/ids.ts';
import type { LetterId } from '../core/mail/writing/contract.ts';
import { dayTrouble, type Day } from '../core/roster/days.ts';
import type { SharedPlace } from '../core/school/cupboard/contract.ts';

/** Ids in addresses have one spelling: `0id`, `1e3`, `+1` and `id%00` are nothing of ours. */
const NUMBER = /^[1-9][0-9]{0,14}$/;
/** A part's path as in RFC 9051 §6.4.5.1, at most 20 deep. */
const PART = /^[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3}){0,19}$/;

/** Any other id. */
export function numberOf(text: unknown): number | null {
  return typeof text === 'string' && NUMBER.test(text) ? Number(text) : null;
}

/** An id out of an address or a form; null for anything but its one spelling. */
const idOf = <Id extends number>(text: unknown): Id | null => numberOf(text) as Id | null;

type Reader<Id> = (text: unknown) => Id | null;
export const uidOf: Reader<Uid> = idOf;
export const mailboxIdOf: Reader<MailboxId> = idOf;
export const holdIdOf: Reader<HoldId> = idOf;
export const messageIdOf: Reader<MessageId> = idOf;
export const accountIdOf: Reader<AccountId> = idOf;
export const ownGroupIdOf: Reader<OwnGroupId> = idOf;
export const paperIdOf: Reader<PaperId> = idOf;
export const noticeIdOf: Reader<NoticeId> = idOf;
export const wallItemIdOf: Reader<WallItemId> = idOf;
export const boxIdOf: Reader<BoxId> = idOf;
export const handedFileIdOf: Reader<HandedFileId> = idOf;
export const notebookPageIdOf: Reader<NotebookPageId> = idOf;
export const cupboardItemIdOf: Reader<CupboardItemId> = idOf;
export const templateIdOf: Reader<TemplateId> = idOf;
export const phraseIdOf: Reader<PhraseId> = idOf;
export const appPasswordIdOf: Reader<AppPasswordId> = idOf;
export const addressIdOf: Reader<AddressId> = idOf;
export const classIdOf: Reader<ClassId> = idOf;
/** A cupboard of a school, by its class or by whose else it is. */
export const cupboardPlaceOf: Reader<ClassId | SharedPlace> = (text) =>
  SHARED_PLACES.find((one) => one === text) ?? classIdOf(text);
const SHARED_PLACES: readonly SharedPlace[] = ['own', 'team', 'school'];
/** School 0 is the town itself. */
export const schoolIdOf = (text: unknown): SchoolId | null =>
  (text === '0' ? 0 : numberOf(text)) as SchoolId | null;

/** A part's path out of an address, or null. */
export function partPathOf(text: unknown): string | null {
  return typeof text === 'string' && PART.test(text) ? text : null;
}

/**
 * The name of a list of messages in an address, as `inbox`; which ones there are, the viewer's
 * mailboxes say.
 */
export function slugOf(text: unknown): string | null {
  return typeof text === 'string' && text !== '' ? text : null;
}

/** A day of the calendar out of an address or a form, `YYYY-MM-DD`. */
export const dayOf = (text: unknown): Day | null =>
  typeof text === 'string' && dayTrouble(text, { today: '2000-01-01', ahead: 40_000 }) === null
    ? text
    : null;

/** As `randomUUID` writes it. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function uuidOf(text: unknown): string | null {
  return typeof text === 'string' && UUID.test(text) ? text : null;
}

/** A letter's name out of an address or a form. */
export const letterOf = (text: unknown): LetterId | null => uuidOf(text) as LetterId | null;
