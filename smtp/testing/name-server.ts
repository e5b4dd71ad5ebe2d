/**
 * A DNS server of our own on loopback (RFC 1035): a zone as a table, and the ways in which a real
 * one fails.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * TXT records by name; each may be of several strings (RFC 7208 §3.3). `servfail` and `silence` are
 * names that go wrong.
 */
interface Zone {
  readonly txt: Readonly<Record<string, readonly string[]>>;
  readonly a: Readonly<Record<string, string>>;
  readonly servfail: string;
  readonly silence: string;
}

const TYPE = { a: 1, txt: 16 } as const;
const FLAGS = { answer: 0x8180, truncated: 0x8380, servfail: 0x8182, nxdomain: 0x8183 } as const;
/** What fits one UDP answer without EDNS (RFC 1035 §4.2.1): the rest comes by TCP. */
const UDP_BYTES = 512;

export interface TestNameServer {
  /** For `Resolver.setServers`. */
  readonly server: string;
  /** Names asked for so far, the type with each. */
  readonly asked: readonly string[];
  readonly overTcp: () => number;
  close(): void;
}

export async function startNameServer(zone: Zone): Promise<TestNameServer> {
  const asked: string[] = [];
  let tcp = 0;
  const udp = createSocket('udp4');
  udp.on('message', (query, { port, address }) => {
    const full = answerTo(query, zone, asked);
    if (full)
      udp.send(
        full.length > UDP_BYTES
          ? withFlags(query.subarray(0, questionEnd(query)), FLAGS.truncated, 0)
          : full,
        port,
        address,
      );
  });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
    socket.on('data', (data) => {
      // each question of a resolver fits one segment, its length before it (RFC 1035 §4.2.2)
      const full = answerTo(data.subarray(2), zone, asked);
      tcp += 1;
      if (full) socket.write(Buffer.concat([uint16(full.length), full]));
    });
  });
  const port = await bindBoth(server, udp);
  return {
    server: `127.0.0.1:${port}`,
    asked,
    overTcp: () => tcp,
    close() {
      udp.close();
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** One port for both: of those that the system gives for TCP, one that is free for UDP too. */
async function bindBoth(server: Server, udp: UdpSocket): Promise<number> {
  for (;;) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const bound = Promise.withResolvers<boolean>();
    const isTaken = (): void => bound.resolve(false);
    udp.once('error', isTaken).bind(port, '127.0.0.1', () => bound.resolve(true));
    if (await bound.promise) {
      udp.off('error', isTaken);
      return port;
    }
    await new Promise((resolve) => server.close(resolve));
  }
}

function answerTo(query: Buffer, zone: Zone, asked: string[]): Buffer | null {
  const end = questionEnd(query);
  const question = query.subarray(0, end);
  const name = nameIn(query);
  const type = query.readUInt16BE(end - 4);
  asked.push(`${name} ${type === TYPE.txt ? 'TXT' : type}`);
  if (name === zone.silence) return null;
  if (name === zone.servfail) return withFlags(question, FLAGS.servfail, 0);
  const data = dataOf(zone, name, type);
  if (data === null)
    return withFlags(
      question,
      name in zone.txt || name in zone.a ? FLAGS.answer : FLAGS.nxdomain,
      0,
    );
  const record = Buffer.concat([
    Buffer.from([0xc0, 12]),
    uint16(type),
    uint16(1),
    Buffer.from([0, 0, 0, 60]),
    uint16(data.length),
    data,
  ]);
  return Buffer.concat([withFlags(question, FLAGS.answer, 1), record]);
}

function dataOf(zone: Zone, name: string, type: number): Buffer | null {
  const text = zone.txt[name];
  if (type === TYPE.txt && text)
    return Buffer.concat(
      text.map((part) =>
        Buffer.concat([Buffer.from([Buffer.byteLength(part)]), Buffer.from(part)]),
      ),
    );
  const address = zone.a[name];
  return type === TYPE.a && address ? Buffer.from(address.split('.').map(Number)) : null;
}

/** The question again, with these flags and so many answers. */
function withFlags(question: Buffer, flags: number, answers: number): Buffer {
  const reply = Buffer.from(question);
  reply.writeUInt16BE(flags, 2);
  reply.writeUInt16BE(answers, 6);
  reply.fill(0, 8, 12);
  return reply;
}

function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; query[at]; at += 1 + (query[at] ?? 0))
    labels.push(query.toString('latin1', at + 1, at + 1 + (query[at] ?? 0)));
  return labels.join('.').toLowerCase();
}

function questionEnd(query: Buffer): number {
  let at = 12;
  while (query[at]) at += 1 + (query[at] ?? 0);
  return at + 5;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
