import type { Changes } from '../core/core.ts';
import type { Tells } from './commands/handler.ts';
import { flagsText, type Selected } from './selected.ts';
import type { Session } from './session.ts';
import { advance, numberOf, rangesOf, setText, type Step } from './view.ts';

/** Past so many flag changes the rest waits until the client has taken some. */
const FLAGS_AT_ONCE = 500;

/**
 * Brings a session's view up to date and writes what the client must know (RFC 9051 §7.5.1, RFC 7162 §3.2.10). The bell said only
 * that something happened: what, is read from the store. False: the mailbox is gone, or no longer this person's.
 */
export async function tellSelected(session: Session, tells: Exclude<Tells, 'nothing'>): Promise<boolean> {
  const { selected } = session;
  if (!selected) return true;
  const mayExpunge = tells !== 'no-expunge';
  if (tells !== 'all' && !session.rung && !(mayExpunge && selected.view.hasGhosts)) return true;
  session.rung = false; // before reading: what rings from here on may be too late for it
  const changes = await session.core.mailboxes.since(session.me, selected.id, selected.view.modseq);
  if (session.selected !== selected) return true;
  if (!changes) return false;
  const step = advance(selected.view, changes, mayExpunge);
  if (step.view.modseq < changes.modseq) return true;
  selected.view = step.view;
  writeStep(session, step);
  writeKeywords(session, selected, changes.keywords);
  await writeFlags(session, selected, changes, step.newFrom);
  return true;
}

function writeStep(session: Session, { expunged, vanished, exists, view }: Step): void {
  if (vanished.length > 0 && session.enabled.qresync) session.untagged(`VANISHED ${setText(rangesOf(vanished))}`);
  else for (const number of expunged) session.untagged(`${number} EXPUNGE`);
  // RFC 7162 §3.2.10: VANISHED says which are gone; the count follows where it tells of new ones.
  if (exists !== null) session.untagged(`${exists} EXISTS`);
  else if (vanished.length > 0 && session.enabled.qresync) session.untagged(`${view.uids.length} EXISTS`);
}

/** A keyword used here for the first time (RFC 9051 §7.3.5). */
function writeKeywords(session: Session, selected: Selected, keywords: readonly string[]): void {
  if (keywords.length === selected.keywords.length && keywords.every((keyword, i) => keyword === selected.keywords[i])) return;
  const before = new Set(selected.keywords);
  const isMore = keywords.some((keyword) => !before.has(keyword));
  selected.keywords = keywords;
  if (isMore) session.untagged(`FLAGS (${flagsText(keywords)})`);
}

/** Flags that others changed; those of new messages the client asks for itself. */
async function writeFlags(session: Session, selected: Selected, { changed }: Changes, newFrom: number): Promise<void> {
  for (let at = 0; at < changed.uids.length; at += 1) {
    const uid = changed.uids[at] as number;
    const number = uid < newFrom ? numberOf(selected.view.uids, uid) : 0;
    if (number > 0) session.untagged(flagsOf(session, { number, uid, flags: changed.flags[at] ?? '', modseq: changed.modseqs[at] ?? 0 }));
    if (at % FLAGS_AT_ONCE === FLAGS_AT_ONCE - 1) await session.room();
  }
}

/** An unasked FETCH: with MODSEQ after CONDSTORE (RFC 7162 §3.1.4.2), with UID after QRESYNC (§3.2.4) and in IMAP4rev2. */
export function flagsOf({ enabled }: Session, { number, uid, flags, modseq }: { readonly number: number; readonly uid: number; readonly flags: string; readonly modseq: number }): string {
  const named = enabled.qresync || enabled.rev2 ? `UID ${uid} ` : '';
  return `${number} FETCH (${named}FLAGS (${flags})${enabled.condstore ? ` MODSEQ (${modseq})` : ''})`;
}
