/** Odd dialogues of swaks, Debian's, with our doors: what is answered, and what comes of it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../cli/demo/seed.ts';
import { openTestTown, type SmtpTestTown } from './testing/test-town.ts';

const SWAKS = '/usr/bin/swaks';
const STRANGER = 'camille@musee.example';
const run = promisify(execFile);

/** What a mail program of Claire's says of her. */
const signedInBy = (method: string): readonly string[] => [
  ...['--auth', method, '--auth-user', 'claire.lefevre@ecoles.preau.test'],
  ...['--auth-password', DEMO_PASSWORD],
];

/** What swaks shows of a dialogue: `<-` what the server said, `<**` where swaks didn't like it. */
async function dialogue(port: number, options: readonly string[]): Promise<string> {
  const to = ['--server', '127.0.0.1', '--port', String(port), '--timeout', '3'];
  return run('/usr/bin/perl', [SWAKS, ...to, ...options], { encoding: 'utf8' }).then(
    ({ stdout }) => stdout,
    (error: { readonly stdout: string }) => error.stdout,
  );
}

/** The last thing that the server said before QUIT, `~` within TLS: its code, and RFC 3463's. */
function lastAnswer(said: string): string {
  const before = said.split(/^ ?-?~?> ?QUIT$/m)[0] ?? '';
  const answers = [...before.matchAll(/^<[-~*]+ +(\d{3})(?: (\d\.\d+\.\d+))?/gm)];
  const [, code = 'nothing', enhanced] = answers.at(-1) ?? [];
  return enhanced === undefined ? code : `${code} ${enhanced}`;
}

describe.runIf(existsSync(SWAKS))('swaks', () => {
  let town: SmtpTestTown;
  let claire: string;
  beforeAll(async () => {
    town = await openTestTown();
    claire = town.address('claire.lefevre');
  });
  afterAll(() => town.close());

  it.each<{ what: string; options: readonly string[]; answer: string; comes: boolean }>([
    { what: 'a letter', options: [], answer: '250 2.0.0', comes: true },
    { what: 'HELO alone', options: ['--protocol', 'SMTP'], answer: '250 2.0.0', comes: true },
    { what: 'LMTP', options: ['--protocol', 'LMTP'], answer: '500', comes: false },
    { what: 'all at once', options: ['--pipeline'], answer: '250 2.0.0', comes: true },
    { what: 'TLS', options: ['--tls'], answer: '250 2.0.0', comes: true },
    {
      what: 'an address for a name',
      options: ['--ehlo', '[127.0.0.1]'],
      answer: '250 2.0.0',
      comes: true,
    },
    { what: 'no name', options: ['--ehlo', ' '], answer: '501', comes: false },
    {
      what: 'nobody’s letter, without a From',
      options: ['--from', '<>'],
      answer: '550 5.6.0',
      comes: false,
    },
    {
      what: 'XCLIENT',
      options: ['--xclient', 'ADDR=192.0.2.1', '--xclient-no-verify'],
      answer: '250',
      comes: false,
    },
    {
      what: 'a line of a proxy',
      options: ['--proxy', 'TCP4 192.0.2.1 192.0.2.2 1 25'],
      answer: '421 4.4.2',
      comes: false,
    },
    {
      what: 'a password without TLS',
      options: ['--auth', 'PLAIN', '--auth-user', 'x', '--auth-password', 'y'],
      answer: '250',
      comes: false,
    },
    {
      what: 'gone in the middle',
      options: ['--drop-after-send', 'DATA'],
      answer: '250 2.1.5',
      comes: false,
    },
    { what: 'gone after the dot', options: ['--drop-after', 'DATA'], answer: '354', comes: false },
    {
      what: 'a bare line feed before the dot',
      options: ['--no-data-fixup', '--data', 'Subject: a\r\n\r\nb\n.\nMAIL FROM:<x@y.example>\n'],
      answer: '354',
      comes: false,
    },
  ])('$what: $answer', async ({ options, answer, comes }) => {
    const before = await town.inboxOf('claire.lefevre');
    const said = await dialogue(town.smtp.ports.mx, [
      '--from',
      STRANGER,
      '--to',
      claire,
      ...options,
    ]);
    expect(lastAnswer(said), said).toBe(answer);
    expect((await town.inboxOf('claire.lefevre')) - before).toBe(comes ? 1 : 0);
  });

  it.each<{
    what: string;
    options: readonly string[];
    port?: 'submissions';
    answer: string;
    comes: boolean;
  }>([
    { what: 'nobody', options: [], answer: '530 5.7.0', comes: false },
    { what: 'nobody by TLS', options: ['--tls'], answer: '530 5.7.0', comes: false },
    { what: 'PLAIN', options: ['--tls', ...signedInBy('PLAIN')], answer: '250 2.0.0', comes: true },
    { what: 'LOGIN', options: ['--tls', ...signedInBy('LOGIN')], answer: '250 2.0.0', comes: true },
    {
      what: 'all at once after AUTH',
      options: ['--tls', '--pipeline', ...signedInBy('PLAIN')],
      answer: '250 2.0.0',
      comes: true,
    },
    {
      what: 'TLS from the first byte',
      options: ['--tls-on-connect', ...signedInBy('PLAIN')],
      port: 'submissions',
      answer: '250 2.0.0',
      comes: true,
    },
    {
      what: 'TLS from the first byte at the other port',
      options: ['--tls-on-connect', ...signedInBy('PLAIN')],
      answer: 'nothing',
      comes: false,
    },
    { what: 'a password without TLS', options: signedInBy('PLAIN'), answer: '250', comes: false },
    {
      what: 'a wrong password',
      options: ['--tls', ...signedInBy('PLAIN'), '--auth-password', 'wrong'],
      answer: '535 5.7.8',
      comes: false,
    },
    {
      what: 'a way that isn’t offered',
      options: ['--tls', ...signedInBy('CRAM-MD5')],
      answer: '250',
      comes: false,
    },
    {
      what: 'somebody else’s reverse-path',
      options: ['--tls', ...signedInBy('PLAIN'), '--from', STRANGER],
      answer: '553 5.7.1',
      comes: false,
    },
    {
      what: 'somebody else’s From',
      options: ['--tls', ...signedInBy('PLAIN'), '--header', `From: ${STRANGER}`],
      answer: '553 5.7.1',
      comes: false,
    },
    {
      what: 'gone after AUTH',
      options: ['--tls', ...signedInBy('PLAIN'), '--drop-after', 'AUTH'],
      answer: '235 2.7.0',
      comes: false,
    },
  ])('from a mail program, $what: $answer', async ({ options, port, answer, comes }) => {
    const before = await town.inboxOf('karim.haddad');
    const said = await dialogue(town.smtp.ports[port ?? 'submission'], [
      ...['--from', claire, '--to', town.address('karim.haddad')],
      ...options,
    ]);
    expect(lastAnswer(said), said).toBe(answer);
    expect((await town.inboxOf('karim.haddad')) - before).toBe(comes ? 1 : 0);
  });
});
