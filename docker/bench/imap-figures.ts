import { setTimeout as sleep } from 'node:timers/promises';
import { median, percentile } from './figures.ts';
import type { ImapStack } from './imap-stacks.ts';
import { writeLetters } from './letters.ts';
import { Lines } from './lines.ts';
import { RawImap } from './raw-imap.ts';

/** What one server did, in milliseconds, per second, or KiB. */
export type ImapFigures = Readonly<Record<string, number>>;

export interface Wish {
  /** Messages in the mailbox that is read. */
  readonly messages: number;
  /** Idle sessions. */
  readonly idle: number;
}

const BOX = 'Banc';
/** Another mailbox, read before the first one is: a figure is that of a server at work, which has read much but not this. */
const OTHER = 'Essai';
const REPEAT = 15;
const APPENDS = 300;
const STORES = 300;
/** Literals sent before the answers are read. */
const AHEAD = 20;

async function signedIn(stack: ImapStack, { user: name, password } = stack.login(1), tls = false): Promise<RawImap> {
  const client = await RawImap.open(tls && stack.tlsPort !== null ? stack.tlsPort : stack.port, tls);
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

/** Fills the mailboxes; the other one letter after the other, for the rate of APPEND of a server that has just started. */
export async function fill(stack: ImapStack, { messages }: Wish): Promise<ImapFigures> {
  const client = await signedIn(stack);
  for (const box of [OTHER, BOX]) await client.command(`CREATE "${box}"`);
  client.close();
  const first = await appendRate(stack, OTHER);
  await fillRest(stack, messages);
  return { append_first_per_s: first };
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
    return client.command(`APPEND "${box}" ${n % 3 === 0 ? '()' : '(\\Seen)'} {${bytes.length}+}`, bytes);
  };
  const took = await timed(async () => { for (let n = 0; n < APPENDS; n += 1) await one(n); });
  client.close();
  return APPENDS / (took / 1_000);
}

async function fillRest(stack: ImapStack, messages: number): Promise<void> {
  const lines = await Lines.open(stack.port);
  await lines.next();
  const { user, password } = stack.login(1);
  const letter = writeLetters({ from: 'maitre@ext.test', sizeBytes: 5_000, attachmentBytes: 0 });
  lines.write(`a LOGIN "${user}" "${password}"\r\n`);
  await tagged(lines, 'a');
  for (let n = 0; n < messages; n += AHEAD) {
    const last = Math.min(messages, n + AHEAD);
    for (let each = n; each < last; each += 1) {
      const bytes = Buffer.concat([letter(`${stack.name}${each}`), Buffer.from(each % 1_000 === 17 ? 'zyzzyva\r\n' : 'fin\r\n')]);
      lines.write(Buffer.concat([Buffer.from(`a${each} APPEND "${BOX}" ${each % 3 === 0 ? '()' : '(\\Seen)'} {${bytes.length}+}\r\n`), bytes, Buffer.from('\r\n')]));
    }
    for (let each = n; each < last; each += 1) await tagged(lines, `a${each}`);
  }
  lines.close();
}

async function tagged(lines: Lines, tag: string): Promise<void> {
  for (;;) {
    const line = await lines.next();
    if (!line.startsWith(`${tag} `)) continue;
    if (!line.startsWith(`${tag} OK`)) throw new Error(line);
    return;
  }
}

/** Everything that is read, on a connection of its own each time, as programs do. */
export async function read(stack: ImapStack, { messages }: Wish): Promise<ImapFigures> {
  const withBox = async (act: (client: RawImap) => Promise<unknown>, box = BOX): Promise<number> => {
    const client = await signedIn(stack);
    await client.command(`SELECT "${box}"`);
    const took = await timed(() => act(client));
    client.close();
    return took;
  };
  const times = async (act: (client: RawImap) => Promise<unknown>, count = REPEAT): Promise<number[]> => {
    const all: number[] = [];
    for (let time = 0; time < count; time += 1) all.push(await withBox(act));
    return all;
  };
  const open = await repeated(REPEAT * 2, async () => { const client = await signedIn(stack); await client.command(`SELECT "${BOX}"`); client.close(); });
  const listing = (client: RawImap) => client.command('FETCH 1:* (UID FLAGS ENVELOPE)');
  for (let time = 0; time < REPEAT; time += 1) await withBox(listing, OTHER);
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
    login_select_ms: median(open), list_first_ms: list[0] ?? NaN, list_warm_ms: median(list.slice(1)), flags_ms: median(flags), bodies50_ms: median(bodies),
    search_text_common_ms: median(common), search_text_rare_ms: median(rare), search_subject_ms: median(subject), search_unseen_ms: median(unseen),
  };
}

export async function change(stack: ImapStack): Promise<ImapFigures> {
  const client = await signedIn(stack);
  await client.command(`SELECT "${BOX}"`);
  const took = await timed(async () => { for (let n = 0; n < STORES; n += 1) await client.command(`STORE ${1 + n} ${n % 2 === 0 ? '+' : '-'}FLAGS (\\Flagged)`); });
  client.close();
  return { store_per_s: STORES / (took / 1_000) };
}

/** From the 250 of a delivery to EXISTS at an idle session. */
export async function waits(stack: ImapStack): Promise<ImapFigures> {
  const waiter = await signedIn(stack);
  await waiter.command('SELECT INBOX');
  await waiter.idle();
  const lines = await Lines.open(stack.delivery.port);
  const letter = writeLetters({ from: 'maitre@ext.test', sizeBytes: 5_000, attachmentBytes: 0 });
  await said(lines);
  lines.write(stack.delivery.protocol === 'lmtp' ? 'LHLO banc.ext.test\r\n' : 'EHLO banc.ext.test\r\n');
  await said(lines);
  const after: number[] = [];
  for (let n = 0; n < REPEAT * 2; n += 1) {
    await sleep(150);
    const exists = waiter.exists();
    for (const text of ['MAIL FROM:<maitre@ext.test>', `RCPT TO:<${stack.delivery.recipient(1)}>`, 'DATA']) {
      lines.write(`${text}\r\n`);
      await said(lines);
    }
    lines.write(Buffer.concat([letter(`attente${stack.name}${n}`), Buffer.from('.\r\n')]));
    await said(lines);
    const accepted = performance.now();
    after.push(Math.max(0, await exists - accepted));
  }
  lines.close();
  waiter.close();
  return { exists_after_250_p50_ms: median(after), exists_after_250_p95_ms: percentile(after, 0.95) };
}

async function said(lines: Lines): Promise<void> {
  for (;;) {
    const line = await lines.next();
    if (line[3] === '-') continue;
    if (!/^[23]/.test(line)) throw new Error(line);
    return;
  }
}

/** What each idle session adds to the memory of the server's processes. */
export async function idlers(stack: ImapStack, { idle }: Wish, tls: boolean): Promise<ImapFigures> {
  const logins = await stack.manyLogins(idle);
  const before = stack.memory();
  const clients: RawImap[] = [];
  let begun = 0;
  const open = async (): Promise<void> => {
    while (clients.length < idle) {
      const place = clients.length;
      const client = await signedIn(stack, logins[begun++ % logins.length], tls);
      if (clients.length >= idle) return client.close();
      clients[Math.max(place, clients.length)] = client;
      await client.command('SELECT INBOX');
      await client.idle();
    }
  };
  await Promise.all(Array.from({ length: 10 }, open));
  await sleep(3_000);
  const grown = (stack.memory() - before) * 1_024;
  for (const client of clients) client.close();
  await sleep(1_000);
  return { [tls ? 'idle_tls_kib_each' : 'idle_plain_kib_each']: grown / clients.length, idle_sessions: clients.length };
}
