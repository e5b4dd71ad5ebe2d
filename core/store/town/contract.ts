import type { Door } from '../../ground/doors.ts';
import type { AddressId, SchoolId } from '../../ground/ids.ts';

/** How many a school had since a moment, and how long they took; of nobody. */
export interface ReportNumbers {
  readonly school: SchoolId;
  readonly name: string;
  readonly open: number;
  readonly closed: number;
  /** Half of the closed ones took no longer, in hours; null where none is closed. */
  readonly medianHours: number | null;
}

/** What a school is still missing before its people come in. */
export interface SchoolReadiness {
  readonly id: SchoolId;
  readonly communeId: number | null;
  /** As lists name it. */
  readonly shownName: string;
  /** A domain of its own; null: the town's. */
  readonly domain: string | null;
  readonly pupils: number;
  /** Children and adults of the school; families apart. */
  readonly people: number;
  /** Those of them who have neither a password nor a code that is still good. */
  readonly withoutCode: number;
  readonly heads: number;
  /** Heads who have never chosen a password. */
  readonly headsNeverIn: number;
  /** When a head was last here, as far as a session says. */
  readonly headSeenAt: Date | null;
  /** When its last list was applied; null: never. */
  readonly listedAt: Date | null;
  /** Lines of its lists that wait for an answer. */
  readonly questions: number;
}

/** Who answers for the service, as the legal pages name them; empty: not told. */
export interface Contacts {
  /** The commune or the union of communes: who publishes, and who answers for the data. */
  readonly organisation: string;
  /** Its mayor or president: the director of publication. */
  readonly representative: string;
  readonly postalAddress: string;
  readonly phone: string;
  readonly mail: string;
  /** The data protection officer: a name, an address, or both. */
  readonly dataOfficer: string;
  /** Whose machines these are: name, postal address, telephone. */
  readonly host: string;
}

/** Of a town that nobody has described yet. */
export const NO_CONTACTS: Contacts = {
  organisation: '',
  representative: '',
  postalAddress: '',
  phone: '',
  mail: '',
  dataOfficer: '',
  host: '',
};

/** What was done about a report. `up`: nobody had closed it, and others were told. */
export type StepKind =
  | 'read'
  | 'taken'
  | 'talked'
  | 'rest'
  | 'apart'
  | 'together'
  | 'family'
  | 'up'
  | 'closed';

/** A machine that wrote in the town's name. */
export interface ReportedSource {
  readonly ip: string;
  /** The domain in From. */
  readonly fromDomain: string;
  readonly messages: number;
  /** Of these, those that DKIM or SPF proved to be ours; and those that weren't just delivered. */
  readonly proved: number;
  readonly stopped: number;
  /** How many receivers tell of it, and until when. */
  readonly reporters: number;
  readonly lastAt: Date;
}

/** Where pupils' mail is stopped: in a school, everywhere (school 0), in a commune. */
export type MailStopPlace = SchoolId | { readonly commune: number };

/** Two parties of whom the rules and the reckoning say different things. */
export interface IsolationDifference {
  readonly door: Door;
  /** An address of the town by its number, or one outside. */
  readonly from: AddressId | string;
  readonly to: AddressId | string;
  /** `passes`: the rules let through what the reckoning doesn't; `lacks`: the other way round. */
  readonly kind: 'passes' | 'lacks';
}

/** What was tried at a door. */
export interface DoorTally {
  readonly tries: number;
  /** Came through and shouldn't. */
  readonly passes: number;
  /** Should come through and doesn't. */
  readonly lacks: number;
}
