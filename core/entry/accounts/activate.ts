import { timingSafeEqual } from 'node:crypto';
import { viewerOf } from '../../directory/viewer-of.ts';
import { NO_ADDRESS, NOBODY, TOWN } from '../../ground/ids.ts';
import { networkOf } from '../../ground/networks.ts';
import type { AddressEntry } from '../../roster/snapshot.ts';
import { writeOwnAct } from '../../store/audit.ts';
import { credentialsOf } from '../../store/people/accounts.ts';
import { activationOf, useActivation } from '../../store/people/codes.ts';
import { deleteRecoveryCodes } from '../../store/people/recovery-codes.ts';
import { deleteSecondFactor } from '../../store/people/second-factor.ts';
import { activationHash, readActivationCode } from '../codes/activation-code.ts';
import type { CodeParts } from '../codes/code-parts.ts';
import { endDevices } from '../codes/end-ways-in.ts';
import { ownerOf, passwordFault } from '../codes/password-rule.ts';
import { hashPassword } from '../codes/password.ts';
import type { AdmittedTry } from '../guessing/guessing.ts';
import { byCode } from './came-by.ts';
import type { SignInFrom, Activation, CodeCheck, Codes } from './contract.ts';

type Right = {
  readonly kind: 'right';
  readonly entry: AddressEntry;
  readonly hash: Buffer;
  readonly account: Parameters<typeof activationOf>[1];
  readonly going: AdmittedTry;
};
type Looked = Right | Exclude<CodeCheck, { readonly kind: 'right' }>;

/** A code as somebody typed it, and from where. */
interface TypedCode {
  readonly address: string;
  readonly code: string;
  readonly from: SignInFrom;
}

/**
 * Whether a code is good; a right one gives its try back, so that the password page may ask again.
 */
export async function checkCode(
  parts: CodeParts,
  { address, code, from }: TypedCode,
): Promise<CodeCheck> {
  const looked = await look(parts, { address, code, from });
  if (looked.kind !== 'right') return looked;
  await looked.going.half();
  return { kind: 'right', audience: await audienceOf(parts, looked) };
}

/**
 * Sets the first password, or another one for who lost theirs. Their second factor ends with it: a
 * lost phone gives no codes; and so does all that their devices had open.
 */
export async function activate(
  parts: CodeParts,
  given: Parameters<Codes['activate']>[0],
  from: SignInFrom,
): Promise<Activation> {
  const looked = await look(parts, { address: given.address, code: given.code, from });
  if (looked.kind !== 'right') return looked;
  const done = await useRight(parts, looked, given.password);
  await (done.kind === 'welcome' ? looked.going.right() : looked.going.half());
  return done;
}

async function useRight(
  parts: CodeParts,
  { entry, hash, account }: Right,
  password: string,
): Promise<Activation> {
  const now = parts.clock();
  const viewer = await viewerOf(parts.directory, { home: entry.school, addressId: entry.id }, now);
  if (!viewer) return { kind: 'no-match' };
  const owner = ownerOf(viewer);
  const why = passwordFault(password, owner);
  if (why !== null) return { kind: 'password', why, audience: owner.audience };
  const passwordHash = await hashPassword(password);
  const used = await parts.store.write(entry.school, async (tx) => {
    if (!(await useActivation(tx, { account, hash, passwordHash, now }))) return false;
    await endDevices(tx, { account, by: entry.id });
    await deleteRecoveryCodes(tx, account);
    if (await deleteSecondFactor(tx, account))
      await writeOwnAct(tx, entry.id, 'lose-second-factor');
    return true;
  });
  if (!used) return { kind: 'used' };
  parts.announce(entry.school, [account]);
  return { kind: 'welcome', viewer, cameBy: byCode(passwordHash) };
}

/**
 * Tries are counted by address, network and code: nobody guesses its 65 bits, so what counts is
 * that nobody elsewhere makes a child wait, and that a new code, made by a teacher, is looked at at
 * once.
 */
async function look(parts: CodeParts, { address: typed, code, from }: TypedCode): Promise<Looked> {
  const begun = performance.now();
  const { guessing, secret } = parts;
  const address = typed.trim().toLowerCase();
  const { person, account, row } = await codeOf(parts, address);
  const apart = `${networkOf(from.ip)}\0${row?.hash.toString('base64url') ?? ''}`;
  const taken = await guessing.take({
    way: 'activation',
    address,
    apart,
    ip: from.ip,
    devices: from.devices ?? '',
  });
  if (taken.kind === 'wait') return guessing.evenly(begun, taken);
  const signs = readActivationCode(code) ?? '';
  const hash = activationHash(
    secret,
    { school: person?.school ?? TOWN, account: account ?? NOBODY },
    signs,
  );
  if (!person || account === null || !row || signs === '' || !timingSafeEqual(row.hash, hash))
    return guessing.evenly(begun, await taken.wrong());
  if (row.usedAt === null && row.expiresAt > parts.clock())
    return { kind: 'right', entry: person, hash, account, going: taken };
  await taken.half();
  return { kind: row.usedAt === null ? 'expired' : 'used' };
}

/**
 * Whose code an address may be activated with. Looked for where there is none too: an unknown
 * address takes as many steps as a wrong code.
 */
async function codeOf({ store, directory }: CodeParts, address: string) {
  const entry = (await directory.resolve([address], { maxAgeMs: 0 })).get(address);
  const person = entry?.kind === 'account' ? entry : undefined;
  const { account, row } = await store.read(person?.school ?? TOWN, async (tx) => {
    const found = await credentialsOf(tx, person?.id ?? NO_ADDRESS);
    const active = found?.isActive === true ? found.account : null;
    return {
      account: active,
      row: await activationOf(tx, active ?? NOBODY),
    };
  });
  return { person, account, row };
}

async function audienceOf({ directory }: CodeParts, { entry }: Right): Promise<'pupil' | 'adult'> {
  const roster = (await directory.rosters([entry.school], { maxAgeMs: 0 })).get(entry.school);
  return roster?.people.get(entry.id)?.role === 'pupil' ? 'pupil' : 'adult';
}
