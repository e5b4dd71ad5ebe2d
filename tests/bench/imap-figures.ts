import { setTimeout as sleep } from 'node:timers/promises';
import { median, percentile } from './figures.ts';
import type { ImapStack } from './imap-stacks.ts';
import { writeLetters } from './letters.ts';
import { LineSocket } from './lines.ts';
import { RawImap } from './raw-imap.ts';

/** What one server did, in milliseconds, per second, or KiB. */
export type ImapFigures = Readonly<Record<string, number>>;

interface Wish {
  /** Messages in the mailbox that is read. */
  readonly messages: number;
  /** Idle sessions. */
  readonly idle: number;
}

const BOX = 'Banc';
/**
 * Filled as the first, once that was searched: a first listing is measured three times, and each
 * mailbox has only one.
 */
const MORE = ['Banc 2', 'Banc 3'];
/**
 * Another mailbox, read and changed before the first one is: a figure is that of a server at work,
 * which has done much but not this.
 */
const OTHER = 'Essai';
const REPEAT = 15;
const APPENDS = 300;
const STORES = 300;
/** Rounds of them in the other mailbox before any is counted. */
const WARM = 4;
/** Literals sent before the answers are read. */
const AHEAD = 20;
/** Of the idle sessions, those that are there before it is looked what the others add. */
const FIRST_SHARE = 0.5;

async function signedIn(
  stack: ImapStack,
  { user: name, password } = stack.login(1),
  tls = false,
): Promise<RawImap> {
  const client = await RawImap.open(
    tls && stack.tlsPort !== null ? stack.tlsPort : stack.port,
    tls,
  );
  await client.command(`LOGIN "${name}" "${password}"`);
  return client;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

async function repeated(times: number, act: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) all.push(await timed(act));
  return all;
}

/**
 * Fills the mailboxes; the other one letter after the other, for the rate of APPEND of a server
 * that has just started.
 */
export async function fill(stack: ImapStack, { messages }: Wish): Promise<ImapFigures> {
  const client = await signedIn(stack);
  for (const box of [OTHER, BOX]) await client.command(`CREATE "${box}"`);
  client.close();
  const first = await appendRate(stack, OTHER);
  await fillRest(stack, BOX, messages);
  return { append_first_per_s: first };
}

/** Fills the others. */
export async function fillMore(stack: ImapStack, { messages }: Wish): Promise<ImapFigures> {
  const client = await signedIn(stack);
  for (const box of MORE) await client.command(`CREATE "${box}"`);
  client.close();
  await Promise.all(MORE.map((box) => fillRest(stack, box, messages)));
  return {};
}

/** What a server does by itself after so much mail is done before anything is measured. */
export async function settle(stack: ImapStack): Promise<ImapFigures> {
  await stack.settle();
  return {};
}

/** APPEND, one after the other, into the mailbox that is full by now. */
export async function append(stack: ImapStack): Promise<ImapFigures> {
  return { append_per_s: await appendRate(stack, BOX) };
}

async function appendRate(stack: ImapStack, box: string): Promise<number> {
  const client = await signedIn(stack);
  const letter = writeLetters({ from: 'maitre@ext.test', sizeBytes: 5_000, attachmentBytes: 0 });
  const one = (n: number) => {
    const bytes = letter(`${stack.name}${box}${n}`);
    return client.command(
      `APPEND "${box}" ${n % 3 === 0 ? '()' : '(\\Seen)'} {${bytes.length}+}`,
      bytes,
    );
  };
  const took = await timed(async () => {
    for (let n = 0; n < APPENDS; n += 1) await one(n);
  });
  client.close();
  return APPENDS / (took / 1_000);
}

async function fillRest(stack: ImapStack, box: string, messages: number): Promise<void> {
  const lines = await LineSocket.open(stack.port);
  await lines.next();
  const { user, password } = stack.login(1);
  const letter = writeLetters({ from: 'maitre@ext.test', sizeBytes: 5_000, attachmentBytes: 0 });
  lines.write(`a LOGIN "${user}" "${password}"\r\n`);
  await tagged(lines, 'a');
  for (let n = 0; n < messages; n += AHEAD) {
    const last = Math.min(messages, n + AHEAD);
    for (let each = n; each < last; each += 1) {
      const bytes = Buffer.concat([
        letter(`${stack.name}${box.replace(' ', '')}${each}`),
        Buffer.from(each % 1_000 === 17 ? 'zyzzyva\r\n' : 'fin\r\n'),
      ]);
      lines.write(
        Buffer.concat([
          Buffer.from(
            `a${each} APPEND "${box}" ${each % 3 === 0 ? '()' : '(\\Seen)'} {${bytes.length}+}\r\n`,
          ),
          bytes,
          Buffer.from('\r\n'),
        ]),
      );
    }
    for (let each = n; each < last; each += 1) await tagged(lines, `a${each}`);
  }
  lines.close();
}

async function tagged(lines: LineSocket, tag: string): Promise<void> {
  for (;;) {
    const line = await lines.next();
    if (!line.startsWith(`${tag} `)) continue;
    if (!line.startsWith(`${tag} OK`)) throw new Error(line);
    return;
  }
}

/** What `act` takes in a mailbox that is open, on a connection of its own, as programs have it. */
async function within(
  stack: ImapStack,
  box: string,
  act: (client: RawImap) => Promise<unknown>,
): Promise<number> {
  const client = await signedIn(stack);
  await client.command(`SELECT "${box}"`);
  const took = await timed(() => act(client));
  client.close();
  return took;
}

async function withinOften(
  stack: ImapStack,
  box: string,
  act: (client: RawImap) => Promise<unknown>,
  count = REPEAT,
): Promise<number[]> {
  const all: number[] = [];
  for (let time = 0; time < count; time += 1) all.push(await within(stack, box, act));
  return all;
}

const listing = (client: RawImap): Promise<Buffer> =>
  client.command('FETCH 1:* (UID FLAGS ENVELOPE)');

/** Everything that is read. The first listing here is one of three. */
export async function read(stack: ImapStack, { messages }: Wish): Promise<ImapFigures> {
  const times = (act: (client: RawImap) => Promise<unknown>, count?: number) =>
    withinOften(stack, BOX, act, count);
  const open = await repeated(REPEAT * 2, async () => {
    const client = await signedIn(stack);
    await client.command(`SELECT "${BOX}"`);
    client.close();
  });
  await withinOften(stack, OTHER, listing);
  const list = await times(listing, 6);
  const flags = await times((client) => client.command('FETCH 1:* (UID FLAGS)'), 6);
  const apart = Math.max(1, Math.floor(messages / 50));
  const fifty = Array.from({ length: 50 }, (_, at) => 1 + at * apart).join(',');
  const bodies = await times((client) => client.command(`FETCH ${fifty} (BODY.PEEK[])`));
  const common = await times((client) => client.command('UID SEARCH TEXT lettre'), 6);
  const rare = await times((client) => client.command('UID SEARCH TEXT zyzzyva'), 6);
  const subject = await times((client) => client.command('UID SEARCH SUBJECT lettre'), 6);
  const unseen = await times((client) => client.command('UID SEARCH UNSEEN'), 6);
  return {
    login_select_ms: median(open),
    list_first_ms: list[0] ?? NaN,
    list_warm_ms: median(list.slice(1)),
    flags_ms: median(flags),
    bodies50_ms: median(bodies),
    search_text_common_ms: median(common),
    search_text_rare_ms: median(rare),
    search_subject_ms: median(subject),
    search_unseen_ms: median(unseen),
  };
}

/** The other two first listings: what was the first one's is now the median of the three. */
export async function listMore(
  stack: ImapStack,
  _wish: Wish,
  sofar: ImapFigures,
): Promise<ImapFigures> {
  const all = [sofar['list_first_ms'] ?? NaN];
  for (const box of MORE) all.push(await within(stack, box, listing));
  return {
    list_first_ms: median(all),
    list_first_least_ms: Math.min(...all),
    list_first_most_ms: Math.max(...all),
  };
}

/**
 * STORE of one flag, one after the other. `store_per_s` sets it on every other message and takes it
 * from the rest, which haven't got it: so half of them change nothing, as with the load that others
 * are measured by. `store_changing_per_s` is of those that all change something.
 */
export async function change(stack: ImapStack): Promise<ImapFigures> {
  const client = await signedIn(stack);
  const stores = async (sign: (n: number) => '+' | '-'): Promise<number> =>
    STORES /
    ((await timed(async () => {
      for (let n = 0; n < STORES; n += 1)
        await client.command(`STORE ${1 + n} ${sign(n)}FLAGS (\\Flagged)`);
    })) /
      1_000);
  const [inTurn, theOther] = [
    (n: number) => (n % 2 === 0 ? '+' : '-'),
    (n: number) => (n % 2 === 0 ? '-' : '+'),
  ] as const;
  await client.command(`SELECT "${OTHER}"`);
  for (let time = 0; time < WARM; time += 1) await stores(time % 2 === 0 ? inTurn : theOther);
  const [mixed, changing]: [number[], number[]] = [[], []];
  for (const box of [BOX, ...MORE]) {
    await client.command(`SELECT "${box}"`);
    mixed.push(await stores(inTurn));
    changing.push(await stores(theOther));
  }
  client.close();
  return { store_per_s: median(mixed), store_changing_per_s: median(changing) };
}

/** From the 250 of a delivery to EXISTS at an idle session. */
export async function waits(stack: ImapStack): Promise<ImapFigures> {
  const waiter = await signedIn(stack);
  await waiter.command('SELECT INBOX');
  await waiter.idle();
  const lines = await LineSocket.open(stack.delivery.port);
  const letter = writeLetters({ from: 'maitre@ext.test', sizeBytes: 5_000, attachmentBytes: 0 });
  await said(lines);
  lines.write(
    stack.delivery.protocol === 'lmtp' ? 'LHLO banc.ext.test\r\n' : 'EHLO banc.ext.test\r\n',
  );
  await said(lines);
  const after: number[] = [];
  for (let n = 0; n < REPEAT * 2; n += 1) {
    await sleep(150);
    const exists = waiter.exists();
    for (const text of [
      'MAIL FROM:<maitre@ext.test>',
      `RCPT TO:<${stack.delivery.recipient(1)}>`,
      'DATA',
    ]) {
      lines.write(`${text}\r\n`);
      await said(lines);
    }
    lines.write(Buffer.concat([letter(`attente${stack.name}${n}`), Buffer.from('.\r\n')]));
    await said(lines);
    const accepted = performance.now();
    after.push(Math.max(0, (await exists) - accepted));
  }
  lines.close();
  waiter.close();
  return {
    exists_after_250_p50_ms: median(after),
    exists_after_250_p95_ms: percentile(after, 0.95),
  };
}

async function said(lines: LineSocket): Promise<void> {
  for (;;) {
    const line = await lines.next();
    if (line[3] === '-') continue;
    if (!/^[23]/.test(line)) throw new Error(line);
    return;
  }
}

/**
 * What each idle session adds to the memory of the server's processes. The first half come before
 * the first look: with them come the connections to the database and the room for young objects,
 * which a server that has served anybody has, and of which the others bring no more.
 */
export async function idlers(stack: ImapStack, { idle }: Wish, tls: boolean): Promise<ImapFigures> {
  const logins = await stack.manyLogins(idle);
  const clients: RawImap[] = [];
  let begun = 0;
  const open = async (): Promise<void> => {
    const client = await signedIn(stack, logins[begun % logins.length], tls);
    clients.push(client);
    await client.command('SELECT INBOX');
    await client.idle();
  };
  const openTo = async (count: number): Promise<number> => {
    const some = async (): Promise<void> => {
      while (begun < count) {
        begun += 1;
        await open();
      }
    };
    await Promise.all(Array.from({ length: 10 }, some));
    await sleep(3_000);
    return stack.memory() * 1_024;
  };
  const first = Math.ceil(idle * FIRST_SHARE);
  const before = await openTo(first);
  const grown = (await openTo(idle)) - before;
  for (const client of clients) client.close();
  await sleep(1_000);
  return {
    [tls ? 'idle_tls_kib_each' : 'idle_plain_kib_each']: grown / (clients.length - first),
    idle_sessions: clients.length,
  };
}
