import { LineSocket } from './lines.ts';

interface ImapClient {
  /** How many messages INBOX has. */
  count(): Promise<number>;
  /** Waits in IDLE (RFC 2177) and tells `heard` of each EXISTS. */
  idle(heard: () => void): Promise<void>;
  close(): void;
}

/** Connects and signs in. Rejects where the server says NO. */
export async function openImap(port: number, user: string, password: string): Promise<ImapClient> {
  const lines = await LineSocket.open(port);
  await lines.next();
  await command(lines, `LOGIN "${user}" "${password}"`);
  return {
    async count() {
      const answer = await command(lines, 'STATUS INBOX (MESSAGES)');
      return Number(/MESSAGES (\d+)/i.exec(answer)?.[1]);
    },
    async idle(heard) {
      await command(lines, 'SELECT INBOX');
      lines.write('i IDLE\r\n');
      await lines.next();
      void listen(lines, heard);
    },
    close: () => lines.close(),
  };
}

async function command(lines: LineSocket, text: string): Promise<string> {
  lines.write(`c ${text}\r\n`);
  const said: string[] = [];
  for (;;) {
    const line = await lines.next();
    said.push(line);
    if (!line.startsWith('c ')) continue;
    if (!line.startsWith('c OK')) throw new Error(`IMAP: ${line}`);
    return said.join('\n');
  }
}

async function listen(lines: LineSocket, heard: () => void): Promise<void> {
  try {
    for (;;) if (/^\* \d+ EXISTS/.test(await lines.next())) heard();
  } catch {
    // closed: nobody waits any more
  }
}
