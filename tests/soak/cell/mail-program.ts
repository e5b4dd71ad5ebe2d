import { dialImap, type ImapClient } from '../../../imap-gateway/testing/imap-client.ts';
import type { WireAccount } from '../../e2e/wire.ts';

/** A mail program that waits in IDLE, and comes back when it is sent away, as they do. */
interface MailProgram {
  /** Takes what was told until nothing more is; comes back where the connection is gone. */
  quiet(): Promise<void>;
  /** Whether it hears of a letter within so long. */
  hears(withinMs: number): Promise<boolean>;
  /** How often it had to come back. */
  returns(): number;
  leave(): void;
}

const GREETING_MS = 20_000;
const SILENCE_MS = 400;

export async function openMailProgram(port: number, account: WireAccount): Promise<MailProgram> {
  let client = await waiting(port, account);
  let returns = 0;
  return {
    async quiet() {
      for (;;) {
        const said = await client.response(SILENCE_MS);
        if (said === 'silence') return;
        if (said !== 'closed' && !said.startsWith('* BYE')) continue;
        client.cut();
        client = await waiting(port, account);
        returns += 1;
      }
    },
    async hears(withinMs) {
      const until = Date.now() + withinMs;
      while (Date.now() < until) {
        const said = await client.response(Math.max(1, until - Date.now()));
        if (/^\* \d+ EXISTS/.test(said)) return true;
        if (said === 'closed') return false;
      }
      return false;
    },
    returns: () => returns,
    leave: () => client.cut(),
  };
}

async function waiting(port: number, { address, password }: WireAccount): Promise<ImapClient> {
  const client = await dialImap(port, 'implicit');
  await client.response(GREETING_MS);
  const answer = await client.run(`LOGIN ${address} ${password}`);
  if (answer.at(-1)?.startsWith('OK') !== true) throw new Error(answer.join());
  await client.run('SELECT INBOX');
  client.send('i IDLE\r\n');
  await client.response();
  return client;
}
