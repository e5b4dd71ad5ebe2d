import pg from 'pg';
import { uidsIn, visit } from '../e2e/http-visitor.ts';
import type { DemoTown } from '../e2e/whole.ts';
import type { SoakLetter, MeantRecipients } from './letters.ts';
import type { SenderEntry } from './senders.ts';
import type { Receipt } from './sink.ts';

/** While another machine takes over, HAProxy leads nowhere. */
const CONNECT_MS = 20_000;

/** What one token has in the database, each recipient with its count. */
export interface TokenCounts {
  readonly inboxes: Map<string, number>;
  readonly holds: Map<string, number>;
  readonly outside: Map<string, number>;
  /** Message rows: one a school. */
  messages: number;
}

/** The queries that count: the owner sees all schools. */
const INBOXES = `
  select m.subject, d.local || '@' || d.domain as who, count(*)::int as n
  from message m
    join entry e on e.school_id = m.school_id
    and e.message_id = m.id
    join mailbox b on b.school_id = e.school_id
    and b.id = e.mailbox_id
    join account a on a.school_id = b.school_id
    and a.id = b.account_id
    join address d on d.id = a.address_id
  where m.subject like 'soak %'
  group by 1, 2
`;
const HOLDS =
  "select m.subject, d.local || '@' || d.domain as who, count(*)::int as n from message m join hold h on h.school_id = m.school_id and h.message_id = m.id join address d on d.id = h.recipient_address_id where m.subject like 'soak %' group by 1, 2";
const OUTSIDE =
  "select m.subject, o.recipient as who, count(*)::int as n from message m join outbox o on o.school_id = m.school_id and o.message_id = m.id where m.subject like 'soak %' group by 1, 2";
const MESSAGES =
  "select subject, '' as who, count(*)::int as n from message where subject like 'soak %' group by 1";
/** What a broken transaction would leave: each must give no row. */
const NEVER: Readonly<Record<string, string>> = {
  'a message of nobody': `
    select m.id
    from message m
    where
      not exists (select from entry e where e.school_id = m.school_id and e.message_id = m.id)
      and not exists (
        select from hold h where h.school_id = m.school_id and h.message_id = m.id
      )
      and not exists (
        select from outbox o where o.school_id = m.school_id and o.message_id = m.id
      )
  `,
  'a UID at or above its mailbox’s next':
    'select e.uid from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id where e.uid >= b.uid_next',
  'a mailbox whose counts are not its rows': `
    select b.id
    from mailbox b left join entry e on e.school_id = b.school_id and e.mailbox_id = b.id
    group by b.school_id, b.id, b.total, b.unseen, b.bytes
    having b.total <> count(e.uid)
      or b.unseen <> count(e.uid) filter (where not e.seen)
      or b.bytes <> coalesce(sum(e.size_bytes), 0)
  `,
  'a hold without its message':
    'select h.id from hold h where not exists (select from message m where m.school_id = h.school_id and m.id = h.message_id)',
};

export async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Everything the database has of the soak's letters, by token. */
export async function findAll(url: string): Promise<Map<string, TokenCounts>> {
  const all = new Map<string, TokenCounts>();
  const of = (subject: string): TokenCounts => {
    const token = subject.slice('soak '.length);
    const found = all.get(token) ?? {
      inboxes: new Map(),
      holds: new Map(),
      outside: new Map(),
      messages: 0,
    };
    all.set(token, found);
    return found;
  };
  const rows = (sql: string) => query<{ subject: string; who: string; n: number }>(url, sql);
  for (const { subject, n } of await rows(MESSAGES)) of(subject).messages = n;
  for (const [sql, where] of [
    [INBOXES, 'inboxes'],
    [HOLDS, 'holds'],
    [OUTSIDE, 'outside'],
  ] as const) {
    for (const { subject, who, n } of await rows(sql)) of(subject)[where].set(who, n);
  }
  return all;
}

/** Sentences for what a broken transaction left; empty where all is whole. */
export async function brokenParts(url: string): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const [what, sql] of Object.entries(NEVER)) {
    const rows = await query(url, sql);
    if (rows.length > 0) broken.push(`${what}: ${rows.length}`);
  }
  return broken;
}

interface Sums {
  acked: number;
  refused: number;
  unknown: number;
  unknownThere: number;
  recipients: number;
  lost: number;
  doubled: number;
  half: number;
  /** Refused and there all the same. */
  ghosts: number;
  readonly examples: string[];
}

/** Compares what senders were told with what is there. */
export function compare(
  entries: readonly SenderEntry[],
  found: ReadonlyMap<string, TokenCounts>,
  meant: (letter: SoakLetter) => MeantRecipients,
): Sums {
  const sums: Sums = {
    acked: 0,
    refused: 0,
    unknown: 0,
    unknownThere: 0,
    recipients: 0,
    lost: 0,
    doubled: 0,
    half: 0,
    ghosts: 0,
    examples: [],
  };
  for (const { letter, told, reply } of entries) {
    sums[told] += 1;
    const there = found.get(letter.token);
    const judged = judge(there, meant(letter));
    const say = (what: string) =>
      sums.examples.push(
        `${what}: ${letter.token} ${told} (${reply.slice(0, 60)}), to ${letter.to.join(' ')}`,
      );
    if (judged.doubled > 0) {
      sums.doubled += judged.doubled;
      say('doubled');
    }
    if (told === 'refused' && there !== undefined) {
      sums.ghosts += 1;
      say('refused and there');
    }
    if (told === 'acked') {
      sums.recipients += judged.wanted;
      if (judged.missing > 0) {
        sums.lost += judged.missing;
        say(there === undefined ? 'lost' : 'half there');
      }
    }
    if (told === 'unknown' && there !== undefined) sums.unknownThere += 1;
    if (there !== undefined && (judged.extra > 0 || (told !== 'refused' && judged.missing > 0))) {
      sums.half += 1;
      say('half');
    }
  }
  return sums;
}

function judge(
  there: TokenCounts | undefined,
  meant: MeantRecipients,
): {
  readonly wanted: number;
  readonly missing: number;
  readonly doubled: number;
  readonly extra: number;
} {
  const sums = { wanted: 0, missing: 0, doubled: 0, extra: 0 };
  for (const where of ['inboxes', 'holds', 'outside'] as const) {
    const wanted = new Set(meant[where]);
    const have = there?.[where] ?? new Map<string, number>();
    sums.wanted += wanted.size;
    for (const who of wanted) if (!have.has(who)) sums.missing += 1;
    for (const [who, n] of have) {
      if (!wanted.has(who)) sums.extra += 1;
      if (n > 1) sums.doubled += n - 1;
    }
  }
  return sums;
}

interface OutsideSums {
  readonly sent: number;
  readonly lost: number;
  /** Sent again although the 250 had been read. */
  readonly doubled: number;
  /** Sent again because nobody knows whether the 250 was read: a cut right after it. */
  readonly again: number;
}

/** What the peer got of what was taken for outside. */
export function compareOutside(
  entries: readonly SenderEntry[],
  found: ReadonlyMap<string, TokenCounts>,
  receipts: ReadonlyMap<string, Receipt>,
): OutsideSums {
  const sums = { sent: 0, lost: 0, doubled: 0, again: 0 };
  for (const { letter } of entries) {
    for (const who of found.get(letter.token)?.outside.keys() ?? []) {
      const receipt = receipts.get(who) ?? { times: 0, afterSeen: 0 };
      if (receipt.times === 0) sums.lost += 1;
      else sums.sent += 1;
      sums.doubled += receipt.afterSeen;
      sums.again += Math.max(0, receipt.times - 1 - receipt.afterSeen);
    }
  }
  return sums;
}

/**
 * How many of the letters that the database has for these people their pages don't show, or show
 * twice.
 */
export async function comparePages(
  base: string,
  town: DemoTown,
  found: ReadonlyMap<string, TokenCounts>,
  people: readonly string[],
): Promise<{ readonly seen: number; readonly wrong: number }> {
  const sums = { seen: 0, wrong: 0 };
  for (const address of people) {
    const account = town.accounts.find((one) => one.address === address);
    if (account === undefined) continue;
    const visitor = await visit(base, account);
    const shown = new Map<string, number>();
    for (let path: string | null = '/mail/inbox'; path !== null;) {
      const page: string = await visitor.text(path);
      for (const [, token = ''] of page.matchAll(/>soak ([\w]+)</g))
        shown.set(token, (shown.get(token) ?? 0) + 1);
      const before = /href="(\/mail\/inbox\?before=\d+)"/.exec(page)?.[1] ?? null;
      path = uidsIn(page).length === 0 ? null : before;
    }
    for (const [token, { inboxes }] of found)
      if ((shown.get(token) ?? 0) !== (inboxes.has(address) ? 1 : 0)) sums.wrong += 1;
    sums.seen += [...shown.values()].reduce((sum, n) => sum + n, 0);
  }
  return sums;
}
