declare const brand: unique symbol;

type Id<Name extends string> = number & { readonly [brand]: Name };

/** A school, the tenant; 0 is the town itself, home of its agents. */
export type SchoolId = Id<'school'>;

export type AccountId = Id<'account'>;

/**
 * An address of the town, kept by a person for all their years there: the one name of a person that
 * every school may hold.
 */
export type AddressId = Id<'address'>;

export type ClassId = Id<'class'>;

export type MailboxId = Id<'mailbox'>;

export type MessageId = Id<'message'>;

/** A letter from its first word until it is sent, a UUID; its Message-ID holds it. */
export type LetterId = string & { readonly [brand]: 'letter' };

export type HoldId = Id<'hold'>;

export type AppPasswordId = Id<'app-password'>;

export type OwnGroupId = Id<'own-group'>;

export type PaperId = Id<'paper'>;
export type NoticeId = Id<'notice'>;
/** A lesson of a class's week, something special in it, something that is needed on a day. */
export type WeekLessonId = Id<'week-lesson'>;
export type WeekSpecialId = Id<'week-special'>;
export type WeekNeedId = Id<'week-need'>;
/** What a child gives to the wall of their class. */
export type WallItemId = Id<'wall-item'>;
export type CupboardId = Id<'cupboard'>;
/** A file or a folder of a cupboard. */
export type CupboardItemId = Id<'cupboard-item'>;
/** A box into which pupils hand what they made. */
export type BoxId = Id<'box'>;
export type HandedFileId = Id<'handed-file'>;
export type NotebookPageId = Id<'notebook-page'>;

export type TemplateId = Id<'template'>;
export type PhraseId = Id<'phrase'>;

/** An IMAP UID (RFC 9051 §2.3.1.1). */
export type Uid = Id<'uid'>;

export type Language = 'fr' | 'en';

/** How somebody's pages speak to them: by large pictures and aloud, or by words. */
export type Reads = 'pictures' | 'words';
/** What comes before a pupil may write: their yes to the charter, their family's to the writing. */
export type Due = 'charter' | 'family';

/** The town, where the switch for all schools stands. */
export const TOWN = 0 as SchoolId;
/** No account: by it the news is told of what is nobody's, as the boards of a school. */
export const NOBODY = 0 as AccountId;
/** No address: of whoever isn't there, as much is looked up as of somebody. */
export const NO_ADDRESS = 0 as AddressId;

export const newLetterId = (): LetterId => crypto.randomUUID() as LetterId;

/** Ids in text have one spelling: `0id`, `1e3`, `+1` and `id%00` are nothing of ours. */
const NUMBER = /^[1-9][0-9]{0,14}$/;

/** An id out of text; null for anything but its one spelling. */
export function idIn<Id extends number>(text: unknown): Id | null {
  return typeof text === 'string' && NUMBER.test(text) ? (Number(text) as Id) : null;
}

/** What PostgreSQL holds in an integer. */
const MOST = 2_147_483_647;

/** A number that counts from 1, as an edition or a place; null for what no row of ours can hold. */
export function countIn(text: unknown): number | null {
  const count = idIn(text);
  return count !== null && count <= MOST ? count : null;
}

/** The same of a school, where 0 is the town itself. */
export function schoolIdIn(text: unknown): SchoolId | null {
  if (text === '0') return TOWN;
  const id = idIn<SchoolId>(text);
  return id !== null && id <= MOST ? id : null;
}

/** Whether a value of JSON is an id. */
export const isId = <Id extends number>(value: unknown): value is Id =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

/** As `randomUUID` writes it. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isUuid = (text: unknown): text is string =>
  typeof text === 'string' && UUID.test(text);

/** A letter's name out of text; null for anything else. */
export const letterIdIn = (text: unknown): LetterId | null =>
  isUuid(text) ? (text as LetterId) : null;
