import type { SortBy } from '../../core/store/mail/contract.ts';
import { asksModseq, asksNumbers, criterionOf } from '../criteria.ts';
import { bad, no, ok, type TaggedReply } from '../responses.ts';
import type { ImapSession } from '../session.ts';
import { numberOf } from '../view.ts';
import { rangesOf } from '../wire/ranges.ts';
import type { SearchCondition, SearchReturns } from '../wire/search-tree.ts';
import { esearch, plainResult, slice } from '../wire/write.ts';
import { enableCondstore, NO_MODSEQ } from './enable.ts';
import { SELECTED, type Handler, type Tells } from './handler.ts';

/** RFC 9051 §7.5.1: not a word of what is gone where numbers are asked for or told. */
export function tellsOf({
  byUid,
  condition,
}: {
  readonly byUid: boolean;
  readonly condition: SearchCondition;
}): Tells {
  return byUid && !asksNumbers(condition) ? 'news' : 'no-expunge';
}

/**
 * RFC 9051 §6.4.4, with ESEARCH (RFC 4731), SEARCHRES (5182), WITHIN (5032), PARTIAL (9394),
 * CONDSTORE (7162), OBJECTID (8474).
 */
export const search: Handler<'SEARCH'> = {
  states: SELECTED,
  tells: tellsOf,
  async run(session, { byUid, condition, ...asked }, tag) {
    // RFC 9051 §6.4.4: ESEARCH always
    const returns = asked.returns ?? (session.enabled.rev2 ? ALL : null);
    return await answer(session, { kind: 'SEARCH', tag, byUid, condition, returns, order: [] });
  },
};

/** RFC 5256 §3; RETURN by RFC 5267 (ESORT). */
export const sort: Handler<'SORT'> = {
  states: SELECTED,
  tells: tellsOf,
  run: async (session, { byUid, condition, returns, order }, tag) =>
    await answer(session, { kind: 'SORT', tag, byUid, condition, returns, order }),
};

const ALL: SearchReturns = {
  min: false,
  max: false,
  all: true,
  count: false,
  save: false,
  partial: null,
};

interface Question {
  readonly kind: 'SEARCH' | 'SORT';
  readonly tag: string;
  readonly byUid: boolean;
  readonly condition: SearchCondition;
  readonly returns: SearchReturns | null;
  readonly order: readonly SortBy[];
}

async function answer(session: ImapSession, question: Question): Promise<TaggedReply> {
  const { kind, tag, byUid, condition, returns } = question;
  if (condition.kind === 'unreadable') {
    if (returns?.save) forget(session);
    return no('bad-charset', session.me);
  }
  const hasModseq = asksModseq(condition);
  if (hasModseq && !session.box.hasModseq) return bad(NO_MODSEQ);
  if (hasModseq) enableCondstore(session);
  const found = await find(session, question).catch((error: unknown) => {
    if (returns?.save) forget(session);
    throw error;
  });
  const { uids } = found;
  if (returns?.save) session.box.saved = Uint32Array.from(savedOf(uids, returns)).sort();
  const modseq = hasModseq ? await modseqOf(session, found, returns) : null;
  const numbers = byUid
    ? uids
    : Uint32Array.from(uids, (uid) => numberOf(session.box.view.uids, uid));
  if (!returns) session.output.write(plainResult(kind, { numbers, modseq }));
  else if (saysSomething(returns))
    session.output.write(esearch(tag, { byUid, returns }, { numbers, modseq }));
  return ok(`${kind} done`);
}

/** RFC 5182 §2.1: what was to be saved and is answered with NO leaves `$` empty. */
function forget({ box }: ImapSession): void {
  box.saved = new Uint32Array(0);
}

interface FoundHere {
  readonly uids: Uint32Array;
  readonly highestModseq: number;
}

/**
 * What matches among the messages that the client knows of; of what came meanwhile it is told
 * first.
 */
async function find(session: ImapSession, { condition, order }: Question): Promise<FoundHere> {
  const { view, saved, id } = session.box;
  const criterion = criterionOf(condition, { view, saved });
  if (criterion.kind === 'all' && order.length === 0 && !view.hasGhosts)
    return { uids: view.uids, highestModseq: view.modseq };
  const found = await session.core.mailboxes.search(session.me, id, { what: criterion, order });
  if (!found) return { uids: new Uint32Array(0), highestModseq: 0 };
  // UIDs only grow: what is there, and not above it, the client knows
  const last = view.uids.at(-1) ?? 0;
  return { uids: found.uids.filter((uid) => uid <= last), highestModseq: found.highestModseq };
}

/**
 * RFC 5182 §2.1 and RFC 9394 §3.1: MIN, MAX and PARTIAL alone save what they say; with ALL or
 * COUNT, or with nothing else, it is all.
 */
function savedOf(uids: Uint32Array, { min, max, all, count, partial }: SearchReturns): number[] {
  if (all || count || !(min || max || partial)) return [...uids];
  return [...new Set(reported(uids, { min, max, partial }))];
}

function reported(
  uids: Uint32Array,
  { min, max, partial }: Pick<SearchReturns, 'min' | 'max' | 'partial'>,
): number[] {
  return [
    ...(min ? uids.subarray(0, 1) : []),
    ...(max ? uids.subarray(-1) : []),
    ...(partial ? slice(uids, partial) : []),
  ];
}

/** RFC 7162 §3.1.10: the highest mod-sequence of the messages that the answer names, or counts. */
async function modseqOf(
  session: ImapSession,
  { uids, highestModseq }: FoundHere,
  returns: SearchReturns | null,
): Promise<number> {
  if (!returns || returns.all || returns.count || !(returns.min || returns.max || returns.partial))
    return highestModseq;
  const named = Uint32Array.from(new Set(reported(uids, returns))).sort();
  let highest = 0;
  for await (const { modseqs } of session.core.mailboxes.fetch(session.box.viewer, session.box.id, {
    uids: rangesOf(named),
    columns: { modseq: true },
  }))
    for (const modseq of modseqs) highest = Math.max(highest, modseq);
  return highest;
}

/** RFC 5182 §2.1: SAVE alone is answered by the tagged OK only. */
const saysSomething = ({ min, max, all, count, partial }: SearchReturns): boolean =>
  min || max || all || count || partial !== null;
