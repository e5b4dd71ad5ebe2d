import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** What a server of SNTP says (RFC 4330 §4). */
interface SaidTime {
  /** The first byte: whether its clock is in step, the version, the mode. */
  readonly flags: number;
  readonly stratum: number;
  /** Milliseconds since 1970; null where it says none. */
  readonly timeMs: number | null;
  /** Whether it gives back by what it was asked. */
  readonly answers: 'to it' | 'to nothing';
}

interface TimeServer {
  readonly host: string;
  readonly port: number;
  close(): void;
}

/** Version 4, a server in step, by a clock of its own. */
const KNOWS = { flags: 0x24, stratum: 1, answers: 'to it' } as const;
const PACKET_BYTES = 48;
/** The first second of 1970 in seconds since 1900. */
const UNIX_EPOCH = 2_208_988_800;

/** A server on a free port, asked anew each time what it says: at least a time. */
export async function openTimeServer(
  says: () => Partial<SaidTime> & Pick<SaidTime, 'timeMs'>,
): Promise<TimeServer> {
  const host = '127.0.0.1';
  const socket = createSocket('udp4', (asked, peer) => {
    const { flags, stratum, answers, timeMs } = { ...KNOWS, ...says() };
    const packet = Buffer.alloc(PACKET_BYTES);
    packet.set([flags, stratum]);
    if (answers === 'to it') asked.copy(packet, 24, 40, 48);
    if (timeMs !== null) {
      packet.writeUInt32BE(Math.floor(timeMs / 1_000) + UNIX_EPOCH, 40);
      packet.writeUInt32BE(Math.floor(((timeMs % 1_000) / 1_000) * 2 ** 32), 44);
    }
    socket.send(packet, peer.port, peer.address);
  });
  socket.bind(0, host);
  await once(socket, 'listening');
  return { host, port: socket.address().port, close: () => socket.close() };
}
