import type { AccountId, AddressId } from '../../ground/ids.ts';
import { writeAudit } from '../../store/audit.ts';
import { deleteAppPasswords } from '../../store/people/app-passwords.ts';
import { endSessions, forgetPassword } from '../../store/people/codes.ts';
import type { SchoolTx } from '../../store/store.ts';

/** Whose doors are shut, and who shuts them. */
interface Ending {
  readonly account: AccountId;
  /** Null: the command line. */
  readonly by: AddressId | null;
}

/**
 * Ends the passwords of an account's devices, each written down. Announce it after the commit.
 */
export async function endDevices(tx: SchoolTx, { account, by }: Ending): Promise<void> {
  for (const appPassword of await deleteAppPasswords(tx, account)) {
    await writeAudit(tx, by, 'revoke-app-password', { appPassword });
  }
}

/**
 * Ends all that an account came in by but its code on paper: the password, the pages that are open,
 * the passwords of devices. Announce it after the commit: open mail programs end by it.
 */
export async function endWaysIn(tx: SchoolTx, ending: Ending): Promise<void> {
  await forgetPassword(tx, ending.account);
  await endSessions(tx, ending.account);
  await endDevices(tx, ending);
}
