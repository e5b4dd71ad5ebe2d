import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What one message for outside met at the peer. */
export interface Receipt {
  /** How often its bytes were answered 250. */
  readonly times: number;
  /**
   * How often after the sender had gone on talking: it had read our 250, so it must not send again.
   */
  readonly afterSeen: number;
}

/** The outside of the soak: a mail server that takes everything and remembers who was told 250. */
export interface Sink {
  readonly url: string;
  /** By recipient. */
  receipts(): ReadonlyMap<string, Receipt>;
  close(): Promise<void>;
}

interface Note {
  times: number;
  seen: boolean;
  afterSeen: number;
}

export async function openSink(): Promise<Sink> {
  const notes = new Map<string, Note>();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    converse(socket, notes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    receipts: () => notes,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** One connection: as much of RFC 5321 as a relay's client needs. */
function converse(socket: Socket, notes: Map<string, Note>): void {
  let text = '';
  let inData = false;
  let recipients: string[] = [];
  let told: string[] = []; // those of the last 250, until the sender says something again
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 sink.example');
  socket.on('data', (chunk: Buffer) => {
    for (const one of told) noteOf(one).seen = true;
    told = [];
    text += chunk.toString('latin1');
    for (;;) {
      const end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end === -1) return;
      const line = text.slice(0, end);
      text = text.slice(end + (inData ? 5 : 2));
      if (inData) taken();
      else answer(line);
    }
  });

  function noteOf(recipient: string): Note {
    const note = notes.get(recipient) ?? { times: 0, seen: false, afterSeen: 0 };
    notes.set(recipient, note);
    return note;
  }

  function taken(): void {
    inData = false;
    for (const one of recipients) {
      const note = noteOf(one);
      if (note.seen) note.afterSeen += 1;
      note.times += 1;
    }
    told = recipients;
    recipients = [];
    say('250 2.0.0 taken');
  }

  function answer(line: string): void {
    const recipient = /^RCPT TO:<([^>]*)>/i.exec(line)?.[1];
    if (recipient !== undefined) recipients.push(recipient.toLowerCase());
    if (/^(MAIL|RSET)/i.test(line)) recipients = [];
    inData = /^DATA/i.test(line);
    const isQuit = /^QUIT/i.test(line);
    const ok = isQuit ? '221 bye' : '250 ok';
    say(inData ? '354 go on' : ok);
    if (isQuit) socket.end();
  }
}
