/**
 * Ten clients on one mailbox, in two processes' worth of servers, doing what they like at once;
 * mail comes in by SMTP and the web changes flags, moves and erases. Every so often all of them
 * pause, and what each believes is held against the store.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '../../../core/core.ts';
import type { MailboxId } from '../../../core/ground/ids.ts';
import type { Viewer } from '../../../core/rules/viewer.ts';
import { startSmtp } from '../../../smtp/server.ts';
import { ready } from '../../../smtp/testing/wire-client.ts';
import { seeded, type Random } from '../../../tests/soak/random.ts';
import { dialImap } from '../imap-client.ts';
import type { ImapTown } from '../test-town.ts';
import { actAtRandom, ELSEWHERE } from './acts.ts';
import { Believer, soon, type MessageBelief, type Dialect, type True } from './believer.ts';

interface Report {
  readonly rounds: number;
  readonly acts: ReadonlyMap<string, number>;
  /** Views held against the store. */
  readonly checks: number;
  /** Untagged responses that the clients took in. */
  readonly told: number;
  readonly disagreements: readonly string[];
}

const OWNER = 'claire.lefevre';
const DIALECTS: readonly Dialect[] = [
  'plain',
  'plain',
  'plain',
  'condstore',
  'condstore',
  'qresync',
  'qresync',
  'rev2',
  'notify',
  'notify',
];
const ROUND_MS = [400, 1_500] as const;
/** An event must reach a client that waits within this, on a busy machine. */
const BELL_MS = 10_000;
const SMTP_PAUSE_MS = [30, 200] as const;
const WEB_PAUSE_MS = [10, 80] as const;

/** What a QRESYNC client knew at a moment when nothing moved. */
interface Memory {
  readonly modseq: number;
  readonly messages: readonly MessageBelief[];
}

interface Scene {
  readonly cores: readonly Core[];
  readonly viewer: Viewer;
  readonly inbox: MailboxId;
  readonly clients: readonly Believer[];
  readonly acts: Map<string, number>;
  readonly memories: Map<Believer, Memory>;
}

/** Goes on for `seconds`, or to the first disagreement. */
export async function stress(
  town: ImapTown,
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): Promise<Report> {
  const other = await town.another();
  const smtp = await startSmtp(other.core);
  const scene = await open(
    town,
    [town.imap.ports.imap, other.imap.ports.imap],
    [town.core, other.core],
  );
  const random = seeded(seed);
  const until = performance.now() + seconds * 1_000;
  const disagreements: string[] = [];
  let rounds = 0;
  let checks = 0;
  try {
    for (; performance.now() < until; rounds += 1) {
      await round(scene, random, { from: town.address(OWNER), mx: smtp.ports.mx });
      checks += scene.clients.length;
    }
  } catch (error) {
    disagreements.push(error instanceof Error ? error.message : String(error));
  } finally {
    for (const client of scene.clients) client.cut();
    await smtp.close();
    await other.close();
  }
  return {
    rounds,
    acts: scene.acts,
    checks,
    told: scene.clients.reduce((sum, { told }) => sum + told, 0),
    disagreements,
  };
}

async function open(
  town: ImapTown,
  ports: readonly number[],
  cores: readonly Core[],
): Promise<Scene> {
  const viewer = await town.viewer(OWNER);
  const made = await town.core.appPasswords.make(viewer, 'stress');
  const inbox = await town.core.mailboxes.find(viewer, 'INBOX');
  if (made.kind !== 'made' || !inbox) throw new Error('no password or no inbox');
  const clients = await Promise.all(
    DIALECTS.map(async (dialect, at) => {
      const client = await dialImap(ports[at % ports.length] as number);
      await client.response();
      await client.run(`LOGIN ${town.address(OWNER)} "${made.text}"`);
      return new Believer(`c${at}`, dialect, client);
    }),
  );
  await clients[0]?.run(`CREATE ${ELSEWHERE}`);
  for (const client of clients) await client.begin();
  return { cores, viewer, inbox: inbox.id, clients, acts: new Map(), memories: new Map() };
}

/** Everybody at once for a while, then quiet, then the reckoning. */
async function round(
  scene: Scene,
  random: Random,
  mail: { readonly from: string; readonly mx: number },
): Promise<void> {
  const { clients, acts } = scene;
  const end = performance.now() + random.between(...ROUND_MS);
  const isOver = (): boolean => performance.now() >= end;
  const idlers = new Set(random.shuffled(clients).slice(0, 2));
  const quiet = Promise.withResolvers<readonly True[]>();
  const busy = clients
    .filter((client) => !idlers.has(client))
    .map(async (client) => {
      const own = seeded(random.between(0, 2 ** 31 - 1));
      while (!isOver()) count(acts, await actAtRandom(client, own));
    });
  const others = [
    deliver(scene, mail, seeded(random.between(0, 2 ** 31 - 1)), isOver),
    useTheWeb(scene, seeded(random.between(0, 2 ** 31 - 1)), isOver),
  ];
  const waiting = [...idlers].map((client) =>
    client.idle(async () => {
      const truth = await quiet.promise;
      if (!(await soon(() => client.difference(truth) === null, BELL_MS)))
        client.object(`was not told while idle: ${client.difference(truth)}`);
    }),
  );
  const done = Promise.all([...busy, ...others]);
  done.then(() => truthOf(scene)).then(quiet.resolve, quiet.reject);
  await done;
  await Promise.all([quiet.promise, ...waiting]);
  await reckon(scene, await quiet.promise, random);
}

async function reckon(scene: Scene, truth: readonly True[], random: Random): Promise<void> {
  const check = (client: Believer): void => {
    const difference = client.difference(truth);
    if (difference !== null) client.object(difference);
  };
  for (const client of scene.clients) {
    if (
      client.byUidAlone &&
      !(await client.hearsInTime(() => client.difference(truth) === null, BELL_MS))
    )
      client.object(`was not told unasked: ${client.difference(truth)}`);
    await client.run('NOOP');
    check(client);
    if (random.between(0, 2) > 0) continue;
    const memory = scene.memories.get(client);
    if (memory) {
      client.messages = memory.messages.map((message) => ({ ...message }));
      await client.resync(memory.modseq);
      check(client);
    }
    await client.fetchAll();
    check(client);
    await ask(client, truth, random);
    if (client.dialect === 'qresync') await remember(scene, client);
  }
}

/** SEARCH and STATUS count what is there. */
async function ask(client: Believer, truth: readonly True[], random: Random): Promise<void> {
  const [key, holds] = random.pick<readonly [string, (flags: ReadonlySet<string>) => boolean]>([
    ['UNSEEN', (flags) => !flags.has('\\Seen')],
    ['FLAGGED', (flags) => flags.has('\\Flagged')],
    ['KEYWORD Important', (flags) => flags.has('Important')],
    ['NOT DELETED ANSWERED', (flags) => !flags.has('\\Deleted') && flags.has('\\Answered')],
  ]);
  const right = truth.filter(({ flags }) => holds(flags)).map(({ uid }) => uid);
  const found = (await client.run(`UID SEARCH RETURN (COUNT) ${key}`))
    .map((line) => / COUNT (\d+)/.exec(line)?.[1])
    .find((count) => count !== undefined);
  const listed = (await client.run(`SEARCH ${key}`)).flatMap((line) =>
    [
      ...(/^SEARCH(.*)/.exec(line)?.[1] ?? /^ESEARCH.* ALL (\S+)/.exec(line)?.[1] ?? '').matchAll(
        /(\d+)(?::(\d+))?/g,
      ),
    ].flatMap(([, from, to = from]) =>
      truth.slice(Number(from) - 1, Number(to)).map(({ uid }) => uid),
    ),
  );
  if (Number(found) !== right.length || listed.join() !== right.join())
    client.object(
      `SEARCH ${key} should find ${right.join()}, found ${listed.join()} and counted ${found}`,
    );
  const status = (await client.run('STATUS INBOX (MESSAGES UNSEEN)')).find((line) =>
    line.startsWith('STATUS'),
  );
  const unseen = truth.filter(({ flags }) => !flags.has('\\Seen')).length;
  if (status !== `STATUS INBOX (MESSAGES ${truth.length} UNSEEN ${unseen})`)
    client.object(`STATUS should be ${truth.length} and ${unseen}: ${status}`);
}

async function remember({ memories }: Scene, client: Believer): Promise<void> {
  const lines = await client.run('STATUS INBOX (HIGHESTMODSEQ)');
  const modseq = Number(
    lines.map((line) => /HIGHESTMODSEQ (\d+)/.exec(line)?.[1]).find((found) => found !== undefined),
  );
  memories.set(client, { modseq, messages: client.messages.map((message) => ({ ...message })) });
}

/** The store's rows; their sums must be what its mailbox says. */
async function truthOf({ cores: [core], viewer, inbox }: Scene): Promise<True[]> {
  if (!core) throw new Error('no core');
  const rows: True[] = [];
  for await (const { uids, flags } of core.mailboxes.fetch(viewer, inbox, {
    uids: [{ from: 1, to: 0xff_ff_ff_ff }],
    columns: { flags: true },
  })) {
    for (const [at, uid] of uids.entries())
      rows.push({
        uid,
        flags: new Set((flags[at] ?? '').split(' ').filter((flag) => flag !== '')),
      });
  }
  const mailbox = (await core.mail.mailboxes(viewer)).find(({ id }) => id === inbox);
  const unseen = rows.filter(({ flags }) => !flags.has('\\Seen')).length;
  if (mailbox?.total !== rows.length || mailbox.unseen !== unseen)
    throw new Error(
      `the mailbox counts ${mailbox?.total} messages, ${mailbox?.unseen} not seen; its rows ${rows.length} and ${unseen}`,
    );
  return rows;
}

async function deliver(
  { acts }: Scene,
  { from: to, mx }: { readonly from: string; readonly mx: number },
  random: Random,
  isOver: () => boolean,
): Promise<void> {
  const wire = await ready(mx);
  try {
    while (!isOver()) {
      for (const line of ['MAIL FROM:<marie@example.org>', `RCPT TO:<${to}>`, 'DATA'])
        await wire.say(line);
      const reply = await wire.say(
        `From: Marie <marie@example.org>\r\nTo: ${to}\r\nSubject: lettre ${random.between(1, 1_000_000)}\r\nMessage-ID: <${random.between(1, 2 ** 31)}@example.org>\r\n\r\nBonjour\r\n.`,
      );
      if (!reply.startsWith('250')) throw new Error(`a letter was not taken: ${reply}`);
      count(acts, 'letter by SMTP');
      await sleep(random.between(...SMTP_PAUSE_MS));
    }
  } finally {
    wire.cut();
  }
}

async function useTheWeb(
  { cores, viewer, inbox, acts }: Scene,
  random: Random,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const { mail } = random.pick(cores);
    const rows = await mail.list(viewer, inbox, { before: null, limit: 50 });
    if (rows.length > 0) {
      const uids = random
        .shuffled(rows)
        .slice(0, random.between(1, 3))
        .map(({ uid }) => uid);
      const what = random.between(0, 9);
      if (what < 7) {
        await mail.mark(viewer, inbox, {
          uids,
          marks: {
            [random.pick(['seen', 'flagged', 'answered'])]: random.between(0, 1) === 0,
          },
        });
        count(acts, 'mark on the web');
      } else if (what < 9) {
        await mail.move(viewer, inbox, { uids, to: 'trash' });
        count(acts, 'throw away on the web');
      } else {
        await mail.erase(viewer, inbox, uids);
        count(acts, 'erase on the web');
      }
    }
    await sleep(random.between(...WEB_PAUSE_MS));
  }
}

function count(acts: Map<string, number>, name: string): void {
  acts.set(name, (acts.get(name) ?? 0) + 1);
}
