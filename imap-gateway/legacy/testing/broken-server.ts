import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { OldServer } from '../old-server.ts';

/** A letter of an INBOX: its bytes, or what the server does where it is asked for them. */
export type OldLetter = Buffer | 'says-no' | 'breaks-off';

/** An old server of one INBOX for whoever comes, some of whose letters can't be read any more. */
export async function openBrokenServer(
  letters: readonly OldLetter[],
): Promise<{ readonly server: OldServer; close(): void }> {
  const open = new Set<Socket>();
  const listening = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    socket.write('* OK ready\r\n');
    let heard = '';
    socket.on('data', (bytes: Buffer) => {
      const lines = (heard + bytes.toString('latin1')).split('\r\n');
      heard = lines.pop() ?? '';
      for (const line of lines) answer(socket, line, letters);
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  return {
    server: { host: '127.0.0.1', port, security: 'none', anyCertificate: true, admin: null },
    close() {
      for (const socket of open) socket.destroy();
      listening.close();
    },
  };
}

function answer(socket: Socket, line: string, letters: readonly OldLetter[]): void {
  const [, tag = '', command = ''] = /^(\S+) (UID FETCH|\S+)/i.exec(line) ?? [];
  const untagged: Record<string, string> = {
    CAPABILITY: '* CAPABILITY IMAP4rev1\r\n',
    LIST: '* LIST () "/" INBOX\r\n',
    EXAMINE: `* ${letters.length} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n`,
  };
  if (command.toUpperCase() === 'UID FETCH') return fetch(socket, { tag, line, letters });
  socket.write(`${untagged[command.toUpperCase()] ?? ''}${tag} OK done\r\n`);
}

interface Fetching {
  readonly tag: string;
  readonly line: string;
  readonly letters: readonly OldLetter[];
}

function fetch(socket: Socket, { tag, line, letters }: Fetching): void {
  const [, set = ''] = /FETCH (\S+)/i.exec(line) ?? [];
  const uids = set === '1:*' ? letters.map((_one, at) => at + 1) : set.split(',').map(Number);
  const withBytes = /BODY/i.test(line);
  for (const uid of uids) {
    const letter = letters[uid - 1] ?? '';
    const about = `* ${uid} FETCH (UID ${uid} FLAGS () RFC822.SIZE ${letter.length}`;
    if (!withBytes) socket.write(`${about})\r\n`);
    else if (letter === 'says-no') return void socket.write(`${tag} NO [SERVERBUG] Internal\r\n`);
    else if (letter === 'breaks-off') return void socket.destroy();
    else socket.write(`${about} BODY[] {${letter.length}}\r\n${letter.toString()})\r\n`);
  }
  socket.write(`${tag} OK done\r\n`);
}
