import type { Viewer } from '../core/rules/viewer.ts';

export const INBOX = '/mail/inbox';
/** The first page of whoever comes in: the charter, for a pupil who has not said yes to it. */
export function firstPageOf({
  role,
  communes,
  writesAfter,
}: Pick<Viewer, 'role' | 'communes' | 'writesAfter'>): string {
  if (role === 'agent') return communes === null ? '/home' : '/school';
  return writesAfter === 'charter' ? '/charter' : INBOX;
}

/** The charter; once it is said yes to, one is back at a page of ours. */
export const charterPath = (back: string): string => `/charter?back=${encodeURIComponent(back)}`;

/** A path of ours and what was asked there, in plain letters; neither another host nor a scheme. */
const PLAIN = /^\/(?![/\\])[\x21-\x5B\x5D-\x7E]{0,500}$/;
/** What a page said of an act is said once. */
const SAID = new Set(['said', 'trouble', 'sent']);

/**
 * A page of ours to come back to, without what it said of the act before; the inbox for anything
 * else.
 */
export function hereOf(url: string): string {
  if (!PLAIN.test(url)) return INBOX;
  const [path = '', query = ''] = url.split('?', 2);
  const kept = [...new URLSearchParams(query)].filter(([name]) => !SAID.has(name));
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept).toString()}`;
}

/** Where one came from, out of an address; one's letters where it says nothing. */
export const backOf = (asked: unknown): string => hereOf(typeof asked === 'string' ? asked : '');
