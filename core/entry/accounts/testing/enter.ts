import type { Core } from '../../../core.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { keptPassword, keptPictures } from '../../../store/people/accounts.ts';
import type { Store } from '../../../store/store.ts';
import { byPassword, byPictures } from '../came-by.ts';
import type { Browser } from '../contract.ts';

/**
 * Opens a session of the pages, as by the password or the pictures that somebody has now; its
 * token.
 */
export async function enterAs(
  { core, store }: { readonly core: Core; readonly store: Store },
  who: Viewer,
  browser?: Browser,
): Promise<string> {
  const { password, pictures } = await store.write(who.school, async (tx) => ({
    password: await keptPassword(tx, who.account),
    pictures: await keptPictures(tx, who.account),
  }));
  const cameBy = password === null ? byPictures(pictures ?? Buffer.alloc(0)) : byPassword(password);
  const token = await core.accounts.openSession(who, cameBy, browser);
  if (token === null) throw new Error(`${who.address} has nothing to come in by`);
  return token;
}
