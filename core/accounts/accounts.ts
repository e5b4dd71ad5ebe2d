import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { canonicalLocal } from '../address.ts';
import type { AccountId, Accounts, AddressId, SchoolId, Session, SignIn } from '../core.ts';
import { TOWN, type Directory } from '../roster/directory.ts';
import {
  countFailure, credentialsOf, deleteSession, forgetFailures, insertSession, isSchool, saveLanguage, sessionRow, throttledSeconds, touchSession,
} from '../store/people/accounts.ts';
import type { Store } from '../store/store.ts';
import { readAppPassword } from './app-password-text.ts';
import { passwordMark, signInByAppPassword, stillSignedIn } from './app-passwords.ts';
import { fits } from './password.ts';
import { newTicket, secondStep } from './second-step.ts';
import { openTurns } from './turns.ts';
import { viewerOf } from './viewer.ts';

export interface AccountsParts {
  readonly store: Store;
  readonly directory: Directory;
  /** The key of every keyed hash: a copy of the database alone says nothing about who was guessed at. */
  readonly secret: Buffer;
  readonly clock: () => Date;
  /** Tells every process that something of this account has changed: what its sessions have open looks again. */
  readonly ring: (school: SchoolId, accounts: readonly AccountId[]) => void;
}

/** Wrong passwords for one account that cost nothing; then waiting doubles, up to five minutes, and never locks for longer. */
const ACCOUNT_LIMITS = { free: 5, mostSeconds: 300 } as const;
/** Tries for one account that are looked at together; a hundred at once would all find the counter low. */
const TRIES_AT_ONCE = 4;
/** One address stands for a whole school, so it is never made to wait; past so many failures its next failures answer slowly. */
const PEER_LIMITS = { free: 60, mostSeconds: 60 } as const;
const SLOW_MS = 2_000;

/** No address has this id. */
const NOBODY = 0 as AddressId;

const SESSION_HOURS = 12;
const IDLE_MINUTES = 30;
/** The moment of the last visit is written down once in so long, not at each page. */
const TOUCH_MS = 60_000;

export function openAccounts(parts: AccountsParts): Accounts {
  const { store, clock } = parts;
  const turns = openTurns(TRIES_AT_ONCE);
  return {
    async signIn(given, password, { ip, way }) {
      const canonical = canonicalLocal(given.trim());
      const address = canonical ? `${canonical.local}@${canonical.domain}` : '';
      const device = way === 'web' ? null : await signInByAppPassword(parts, address, password);
      if (device) return { kind: 'welcome', ...device };
      return turns.take(address, () => signIn(parts, { address, password, ip, way }));
    },
    secondStep: (ticket, code, { ip }) => secondStep(parts, { ticket, code, ip }),
    async openSession(viewer) {
      const id = randomUUID();
      const secret = randomBytes(32).toString('base64url');
      const now = clock();
      const expiresAt = new Date(now.getTime() + SESSION_HOURS * 3_600_000);
      const csrf = randomBytes(18).toString('base64url');
      await store.write(viewer.school, (tx) => insertSession(tx, { id, account: viewer.account, secretHash: digest(secret), csrf, now, expiresAt }));
      return `${viewer.school}.${id}.${secret}`;
    },
    session: (token) => findSession(parts, token, 'visit'),
    glance: (token) => findSession(parts, token, 'glance'),
    sessionLeftMs: (token) => sessionLeftMs(parts, token),
    async closeSession(token) {
      const named = await rowOf(parts, token);
      if (!named) return;
      await store.write(named.school, (tx) => deleteSession(tx, named.id));
      parts.ring(named.school, [named.row.account]);
    },
    async setLanguage(viewer, language) {
      await store.write(viewer.school, (tx) => saveLanguage(tx, viewer.account, language));
    },
    stillSignedIn: (session) => stillSignedIn(parts, session),
  };
}

interface Try {
  readonly address: string;
  readonly password: string;
  readonly ip: string;
  readonly way: 'web' | 'submission' | 'imap';
}

async function signIn({ store, directory, secret, clock }: AccountsParts, { address, password, ip, way }: Try): Promise<SignIn> {
  const account = keyOf(secret, 'account', address);
  const peer = keyOf(secret, 'peer', ip);
  const seconds = await store.town((tx) => throttledSeconds(tx, account));
  if (seconds > 0) return { kind: 'wait', seconds };
  const entry = (await directory.resolve([address], { maxAgeMs: 0 })).get(address);
  // Looked for where there is none too: an unknown address takes as many steps as a wrong password.
  const found = await store.read(entry?.school ?? TOWN, (tx) => credentialsOf(tx, entry?.id ?? NOBODY));
  const right = await fits(found?.passwordHash ?? null, password);
  const viewer = right && entry && found?.isActive ? await viewerOf(directory, entry.school, entry.id, clock()) : null;
  if (!viewer) {
    const isSlow = await store.town(async (tx) => {
      // A phone that goes on with the password of a device that was stopped guesses nothing, and must not make its owner wait.
      if (readAppPassword(password) === null) await countFailure(tx, account, ACCOUNT_LIMITS);
      await countFailure(tx, peer, PEER_LIMITS);
      return await throttledSeconds(tx, peer) > 0;
    });
    if (isSlow) await pause(SLOW_MS);
    return { kind: 'no-match' };
  }
  // A mail program can't ask for a code: it gets in by the password of its device.
  if (found?.hasSecondFactor && way !== 'web') return { kind: 'device-password' };
  await store.town(async (tx) => {
    await forgetFailures(tx, account);
    await forgetFailures(tx, peer);
  });
  if (found?.hasSecondFactor) return { kind: 'second-factor', ticket: newTicket(secret, { school: viewer.school, addressId: viewer.addressId, passwordHash: found.passwordHash }, clock()) };
  return { kind: 'welcome', viewer, appPassword: null, ownPassword: passwordMark(found?.passwordHash ?? null) };
}

function keyOf(secret: Buffer, what: 'account' | 'peer', value: string): Buffer {
  return createHmac('sha256', secret).update(`throttle\0${what}\0${value}`).digest();
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

const TOKEN = /^(\d{1,9})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** The session that a token opens; the school it names decides nothing but where to look. */
async function rowOf({ store, clock }: AccountsParts, token: string) {
  const [, schoolText, id, secret] = TOKEN.exec(token) ?? [];
  const school = Number(schoolText);
  if (id === undefined || secret === undefined || !isSchool(school)) return null;
  const now = clock();
  const row = await store.read(school, (tx) => sessionRow(tx, id, { now, seenAfter: new Date(now.getTime() - IDLE_MINUTES * 60_000) }));
  return row && timingSafeEqual(row.secretHash, digest(secret)) ? { school, id, row } : null;
}

async function findSession(parts: AccountsParts, token: string, as: 'visit' | 'glance'): Promise<Session | null> {
  const found = await rowOf(parts, token);
  if (!found) return null;
  const viewer = await viewerOf(parts.directory, found.school, found.row.addressId, parts.clock());
  if (!viewer) return null;
  const now = parts.clock();
  if (as === 'visit' && now.getTime() - found.row.seenAt.getTime() > TOUCH_MS) await parts.store.write(found.school, (tx) => touchSession(tx, found.id, now));
  return { viewer: { ...viewer, language: found.row.language }, csrf: found.row.csrf };
}

async function sessionLeftMs(parts: AccountsParts, token: string): Promise<number> {
  const found = await rowOf(parts, token);
  if (!found || !await viewerOf(parts.directory, found.school, found.row.addressId, parts.clock())) return 0;
  const until = Math.min(found.row.expiresAt.getTime(), found.row.seenAt.getTime() + IDLE_MINUTES * 60_000);
  return Math.max(0, until - parts.clock().getTime());
}
