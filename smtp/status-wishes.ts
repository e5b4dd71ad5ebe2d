import type { SMTPServerSession } from 'smtp-server';
import type { Notify, StatusWish } from '../core/core.ts';

const NOTIFY: readonly Notify[] = ['NEVER', 'SUCCESS', 'FAILURE', 'DELAY'];

/** What a mail program asked to be told, by recipient (RFC 3461 §4); none who asked for nothing. */
export function statusWishesOf({
  envelope,
}: Pick<SMTPServerSession, 'envelope'>): ReadonlyMap<string, StatusWish> {
  const { envid = null } = envelope.dsn ?? {};
  const ret = retOf(envelope.dsn?.ret);
  const wishes = new Map<string, StatusWish>();
  for (const { address, dsn } of envelope.rcptTo) {
    const notify = dsn?.notify ? NOTIFY.filter((one) => dsn.notify?.includes(one)) : null;
    const wish = { ret, envid, notify, orcpt: dsn?.orcpt ?? null };
    if (Object.values(wish).some((asked) => asked !== null)) wishes.set(address, wish);
  }
  return wishes;
}

const retOf = (said: string | null | undefined): StatusWish['ret'] =>
  said === 'FULL' || said === 'HDRS' ? said : null;
