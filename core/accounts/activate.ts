import { timingSafeEqual } from 'node:crypto';
import type { AddressId } from '../core.ts';
import { TOWN } from '../roster/directory.ts';
import type { AddressEntry } from '../roster/snapshot.ts';
import { credentialsOf } from '../store/people/accounts.ts';
import { writeAudit } from '../store/audit.ts';
import { activationOf, useActivation } from '../store/people/codes.ts';
import { deleteSecondFactor } from '../store/people/second-factor.ts';
import { forgetTries, giveTryBack, takeTry, type TryLimits } from '../store/people/tries.ts';
import { activationHash, readActivationCode } from './activation-code.ts';
import { throttleKey, type CodeParts } from './code-parts.ts';
import type { Activation, CodeCheck, Codes } from './contract.ts';
import { endDevices } from './end-ways-in.ts';
import { hashPassword } from './password.ts';
import { passwordFault } from './password-rule.ts';
import { viewerOf } from './viewer.ts';

/** Wrong codes for one address that cost nothing; then waiting doubles, up to five minutes. */
const ADDRESS_LIMITS: TryLimits = { free: 5, mostSeconds: 300 };
/** One address of the network stands for a school: never made to wait, its failures answer slowly past so many an hour. */
const PEER_LIMITS: TryLimits = { free: 60, mostSeconds: 1 };
const SLOW_MS = 2_000;

const NOBODY = 0 as AddressId;

type Right = { readonly kind: 'right'; readonly entry: AddressEntry; readonly hash: Buffer; readonly account: Parameters<typeof activationOf>[1] };
type Looked = Right | Exclude<CodeCheck, { readonly kind: 'right' }>;

/** Whether a code is good; a right one gives its try back, so that the password page may ask again. */
export async function checkCode(parts: CodeParts, address: string, code: string, from: { readonly ip: string }): Promise<CodeCheck> {
  const looked = await look(parts, { address, code, ip: from.ip });
  return looked.kind === 'right' ? { kind: 'right', audience: await audienceOf(parts, looked) } : looked;
}

/** Sets the first password, or another one for who lost theirs. Their second factor ends with it: a lost phone gives no codes; and so does all that their devices had open. */
export async function activate(parts: CodeParts, given: Parameters<Codes['activate']>[0], from: { readonly ip: string }): Promise<Activation> {
  const looked = await look(parts, { address: given.address, code: given.code, ip: from.ip });
  if (looked.kind !== 'right') return looked;
  const { entry, hash, account } = looked;
  const now = parts.clock();
  const viewer = await viewerOf(parts.directory, entry.school, entry.id, now);
  if (!viewer) return { kind: 'no-match' };
  const audience = viewer.role === 'pupil' ? 'pupil' : 'adult';
  const [local = '', domain = ''] = entry.address.split('@');
  const why = passwordFault(given.password, {
    audience, names: [viewer.givenName, viewer.displayName, local],
    school: [viewer.schoolName, domain, ...viewer.classes.map(({ name }) => name)],
  });
  if (why !== null) return { kind: 'password', why, audience };
  const passwordHash = await hashPassword(given.password);
  const used = await parts.store.write(entry.school, async (tx) => {
    if (!await useActivation(tx, { account, hash, passwordHash, now })) return false;
    await endDevices(tx, { account, by: entry.id });
    if (await deleteSecondFactor(tx, account)) await writeAudit(tx, entry.id, 'lose-second-factor', {});
    return true;
  });
  if (!used) return { kind: 'used' };
  parts.ring(entry.school, [account]);
  return { kind: 'welcome', viewer };
}

async function look(parts: CodeParts, { address: typed, code, ip }: { readonly address: string; readonly code: string; readonly ip: string }): Promise<Looked> {
  const { store, directory, secret } = parts;
  const address = typed.trim().toLowerCase();
  const now = parts.clock();
  const keys = { address: throttleKey(secret, 'activation', address), peer: throttleKey(secret, 'peer', ip) };
  const taken = await store.town((town) => takeTry(town, keys.address, { ...ADDRESS_LIMITS, now }));
  if (taken.kind === 'wait') return taken;
  const entry = (await directory.resolve([address], { maxAgeMs: 0 })).get(address);
  const person = entry?.kind === 'account' ? entry : undefined;
  // Looked for where there is none too: an unknown address takes as many steps as a wrong code.
  const { account, row } = await store.read(person?.school ?? TOWN, async (tx) => {
    const found = await credentialsOf(tx, person?.id ?? NOBODY);
    const active = found?.isActive === true ? found.account : null;
    return { account: active, row: await activationOf(tx, active ?? (0 as NonNullable<typeof active>)) };
  });
  const signs = readActivationCode(code) ?? '';
  const hash = activationHash(secret, { school: person?.school ?? TOWN, account: account ?? (0 as NonNullable<typeof account>) }, signs);
  if (!person || account === null || !row || signs === '' || !timingSafeEqual(row.hash, hash)) return wrong(parts, keys.peer, now);
  await store.town((town) => (row.usedAt === null && row.expiresAt > now ? forgetTries(town, keys.address) : giveTryBack(town, keys.address)));
  if (row.usedAt !== null) return { kind: 'used' };
  return row.expiresAt <= now ? { kind: 'expired' } : { kind: 'right', entry: person, hash, account };
}

async function wrong({ store, pause }: CodeParts, peer: Buffer, now: Date): Promise<Looked> {
  const tried = await store.town((town) => takeTry(town, peer, { ...PEER_LIMITS, now }));
  if (tried.kind === 'wait' || tried.tries > PEER_LIMITS.free) await pause(SLOW_MS);
  return { kind: 'no-match' };
}

async function audienceOf({ directory }: CodeParts, { entry }: Right): Promise<'pupil' | 'adult'> {
  const roster = (await directory.rosters([entry.school], { maxAgeMs: 0 })).get(entry.school);
  return roster?.people.get(entry.id)?.role === 'pupil' ? 'pupil' : 'adult';
}
