import { createHmac, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AccountId, AddressId, SchoolId, SecondStep } from '../core.ts';
import type { Directory } from '../roster/directory.ts';
import { credentialsOf, isSchool } from '../store/people/accounts.ts';
import { secondFactorOf, useStep } from '../store/people/second-factor.ts';
import type { Store } from '../store/store.ts';
import { forgetTries, takeTry, type TryLimits } from '../store/people/tries.ts';
import { throttleKey } from './code-parts.ts';
import { passwordMark } from './app-passwords.ts';
import { openKey, stepOf } from './totp.ts';
import { viewerOf } from './viewer.ts';

export interface SecondStepParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly secret: Buffer;
  readonly clock: () => Date;
}

/** As for passwords: so many wrong codes cost nothing, then waiting doubles, up to five minutes. */
const ACCOUNT_LIMITS: TryLimits = { free: 5, mostSeconds: 300 };
/** One address of the network stands for a school: never made to wait, its failures answer slowly past so many an hour. */
const PEER_LIMITS: TryLimits = { free: 60, mostSeconds: 1 };
const SLOW_MS = 2_000;
/** How long the password's word holds until a code follows it. */
const TICKET_MS = 5 * 60_000;

/** Who gave the right password: what a ticket says. */
export interface Ticket {
  readonly school: SchoolId;
  readonly addressId: AddressId;
  /** Of the password that was given: another one by now makes the ticket void. */
  readonly passwordHash: string | null;
}

const TICKET = /^(\d{1,9})\.(\d{1,15})\.(\d{13,15})\.([A-Za-z0-9_-]{43})$/;

/** A ticket, signed and for five minutes: `<school>.<address id>.<until, ms>.<signature>`. It opens nothing by itself. */
export function newTicket(secret: Buffer, of: Ticket, now: Date): string {
  const until = now.getTime() + TICKET_MS;
  return `${of.school}.${of.addressId}.${until}.${signature(secret, of, until).toString('base64url')}`;
}

function signature(secret: Buffer, { school, addressId, passwordHash }: Ticket, until: number): Buffer {
  return createHmac('sha256', secret).update(`second step\0${school}\0${addressId}\0${until}\0${passwordHash ?? ''}`).digest();
}

/** The code after the password. What is wrong with a ticket, and an account without a second factor by now, is one answer: sign in again. */
export async function secondStep(parts: SecondStepParts, { ticket, code, ip }: { readonly ticket: string; readonly code: string; readonly ip: string }): Promise<SecondStep> {
  const { store, directory, secret, clock } = parts;
  const [, schoolText, addressText, untilText, signed] = TICKET.exec(ticket) ?? [];
  const [school, addressId, until] = [Number(schoolText), Number(addressText) as AddressId, Number(untilText)];
  if (signed === undefined || !isSchool(school) || until <= clock().getTime()) return { kind: 'too-old' };
  const found = await store.read(school, (tx) => credentialsOf(tx, addressId));
  const right = signature(secret, { school, addressId, passwordHash: found?.passwordHash ?? null }, until);
  if (!found || !timingSafeEqual(right, Buffer.from(signed, 'base64url'))) return { kind: 'too-old' };
  const used = await useCode(parts, { school, account: found.account, code });
  if (used.kind === 'none') return { kind: 'too-old' };
  if (used.kind === 'no-match') await slowly(parts, ip);
  if (used.kind !== 'used') return used;
  const viewer = await viewerOf(directory, school, addressId, clock());
  return viewer ? { kind: 'welcome', viewer, appPassword: null, ownPassword: passwordMark(found.passwordHash) } : { kind: 'too-old' };
}

/** Looks at a code and uses it up; `none`: nothing is asked of this account. The try is counted before: of many at the same moment the database lets them pass one by one. */
export async function useCode({ store, secret, clock }: Pick<SecondStepParts, 'store' | 'secret' | 'clock'>, { school, account, code }: { readonly school: SchoolId; readonly account: AccountId; readonly code: string }): Promise<
  { readonly kind: 'used' } | { readonly kind: 'no-match' } | { readonly kind: 'none' } | { readonly kind: 'wait'; readonly seconds: number }> {
  const now = clock();
  const tries = throttleKey(secret, 'second-step', String(account));
  const taken = await store.town((town) => takeTry(town, tries, { ...ACCOUNT_LIMITS, now }));
  if (taken.kind === 'wait') return taken;
  const row = await store.read(school, (tx) => secondFactorOf(tx, account));
  if (!row) return { kind: 'none' };
  const step = stepOf(openKey(secret, account, row.secret), code, now);
  if (step === null || !await store.write(school, (tx) => useStep(tx, account, step))) return { kind: 'no-match' };
  await store.town((town) => forgetTries(town, tries));
  return { kind: 'used' };
}

async function slowly({ store, secret, clock }: SecondStepParts, ip: string): Promise<void> {
  const tried = await store.town((town) => takeTry(town, throttleKey(secret, 'peer', ip), { ...PEER_LIMITS, now: clock() }));
  if (tried.kind === 'wait' || tried.tries > PEER_LIMITS.free) await pause(SLOW_MS);
}
