/** Letters brought along by hand, and rows put together again, for tests of mailboxes. */
import { Readable } from 'node:stream';
import { rawLetter, type TownLetter, type TestTown } from '../../../../tests/shared/town.ts';
import type { MailboxId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { Batch, Columns, UidSet } from '../../../store/mail/contract.ts';
import type { AppendRequest, CopiedUids } from '../contract/changes.ts';
import type { ListedMailbox } from '../contract/listed.ts';
import type { MailboxOutcome } from '../contract/stop.ts';

/** The value of what was done; a refusal fails the test. */
export function must<T>(result: MailboxOutcome<T>): T {
  if (result.kind !== 'done') throw new Error(`refused: ${JSON.stringify(result)}`);
  return result.value;
}

export const only = (...uids: readonly number[]): UidSet =>
  uids.toSorted((one, other) => one - other).map((uid) => ({ from: uid, to: uid }));
export const ALL: UidSet = [{ from: 1, to: 4_294_967_295 }];

export async function mailboxAt(
  town: TestTown,
  viewer: Viewer,
  path: string,
): Promise<ListedMailbox> {
  const found = await town.core.mailboxes.find(viewer, path);
  if (!found) throw new Error(`no ${path}`);
  return found;
}

interface Bringing {
  readonly raw?: Buffer;
  readonly letter?: Partial<TownLetter>;
  readonly flags?: readonly string[];
  readonly at?: Date | null;
}

export async function ready(
  town: TestTown,
  viewer: Viewer,
  { raw, letter, flags = [], at = null }: Bringing = {},
): Promise<AppendRequest> {
  const bytes = raw ?? rawLetter('old@ailleurs.example', [viewer.address], letter);
  return {
    letter: must(await town.core.mailboxes.receive(viewer, Readable.from([bytes]))),
    flags,
    internalDate: at,
  };
}

export async function bring(
  town: TestTown,
  viewer: Viewer,
  mailbox: MailboxId,
  bringing: Bringing = {},
): Promise<number> {
  const copied: CopiedUids = must(
    await town.core.mailboxes.append(viewer, mailbox, [await ready(town, viewer, bringing)]),
  );
  return copied.to[0] ?? 0;
}

/** All batches as one. */
export async function rowsOf(
  town: TestTown,
  viewer: Viewer,
  mailbox: MailboxId,
  columns: Columns,
  uids: UidSet = ALL,
): Promise<Batch> {
  const batches: Batch[] = [];
  for await (const batch of town.core.mailboxes.fetch(viewer, mailbox, { uids, columns }))
    batches.push(batch);
  return {
    uids: batches.flatMap(({ uids }) => uids),
    flags: batches.flatMap(({ flags }) => flags),
    modseqs: batches.flatMap(({ modseqs }) => modseqs),
    internalDates: batches.flatMap(({ internalDates }) => internalDates),
    sizes: batches.flatMap(({ sizes }) => sizes),
    savedDates: batches.flatMap(({ savedDates }) => savedDates),
    previews: batches.flatMap(({ previews }) => previews),
    envelopes: batches.flatMap(({ envelopes }) => envelopes),
    bodies: batches.flatMap(({ bodies }) => bodies),
    bodyStructures: batches.flatMap(({ bodyStructures }) => bodyStructures),
    emailIds: batches.flatMap(({ emailIds }) => emailIds),
    threadIds: batches.flatMap(({ threadIds }) => threadIds),
  };
}
