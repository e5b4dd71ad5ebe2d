import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';

const ANSWER_MS = 3_000;
const PACKET_BYTES = 48;
/** Version 4, client (RFC 4330 §4). */
const CLIENT = 0x23;
/** A server's mode, in the last three bits of the first byte; the first two warn of its clock. */
const [SERVER, MODE_BITS] = [4, 0b111];
const [NOT_IN_STEP, LEAP_AT] = [3, 6];
/** How far a server is from a clock of its own; 0 is no time but a word (Kiss-o'-Death). */
const STRATA = { nearest: 1, farthest: 15 } as const;
/** Where the timestamps stand: that of the question given back, and the server's own. */
const [ORIGINATE_AT, TRANSMIT_AT, TIMESTAMP_BYTES] = [24, 40, 8];
/** The first second of 1970 in seconds since 1900. */
const UNIX_EPOCH = 2_208_988_800;
const FRACTION = 2 ** 32;

/** The time of the world, and ours in the middle of the asking; milliseconds since 1970. */
interface WorldTime {
  readonly timeMs: number;
  readonly askedMs: number;
}

/**
 * What time it is by a server of SNTP (RFC 4330). Null where nobody answers within three seconds
 * who knows it.
 */
export function worldTime(
  server: { readonly host: string; readonly port: number },
  clock: () => Date,
): Promise<WorldTime | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const begun = clock().getTime();
    const asked = question();
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
      if (!tellsTime(packet, asked)) return done(null);
      const seconds = packet.readUInt32BE(TRANSMIT_AT) - UNIX_EPOCH;
      const fraction = packet.readUInt32BE(TRANSMIT_AT + 4) / FRACTION;
      done({ timeMs: (seconds + fraction) * 1_000, askedMs: (begun + clock().getTime()) / 2 });
    });
    socket.send(asked, server.port, server.host, (error) => {
      if (error !== null) done(null);
    });
  });
}

/** It says of itself no time but what nobody can guess, which the answer gives back. */
function question(): Buffer {
  const packet = Buffer.alloc(PACKET_BYTES);
  packet[0] = CLIENT;
  randomBytes(TIMESTAMP_BYTES).copy(packet, TRANSMIT_AT);
  return packet;
}

/** Whether it is a server's answer to what was asked, by a clock that is in step (RFC 4330 §5). */
function tellsTime(packet: Buffer, asked: Buffer): boolean {
  if (packet.length < PACKET_BYTES) return false;
  const [flags, stratum] = [packet.readUInt8(0), packet.readUInt8(1)];
  return (
    (flags & MODE_BITS) === SERVER &&
    flags >> LEAP_AT !== NOT_IN_STEP &&
    stratum >= STRATA.nearest &&
    stratum <= STRATA.farthest &&
    timestampAt(packet, ORIGINATE_AT).equals(timestampAt(asked, TRANSMIT_AT)) &&
    !timestampAt(packet, TRANSMIT_AT).equals(Buffer.alloc(TIMESTAMP_BYTES))
  );
}

const timestampAt = (packet: Buffer, at: number): Buffer =>
  packet.subarray(at, at + TIMESTAMP_BYTES);
