import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { turnedAwayEn } from '../texts/turned-away-en.ts';
import { turnedAwayFr } from '../texts/turned-away-fr.ts';

/** Why somebody is turned away before a page can be made for them. */
export type TurnedAway = keyof typeof turnedAwayFr;

const ANSWERS = {
  'too-slow': { status: '408 Request Timeout', retryAfterSeconds: 10 },
  'peer-full': { status: '429 Too Many Requests', retryAfterSeconds: 30 },
  'all-full': { status: '503 Service Unavailable', retryAfterSeconds: 30 },
  'head-too-big': { status: '431 Request Header Fields Too Large', retryAfterSeconds: null },
  'no-http': { status: '400 Bad Request', retryAfterSeconds: null },
} as const satisfies Record<TurnedAway, { status: string; retryAfterSeconds: number | null }>;

export type TurnAway = (socket: Socket, why: TurnedAway) => void;

/** How long somebody turned away may take to read why. */
const READING_MS = 1_000;

/** Whether what is written on a connection goes out under TLS. */
function isUnderTls(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket;
}

/**
 * What is written on a connection by hand, where no request is in the hands of a page, before it is
 * closed. Where the server speaks TLS nothing can be said before the handshake, which costs more
 * than all else: whoever is turned away then hears nothing.
 */
export function openTurnAway(
  headers: Readonly<Record<string, string>>,
  speaks: 'http' | 'https',
): TurnAway {
  const common = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  return (socket, why) => {
    if (speaks === 'https' && !isUnderTls(socket)) return void socket.destroy();
    // Of many requests in one write the first has been told already, and that is the end of it.
    if (socket.writableEnded) return;
    socket.on('error', () => socket.destroy());
    // What still comes is read and forgotten: to close on it would reset the connection before the
    // answer is read.
    socket.resume();
    socket.end(answerOf(why, common));
    setTimeout(() => socket.destroy(), READING_MS).unref();
  };
}

function answerOf(why: TurnedAway, common: string): Buffer {
  const { status, retryAfterSeconds } = ANSWERS[why];
  const title = status.slice(0, 3);
  const body = `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title><p>${turnedAwayFr[why]}</p><p lang="en">${turnedAwayEn[why]}</p></html>`;
  const retry = retryAfterSeconds === null ? '' : `retry-after: ${retryAfterSeconds}\r\n`;
  return Buffer.from(
    `HTTP/1.1 ${status}\r\n${common}content-type: text/html; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n${retry}connection: close\r\n\r\n${body}`,
  );
}
