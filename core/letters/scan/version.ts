import { connect } from 'node:net';

/** What clamd says of itself. */
interface ScannerVersion {
  readonly engine: string;
  /** When the newest signatures were made; null: it has none but those of a file of our own. */
  readonly signaturesAt: Date | null;
}

const MAX_ANSWER_BYTES = 1_000;
/** `ClamAV 1.4.6/27456/Mon Nov 24 09:12:00 2026` (clamd's manual, VERSION). */
const VERSION = /^ClamAV ([^/\s]+)(?:\/\d+\/(.+))?$/;

/**
 * Asks clamd what it is. `address` is `tcp://host:port` or `unix:/path`; null where it doesn't
 * answer within `timeoutMs`, or says something else.
 */
export function scannerVersion(address: string, timeoutMs: number): Promise<ScannerVersion | null> {
  return new Promise((resolve) => {
    const url = address.startsWith('unix:') ? null : new URL(address);
    const socket =
      url === null
        ? connect(address.slice('unix:'.length))
        : connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) });
    let answer = '';
    const done = (version: ScannerVersion | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(version);
    };
    const timer = setTimeout(() => done(null), timeoutMs);
    socket.setEncoding('latin1');
    socket.on('connect', () => socket.write('zVERSION\0'));
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (answer.includes('\0') || answer.length > MAX_ANSWER_BYTES)
        done(read(answer.split('\0')[0] ?? ''));
    });
    socket.on('error', () => done(null));
    socket.on('close', () => done(read(answer)));
  });
}

function read(answer: string): ScannerVersion | null {
  const [, engine, made] = VERSION.exec(answer.trim()) ?? [];
  if (engine === undefined) return null;
  const at = made === undefined ? Number.NaN : Date.parse(`${made} UTC`);
  return { engine, signaturesAt: Number.isNaN(at) ? null : new Date(at) };
}
