import type {
  AccountId,
  AppPasswordId,
  ClassId,
  Language,
  Reads,
  SchoolId,
} from '../../ground/ids.ts';
import type { Comfort, Face, Viewer, ReadingHabits } from '../../rules/viewer.ts';
import type { CodeKind, CodeSheet, Card, SheetOrder } from '../codes/contract.ts';
import type { PasswordFault } from '../codes/password-rule.ts';

/**
 * By which password of a device, or by the account's own: then a mark of what it was, which says
 * nothing of it and changes with it.
 */
export type OpenedBy =
  | { readonly appPassword: AppPasswordId; readonly ownPassword: null }
  | { readonly appPassword: null; readonly ownPassword: string };

/**
 * By what somebody came in by the pages: their password, a code on paper for which they have just
 * chosen one, or their pictures, with a mark of what those were then.
 */
export interface CameBy {
  readonly kind: 'password' | 'code' | 'pictures';
  readonly mark: string;
}

/** How somebody comes in: by the pages, or by a mail program that sends or reads. */
export type WayIn = 'web' | 'submission' | 'imap';

/** An open session of a mail program. */
export type ProgramSession = {
  readonly viewer: Viewer;
  readonly way: Exclude<WayIn, 'web'>;
} & OpenedBy;

export type SignIn =
  | ({ readonly kind: 'welcome'; readonly viewer: Viewer } & OpenedBy)
  /**
   * On the pages, for who protects their account: the password was right, the code of their phone
   * is still to come (`secondStep`).
   */
  | { readonly kind: 'second-factor'; readonly ticket: string }
  /**
   * In a mail program, for who protects their account: the account's own password was right but
   * opens none, that of a device does.
   */
  | { readonly kind: 'device-password' }
  /** The password was right, but not for this way in: a pupil whose school keeps to the pages. */
  | { readonly kind: 'not-admitted'; readonly viewer: Viewer }
  /** Unknown address, wrong password, closed account: one answer, one duration. */
  | { readonly kind: 'no-match' }
  /**
   * Too many tries for this account or from this network: ask again after so many seconds. Says
   * nothing of the password, nor whether there is such an account.
   */
  | { readonly kind: 'wait'; readonly seconds: number };

export interface Session {
  readonly viewer: Viewer;
  /**
   * They do nothing before they have a second factor and have kept its sheet of recovery codes: the
   * pages lead them to it.
   */
  readonly mustProtect: boolean;
  readonly habits: ReadingHabits;
  readonly comfort: Comfort;
  /** To be repeated by every form of this session. */
  readonly csrf: string;
}

/** Pages that are open on another computer; its id opens nothing. */
export interface OtherSession {
  readonly id: string;
  readonly seenAt: Date;
  readonly browser: Browser;
}

/** « Firefox » on « Windows »: for its owner to tell it from others. Empty where it isn't known. */
export interface Browser {
  readonly name: string;
  readonly platform: string;
}

/**
 * Where a try comes from; `devices` is what the browser keeps (`newDevice`), nothing in a mail
 * program.
 */
export interface SignInFrom {
  readonly ip: string;
  readonly devices?: string;
}

export interface NewPassword {
  /** The one of until now. */
  readonly password: string;
  /** Of their phone, where they have a second factor. */
  readonly code: string;
  readonly chosen: string;
  /** Whose passwords end with it. */
  readonly devices: readonly AppPasswordId[];
}

export type PasswordChange =
  | { readonly kind: 'changed'; readonly token: string }
  | { readonly kind: 'faulty'; readonly why: PasswordFault | 'same' }
  | { readonly kind: 'no-match'; readonly what: 'password' | 'code' }
  /** Too many tries for this account. */
  | { readonly kind: 'wait'; readonly seconds: number }
  /** It has been changed meanwhile, elsewhere, or isn't theirs to change. */
  | { readonly kind: 'too-late' };

/** By what a session was opened, and when that was shown last. */
export interface Proof {
  readonly at: Date;
  readonly hasSecondFactor: boolean;
  /** A code on paper opened it, and no password has been given since. */
  readonly byCode: boolean;
}

export type ProvedAgain =
  | { readonly kind: 'proved' | 'no-match' }
  | { readonly kind: 'wait'; readonly seconds: number };

export interface Accounts {
  /**
   * A mail program (`submission`, `imap`) may also give a password of its device, which is bound to
   * no waiting: nobody guesses it.
   */
  signIn(
    address: string,
    password: string,
    from: SignInFrom & { readonly way: WayIn },
  ): Promise<SignIn>;
  /**
   * The code after the password; `ticket` is what `signIn` gave. Tries for one account are counted
   * as those of its password are.
   */
  secondStep(ticket: string, code: string, from: SignInFrom): Promise<SecondStep>;
  /**
   * What the browser of an adult who says that the computer is theirs keeps, long and beyond
   * signing out: others' wrong guesses make nobody wait there. It says nothing of the person.
   * `devices` is what it keeps by now; null for a pupil, whose computers are shared.
   */
  newDevice(viewer: Viewer, devices: string): string | null;
  /**
   * Opens a server-side session and gives the token to put into the cookie:
   * `<school>.<id>.<secret>`. Null: what they came in by has been made anew or ended meanwhile, and
   * they sign in again.
   */
  openSession(viewer: Viewer, cameBy: CameBy, browser?: Browser): Promise<string | null>;
  /** Of who visits: the session's time without a visit begins anew. */
  session(token: string): Promise<Session | null>;
  /** Of who has a page open that asks by itself: no visit, so that no time begins anew. */
  glance(token: string): Promise<Session | null>;
  /**
   * How many milliseconds a session stays open if nobody visits; 0 when it is over. Asking is no
   * visit. `core.events` tells when to ask.
   */
  sessionLeftMs(token: string): Promise<number>;
  closeSession(token: string): Promise<void>;
  /** The account's other open sessions of the pages, the one seen last first. */
  otherSessions(token: string): Promise<readonly OtherSession[]>;
  /**
   * Ends one of those, or all: its next request is a stranger's, and open pages hear of it at once.
   */
  closeOtherSessions(token: string, which: 'all' | Pick<OtherSession, 'id'>): Promise<void>;
  /**
   * An adult gives themselves another password, from the session that `token` opens: it goes on
   * under another token, every other one ends, and so does a code on paper that nobody has used.
   */
  changePassword(viewer: Viewer, token: string, given: NewPassword): Promise<PasswordChange>;
  /** When the session's password was given last; null: it is over. */
  proof(viewer: Viewer, token: string): Promise<Proof | null>;
  /** The password once more, before something is signed: children sit at open sessions. */
  proveAgain(
    viewer: Viewer,
    given: { readonly token: string; readonly password: string },
  ): Promise<ProvedAgain>;
  setLanguage(viewer: Viewer, language: Language): Promise<void>;
  /** A pupil says yes to the charter; a second time changes nothing. */
  acceptCharter(viewer: Viewer): Promise<void>;
  /** What isn't named stays as it is. */
  setHabits(viewer: Viewer, habits: Partial<ReadingHabits>): Promise<void>;
  /** In place of all that was chosen before. */
  setComfort(viewer: Viewer, comfort: Comfort): Promise<void>;
  /**
   * Who an open session of a mail program belongs to by now, as the roster stands; null: it must
   * end. `core.events` tells when to ask.
   */
  stillSignedIn(session: ProgramSession): Promise<Viewer | null>;
}

/**
 * Passwords of devices, each made, named and revoked by its owner; 128 bits of chance and more,
 * kept as a keyed hash.
 */
export interface AppPasswords {
  list(viewer: Viewer): Promise<
    readonly {
      readonly id: AppPasswordId;
      readonly name: string;
      readonly madeAt: Date;
      readonly lastUsedAt: Date | null;
    }[]
  >;
  /**
   * `text` is shown once and never again: `12-abcde-fghjk-mnpqr-stuvw-xyzab-cdefg`, the school's
   * number first.
   */
  make(
    viewer: Viewer,
    name: string,
  ): Promise<
    | {
        readonly kind: 'made';
        readonly id: AppPasswordId;
        readonly name: string;
        readonly text: string;
      }
    | { readonly kind: 'nameless' }
    | { readonly kind: 'too-many'; readonly most: number }
  >;
  /** Ends it, and every session opened with it. False: not there, or not theirs. */
  revoke(viewer: Viewer, id: AppPasswordId): Promise<boolean>;
  /** Ends all of them, and every session opened with one. */
  revokeAll(viewer: Viewer): Promise<void>;
}

/** A class whose codes the viewer may make. */
export interface CodeClass {
  readonly id: ClassId;
  readonly school: SchoolId;
  readonly schoolName: string;
  /** The clock of that school. */
  readonly timeZone: string;
  readonly name: string;
  readonly cover: number;
  readonly pupils: number;
  /** Pictures where the class has a level up to CE1. */
  readonly advised: CodeKind;
  readonly lastSheet: {
    readonly at: Date;
    /** Null: with an import, from the town. */
    readonly by: string | null;
  } | null;
  /** Computers on which the class is open. */
  readonly browsers: number;
}

export interface CodePupil {
  readonly account: AccountId;
  readonly face: Face;
  /** The newest code, or null where there was never one. */
  readonly code: {
    readonly kind: CodeKind;
    readonly madeAt: Date;
    readonly usedAt: Date | null;
  } | null;
}

/** The classes that a teacher opened on one browser, with the children who may sign in there. */
export interface ClassBrowser {
  readonly classes: readonly BrowserClass[];
}

export interface BrowserClass {
  readonly id: ClassId;
  readonly name: string;
  readonly schoolName: string;
  readonly cover: number;
  readonly teachers: readonly string[];
  /** By its levels: where most don't read, animals are shown larger than names. */
  readonly reads: Reads;
  readonly children: readonly BrowserChild[];
}

export interface BrowserChild {
  readonly account: AccountId;
  /** The given name, with a letter of the family's where two are called alike. */
  readonly name: string;
  readonly animal: string;
  /** Twelve animals, always in this order for this child. */
  readonly pictures: readonly string[];
}

export type PictureSignIn =
  | { readonly kind: 'welcome'; readonly viewer: Viewer; readonly cameBy: CameBy }
  | { readonly kind: 'wrong' }
  /**
   * Too many tries for this child or on this computer: their teachers are told. The pictures were
   * not looked at, or were wrong.
   */
  | { readonly kind: 'slow' }
  /** No such child in a class that is open on this browser. */
  | { readonly kind: 'not-here' };

export type CodeCheck =
  | { readonly kind: 'right'; readonly audience: 'pupil' | 'adult' }
  /** Unknown address, wrong code, closed account: one answer. */
  | { readonly kind: 'no-match' }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** The code is the right one, but its time is over, or it has been used. */
  | { readonly kind: 'expired' | 'used' };

export type Activation =
  | { readonly kind: 'welcome'; readonly viewer: Viewer; readonly cameBy: CameBy }
  | { readonly kind: 'password'; readonly why: PasswordFault; readonly audience: 'pupil' | 'adult' }
  | Exclude<CodeCheck, { readonly kind: 'right' }>;

/**
 * Sign-in material: codes on paper, pictures of children, computers of a class. Codes are kept as
 * keyed hashes only.
 */
export interface Codes {
  /** A teacher's own classes; all of their school for a head. */
  classes(viewer: Viewer): Promise<readonly CodeClass[]>;
  /** Null for a class that isn't theirs. */
  pupils(viewer: Viewer, classId: ClassId): Promise<readonly CodePupil[] | null>;
  /**
   * New codes for a whole class; the old ones are void once this resolves. A password that a pupil
   * has chosen goes on until the new code is used. Written to the audit. Null: not their class.
   */
  printSheet(viewer: Viewer, order: SheetOrder): Promise<CodeSheet | null>;
  /**
   * A new code for one child. Once this resolves the old one has ended, and so have their password,
   * open sessions and passwords of devices. Null: not theirs.
   */
  resetCode(
    viewer: Viewer,
    reset: { readonly class: ClassId; readonly child: AccountId; readonly kind: CodeKind },
  ): Promise<Card | null>;
  /**
   * Opens a class on this browser, besides those that `token` already names; gives the token for
   * its cookie. Null: not theirs.
   */
  openBrowser(
    viewer: Viewer,
    classId: ClassId,
    token: string | null,
  ): Promise<{ readonly token: string; readonly expiresAt: Date } | null>;
  /**
   * Shuts a class on every computer, with what children have open there by their pictures. False:
   * not theirs.
   */
  closeBrowsers(viewer: Viewer, classId: ClassId): Promise<boolean>;
  browser(token: string): Promise<ClassBrowser | null>;
  signInByPictures(
    token: string,
    given: {
      readonly class: ClassId;
      readonly child: AccountId;
      readonly pictures: readonly string[];
    },
  ): Promise<PictureSignIn>;
  /** Whether a code is good for this address; doesn't use it. Counts as a try. */
  checkCode(address: string, code: string, from: SignInFrom): Promise<CodeCheck>;
  /**
   * Uses a code: sets the password, ends open sessions. A password that breaks the rule uses
   * nothing.
   */
  activate(
    given: { readonly address: string; readonly code: string; readonly password: string },
    from: SignInFrom,
  ): Promise<Activation>;
}

/** What became of the code after the password. */
export type SecondStep =
  | Extract<SignIn, { readonly kind: 'welcome' }>
  /** Wrong, or used already. */
  | { readonly kind: 'no-match' }
  /** Too many tries for this account or from this network. */
  | { readonly kind: 'wait'; readonly seconds: number }
  /** The password's word no longer holds, or was never given: sign in again. */
  | { readonly kind: 'too-old' };

export interface SecondFactorState {
  readonly since: Date;
  /** How many recovery codes are good still. */
  readonly recoveryCodes: number;
  /** Whether they said that they have kept the sheet with them. */
  readonly sheetKept: boolean;
}

type SecondFactorBegun =
  /** With ten recovery codes, to be shown once. */
  | { readonly kind: 'done'; readonly recoveryCodes: readonly string[] }
  | { readonly kind: 'no-match' | 'refused' };

/**
 * A code of six digits from an app on one's phone, besides the password, for adults who want it
 * (RFC 6238, 30 seconds, one step early or late, none twice).
 */
export interface SecondFactor {
  /** Since when the pages ask for a code; null: they don't. */
  state(viewer: Viewer): Promise<SecondFactorState | null>;
  /**
   * A key (base32) and its `otpauth:` URI, for a QR code. Nothing is kept before `confirm`.
   * `again`: the key that a form brought back; another one where it is none of ours.
   */
  begin(viewer: Viewer, again: string | null): { readonly key: string; readonly uri: string };
  /**
   * Keeps the key, once a code shows that the phone has it; sessions of mail programs opened by the
   * account's own password end. `refused`: for a pupil, by a key that is none, or where there is
   * one already.
   */
  confirm(viewer: Viewer, key: string, code: string): Promise<SecondFactorBegun>;
  /**
   * Ten new recovery codes; the old ones are void. Each takes the place of the phone's code once,
   * at sign-in and to end the second factor. Null: there is no second factor to recover.
   */
  newRecoveryCodes(viewer: Viewer): Promise<readonly string[] | null>;
  /** They have kept the sheet of their recovery codes. False: there is no second factor. */
  keepSheet(viewer: Viewer): Promise<boolean>;
  /**
   * Ends it, by a code of it; throttled as signing in is. A new activation code, used, ends it too.
   */
  end(
    viewer: Viewer,
    code: string,
  ): Promise<
    { readonly kind: 'done' | 'no-match' } | { readonly kind: 'wait'; readonly seconds: number }
  >;
}

/** Signing in and out, sessions, passwords: this record of core, or `Name` of it alone. */
export interface WithAccounts<Name extends keyof Accounts = keyof Accounts> {
  readonly accounts: Pick<Accounts, Name>;
}

/** Passwords for mail programs, one a device: this record of core, or `Name` of it alone. */
export interface WithAppPasswords<Name extends keyof AppPasswords = keyof AppPasswords> {
  readonly appPasswords: Pick<AppPasswords, Name>;
}

/** The six digits after the password: this record of core, or `Name` of it alone. */
export interface WithSecondFactor<Name extends keyof SecondFactor = keyof SecondFactor> {
  readonly secondFactor: Pick<SecondFactor, Name>;
}

/** Codes on paper: sheets, cards, slips: this record of core, or `Name` of it alone. */
export interface WithCodes<Name extends keyof Codes = keyof Codes> {
  readonly codes: Pick<Codes, Name>;
}
