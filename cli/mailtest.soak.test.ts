/** `preau mailtest` against a Postfix with rspamd, as whoever puts a town into service runs it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKnownTown, type KnownSmtpTown } from '../smtp/testing/known-town.ts';
import { hasPostfix } from '../tests/shared/postfix.ts';
import { hasRspamd } from '../tests/shared/rspamd.ts';
import { hasSigningDns } from '../tests/shared/signed-zone.ts';

const run = promisify(execFile);
const RECEIVER = 'lucie@musee-villeneuve.fr';
const POSTMASTER = 'postmaster@ecoles.villeneuve.fr';
const ARRIVED = { timeout: 40_000, interval: 200 };

/** As a mail program forwards a letter as an attachment. */
const forwarded = (letter: string): string =>
  `From: ${RECEIVER}
To: ${POSTMASTER}
Subject: Tr: essai
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b

Voilà.
--b
Content-Type: message/rfc822

${letter}
--b--
`.replaceAll('\n', '\r\n');

describe.runIf(hasPostfix() && hasRspamd() && hasSigningDns())('preau mailtest', () => {
  let town: KnownSmtpTown;
  beforeAll(async () => {
    town = await openKnownTown();
  }, 120_000);
  afterAll(() => town.close());

  const mailtest = async (...words: readonly string[]): Promise<{ exit: number; says: string }> => {
    const env = { PATH: process.env['PATH'] ?? '', ...town.env };
    const args = [join(import.meta.dirname, '..', 'preau.ts'), 'mailtest', ...words];
    return run(process.execPath, args, { env }).then(
      ({ stdout }) => ({ exit: 0, says: stdout }),
      (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => ({
        exit: error.code,
        says: error.stdout + error.stderr,
      }),
    );
  };

  /** The letter that came for somebody there, once it has. */
  const letterFor = async (to: string): Promise<string> => {
    const found = () => town.postfix.letters().find((one) => one.includes(`\nTo: ${to}\n`));
    await expect.poll(found, ARRIVED).toBeDefined();
    return found() ?? '';
  };

  it('tells what the receiver found of us, once they forward the letter to the postmaster', async () => {
    const answer = mailtest(RECEIVER, '--wait', '60s');
    const letter = await letterFor(RECEIVER);
    await town.postfix.hand(RECEIVER, POSTMASTER, forwarded(letter));
    const { exit, says } = await answer;
    expect(says).toContain(': SPF ✓ pass, DKIM ✓ pass, DMARC ✓ pass');
    expect(says).toContain('Ce récepteur nous croit');
    expect(exit).toBe(0);
    const last = await mailtest('last');
    expect(last).toEqual({ exit: 0, says: expect.stringContaining('Ce récepteur nous croit') });
  });

  it.each([
    { words: [], says: 'Il faut', exit: 1 },
    { words: ['lucie@@musee'], says: 'Ce n’est pas une adresse', exit: 1 },
    { words: ['lina.moreau@ecoles.villeneuve.fr'], says: 'est de la ville', exit: 1 },
    { words: [RECEIVER, '--wait', 'soon'], says: 'n’est pas une durée', exit: 1 },
    { words: ['paul@musee-villeneuve.fr', '--wait', '0'], says: 'mailtest last', exit: 0 },
    { words: ['never@musee-villeneuve.fr'], says: '✗ Refusée : « 550 5.1.1', exit: 1 },
    {
      words: ['later@musee-villeneuve.fr', '--wait', '10s'],
      says: 'Pas encore prise : « 451 4.7.1',
      exit: 1,
    },
    { words: ['lucie@gone.musee-villeneuve.fr'], says: '✗ Refusée : « 5', exit: 1 },
    {
      words: ['silent@musee-villeneuve.fr', '--wait', '10s'],
      says: 'Aucune réponse encore',
      exit: 0,
    },
  ])('$words: $exit', async ({ words, says, exit }) =>
    expect(await mailtest(...words)).toEqual({ exit, says: expect.stringContaining(says) }),
  );
});
