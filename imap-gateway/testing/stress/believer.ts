import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapClient } from '../imap-client.ts';

/** What a client was told of one message; null is not told yet. */
export interface MessageBelief {
  uid: number | null;
  flags: ReadonlySet<string> | null;
}

/** A message as the store has it. */
export interface True {
  readonly uid: number;
  readonly flags: ReadonlySet<string>;
}

/** `notify` is told between commands (RFC 5465), and so names messages by UIDs alone. */
export type Dialect = 'plain' | 'condstore' | 'qresync' | 'rev2' | 'notify';
const ENABLING: Readonly<Record<Dialect, string | null>> = {
  plain: null,
  condstore: 'CONDSTORE',
  qresync: 'QRESYNC',
  rev2: 'IMAP4rev2',
  notify: null,
};

/** Lines of the conversation that a disagreement shows. */
const KEPT_LINES = 40;

/** Thrown where the server said what can't be, or not what must be. */
class Disagreement extends Error {}

/**
 * A client that believes what it is told, and objects to what can't follow from that (RFC 9051
 * §7.5.1).
 */
export class Believer {
  readonly name: string;
  readonly dialect: Dialect;
  readonly #client: ImapClient;
  readonly #lines: string[] = [];
  messages: MessageBelief[] = [];
  uidValidity = 0;
  #tags = 0;
  told = 0;

  constructor(name: string, dialect: Dialect, client: ImapClient) {
    this.name = name;
    this.dialect = dialect;
    this.#client = client;
  }

  async begin(): Promise<void> {
    const enabling = ENABLING[this.dialect];
    if (enabling !== null) await this.run(`ENABLE ${enabling}`);
    await this.select();
    if (this.byUidAlone)
      await this.run('NOTIFY SET (SELECTED (MessageNew (UID FLAGS) MessageExpunge FlagChange))');
  }

  get byUidAlone(): boolean {
    return this.dialect === 'notify';
  }

  /** Selects the mailbox anew and asks for everything. */
  async select(): Promise<void> {
    this.messages = [];
    await this.run('SELECT INBOX');
    await this.fetchAll();
  }

  async fetchAll(): Promise<void> {
    if (this.byUidAlone) await this.run('UID FETCH 1:* (UID FLAGS)');
    else await this.run('FETCH 1:* (UID FLAGS)', { keepsNumbers: true });
  }

  /**
   * Selects it by what it knew at `modseq` (RFC 7162 §3.2.5); what it believes then must be right
   * without asking.
   */
  async resync(modseq: number): Promise<void> {
    const known = this.messages;
    await this.run('UNSELECT');
    this.messages = [];
    const lines = await this.run(`SELECT INBOX (QRESYNC (${this.uidValidity} ${modseq}))`, {
      hears: false,
    });
    const exists = Number(
      lines.map((line) => /^(\d+) EXISTS$/.exec(line)?.[1]).find((found) => found !== undefined),
    );
    const vanished = new Set(
      lines.flatMap((line) => numbersOf(/^VANISHED \(EARLIER\) (\S+)$/.exec(line)?.[1] ?? '')),
    );
    this.messages = known.filter(({ uid }) => uid === null || !vanished.has(uid));
    while (this.messages.length < exists) this.messages.push({ uid: null, flags: null });
    for (const line of lines) if (/^\d+ FETCH/.test(line)) this.#hear(line, false);
    if (this.messages.length !== exists)
      this.object(`resync from ${modseq}: ${exists} EXISTS, but ${this.messages.length} are left`);
  }

  /**
   * Says a command, hears everything up to its answer, which must be OK. `keepsNumbers`: no message
   * may go meanwhile.
   */
  async run(
    command: string,
    {
      keepsNumbers = false,
      hears = true,
    }: { readonly keepsNumbers?: boolean; readonly hears?: boolean } = {},
  ): Promise<string[]> {
    const tag = this.#say(command);
    const lines: string[] = [];
    for (;;) {
      const response = await this.#next();
      if (response.startsWith(`${tag} `)) {
        if (!response.startsWith(`${tag} OK`)) this.object('refused');
        return lines;
      }
      lines.push(response.slice(2));
      if (hears) this.#hear(response.slice(2), keepsNumbers);
    }
  }

  /** IDLE for as long as `awake` isn't over. */
  async idle(awake: () => Promise<void>): Promise<void> {
    const tag = this.#say('IDLE');
    for (let line = await this.#next(); !line.startsWith('+'); line = await this.#next())
      this.#hear(line.slice(2), false);
    let over = false;
    const ending = awake().finally(() => {
      over = true;
    });
    await this.#hearUntil(() => over);
    await ending;
    this.#note('C: DONE');
    this.#client.send('DONE\r\n');
    for (let line = await this.#next(); !line.startsWith(`${tag} OK`); line = await this.#next())
      this.#hear(line.slice(2), false);
  }

  /** Without a word: what comes by itself, until it holds. Gives whether it did in time. */
  async hearsInTime(holds: () => boolean, withinMs: number): Promise<boolean> {
    const end = performance.now() + withinMs;
    await this.#hearUntil(() => holds() || performance.now() > end);
    return holds();
  }

  /**
   * How this client's view differs from the store's, in words; null where it doesn't. What wasn't
   * told can't be wrong.
   */
  difference(truth: readonly True[]): string | null {
    if (truth.length !== this.messages.length)
      return `believes in ${this.messages.length} messages, there are ${truth.length}`;
    for (const [at, { uid, flags }] of this.messages.entries()) {
      const real = truth[at] as True;
      if (uid !== null && uid !== real.uid)
        return `believes that message ${at + 1} has UID ${uid}, it has ${real.uid}`;
      if (flags && !isSame(flags, real.flags))
        return `believes that UID ${real.uid} (${at + 1}) has (${[...flags].join(' ')}), it has (${[...real.flags].join(' ')})`;
    }
    return null;
  }

  object(why: string): never {
    throw new Disagreement(
      `${this.name} (${this.dialect}): ${why}\n    ${this.#lines.join('\n    ')}`,
    );
  }

  cut(): void {
    this.#client.cut();
  }

  #say(command: string): string {
    const tag = `${this.name}.${++this.#tags}`;
    this.#note(`C: ${tag} ${command}`);
    this.#client.send(`${tag} ${command}\r\n`);
    return tag;
  }

  async #next(): Promise<string> {
    const response = await this.#client.octets(30_000);
    this.#note(`S: ${response}`);
    if (response === 'closed' || response === 'silence' || response.startsWith('* BYE'))
      this.object(response);
    return response;
  }

  async #hearUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const line = await this.#client.octets(15);
      if (line === 'silence') continue;
      this.#note(`S: ${line}`);
      if (line === 'closed') this.object(line);
      this.#hear(line.slice(2), false);
    }
  }

  #note(line: string): void {
    this.#lines.push(line.length > 200 ? `${line.slice(0, 200)}…` : line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
  }

  #hear(line: string, keepsNumbers: boolean): void {
    this.told += 1;
    const [, number, what] = /^(\d+) (EXISTS|EXPUNGE|FETCH)\b/.exec(line) ?? [];
    if (what === 'EXISTS') return this.#exists(Number(number));
    if (what === 'FETCH') return this.#fetched(Number(number), line);
    const vanished = /^VANISHED (\S+)$/.exec(line)?.[1];
    if ((what === 'EXPUNGE' || vanished !== undefined) && keepsNumbers)
      this.object(`numbers moved during a command that goes by them: ${line}`);
    if (what === 'EXPUNGE') {
      if (this.dialect === 'qresync') this.object('EXPUNGE after ENABLE QRESYNC');
      if (this.messages.splice(Number(number) - 1, 1).length === 0)
        this.object(`EXPUNGE of a message that never was: ${line}`);
    }
    if (vanished !== undefined) for (const uid of numbersOf(vanished)) this.#vanished(uid);
    this.uidValidity = Number(/^OK \[UIDVALIDITY (\d+)\]/.exec(line)?.[1] ?? this.uidValidity);
  }

  #exists(count: number): void {
    if (count < this.messages.length)
      this.object(`EXISTS may not fall: ${count}, there were ${this.messages.length}`);
    while (this.messages.length < count) this.messages.push({ uid: null, flags: null });
  }

  #fetched(number: number, line: string): void {
    const message = this.messages[number - 1];
    if (!message) this.object(`FETCH of a message that isn't known: ${line}`);
    const uid = /[( ]UID (\d+)/.exec(line)?.[1];
    const flags = /[( ]FLAGS \(([^)]*)\)/.exec(line)?.[1];
    if (uid !== undefined && message.uid !== null && message.uid !== Number(uid))
      this.object(`message ${number} had UID ${message.uid}: ${line}`);
    if (uid !== undefined) message.uid = Number(uid);
    if (flags !== undefined)
      message.flags = new Set(flags.split(' ').filter((flag) => flag !== ''));
  }

  /** A message whose UID wasn't asked for yet lies between two that are known. */
  #vanished(uid: number): void {
    let at = this.messages.findIndex((message) => message.uid === uid);
    if (at < 0) {
      const after = this.messages.findLastIndex(
        (message) => message.uid !== null && message.uid < uid,
      );
      at = this.messages.findIndex((message, i) => i > after && message.uid === null);
      const next = this.messages.findIndex((message, i) => i > after && message.uid !== null);
      if (at < 0 || (next >= 0 && next < at))
        this.object(`VANISHED of a message that never was: ${uid}`);
    }
    this.messages.splice(at, 1);
  }
}

/** The numbers of a set that was written out, `1:3,7`. */
function numbersOf(set: string): number[] {
  return set
    .split(',')
    .filter((range) => range !== '')
    .flatMap((range) => {
      const [from = 0, to = from] = range.split(':').map(Number);
      return Array.from({ length: to - from + 1 }, (_none, i) => from + i);
    });
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((flag) => b.has(flag));
}

/** Waits until it holds, and gives whether it did in time. */
export async function soon(holds: () => boolean, withinMs: number): Promise<boolean> {
  for (const until = performance.now() + withinMs; performance.now() < until; await sleep(10))
    if (holds()) return true;
  return holds();
}
