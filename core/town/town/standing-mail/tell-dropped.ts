import type { AccountId, SchoolId } from '../../../ground/ids.ts';
import { SERVICE_LETTERS } from '../../../mail/delivery/telling/service-letters.ts';
import { noticeReader } from '../../../store/people/accounts.ts';
import type { TownTx } from '../../../store/store.ts';
import type { TownParts } from '../parts.ts';

/** Addresses written out in one notice; more are a number. */
const MAX_NAMED = 20;

interface DropNotice {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly recipients: readonly string[];
}

/**
 * Tells the writer of a stopped account which of their letters an agent has dropped, in the
 * transaction that drops them; who began it announces it.
 */
export async function tellDropped(
  { notices }: Pick<TownParts, 'notices'>,
  tx: TownTx,
  dropped: DropNotice,
): Promise<void> {
  const { school, account, recipients } = dropped;
  const writer = await noticeReader(await tx.in(school), account);
  if (writer === null) return; // erased meanwhile
  const addresses = [...new Set(recipients)];
  const words = SERVICE_LETTERS[writer.language].dropped;
  const more = addresses.length - MAX_NAMED;
  const named = addresses.slice(0, MAX_NAMED).join('\n');
  const raw = await notices.writeTo(
    { ...writer, account },
    {
      subject: words.subject,
      text: `${words.first}\n\n${named}${more > 0 ? `\n${words.more(more)}` : ''}\n\n${words.last}\n`,
    },
  );
  await notices.place(tx, { school, account }, raw);
}
