import type { Sections, SectionWish } from '../core/mail/mailboxes/contract/sections.ts';
import type { UidSet } from '../core/store/mail/contract.ts';
import type { FetchPlan } from './fetch-plan.ts';
import type { ImapSession } from './session.ts';
import { numberOf } from './view.ts';
import { rangesOf } from './wire/ranges.ts';

/** Messages whose flags this FETCH has changed, and what they are now. */
export type ChangedFlags = ReadonlyMap<number, string>;

interface FetchedMessages {
  readonly uids: UidSet;
  /** Only those that have changed since (CHANGEDSINCE, RFC 7162 §3.1.4.1); null: all. */
  readonly changedSince: number | null;
  readonly marked: ChangedFlags;
}

interface Written {
  messages: number;
  unknownEncoding: boolean;
}

/** Writes what a plan wants of these messages, as the store gives it and the client takes it. */
export async function writeMessages(
  session: ImapSession,
  plan: FetchPlan,
  { uids, changedSince, marked }: FetchedMessages,
): Promise<Written> {
  const {
    core: { mailboxes },
    box: { id, viewer },
  } = session;
  const written: Written = { messages: 0, unknownEncoding: false };
  const since = changedSince === null ? {} : { changedSince };
  const hasColumns = Object.keys(plan.columns).length > 0;
  if (!hasColumns && plan.wishes.length > 0 && changedSince === null) {
    for await (const sections of mailboxes.sections(viewer, id, { uids, wishes: plan.wishes }))
      await writeOne(session, {
        plan,
        one: { sections, ready: uidAlone(plan, sections.uid), marked },
        written,
      });
    return written;
  }
  for await (const batch of mailboxes.fetch(viewer, id, {
    uids,
    columns: plan.columns,
    ...since,
  })) {
    if (plan.wishes.length === 0) {
      batch.uids.forEach((uid, row) =>
        writeReady(session, { uid, ready: plan.write(batch, row) }, written),
      );
      await session.room();
      continue;
    }
    const rows = new Map(batch.uids.map((uid, row) => [uid, row]));
    for await (const sections of mailboxes.sections(viewer, id, {
      uids: rangesOf(batch.uids),
      wishes: plan.wishes,
    })) {
      const row = rows.get(sections.uid);
      if (row !== undefined)
        await writeOne(session, {
          plan,
          one: { sections, ready: plan.write(batch, row), marked },
          written,
        });
    }
  }
  return written;
}

/** Without columns a batch was never read: what may stand beside the sections is the UID. */
function uidAlone(plan: FetchPlan, uid: number): string {
  return plan.write({ ...NO_COLUMNS, uids: [uid] }, 0);
}
const NO_COLUMNS = {
  uids: [],
  flags: [],
  modseqs: [],
  internalDates: [],
  sizes: [],
  savedDates: [],
  previews: [],
  envelopes: [],
  bodies: [],
  bodyStructures: [],
  emailIds: [],
  threadIds: [],
} as const;

function writeReady(
  session: ImapSession,
  { uid, ready }: { readonly uid: number; readonly ready: string },
  written: Written,
): void {
  const number = numberOf(session.box.view.uids, uid);
  if (number === 0) return;
  written.messages += 1;
  session.output.write(`* ${number} FETCH (${ready})\r\n`);
}

interface One {
  readonly sections: Sections;
  readonly ready: string;
  readonly marked: ChangedFlags;
}

/** One message of a plan, and the count of what is written. */
interface WrittenInto {
  readonly plan: FetchPlan;
  readonly one: One;
  readonly written: Written;
}

/**
 * One message with its sections: ready items first, then each literal, the next only when a slow
 * reader has taken enough. Nothing where no item can be told: an answer has one at least (RFC 9051
 * §9, `msg-att`).
 */
async function writeOne(
  session: ImapSession,
  { plan, one: { sections, ready, marked }, written }: WrittenInto,
): Promise<void> {
  const number = numberOf(session.box.view.uids, sections.uid);
  if (number === 0) return;
  written.messages += 1;
  const { output } = session;
  let before = `* ${number} FETCH (`;
  if (ready !== '') {
    output.write(`${before}${ready}`);
    before = ' ';
  }
  for (const [at, content] of sections.contents.entries()) {
    if (content.kind === 'unknown-encoding') {
      written.unknownEncoding = true;
      continue;
    }
    output.write(`${before}${plan.labels[at]} `);
    before = ' ';
    if (content.kind === 'bytes') await writeLiteral(session, content, plan.wishes[at]?.what);
    else if (content.kind === 'size') output.write(String(content.sizeBytes));
    else output.write(plan.wishes[at]?.what === 'binary-size' ? '0' : 'NIL');
  }
  const flags = plan.columns.flags ? undefined : marked.get(sections.uid);
  if (flags !== undefined) output.write(`${before}FLAGS (${flags}))\r\n`);
  else if (before === ' ') output.write(')\r\n');
  if (output.isFull) await session.room();
}

/** RFC 9051 §4.3; with NUL in it, or where that isn't known, a literal8 (RFC 3516 §4.2). */
async function writeLiteral(
  session: ImapSession,
  {
    sizeBytes,
    bytes,
  }: { readonly sizeBytes: number; readonly bytes: Buffer | AsyncIterable<Buffer> },
  asked: SectionWish['what'] | undefined,
): Promise<void> {
  const { output } = session;
  const isBinary = asked === 'binary';
  if (Buffer.isBuffer(bytes)) {
    output.write(`${isBinary && bytes.includes(0) ? '~' : ''}{${sizeBytes}}\r\n`);
    output.write(bytes);
    return;
  }
  output.write(`${isBinary ? '~' : ''}{${sizeBytes}}\r\n`);
  try {
    let left = sizeBytes;
    for await (const piece of bytes) {
      output.write(piece);
      left -= piece.length;
      await session.room();
    }
    if (left !== 0) throw new Error('a section is not as long as was said');
  } catch (error) {
    session.cut(); // the client counts on so many bytes: nothing that follows would be understood
    throw error;
  }
}
