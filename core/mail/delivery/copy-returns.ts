import { type AccountId, type SchoolId, schoolIdIn } from '../../ground/ids.ts';
import { decodedPart, partsOf } from '../../letters/message/body.ts';
import type { ReadMessage } from '../../letters/message/message.ts';
import type { ScanFor } from '../../letters/scan/clamd.ts';
import { personOf } from '../../store/mail/absence-replies.ts';
import { mayReturn, noteReturned, returnedSince } from '../../store/mail/letter-copies.ts';
import { copyAddressOf, stopCopies } from '../../store/people/copy-addresses.ts';
import { readInTurn } from '../parsing/turns.ts';
import type { OwnHandover, ReleaseParts } from './parts.ts';
import { SERVICE_LETTERS } from './telling/service-letters.ts';

/** So many copies that come back, and no more leave. */
const MOST_RETURNED = 3;
/** Of a report of delivery, the part for machines says in its first kilobytes what became of it. */
const STATUS_BYTES = 10_000;

type ReturnParts = Pick<
  ReleaseParts,
  'store' | 'directory' | 'notices' | 'clock' | 'log' | 'mailEvents' | 'domain'
>;

/** Who copies are from: an address that takes no answer. */
export const copiesFrom = (domain: string): string => `ne-pas-repondre@${domain}`;

/** A letter of ours to somebody's own address outside: the school of its reader, its token. */
interface CopyName {
  readonly school: SchoolId;
  readonly token: string;
}

/** The reverse-path of one copy, which nobody else can know: what comes back there, comes back. */
export function returnAddress({ school, token }: CopyName, domain: string): string {
  return `copie-${school}-${token}@${domain}`;
}

/** Where an address of copies leads; null: it is none. */
export function copyEndAt(address: string, domain: string): CopyName | 'answer' | null {
  if (address === copiesFrom(domain)) return 'answer';
  const [, text, token, at] = /^copie-(\d{1,9})-([0-9a-f]{32})@(.+)$/.exec(address) ?? [];
  const school = schoolIdIn(text);
  return school === null || token === undefined || at !== domain ? null : { school, token };
}

/** Whether a message says that a letter of ours did not arrive (RFC 3464 §2.3.3). */
function saysFailed(raw: Buffer, { structure }: Pick<ReadMessage, 'structure'>): boolean {
  const [status] = [...partsOf(structure)].filter(
    ({ type, subtype }) => type === 'message' && subtype.endsWith('delivery-status'),
  );
  return (
    status !== undefined &&
    /^action:[ \t]*failed/im.test(
      decodedPart(raw, status).subarray(0, STATUS_BYTES).toString('latin1'),
    )
  );
}

/** A letter that is handed over, and in whose turn it is read. */
interface MaybeReturned {
  readonly bytes: Buffer;
  readonly who: ScanFor;
}

/**
 * Takes what a server says of copies of ours, at their reverse-paths: it is read and kept nowhere.
 * Nothing is read for a token that is nobody's. Gives the recipients for whom the letter goes on;
 * null where its turn to be read doesn't come: try again later.
 */
export async function takeReturned(
  parts: ReleaseParts,
  { sender, recipients }: Pick<OwnHandover, 'sender' | 'recipients'>,
  { bytes, who }: MaybeReturned,
): Promise<readonly string[] | null> {
  if (sender.kind !== 'outside') return recipients;
  const ends = recipients.map((address) => ({ address, end: copyEndAt(address, parts.domain) }));
  const copies: CopyName[] = [];
  for (const { end } of ends)
    if (end !== null && end !== 'answer' && (await isAwaited(parts, end))) copies.push(end);
  if (copies.length > 0) {
    const read = await readInTurn(parts, bytes, who);
    if (read === null) return null;
    if (read.kind === 'read' && saysFailed(bytes, read.message))
      for (const name of copies) await noteCopyReturned(parts, name);
  }
  return ends.flatMap(({ address, end }) => (end === null ? [address] : []));
}

const isAwaited = ({ store }: Pick<ReleaseParts, 'store'>, { school, token }: CopyName) =>
  store.read(school, (tx) => mayReturn(tx, token));

/**
 * Notes that a copy came back, or a code, each once. After three copies no more leave, and their
 * reader is told, in the transaction that stops them.
 */
export async function noteCopyReturned(parts: ReturnParts, { school, token }: CopyName) {
  const { store, clock } = parts;
  const now = clock();
  const returned = await store.write(school, (tx) => noteReturned(tx, token, now));
  if (returned === null) return;
  const { account } = returned;
  const kept = await store.read(school, (tx) => copyAddressOf(tx, account));
  if (kept === null || kept.confirmedAt === null || kept.stoppedAt !== null) return;
  const since = kept.confirmedAt;
  const count = await store.read(school, (tx) =>
    returnedSince(tx, account, { kind: 'letter', since }),
  );
  if (count >= MOST_RETURNED) await stop(parts, school, { account, address: kept.address });
}

async function stop(
  parts: ReturnParts,
  school: SchoolId,
  { account, address }: { readonly account: AccountId; readonly address: string },
): Promise<void> {
  const { store, directory, notices, clock, log, mailEvents } = parts;
  const addressId = await store.read(school, (tx) => personOf(tx, account));
  const roster = (await directory.rosters([school], { maxAgeMs: 1_000 })).get(school);
  const person = addressId === null ? undefined : roster?.people.get(addressId);
  if (person === undefined) return;
  const raw = await notices.writeTo(
    person,
    SERVICE_LETTERS[person.language].copiesStopped(address),
  );
  await store.town(async (tx) => {
    if (!(await stopCopies(await tx.in(school), account, clock()))) return;
    await notices.place(tx, { school, account }, raw);
  });
  mailEvents.announce(school, [account]);
  log.info({ school, account }, 'copies that come back are stopped');
}
