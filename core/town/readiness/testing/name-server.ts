/** A small DNS server on the loopback (RFC 1035 §4, over UDP), whose zone a test changes. */
import { createSocket } from 'node:dgram';

/** Values as a zone file has them: `MX 10 mail.example.`, `SRV 0 1 993 mail.example.`, … */
export type Zone = Record<string, readonly string[]>;

const TYPES = { A: 1, CNAME: 5, MX: 15, TXT: 16, AAAA: 28, SRV: 33, TLSA: 52 } as const;
type Type = keyof typeof TYPES;
const IN = 1;
const TTL = 0;
/** QR and RA set (§4.1.1); the last four bits are the RCODE. */
const ANSWER = 0x8180;
const AUTHENTIC = 0x0020;
const NAME_ERROR = 3;
/** The question's name, where it stands in every message: right after the header. */
const POINTER = 0xc00c;
const HEADER_BYTES = 12;

export interface NameServer {
  /** As PREAU_RESOLVER would say it. */
  readonly address: string;
  /** Names without their last dot, each with its records. */
  zone: Zone;
  /** While it is true nothing is answered. */
  mute: boolean;
  /** Whether its answers are said to be signed (AD, RFC 4035 §3.2.3). */
  authentic: boolean;
  close(): void;
}

/** Starts the server on a free port. */
export async function openNameServer(zone: Zone): Promise<NameServer> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const server: NameServer = {
    address: `127.0.0.1:${socket.address().port}`,
    zone,
    mute: false,
    authentic: false,
    close: () => socket.close(),
  };
  socket.on('message', (query, peer) => {
    if (!server.mute) socket.send(answerTo(query, server), peer.port, peer.address);
  });
  return server;
}

function answerTo(query: Buffer, { zone, authentic }: NameServer): Buffer {
  const { name, end } = nameIn(query);
  const asked = query.readUInt16BE(end);
  const lines = zone[name.toLowerCase()];
  const records = (lines ?? []).map(split).filter(({ type }) => matches(type, asked));
  const chased = records.flatMap((record) => [record, ...behind(record, asked, zone)]);
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  const flags = ANSWER | (authentic ? AUTHENTIC : 0);
  header.writeUInt16BE(flags | (lines === undefined ? NAME_ERROR : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(chased.length, 6);
  const question = query.subarray(HEADER_BYTES, end + 4);
  return Buffer.concat([header, question, ...chased.map(encoded)]);
}

interface ZoneRecord {
  readonly owner: string | null;
  readonly type: Type;
  readonly value: string;
}

function split(line: string): ZoneRecord {
  const [type = '', ...rest] = line.split(' ');
  return { owner: null, type: type as Type, value: rest.join(' ') };
}

/** An alias stands for every type (§3.6.2). */
const matches = (type: Type, asked: number): boolean => TYPES[type] === asked || type === 'CNAME';

/** What stands at the end of an alias, in the same answer. */
function behind({ type, value }: ZoneRecord, asked: number, zone: Zone): ZoneRecord[] {
  if (type !== 'CNAME') return [];
  const target = value.replace(/\.$/, '');
  return (zone[target] ?? [])
    .map(split)
    .filter((one) => TYPES[one.type] === asked)
    .map((one) => ({ ...one, owner: target }));
}

function encoded({ owner, type, value }: ZoneRecord): Buffer {
  const data = dataOf(type, value);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(TYPES[type], 0);
  fixed.writeUInt16BE(IN, 2);
  fixed.writeUInt32BE(TTL, 4);
  fixed.writeUInt16BE(data.length, 8);
  const name = owner === null ? uint16(POINTER) : nameBytes(owner);
  return Buffer.concat([name, fixed, data]);
}

function dataOf(type: Type, value: string): Buffer {
  const words = value.split(' ');
  switch (type) {
    case 'A':
      return Buffer.from(value.split('.').map(Number));
    case 'AAAA':
      return Buffer.from(sixteenOctets(value));
    case 'CNAME':
      return nameBytes(value);
    case 'MX':
      return Buffer.concat([uint16(Number(words[0])), nameBytes(words[1] ?? '')]);
    case 'SRV':
      return Buffer.concat([
        ...words.slice(0, 3).map((word) => uint16(Number(word))),
        nameBytes(words[3] ?? ''),
      ]);
    case 'TLSA':
      return Buffer.from([...words.slice(0, 3).map(Number), ...Buffer.from(words[3] ?? '', 'hex')]);
    case 'TXT': {
      const pieces = value
        .replace(/^"|"$/g, '')
        .split('" "')
        .map((text) => Buffer.from(text));
      return Buffer.concat(pieces.flatMap((piece) => [Buffer.of(piece.length), piece]));
    }
  }
}

/** RFC 4291 §2.2: « :: » stands for as many zeros as are missing. */
function sixteenOctets(address: string): number[] {
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const zeros = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => 0);
  return [...groups(head), ...zeros, ...groups(tail)].flatMap((group) => [
    group >> 8,
    group & 0xff,
  ]);
}

const uint16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff);

function nameBytes(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  const parts = labels.map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)]));
  return Buffer.concat([...parts, Buffer.of(0)]);
}

function nameIn(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}
