/**
 * Clients that bring mail as no mail server does. Each writes as a domain that proves it, unless
 * that is what it lies about: what stops it is then how it behaves, and nothing else.
 */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A domain of theirs: its SPF allows everybody, and it asks for nothing. */
export const THEIRS = 'reklame.test';

interface Manner {
  readonly kind: string;
  /** What it says in HELO; its own name where nothing is said. */
  readonly helo?: string;
  /** Whom it says it writes for, in the envelope and in From; somebody of its own domain. */
  readonly from?: string;
  /** Who stands in From, where that is somebody else. */
  readonly shownFrom?: string;
  /** Says HELO without having heard the greeting. */
  readonly isEarly?: true;
  /** Says all of it at once, behind a HELO that lets nobody do so (RFC 2920 §3.1). */
  readonly isHasty?: true;
  /** What it says before all else. */
  readonly opening?: readonly string[];
  /** It says no HELO. */
  readonly isMute?: true;
  /** What its lines end in. */
  readonly lineEnd?: string;
  /** After how many seconds it comes again; it doesn't where nothing is said. */
  readonly againAfterS?: readonly number[];
}

/** The address that the DNS list has: that of this kind. */
export const LISTED = 'is on the list, and comes again';

/** The town's own name and one of its teachers are `domain`'s and `teacher`. */
export const mannersOf = (domain: string, teacher: string): readonly Manner[] => [
  { kind: 'speaks before the greeting', isEarly: true },
  { kind: 'says all at once behind HELO', isHasty: true },
  { kind: 'never comes again' },
  { kind: 'begins with MAIL, without HELO', isMute: true },
  { kind: 'greets in our own name', helo: domain },
  { kind: 'greets as a bare address', helo: '127.0.66.6' },
  { kind: 'speaks HTTP first', opening: ['POST / HTTP/1.1', `Host: ${domain}`, ''] },
  { kind: 'ends its lines by LF alone', lineEnd: '\n' },
  { kind: 'writes from a domain that isn’t there', from: 'info@nowhere.test' },
  { kind: 'writes as a domain that asks for refusal', from: 'lucie@musee-villeneuve.fr' },
  { kind: 'shows one of our teachers in From', shownFrom: teacher },
  { kind: LISTED, againAfterS: [5, 20] },
  { kind: 'is on no list, and comes again', againAfterS: [5, 20] },
];

const PATIENCE_MS = 9_000;

/** Brings one letter, whose subject is `subject`, from a loopback address of its own. */
export async function bring(
  manner: Manner,
  letter: { readonly port: number; readonly to: string; readonly subject: string },
  address: string,
): Promise<void> {
  await attempt(manner, letter, address);
  for (const seconds of manner.againAfterS ?? []) {
    await sleep(seconds * 1_000);
    await attempt(manner, letter, address);
  }
}

async function attempt(
  manner: Manner,
  { port, to, subject }: Parameters<typeof bring>[1],
  localAddress: string,
): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  let heard = '';
  socket.on('error', () => {}).on('data', (bytes) => (heard += String(bytes)));
  const { lineEnd = '\r\n', helo = `mail.${THEIRS}`, isHasty, isEarly, isMute } = manner;
  /** Waits for a whole reply, however little it means to obey. */
  const reply = async (): Promise<void> => {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(5)) {
      const [said] = /^(\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(heard) ?? [];
      if (said !== undefined) heard = heard.slice(said.length);
      if (said !== undefined || socket.destroyed) return;
    }
  };
  const from = manner.from ?? `info@${THEIRS}`;
  const hello = isMute ? [] : [`${isHasty || isEarly ? 'HELO' : 'EHLO'} ${helo}`];
  const text = [
    `From: ${manner.shownFrom ?? from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'Date: Thu, 26 Nov 2026 09:00:00 +0000',
    `Message-ID: <${subject}@${THEIRS}>`,
    '',
    'Kaufen!',
    '.',
  ].join(lineEnd);
  const steps = [
    ...(manner.opening ?? []),
    ...hello,
    `MAIL FROM:<${from}>`,
    `RCPT TO:<${to}>`,
    'DATA',
    text,
    'QUIT',
  ].map((step) => `${step}${lineEnd}`);
  if (isEarly) socket.write(steps.shift() ?? '');
  await reply();
  if (isEarly) await reply();
  if (isHasty) socket.write(steps.splice(0).join(''));
  for (const step of steps) {
    socket.write(step);
    await reply();
  }
  if (isHasty) await sleep(2_000);
  socket.destroy();
}
