import { createSocket } from 'node:dgram';

const ANSWER_MS = 3_000;
const PACKET_BYTES = 48;
/** Version 4, client (RFC 4330 §4). */
const CLIENT = 0x23;
/** Where the transmit timestamp stands, and the first second of 1970 in seconds since 1900. */
const TRANSMIT_AT = 40;
const UNIX_EPOCH = 2_208_988_800;
const FRACTION = 2 ** 32;

/** The time of the world, and ours in the middle of the asking; milliseconds since 1970. */
interface WorldTime {
  readonly timeMs: number;
  readonly askedMs: number;
}

/**
 * What time it is by a server of SNTP (RFC 4330). Null where nobody answers within three
 * seconds.
 */
export function worldTime(
  server: { readonly host: string; readonly port: number },
  clock: () => Date,
): Promise<WorldTime | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const begun = clock().getTime();
    let isDone = false;
    // A name that can't be looked up is told of long after the time is over.
    const done = (time: WorldTime | null): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      socket.close();
      resolve(time);
    };
    const timer = setTimeout(() => done(null), ANSWER_MS);
    socket.on('error', () => done(null));
    socket.once('message', (packet) => {
      if (packet.length < PACKET_BYTES) return done(null);
      const seconds = packet.readUInt32BE(TRANSMIT_AT) - UNIX_EPOCH;
      const fraction = packet.readUInt32BE(TRANSMIT_AT + 4) / FRACTION;
      done({ timeMs: (seconds + fraction) * 1_000, askedMs: (begun + clock().getTime()) / 2 });
    });
    const packet = Buffer.alloc(PACKET_BYTES);
    packet[0] = CLIENT;
    socket.send(packet, server.port, server.host, (error) => {
      if (error !== null) done(null);
    });
  });
}
