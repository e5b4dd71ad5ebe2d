import type { ImapClient } from '../imap-client.ts';
import { filled, matches, type KnownVariables } from './match.ts';
import type { Group, MboxMessage, Script } from './script.ts';

export interface Stage {
  /** Connects, with the greeting read; signed in unless the script begins before that. */
  open(): Promise<ImapClient>;
  readonly mailbox: string;
  readonly user: string;
  readonly messages: readonly MboxMessage[];
}

/**
 * Plays a script to its end or its first difference, which it gives in words; null where there is
 * none.
 */
export async function play(script: Script, stage: Stage): Promise<string | null> {
  const player = new Player(stage);
  try {
    await player.prepare(script);
    for (const group of script.groups) await player.play(group);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    player.close();
  }
}

class Player {
  readonly #stage: Stage;
  readonly #clients: ImapClient[] = [];
  readonly #variables: Map<string, string>;
  #nextMessage = 0;
  #tags = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
    const [name = '', domain = ''] = stage.user.split('@');
    this.#variables = new Map(
      Object.entries({
        mailbox: stage.mailbox,
        mailbox_url: stage.mailbox,
        user: stage.user,
        username: name,
        domain,
      }),
    );
  }

  async prepare({ connections, state, messages }: Script): Promise<void> {
    for (let at = 0; at < connections; at += 1) this.#clients.push(await this.#stage.open());
    if (state === 'nonauth' || state === 'auth') return;
    await this.#must(0, `CREATE ${this.#stage.mailbox}`);
    if (state === 'created') return;
    for (
      let left = messages === 'all' ? this.#stage.messages.length : messages;
      left > 0;
      left -= 1
    )
      await this.#must(0, this.#append('append'));
    if (state === 'selected')
      for (const at of this.#clients.keys()) await this.#must(at, `SELECT ${this.#stage.mailbox}`);
  }

  async #must(at: number, text: string): Promise<void> {
    const answer = (await this.#client(at).run(Buffer.from(text, 'latin1'))).at(-1) ?? '';
    if (!answer.startsWith('OK'))
      throw new Error(`before the first command: ${text.slice(0, 80)}: ${answer}`);
  }

  /**
   * Sends a group's commands at once, and holds every response against what is expected until all
   * are answered.
   */
  async play({ connection, commands, told }: Group): Promise<void> {
    const client = this.#client(connection);
    const [first] = commands;
    const gone: number[] = [];
    const known: KnownVariables = {
      variables: this.#variables,
      numberNow: (original) => numberAfter(original, gone),
    };
    const waiting = new Map(commands.map((command) => [`i${++this.#tags}`, command]));
    this.#variables.set('tag', [...waiting.keys()][0] ?? '');
    for (const [tag, { text }] of waiting)
      await send(client, `${tag} ${this.#append(filled(text, known))}\r\n`);
    const open = new Set(told);
    const others: string[] = [];
    const fail = (why: string): never => {
      throw new Error(
        `line ${first?.line}, ${first?.text}: ${why}${others.map((line) => `\n      got ${line.slice(0, 400)}`).join('')}`,
      );
    };
    while (waiting.size > 0) {
      const response = await client.octets();
      if (response === 'closed' || response === 'silence') return fail(response);
      const [tag = '', text = ''] = [
        response.slice(0, response.indexOf(' ')),
        response.slice(response.indexOf(' ') + 1),
      ];
      const command = waiting.get(tag);
      if (command) {
        if (command.reply !== '""' && !matches(command.reply ?? '', text, known, true))
          fail(`expected ${command.reply}, got ${text}`);
        waiting.delete(tag);
        continue;
      }
      others.push(text);
      for (const expected of open) {
        if (!matches(expected.text, text, known, /^(ok|no|bad|bye)\b/i.test(text))) continue;
        if (expected.how === '!') fail(`told what must not be: ${text}`);
        open.delete(expected);
      }
      const expunged = /^(\d+) EXPUNGE$/i.exec(text)?.[1];
      if (expunged !== undefined) gone.push(Number(expunged));
    }
    const missing = [...open].find(({ how }) => how === '*');
    if (missing) fail(`not told: ${missing.text}`);
    this.#variables.delete('tag');
  }

  close(): void {
    for (const client of this.#clients) client.cut();
  }

  #client(at: number): ImapClient {
    const client = this.#clients[at];
    if (!client) throw new Error(`there is no connection ${at + 1}`);
    return client;
  }

  /**
   * `append`, with or without a mailbox and flags but without a message, appends the next of the
   * mbox.
   */
  #append(text: string): string {
    const [, args] = /^append(?: (.*))?$/is.exec(text) ?? [];
    if (!/^append( |$)/i.test(text) || /\{\d+\}\r\n|\bcatenate\b/i.test(args ?? '')) return text;
    const { octets, date } = this.#stage.messages[
      this.#nextMessage++ % this.#stage.messages.length
    ] as MboxMessage;
    return `APPEND ${args ?? `${this.#stage.mailbox} "${dateTime(date)}"`} {${octets.length}}\r\n${octets}`;
  }
}

/** Literals go without waiting for the server's word (RFC 7888). */
async function send(client: ImapClient, octets: string): Promise<void> {
  let rest = octets;
  for (let size = /~?\{(\d+)\}\r\n/.exec(rest); size; size = /~?\{(\d+)\}\r\n/.exec(rest)) {
    const end = size.index + size[0].length;
    client.send(Buffer.from(rest.slice(0, end).replace(/\}\r\n$/, '+}\r\n'), 'latin1'));
    client.send(Buffer.from(rest.slice(end, end + Number(size[1])), 'latin1'));
    rest = rest.slice(end + Number(size[1]));
  }
  client.send(Buffer.from(rest, 'latin1'));
}

function numberAfter(original: number, gone: readonly number[]): string {
  let now = original;
  for (const expunged of gone) {
    if (expunged === now) return 'expunged';
    if (expunged < now) now -= 1;
  }
  return String(now);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dateTime(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()]}-${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}
