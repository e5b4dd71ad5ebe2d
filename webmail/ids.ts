import type {
  AccountId,
  AddressId,
  AppPasswordId,
  ClassId,
  HoldId,
  LetterId,
  MailboxId,
  SchoolId,
  Uid,
} from '../core/core.ts';

/** Ids in addresses have one spelling: `0id`, `1e3`, `+1` and `id%00` are nothing of ours. */
const NUMBER = /^[1-9][0-9]{0,14}$/;
/** A part's path as in RFC 9051 §6.4.5.1, at most 20 deep. */
const PART = /^[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3}){0,19}$/;

/** Any other id. */
export function numberOf(text: unknown): number | null {
  return typeof text === 'string' && NUMBER.test(text) ? Number(text) : null;
}

/** A UID out of an address or a form; null for anything but its one spelling. */
export const uidOf = (text: unknown): Uid | null => numberOf(text) as Uid | null;
export const mailboxIdOf = (text: unknown): MailboxId | null => numberOf(text) as MailboxId | null;
export const holdIdOf = (text: unknown): HoldId | null => numberOf(text) as HoldId | null;
export const accountIdOf = (text: unknown): AccountId | null => numberOf(text) as AccountId | null;
export const appPasswordIdOf = (text: unknown): AppPasswordId | null =>
  numberOf(text) as AppPasswordId | null;
export const addressIdOf = (text: unknown): AddressId | null => numberOf(text) as AddressId | null;
export const classIdOf = (text: unknown): ClassId | null => numberOf(text) as ClassId | null;
/** School 0 is the town itself. */
export const schoolIdOf = (text: unknown): SchoolId | null =>
  (text === '0' ? 0 : numberOf(text)) as SchoolId | null;

/** A part's path out of an address, or null. */
export function partPathOf(text: unknown): string | null {
  return typeof text === 'string' && PART.test(text) ? text : null;
}

/**
 * The name of a list of messages in an address, as `inbox`; which ones there are, the viewer's
 * places say.
 */
export function slugOf(text: unknown): string | null {
  return typeof text === 'string' && text !== '' ? text : null;
}

/** As `randomUUID` writes it. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function uuidOf(text: unknown): string | null {
  return typeof text === 'string' && UUID.test(text) ? text : null;
}

/** A letter's name out of an address or a form. */
export const letterOf = (text: unknown): LetterId | null => uuidOf(text) as LetterId | null;
