import { timingSafeEqual } from 'node:crypto';
import type { Directory } from '../../directory/directory.ts';
import { viewerOf, viewerSince } from '../../directory/viewer-of.ts';
import { canonicalLocal } from '../../ground/address.ts';
import { type AccountId, NO_ADDRESS, type SchoolId, TOWN } from '../../ground/ids.ts';
import { networkOf } from '../../ground/networks.ts';
import { Passages } from '../../ground/passage.ts';
import { HOUR_MS } from '../../ground/spans.ts';
import type { DayTally } from '../../ground/tally.ts';
import { shareOf, sharersOf } from '../../ground/turns.ts';
import {
  credentialsOf,
  deleteOtherSessions,
  deleteSession,
  insertSession,
  acceptCharter,
  saveComfort,
  otherSessions,
  saveHabits,
  saveLanguage,
  sessionRow,
  touchSession,
} from '../../store/people/accounts.ts';
import type { Store } from '../../store/store.ts';
import { fits } from '../codes/password.ts';
import type { GuessLimiter } from '../guessing/guessing.ts';
import { withDevice } from '../guessing/known-device.ts';
import { admits } from './admission.ts';
import { readAppPassword } from './app-password-text.ts';
import { passwordMark, signInByAppPassword, stillSignedIn } from './app-passwords.ts';
import { stillHolds } from './came-by.ts';
import { changePassword } from './change-password.ts';
import type {
  Accounts,
  Browser,
  CameBy,
  OtherSession,
  Session,
  SignIn,
  WayIn,
} from './contract.ts';
import { mustProtect, mustProtectOrKeep } from './must-protect.ts';
import { proofOf, proveAgain } from './prove-again.ts';
import { newTicket, secondStep } from './second-step.ts';
import { newSession, readToken } from './session-token.ts';

interface AccountsParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly secret: Buffer;
  readonly clock: () => Date;
  readonly guessing: GuessLimiter;
  /**
   * Tells every process that something of this account has changed: what its sessions have open
   * looks again.
   */
  readonly announce: (school: SchoolId, accounts: readonly AccountId[]) => void;
  /** Of a machine, with which those tries are shared; 1 without. */
  readonly processes?: number;
  readonly machines?: number;
  readonly tellOfRecovery: Parameters<typeof secondStep>[0]['tellOfRecovery'];
  readonly tellOfPassword: Parameters<typeof changePassword>[0]['tellOfPassword'];
  readonly tally: DayTally;
}

/**
 * Tries for one account from one network that are looked at together, by all processes of all
 * machines: well within what is free to it.
 */
const OF_ACCOUNT_AT_ONCE = 2;
/**
 * Passwords from one network that are looked at together; wrong ones are counted once they were. As
 * many as fill the processors.
 */
const OF_NETWORK_AT_ONCE = 16;

/** Signs of what was typed that tries are told apart by. */
const MAX_WHOSE = 254;

export const SESSION_HOURS = 12;
export const IDLE_MINUTES = 30;
/** The moment of the last visit is written down once in so long, not at each page. */
const TOUCH_MS = 60_000;

export function openAccounts(parts: AccountsParts): Accounts {
  const { processes = 1, machines = 1 } = parts;
  const turns = {
    account: new Passages(shareOf(OF_ACCOUNT_AT_ONCE, sharersOf({ processes, machines }))),
    network: new Passages(shareOf(OF_NETWORK_AT_ONCE, processes)),
  };
  return {
    signIn: (address, password, { ip, way, devices = '' }) =>
      signInInTurn(parts, turns, { typed: address, password, ip, way, devices }),
    secondStep: (ticket, code, from) => secondStep(parts, { ticket, code, from }),
    newDevice: (viewer, devices) =>
      viewer.role === 'pupil' ? null : withDevice(parts.secret, devices, viewer.address),
    openSession: (viewer, cameBy, browser = NO_BROWSER) =>
      openSession(parts, viewer, { cameBy, browser }),
    session: (token) => findSession(parts, token, 'visit'),
    glance: (token) => findSession(parts, token, 'glance'),
    sessionLeftMs: (token) => sessionLeftMs(parts, token),
    async closeSession(token) {
      const named = await rowOf(parts, token);
      if (!named) return;
      await parts.store.write(named.school, (tx) => deleteSession(tx, named.id));
      parts.announce(named.school, [named.row.account]);
    },
    otherSessions: (token) => listOthers(parts, token),
    async closeOtherSessions(token, which) {
      const named = await rowOf(parts, token);
      if (!named) return;
      const own = { account: named.row.account, id: named.id };
      await parts.store.write(named.school, (tx) => deleteOtherSessions(tx, own, which));
      parts.announce(named.school, [own.account]);
    },
    changePassword: (viewer, token, given) =>
      turns.account.pass(viewer.address, () => changePassword(parts, viewer, { ...given, token })),
    proof: (viewer, token) => proofOf(parts, viewer, token),
    proveAgain: (viewer, given) =>
      turns.account.pass(viewer.address, () => proveAgain(parts, viewer, given)),
    async setLanguage(viewer, language) {
      await parts.store.write(viewer.school, (tx) => saveLanguage(tx, viewer.account, language));
    },
    acceptCharter: ({ school, account }) =>
      parts.store.write(school, (tx) => acceptCharter(tx, account, parts.clock())),
    async setHabits(viewer, habits) {
      if (Object.keys(habits).length > 0)
        await parts.store.write(viewer.school, (tx) => saveHabits(tx, viewer.account, habits));
    },
    async setComfort(viewer, comfort) {
      await parts.store.write(viewer.school, (tx) => saveComfort(tx, viewer.account, comfort));
    },
    stillSignedIn: (session) => stillSignedIn(parts, session),
  };
}

async function listOthers(parts: AccountsParts, token: string): Promise<readonly OtherSession[]> {
  const named = await rowOf(parts, token);
  if (!named) return [];
  const own = { account: named.row.account, id: named.id };
  const now = parts.clock();
  const seenAfter = new Date(now.getTime() - IDLE_MINUTES * 60_000);
  const others = await parts.store.read(named.school, (tx) =>
    otherSessions(tx, own, { now, seenAfter }),
  );
  return others.map(({ id, seenAt, browser, platform }) => ({
    id,
    seenAt,
    browser: { name: browser, platform },
  }));
}

const NO_BROWSER: Browser = { name: '', platform: '' };

/** Proves who somebody is: by the password of a device, or by their own, which waits its turn. */
async function signInInTurn(
  parts: AccountsParts,
  turns: Record<'account' | 'network', Passages>,
  {
    typed,
    password,
    ip,
    way,
    devices,
  }: Omit<Try, 'address' | 'whose'> & { readonly typed: string },
): Promise<SignIn> {
  const { guessing } = parts;
  const begun = performance.now();
  const canonical = canonicalLocal(typed.trim());
  const address = canonical ? `${canonical.local}@${canonical.domain}` : '';
  // What is no address is counted as it was typed: one who mistypes theirs doesn't wait for all
  // others who do.
  const whose = canonical ? address : typed.trim().toLowerCase().slice(0, MAX_WHOSE);
  const device = way === 'web' ? null : await signInByAppPassword(parts, address, password);
  if (device) guessing.watch.count(way, 'right');
  if (device) return admitted({ kind: 'welcome', ...device }, way);
  // A phone that goes on with the password of a device that was stopped guesses nothing, and
  // must make nobody wait.
  if (way !== 'web' && readAppPassword(password) !== null) {
    guessing.watch.count(way, 'wrong');
    return { kind: 'no-match' };
  }
  const network = networkOf(ip);
  const look = () => signIn(parts, { address, whose, password, ip, way, devices });
  const answer = await turns.account.pass(`${whose}\0${network}`, () =>
    turns.network.pass(network, look),
  );
  return admitted(await guessing.evenly(begun, answer), way);
}

/** Gives the session's token; null where what it was opened by holds no more. */
async function openSession(
  { store, clock, tally }: AccountsParts,
  { school, account }: Parameters<Accounts['openSession']>[0],
  { cameBy, browser }: { readonly cameBy: CameBy; readonly browser: Browser },
): Promise<string | null> {
  const { token, kept } = newSession(school);
  const now = clock();
  const expiresAt = new Date(now.getTime() + SESSION_HOURS * HOUR_MS);
  const opened = await store.write(school, async (tx) => {
    if (!(await stillHolds(tx, account, cameBy))) return false;
    const byCode = cameBy.kind === 'code';
    await insertSession(tx, { ...kept, account, now, expiresAt, byCode, browser });
    return true;
  });
  if (opened) tally.add({ signIns: 1 });
  return opened ? token : null;
}

interface Try {
  /** Empty where none was typed. */
  readonly address: string;
  readonly whose: string;
  readonly password: string;
  readonly ip: string;
  readonly way: WayIn;
  readonly devices: string;
}

/** Whoever proved who they are, by whichever password, still has to be let in by this way. */
function admitted(answer: SignIn, way: WayIn): SignIn {
  if (answer.kind !== 'welcome' || admits(answer.viewer, way)) return answer;
  return { kind: 'not-admitted', viewer: answer.viewer };
}

async function signIn(
  { store, directory, secret, clock, guessing }: AccountsParts,
  given: Try,
): Promise<SignIn> {
  const { address, whose, password, ip, way, devices } = given;
  const taken = await guessing.take({ way, address: whose, apart: '', ip, devices });
  if (taken.kind === 'wait') return taken;
  const entry = (await directory.resolve([address], { maxAgeMs: 0 })).get(address);
  // Looked for where there is none too: an unknown address takes as many steps as a wrong password.
  const found = await store.read(entry?.school ?? TOWN, (tx) =>
    credentialsOf(tx, entry?.id ?? NO_ADDRESS),
  );
  const right = await fits(found?.passwordHash ?? null, password);
  const viewer =
    right && entry && found?.isActive
      ? await viewerOf(directory, { home: entry.school, addressId: entry.id }, clock())
      : null;
  if (!viewer || !found) return taken.wrong();
  const isOwed =
    way !== 'web' && (await store.read(viewer.school, (tx) => mustProtect(tx, viewer)));
  if (!found.hasSecondFactor && !isOwed) {
    await taken.right();
    return {
      kind: 'welcome',
      viewer,
      appPassword: null,
      ownPassword: passwordMark(found.passwordHash),
    };
  }
  await taken.half();
  // A mail program can't ask for a code: it gets in by the password of its device.
  if (way !== 'web') return { kind: 'device-password' };
  return {
    kind: 'second-factor',
    ticket: newTicket(
      secret,
      { school: viewer.school, addressId: viewer.addressId, passwordHash: found.passwordHash },
      clock(),
    ),
  };
}

/** The session that a token opens; the school it names decides nothing but where to look. */
async function rowOf({ store, directory, clock }: AccountsParts, token: string) {
  const named = readToken(token);
  if (named === null) return null;
  const { school, id, secretHash } = named;
  const now = clock();
  const since = performance.now();
  const row = await store.read(school, (tx) =>
    sessionRow(tx, id, { now, seenAfter: new Date(now.getTime() - IDLE_MINUTES * 60_000) }),
  );
  if (!row || !timingSafeEqual(row.secretHash, secretHash)) return null;
  const versions = [
    [school, row.rosterVersion],
    [TOWN, row.townVersion],
  ] as const;
  directory.looked(new Map(versions), since);
  return { school, id, row, since };
}

function viewerBehind(
  { directory, clock }: AccountsParts,
  { school, row, since }: NonNullable<Awaited<ReturnType<typeof rowOf>>>,
) {
  return viewerSince(directory, { home: school, addressId: row.addressId, now: clock(), since });
}

async function findSession(
  parts: AccountsParts,
  token: string,
  as: 'visit' | 'glance',
): Promise<Session | null> {
  const found = await rowOf(parts, token);
  if (!found) return null;
  const viewer = await viewerBehind(parts, found);
  if (!viewer) return null;
  const now = parts.clock();
  if (as === 'visit' && now.getTime() - found.row.seenAt.getTime() > TOUCH_MS)
    await parts.store.write(found.school, (tx) => touchSession(tx, found.id, now));
  return {
    viewer: { ...viewer, language: found.row.language },
    csrf: found.row.csrf,
    habits: found.row.habits,
    comfort: found.row.comfort,
    mustProtect: await parts.store.read(viewer.school, (tx) => mustProtectOrKeep(tx, viewer)),
  };
}

async function sessionLeftMs(parts: AccountsParts, token: string): Promise<number> {
  const found = await rowOf(parts, token);
  if (!found || !(await viewerBehind(parts, found))) return 0;
  const until = Math.min(
    found.row.expiresAt.getTime(),
    found.row.seenAt.getTime() + IDLE_MINUTES * 60_000,
  );
  return Math.max(0, until - parts.clock().getTime());
}
