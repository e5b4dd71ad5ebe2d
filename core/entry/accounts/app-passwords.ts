import { hash } from 'node:crypto';
import type { Directory } from '../../directory/directory.ts';
import { viewerOf } from '../../directory/viewer-of.ts';
import type { AccountId, AppPasswordId, SchoolId } from '../../ground/ids.ts';
import { HOUR_MS } from '../../ground/spans.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { credentialsOf } from '../../store/people/accounts.ts';
import {
  appPasswordOwner,
  appPasswordsOf,
  deleteAppPassword,
  hasAppPassword,
  insertAppPassword,
  touchAppPassword,
} from '../../store/people/app-passwords.ts';
import type { SchoolTx, Store } from '../../store/store.ts';
import { admits } from './admission.ts';
import {
  appPasswordHash,
  appPasswordShown,
  newAppPassword,
  readAppPassword,
} from './app-password-text.ts';
import type { AppPasswords, ProgramSession } from './contract.ts';
import { mustProtect } from './must-protect.ts';

/** Devices of one person; more are forgotten ones. */
const MOST = 20;
const NAME_SIGNS = 60;
/** When a device last signed in is written down once in so long, not at each connection. */
const TOUCH_MS = HOUR_MS;
const MARK_SIGNS = 22;

interface AppPasswordParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly secret: Buffer;
  readonly clock: () => Date;
  /**
   * Tells every process that something of this account has changed: its open sessions look again.
   */
  readonly announce: (school: SchoolId, accounts: readonly AccountId[]) => void;
}

export function openAppPasswords({
  store,
  secret,
  clock,
  announce,
}: AppPasswordParts): AppPasswords {
  return {
    list: (viewer) => store.read(viewer.school, (tx) => appPasswordsOf(tx, viewer.account)),
    async make(viewer, given) {
      const name = given
        .replace(/[\p{C}\s]+/gu, ' ')
        .trim()
        .slice(0, NAME_SIGNS);
      if (name === '') return { kind: 'nameless' };
      const text = newAppPassword(viewer.school);
      const made = await store.write(viewer.school, async (tx) => {
        if ((await appPasswordsOf(tx, viewer.account)).length >= MOST) return null;
        const id = await insertAppPassword(tx, {
          account: viewer.account,
          name,
          hash: appPasswordHash(secret, text),
          now: clock(),
        });
        await writeAudit(tx, viewer.addressId, 'make-app-password', { appPassword: id });
        return id;
      });
      return made === null
        ? { kind: 'too-many', most: MOST }
        : { kind: 'made', id: made, name, text: appPasswordShown(text) };
    },
    async revoke(viewer, id) {
      const gone = await store.write(viewer.school, (tx) => endAppPassword(tx, viewer, id));
      if (gone) announce(viewer.school, [viewer.account]);
      return gone;
    },
    async revokeAll(viewer) {
      await store.write(viewer.school, async (tx) => {
        for (const { id } of await appPasswordsOf(tx, viewer.account))
          await endAppPassword(tx, viewer, id);
      });
      announce(viewer.school, [viewer.account]);
    },
  };
}

/** Ends one of somebody's own, which is written down. False: not there, or not theirs. */
export async function endAppPassword(
  tx: SchoolTx,
  viewer: Viewer,
  id: AppPasswordId,
): Promise<boolean> {
  const deleted = await deleteAppPassword(tx, viewer.account, id);
  if (deleted) await writeAudit(tx, viewer.addressId, 'revoke-app-password', { appPassword: id });
  return deleted;
}

/**
 * Who signs in with the password of a device: its owner under their own address, and nobody else;
 * null otherwise.
 */
export async function signInByAppPassword(
  parts: Omit<AppPasswordParts, 'announce'>,
  address: string,
  password: string,
): Promise<{
  readonly viewer: Viewer;
  readonly appPassword: AppPasswordId;
  readonly ownPassword: null;
} | null> {
  const text = readAppPassword(password);
  if (!text) return null;
  const owner = await parts.store.read(text.school, (tx) =>
    appPasswordOwner(tx, appPasswordHash(parts.secret, text)),
  );
  if (!owner) return null;
  const now = parts.clock();
  const viewer = await viewerOf(
    parts.directory,
    { home: text.school, addressId: owner.address },
    now,
  );
  if (viewer?.address !== address) return null;
  if (now.getTime() - (owner.lastUsedAt?.getTime() ?? 0) > TOUCH_MS)
    await parts.store.write(text.school, (tx) => touchAppPassword(tx, owner.id, now));
  return { viewer, appPassword: owner.id, ownPassword: null };
}

/** Another for another password; nobody learns the password by it. */
export function passwordMark(passwordHash: string | null): string {
  return hash('sha256', passwordHash ?? '', 'base64url').slice(0, MARK_SIGNS);
}

/**
 * Who an open session of a mail program belongs to now, or null: the account was closed or has
 * moved, its school lets pupils no longer in this way, the device's password was revoked, or the
 * account's own is another one by now or no longer opens mail programs.
 */
export async function stillSignedIn(
  { store, directory, clock }: Pick<AppPasswordParts, 'store' | 'directory' | 'clock'>,
  { viewer, way, appPassword, ownPassword }: ProgramSession,
): Promise<Viewer | null> {
  const standing = store.read(viewer.school, async (tx) => {
    if (appPassword !== null) return hasAppPassword(tx, appPassword);
    const own = await credentialsOf(tx, viewer.addressId);
    return (
      own !== null &&
      !own.hasSecondFactor &&
      !(await mustProtect(tx, viewer)) &&
      passwordMark(own.passwordHash) === ownPassword
    );
  });
  const [stands, now] = await Promise.all([
    standing,
    viewerOf(directory, { home: viewer.school, addressId: viewer.addressId }, clock()),
  ]);
  return stands && now && admits(now, way) ? now : null;
}
