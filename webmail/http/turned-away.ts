import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** Why somebody is turned away before a page can be made for them. */
export type TurnedAway = 'too-slow' | 'peer-full' | 'all-full' | 'head-too-big' | 'no-http';

interface Words {
  readonly status: string;
  readonly fr: string;
  readonly en: string;
  readonly retryAfterSeconds: number | null;
}

const WORDS = {
  'too-slow': {
    status: '408 Request Timeout',
    retryAfterSeconds: 10,
    fr: 'La connexion est trop lente : la demande n’est pas arrivée à temps. Rien n’a été changé. Réessayez dans un moment.',
    en: 'The connection is too slow: the request didn’t come in time. Nothing was changed. Try again in a moment.',
  },
  'peer-full': {
    status: '429 Too Many Requests',
    retryAfterSeconds: 30,
    fr: 'Trop de connexions viennent de votre réseau en même temps. Réessayez dans trente secondes.',
    en: 'Too many connections come from your network at once. Try again in thirty seconds.',
  },
  'all-full': {
    status: '503 Service Unavailable',
    retryAfterSeconds: 30,
    fr: 'La messagerie reçoit trop de visites en ce moment. Réessayez dans trente secondes.',
    en: 'The mail service has too many visits at the moment. Try again in thirty seconds.',
  },
  'head-too-big': {
    status: '431 Request Header Fields Too Large',
    retryAfterSeconds: null,
    fr: 'Cette demande est trop longue. Effacez les cookies de ce site, puis réessayez.',
    en: 'This request is too long. Delete this site’s cookies, then try again.',
  },
  'no-http': {
    status: '400 Bad Request',
    retryAfterSeconds: null,
    fr: 'Cette demande n’a pas été comprise. Revenez à la page, puis essayez encore.',
    en: 'This request wasn’t understood. Go back to the page, then try again.',
  },
} as const satisfies Record<TurnedAway, Words>;

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
    socket.end(answerOf(WORDS[why], common));
    setTimeout(() => socket.destroy(), READING_MS).unref();
  };
}

function answerOf({ status, fr, en, retryAfterSeconds }: Words, common: string): Buffer {
  const title = status.slice(0, 3);
  const body = `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title><p>${fr}</p><p lang="en">${en}</p></html>`;
  const retry = retryAfterSeconds === null ? '' : `retry-after: ${retryAfterSeconds}\r\n`;
  return Buffer.from(
    `HTTP/1.1 ${status}\r\n${common}content-type: text/html; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n${retry}connection: close\r\n\r\n${body}`,
  );
}
