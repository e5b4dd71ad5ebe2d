import type { SMTPServerSession } from 'smtp-server';
import type { DsnRequest, Notify } from '../core/store/mail/contract.ts';

const NOTIFY: readonly Notify[] = ['NEVER', 'SUCCESS', 'FAILURE', 'DELAY'];

/** What a mail program asked to be told, by recipient (RFC 3461 §4); none who asked for nothing. */
export function dsnRequestsOf({
  envelope,
}: Pick<SMTPServerSession, 'envelope'>): ReadonlyMap<string, DsnRequest> {
  const { envid = null } = envelope.dsn ?? {};
  const ret = retOf(envelope.dsn?.ret);
  const requests = new Map<string, DsnRequest>();
  for (const { address, dsn } of envelope.rcptTo) {
    const notify = dsn?.notify ? NOTIFY.filter((one) => dsn.notify?.includes(one)) : null;
    const request = { ret, envid, notify, orcpt: dsn?.orcpt ?? null };
    if (Object.values(request).some((asked) => asked !== null)) requests.set(address, request);
  }
  return requests;
}

const retOf = (said: string | null | undefined): DsnRequest['ret'] =>
  said === 'FULL' || said === 'HDRS' ? said : null;
