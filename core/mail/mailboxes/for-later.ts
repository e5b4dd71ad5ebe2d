import type { Uid } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { SeenMailbox } from '../../store/mail/mailbox-access.ts';
import { countPutOff, setReturns } from '../../store/mail/put-off.ts';
import type { SchoolTx } from '../../store/store.ts';
import { MAX_PUT_OFF, tomorrowMorning } from '../reading/later.ts';
import type { MailboxStop } from './contract/stop.ts';

/** Out of these nothing is put off to come back there. */
const NO_WAY_BACK: ReadonlySet<SeenMailbox['use']> = new Set(['trash', 'junk', 'later']);

/** Messages that a program has put into a mailbox. */
interface Arrived {
  readonly to: Pick<SeenMailbox, 'id' | 'use' | 'owner'>;
  readonly uids: readonly Uid[];
  /** Where they were; null: nowhere before. */
  readonly from: Pick<SeenMailbox, 'id' | 'use' | 'owner'> | null;
  readonly now: Date;
}

/**
 * What a program puts among what comes back later comes back tomorrow at eight, since no command
 * names an hour; of any other mailbox nothing is asked. A stop where more would wait than may.
 */
export async function waitTillTomorrow(
  tx: SchoolTx,
  viewer: Pick<Viewer, 'timeZone'>,
  { to, uids, from, now }: Arrived,
): Promise<MailboxStop | null> {
  if (to.use !== 'later' || uids.length === 0) return null;
  if ((await countPutOff(tx, to.owner)) + uids.length > MAX_PUT_OFF)
    return { kind: 'limit', what: 'messages', limit: MAX_PUT_OFF };
  const goesBack = from !== null && from.owner === to.owner && !NO_WAY_BACK.has(from.use);
  const backTo = goesBack ? from.id : null;
  const at = tomorrowMorning(viewer, now);
  await setReturns(
    tx,
    { account: to.owner, mailbox: to.id },
    uids.map((uid) => ({ uid, at, backTo })),
  );
  return null;
}
