import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Directory } from '../../directory/directory.ts';
import { viewerOf } from '../../directory/viewer-of.ts';
import {
  type AccountId,
  type AddressId,
  idIn,
  type SchoolId,
  schoolIdIn,
} from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeOwnAct } from '../../store/audit.ts';
import { credentialsOf } from '../../store/people/accounts.ts';
import { addressOfAccount } from '../../store/people/leavers.ts';
import { recoveryCodesOf, useRecoveryCode } from '../../store/people/recovery-codes.ts';
import { secondFactorOf, useStep } from '../../store/people/second-factor.ts';
import type { SchoolTx, Store } from '../../store/store.ts';
import type { GuessLimiter, Wrong } from '../guessing/guessing.ts';
import { passwordMark } from './app-passwords.ts';
import type { SecondStep, SignInFrom } from './contract.ts';
import { recoveryHash } from './recovery.ts';
import { openKey, stepOf } from './totp.ts';

interface SecondStepParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly secret: Buffer;
  readonly clock: () => Date;
  readonly guessing: GuessLimiter;
  /** Tells somebody that a recovery code has opened their account; never throws. */
  readonly tellOfRecovery: (viewer: Viewer, left: number) => Promise<void>;
}

/** How long the password's word holds until a code follows it. */
const TICKET_MS = 5 * 60_000;

/** Who gave the right password: what a ticket says. */
interface Ticket {
  readonly school: SchoolId;
  readonly addressId: AddressId;
  /** Of the password that was given: another one by now makes the ticket void. */
  readonly passwordHash: string | null;
}

const TICKET = /^(\d{1,9})\.(\d{1,15})\.(\d{13,15})\.([A-Za-z0-9_-]{43})$/;

/**
 * A ticket, signed and for five minutes: `<school>.<address id>.<until, ms>.<signature>`. It opens
 * nothing by itself.
 */
export function newTicket(secret: Buffer, of: Ticket, now: Date): string {
  const until = now.getTime() + TICKET_MS;
  return `${of.school}.${of.addressId}.${until}.${signature(secret, of, until).toString('base64url')}`;
}

function signature(
  secret: Buffer,
  { school, addressId, passwordHash }: Ticket,
  until: number,
): Buffer {
  return createHmac('sha256', secret)
    .update(`second step\0${school}\0${addressId}\0${until}\0${passwordHash ?? ''}`)
    .digest();
}

interface SecondStepTry {
  readonly ticket: string;
  readonly code: string;
  readonly from: SignInFrom;
}

/**
 * The code after the password. What is wrong with a ticket, and an account without a second factor
 * by now, is one answer: sign in again.
 */
export async function secondStep(
  parts: SecondStepParts,
  { ticket, code, from }: SecondStepTry,
): Promise<SecondStep> {
  const { store, directory, secret, clock } = parts;
  const [, schoolText, addressText, untilText, signed] = TICKET.exec(ticket) ?? [];
  const [school, addressId] = [schoolIdIn(schoolText), idIn<AddressId>(addressText)];
  const until = Number(untilText);
  const isWhole = signed !== undefined && school !== null && addressId !== null;
  if (!isWhole || until <= clock().getTime()) return { kind: 'too-old' };
  const found = await store.read(school, (tx) => credentialsOf(tx, addressId));
  const right = signature(
    secret,
    { school, addressId, passwordHash: found?.passwordHash ?? null },
    until,
  );
  if (!found || !timingSafeEqual(right, Buffer.from(signed, 'base64url')))
    return { kind: 'too-old' };
  const viewer = await viewerOf(directory, { home: school, addressId }, clock());
  if (!viewer) return { kind: 'too-old' };
  const used = await useCode(parts, { ...viewer, code, from });
  if (used.kind === 'none') return { kind: 'too-old' };
  if (used.kind === 'used' && used.recoveryCodesLeft !== null)
    await parts.tellOfRecovery(viewer, used.recoveryCodesLeft);
  return used.kind === 'used'
    ? { kind: 'welcome', viewer, appPassword: null, ownPassword: passwordMark(found.passwordHash) }
    : used;
}

interface CodeUse {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly address: string;
  readonly code: string;
  /** Null within a session. */
  readonly from: SignInFrom | null;
}

interface RecoveryUse {
  readonly account: AccountId;
  readonly hash: Buffer;
  readonly now: Date;
}

/**
 * One of the sheet's codes: that it was used is written down, for they may have found the sheet.
 * Gives how many are left; null: it is none, or was used.
 */
async function useRecovery(tx: SchoolTx, use: RecoveryUse): Promise<number | null> {
  if (!(await useRecoveryCode(tx, use.account, use))) return null;
  const by = await addressOfAccount(tx, use.account);
  await writeOwnAct(tx, by, 'use-recovery-code');
  return (await recoveryCodesOf(tx, use.account))?.left ?? 0;
}

type CodeUsed =
  /** Null: by the phone. */
  | { readonly kind: 'used'; readonly recoveryCodesLeft: number | null }
  | { readonly kind: 'none' }
  | Wrong;

/**
 * Looks at a code and uses it up; `none`: nothing is asked of this account. The try is counted
 * before: of many at the same moment the database lets them pass one by one.
 */
export async function useCode(
  { store, secret, clock, guessing }: Omit<SecondStepParts, 'directory' | 'tellOfRecovery'>,
  { school, account, address, code, from }: CodeUse,
): Promise<CodeUsed> {
  const begun = performance.now();
  const taken = await guessing.take({
    way: 'second-step',
    address,
    apart: '',
    ip: from?.ip ?? null,
    devices: from?.devices ?? '',
  });
  if (taken.kind === 'wait') return guessing.evenly(begun, taken);
  const row = await store.read(school, (tx) => secondFactorOf(tx, account));
  if (!row) {
    await taken.half();
    return { kind: 'none' };
  }
  const step = stepOf(openKey(secret, account, row.secret), code, clock());
  const recovery = recoveryHash(secret, account, code);
  const used = await store.write(school, async (tx): Promise<CodeUsed | null> => {
    if (step !== null)
      return (await useStep(tx, account, step)) ? { kind: 'used', recoveryCodesLeft: null } : null;
    const left =
      recovery === null ? null : await useRecovery(tx, { account, hash: recovery, now: clock() });
    return left === null ? null : { kind: 'used', recoveryCodesLeft: left };
  });
  if (used === null) return guessing.evenly(begun, await taken.wrong());
  await taken.right();
  return used;
}
