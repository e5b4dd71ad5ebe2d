import type { Sections, UidSet } from '../../core/core.ts';
import { bad, no, ok } from '../responses.ts';
import type { Session } from '../session.ts';
import { countIn, numberOf, rangesOf, resolve, setText, uidsIn } from '../view.ts';
import type { CommandOf, PartialRange } from '../wire/command.ts';
import { planOf, type Plan } from './fetch-plan.ts';
import { SELECTED, type Handler } from './handler.ts';
import { advanceBy } from './own-change.ts';

/** What a client's UIDs mean where they may be gone: every number, `*` being the greatest. */
const EVERY = { uids: Uint32Array.of(0xff_ff_ff_ff), modseq: 0, hasGhosts: false };

/** Messages whose flags this FETCH has changed, and what they are now. */
type Marked = ReadonlyMap<number, string>;

/**
 * RFC 9051 §6.4.5, with CHANGEDSINCE and VANISHED (RFC 7162 §3.1.4.1, §3.2.6) and PARTIAL (RFC 9394 §3.2). Rows and bytes come from
 * the store as the client takes them.
 */
export const fetch: Handler<'FETCH'> = {
  states: SELECTED,
  tells: ({ byUid }) => (byUid ? 'news' : 'no-expunge'),
  async run(session, command) {
    const { byUid, items, changedSince, vanished } = command;
    const { view, saved } = session.box;
    if (vanished && !(session.enabled.qresync && byUid && changedSince !== null)) return bad('VANISHED is for UID FETCH with CHANGEDSINCE after ENABLE QRESYNC');
    const set = resolve(view, command.set, { byUid, saved });
    if (!set) return bad('There is no such message');
    const plan = planOf(items, { withUid: byUid || session.enabled.qresync, withModseq: changedSince !== null });
    if (plan.columns.modseq) session.enabled = { ...session.enabled, condstore: true }; // RFC 7162 §3.1: asking enables
    if (vanished) await writeVanished(session, command);
    const wanted = command.partial ? portionOf(uidsIn(view.uids, set), command.partial) : set;
    if (wanted.length === 0) return ok('FETCH done');
    const marked = plan.marksSeen && !session.box.readOnly ? await markSeen(session, wanted) : new Map<number, string>();
    const written = await write(session, plan, wanted, { changedSince, marked });
    if (written.unknownEncoding) return no('unknown-cte', session.me);
    const missing = changedSince === null && !byUid && written.messages < countIn(view.uids, wanted);
    return missing ? ok('FETCH done, but some are gone', 'EXPUNGEISSUED') : ok('FETCH done'); // RFC 5530 §3
  },
};

/** RFC 7162 §3.2.6: of the UIDs asked for, those that are gone since; told before all else. */
async function writeVanished(session: Session, { set, changedSince }: CommandOf<'FETCH'>): Promise<void> {
  const known = resolve(EVERY, set, { byUid: true, saved: session.box.saved });
  const changes = await session.core.mailboxes.resync(session.me, session.box.id, { modseq: Number(changedSince), known });
  if (changes && changes.vanished.length > 0) session.untagged(`VANISHED (EARLIER) ${setText(changes.vanished)}`);
}

/** RFC 9394 §3.1: positions from 1, or both negative from the end. */
function portionOf(uids: Uint32Array, { from, to }: PartialRange): UidSet {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return rangesOf(from > 0 ? uids.subarray(low - 1, high) : uids.subarray(Math.max(0, uids.length + low), Math.max(0, uids.length + high + 1)));
}

/** Sets \Seen before the bytes are read; without the right to, it stays as it is (RFC 4314 §4). */
async function markSeen(session: Session, uids: UidSet): Promise<Marked> {
  const marked = await session.core.mailboxes.store(session.me, session.box.id, { uids, change: 'add', flags: ['\\Seen'], unchangedSince: null });
  if (marked.kind !== 'done') return new Map();
  const { now, changed, modseq } = marked.value;
  advanceBy(session, modseq);
  return new Map(now.uids.flatMap((uid, row) => (changed.has(uid) ? [[uid, now.flags[row] ?? ''] as const] : [])));
}

interface Written { messages: number; unknownEncoding: boolean }

async function write(session: Session, plan: Plan, uids: UidSet, options: { readonly changedSince: bigint | null; readonly marked: Marked }): Promise<Written> {
  const { core: { mailboxes }, me, box: { id } } = session;
  const written: Written = { messages: 0, unknownEncoding: false };
  const since = options.changedSince === null ? {} : { changedSince: Number(options.changedSince) };
  const hasColumns = Object.keys(plan.columns).length > 0;
  if (!hasColumns && plan.wishes.length > 0 && options.changedSince === null) {
    for await (const sections of mailboxes.sections(me, id, uids, plan.wishes)) await writeOne(session, plan, { sections, ready: uidAlone(plan, sections.uid), ...options }, written);
    return written;
  }
  for await (const batch of mailboxes.fetch(me, id, uids, plan.columns, since)) {
    if (plan.wishes.length === 0) {
      batch.uids.forEach((uid, row) => writeReady(session, { uid, ready: plan.write(batch, row) }, written));
      await session.room();
      continue;
    }
    const rows = new Map(batch.uids.map((uid, row) => [uid, row]));
    for await (const sections of mailboxes.sections(me, id, rangesOf(batch.uids), plan.wishes)) {
      const row = rows.get(sections.uid);
      if (row !== undefined) await writeOne(session, plan, { sections, ready: plan.write(batch, row), ...options }, written);
    }
  }
  return written;
}

/** Without columns a batch was never read: what may stand beside the sections is the UID. */
function uidAlone(plan: Plan, uid: number): string {
  return plan.write({ ...NO_COLUMNS, uids: [uid] }, 0);
}
const NO_COLUMNS = {
  uids: [], flags: [], modseqs: [], internalDates: [], sizes: [], savedDates: [], previews: [], envelopes: [], bodies: [], bodyStructures: [], emailIds: [], threadIds: [],
} as const;

function writeReady(session: Session, { uid, ready }: { readonly uid: number; readonly ready: string }, written: Written): void {
  const number = numberOf(session.box.view.uids, uid);
  if (number === 0) return;
  written.messages += 1;
  session.output.write(`* ${number} FETCH (${ready})\r\n`);
}

interface One { readonly sections: Sections; readonly ready: string; readonly marked: Marked }

/** One message with its sections: ready items first, then each literal, the next only when a slow reader has taken enough. */
async function writeOne(session: Session, plan: Plan, { sections, ready, marked }: One, written: Written): Promise<void> {
  const number = numberOf(session.box.view.uids, sections.uid);
  if (number === 0) return;
  written.messages += 1;
  const { output } = session;
  output.write(`* ${number} FETCH (${ready}`);
  let separator = ready === '' ? '' : ' ';
  for (const [at, content] of sections.contents.entries()) {
    if (content.kind === 'unknown-encoding') {
      written.unknownEncoding = true;
      continue;
    }
    output.write(`${separator}${plan.labels[at]} `);
    separator = ' ';
    if (content.kind === 'bytes') await writeLiteral(session, content, plan.wishes[at]?.what === 'binary');
    else if (content.kind === 'size') output.write(String(content.sizeBytes));
    else output.write(plan.wishes[at]?.what === 'binary-size' ? '0' : 'NIL');
  }
  const flags = plan.columns.flags ? undefined : marked.get(sections.uid);
  output.write(flags === undefined ? ')\r\n' : `${separator}FLAGS (${flags}))\r\n`);
  if (output.isFull) await session.room();
}

/** RFC 9051 §4.3; with NUL in it, or where that isn't known, a literal8 (RFC 3516 §4.2). */
async function writeLiteral(session: Session, { sizeBytes, bytes }: { readonly sizeBytes: number; readonly bytes: Buffer | AsyncIterable<Buffer> }, isBinary: boolean): Promise<void> {
  const { output } = session;
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
