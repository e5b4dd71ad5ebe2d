import {
  type AccountId,
  type AddressId,
  type AppPasswordId,
  type BoxId,
  type ClassId,
  countIn,
  type CupboardItemId,
  type HandedFileId,
  type HoldId,
  idIn,
  isUuid,
  type LetterId,
  letterIdIn,
  type MailboxId,
  type MessageId,
  type NotebookPageId,
  type NoticeId,
  type OwnGroupId,
  type PaperId,
  type PhraseId,
  type SchoolId,
  schoolIdIn,
  type TemplateId,
  type Uid,
  type WallItemId,
  type WeekLessonId,
  type WeekNeedId,
  type WeekSpecialId,
} from '../core/ground/ids.ts';
import { dayTrouble, type Day } from '../core/roster/days.ts';
import type { SharedPlace } from '../core/school/cupboard/contract.ts';

/** A part's path as in RFC 9051 §6.4.5.1, at most 20 deep. */
const PART = /^[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3}){0,19}$/;

/** An id out of an address or a form; null for anything but its one spelling. */
type Reader<Id> = (text: unknown) => Id | null;
/** Any other id. */
export const numberOf: Reader<number> = idIn;
/** What is counted from 1: an edition, a version, a place, a page. */
export const countOf: Reader<number> = countIn;
export const uidOf: Reader<Uid> = idIn;
export const weekLessonIdOf: Reader<WeekLessonId> = idIn;
export const weekSpecialIdOf: Reader<WeekSpecialId> = idIn;
export const weekNeedIdOf: Reader<WeekNeedId> = idIn;
export const mailboxIdOf: Reader<MailboxId> = idIn;
export const holdIdOf: Reader<HoldId> = idIn;
export const messageIdOf: Reader<MessageId> = idIn;
export const accountIdOf: Reader<AccountId> = idIn;
export const ownGroupIdOf: Reader<OwnGroupId> = idIn;
export const paperIdOf: Reader<PaperId> = idIn;
export const noticeIdOf: Reader<NoticeId> = idIn;
export const wallItemIdOf: Reader<WallItemId> = idIn;
export const boxIdOf: Reader<BoxId> = idIn;
export const handedFileIdOf: Reader<HandedFileId> = idIn;
export const notebookPageIdOf: Reader<NotebookPageId> = idIn;
export const cupboardItemIdOf: Reader<CupboardItemId> = idIn;
export const templateIdOf: Reader<TemplateId> = idIn;
export const phraseIdOf: Reader<PhraseId> = idIn;
export const appPasswordIdOf: Reader<AppPasswordId> = idIn;
export const addressIdOf: Reader<AddressId> = idIn;
export const classIdOf: Reader<ClassId> = idIn;
/** A cupboard of a school, by its class or by whose else it is. */
export const cupboardPlaceOf: Reader<ClassId | SharedPlace> = (text) =>
  SHARED_PLACES.find((one) => one === text) ?? classIdOf(text);
const SHARED_PLACES: readonly SharedPlace[] = ['own', 'team', 'school'];
/** School 0 is the town itself. */
export const schoolIdOf: Reader<SchoolId> = schoolIdIn;

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

export const uuidOf: Reader<string> = (text) => (isUuid(text) ? text : null);

/** A letter's name out of an address or a form. */
export const letterOf: Reader<LetterId> = letterIdIn;
