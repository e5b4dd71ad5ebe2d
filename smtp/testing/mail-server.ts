/** Somebody else’s mail server on an address of the loopback, on bare sockets: it may fail. */
import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificate } from '../../core/town/certificate/self-signed.ts';

/**
 * What it answers instead of what a server that takes all says; `hang up` says nothing, `drip` a
 * letter now and then and never the end of the line.
 */
export interface Manners {
  readonly greeting?: string;
  readonly ehlo?: string;
  readonly auth?: string;
  readonly rset?: string;
  readonly mail?: string;
  readonly rcpt?: string;
  readonly data?: string;
  readonly end?: string;
  /** The certificate that it shows; undefined: no TLS. `broken`: it offers what it can’t do. */
  readonly tls?: Certificate | 'broken';
  /** It begins with TLS, and offers none. */
  readonly isTlsAtOnce?: boolean;
}

const DRIP_MS = 20;

export interface MailServer {
  readonly port: number;
  connections: number;
  manners: Manners;
  /** What came, and whether it came encrypted. */
  readonly messages: { readonly text: string; readonly encrypted: boolean }[];
  readonly commands: string[];
  /** Hangs up on everybody. */
  cut(): void;
  close(): void;
}

/** Starts on `host` of the loopback; on `port`, or a free one. */
export async function startMailServer(
  host: string,
  manners: Manners = {},
  port = 0,
): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ noDelay: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const here: MailServer = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    connections: 0,
    manners,
    messages: [],
    commands: [],
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    close() {
      server.close();
      here.cut();
    },
  };
  server.on('connection', (plain) => {
    here.connections += 1;
    sockets.add(plain);
    plain.once('close', () => sockets.delete(plain));
    plain.on('error', () => {});
    const { tls, isTlsAtOnce, greeting = '220 peer ESMTP' } = here.manners;
    const socket = isTlsAtOnce && typeof tls === 'object' ? secured(plain, tls) : plain;
    if (say(socket, greeting)) talk(socket, here, socket !== plain);
  });
  return here;
}

function say(socket: Socket, reply: string): boolean {
  if (reply === 'hang up') socket.destroy();
  else if (reply === 'drip') drip(socket);
  else socket.write(`${reply}\r\n`);
  return reply !== 'hang up';
}

function drip(socket: Socket): void {
  socket.write('2');
  const timer = setInterval(() => socket.write('5'), DRIP_MS);
  socket.once('close', () => clearInterval(timer));
}

function talk(socket: Socket, here: MailServer, encrypted: boolean): void {
  let text = '';
  let inData = false;
  let hasRecipient = false;
  const take = (chunk: Buffer): void => {
    text += chunk.toString('latin1');
    for (;;) {
      const mark = inData ? '\r\n.\r\n' : '\r\n';
      const end = text.indexOf(mark);
      if (end < 0) return;
      const part = text.slice(0, end);
      text = text.slice(end + mark.length);
      if (inData) {
        inData = false;
        here.messages.push({ text: part, encrypted });
        say(socket, here.manners.end ?? '250 2.0.0 queued');
        continue;
      }
      here.commands.push(part);
      if (part === 'STARTTLS') {
        socket.off('data', take);
        return upgrade(socket, here);
      }
      const said = replyTo(part, here.manners, encrypted);
      const reply = part === 'DATA' && !hasRecipient ? '554 no recipient' : said;
      if (part.startsWith('RCPT')) hasRecipient = reply.startsWith('250');
      inData = reply.startsWith('354');
      say(socket, reply);
    }
  };
  socket.on('data', take);
}

function replyTo(command: string, { tls, ...manners }: Manners, encrypted: boolean): string {
  const offers = tls === undefined || encrypted ? '' : '\r\n250-STARTTLS';
  const verbs: Readonly<Record<string, string>> = {
    EHLO: manners.ehlo ?? `250-peer${offers}\r\n250-8BITMIME\r\n250 PIPELINING`,
    AUTH: manners.auth ?? '235 ok',
    RSET: manners.rset ?? '250 ok',
    MAIL: manners.mail ?? '250 ok',
    RCPT: manners.rcpt ?? '250 ok',
    DATA: manners.data ?? '354 go',
    QUIT: '221 bye',
  };
  return verbs[command.slice(0, 4).toUpperCase()] ?? '250 ok';
}

function upgrade(socket: Socket, here: MailServer): void {
  const { tls } = here.manners;
  say(socket, '220 go');
  if (tls === undefined || tls === 'broken')
    return void socket.once('data', () => socket.destroy());
  talk(secured(socket, tls), here, true);
}

function secured(socket: Socket, { cert, key }: Certificate): Socket {
  const safe = new TLSSocket(socket, { isServer: true, cert, key });
  safe.on('error', () => {});
  return safe;
}
