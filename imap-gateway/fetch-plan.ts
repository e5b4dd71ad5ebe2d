import { imapString } from '../core/letters/message/imap-string.ts';
import type { SectionWish } from '../core/mail/mailboxes/contract/sections.ts';
import type { Batch, Columns } from '../core/store/mail/contract.ts';
import type { FetchItem, SimpleItem } from './wire/fetch-items.ts';
import { dateTimeText } from './wire/write.ts';

/** What a FETCH needs of the store, and how each message's answer is written (RFC 9051 §7.5.2). */
export interface FetchPlan {
  readonly columns: Columns;
  /**
   * Writes the ready items of one row of a batch, without parentheses; empty where there are none.
   */
  readonly write: (batch: Batch, row: number) => string;
  readonly wishes: readonly SectionWish[];
  /** The names of the wishes' answers, in their order. */
  readonly labels: readonly string[];
  /** Some item sets \Seen (RFC 9051 §6.4.5: all but PEEK). */
  readonly marksSeen: boolean;
}

type Writer = (batch: Batch, row: number) => string;

const SIMPLE: Readonly<Record<SimpleItem, { readonly needs: Columns; readonly write: Writer }>> = {
  UID: { needs: {}, write: ({ uids }, row) => `UID ${uids[row]}` },
  FLAGS: { needs: { flags: true }, write: ({ flags }, row) => `FLAGS (${flags[row]})` },
  INTERNALDATE: {
    needs: { internalDate: true },
    write: ({ internalDates }, row) => `INTERNALDATE ${dateTimeText(internalDates[row] ?? 0)}`,
  },
  'RFC822.SIZE': { needs: { size: true }, write: ({ sizes }, row) => `RFC822.SIZE ${sizes[row]}` },
  ENVELOPE: {
    needs: { envelope: true },
    write: ({ envelopes }, row) => `ENVELOPE ${envelopes[row]}`,
  },
  BODY: { needs: { body: true }, write: ({ bodies }, row) => `BODY ${bodies[row]}` },
  BODYSTRUCTURE: {
    needs: { bodyStructure: true },
    write: ({ bodyStructures }, row) => `BODYSTRUCTURE ${bodyStructures[row]}`,
  },
  MODSEQ: { needs: { modseq: true }, write: ({ modseqs }, row) => `MODSEQ (${modseqs[row]})` },
  EMAILID: { needs: { emailId: true }, write: ({ emailIds }, row) => `EMAILID (${emailIds[row]})` },
  THREADID: {
    needs: { threadId: true },
    write: ({ threadIds }, row) =>
      `THREADID ${threadIds[row] === '' ? 'NIL' : `(${threadIds[row]})`}`,
  },
  SAVEDATE: {
    needs: { savedDate: true },
    write: ({ savedDates }, row) => `SAVEDATE ${dateTimeText(savedDates[row] ?? 0)}`,
  },
};

// RFC 8970 §3.1: UTF-8 whatever was enabled, so what isn't ASCII goes as a literal.
const PREVIEW = {
  needs: { preview: true },
  write: ({ previews }: Batch, row: number) => `PREVIEW ${imapString(previews[row] ?? '')}`,
};

/** `withUid`, `withModseq`: told though not asked for (RFC 9051 §6.4.9, RFC 7162 §3.1.4.1). */
export function planOf(
  items: readonly FetchItem[],
  more: { readonly withUid: boolean; readonly withModseq: boolean },
): FetchPlan {
  const asked = items.flatMap((item): SimpleItem[] => (item.kind === 'simple' ? [item.item] : []));
  const names = new Set<SimpleItem>(more.withUid ? ['UID', ...asked] : asked);
  if (more.withModseq) names.add('MODSEQ');
  const ready = [...names].map((name) => SIMPLE[name]);
  if (items.some(({ kind }) => kind === 'preview')) ready.push(PREVIEW);
  const contents = items.filter((item) => item.kind !== 'simple' && item.kind !== 'preview');
  const writers = ready.map(({ write }) => write);
  return {
    columns: ready.reduce<Columns>((columns, { needs }) => ({ ...columns, ...needs }), {}),
    write: (batch, row) => writers.map((write) => write(batch, row)).join(' '),
    wishes: contents.map(wishOf),
    labels: contents.map(({ label }) => label),
    marksSeen: contents.some((item) => item.kind !== 'binary-size' && !item.peek),
  };
}

function wishOf(item: Exclude<FetchItem, { kind: 'simple' | 'preview' }>): SectionWish {
  const part = item.part.join('.');
  if (item.kind === 'section')
    return { part, what: item.text, fields: item.fields, partial: item.partial };
  if (item.kind === 'binary') return { part, what: 'binary', fields: [], partial: item.partial };
  return { part, what: 'binary-size', fields: [], partial: null };
}
