import { generateKeyPairSync } from 'node:crypto';
import { dkimVerify } from 'mailauth';
import { expect, it } from 'vitest';
import { signatureOf } from './signature.ts';

const DOMAIN = 'ecoles.ville.fr';
const AT = new Date('2026-11-27T08:00:00Z');
const PAIRS = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed25519: generateKeyPairSync('ed25519'),
} as const;
const KEYS = (['rsa', 'ed25519'] as const).map((algorithm) => ({
  domain: DOMAIN,
  selector: algorithm,
  algorithm,
  privateKey: PAIRS[algorithm].privateKey,
}));

/** What a receiver sees of each signature: its algorithm, and what came out. */
async function seenOf(message: Buffer): Promise<string[]> {
  const { results } = await dkimVerify(message, { resolver: recordsOf, curTime: AT, strict: true });
  return results.map(({ algo, status }) => `${algo} ${status.result}`);
}

function recordsOf(name: string): Promise<string[][]> {
  const algorithm = name.startsWith('rsa.') ? 'rsa' : 'ed25519';
  const shown = PAIRS[algorithm].publicKey.export({ type: 'spki', format: 'der' });
  const p = (algorithm === 'rsa' ? shown : shown.subarray(-32)).toString('base64');
  return Promise.resolve([[`v=DKIM1; k=${algorithm}; p=${p}`]]);
}

const HEADER = `From: "Claire" <claire@${DOMAIN}>\r\nTo: musee@exemple.org\r\nSubject: visite\r\n`;
/** Every byte before every byte. */
const BYTES = Buffer.from(Array.from({ length: 65_536 }, (_, at) => [at >> 8, at & 255]).flat());
const HUGE = `${'Nous venons mardi.\r\n'.repeat(50)}deux  blancs\t\r\n\r\n`.repeat(2_000);

it.each<{ when: string; letter: string | Buffer }>([
  { when: 'a letter', letter: `${HEADER}\r\nBonjour,\r\n\r\nà mardi.\r\n` },
  { when: 'an empty body', letter: `${HEADER}\r\n` },
  { when: 'a header alone', letter: HEADER },
  { when: 'a header alone, without its last line end', letter: HEADER.slice(0, -2) },
  { when: 'a body without a line end', letter: `${HEADER}\r\nBonjour` },
  { when: 'a body without a line end, but with a space', letter: `${HEADER}\r\nBonjour ` },
  { when: 'a body of empty lines', letter: `${HEADER}\r\n${'\r\n'.repeat(600)}` },
  { when: 'empty lines at its end', letter: `${HEADER}\r\nBonjour\r\n\r\n\r\n` },
  { when: 'white space', letter: `${HEADER}\r\n \t\r\n Bonjour \t à  tous\t \r\n \r\n` },
  { when: 'what looks like a header', letter: `${HEADER}\r\nFrom: moi\r\n\r\nBonjour\r\n` },
  { when: 'a folded field', letter: `References: <a@x.fr>\r\n\t<b@x.fr>\r\n${HEADER}\r\nBonjour` },
  { when: 'two fields of a name', letter: `${HEADER}Subject: autre\r\n\r\nBonjour\r\n` },
  {
    when: 'bare LFs',
    letter: `${HEADER}\r\nBonjour,\n\n à mardi. \n\r\n`.replaceAll('\r\n', '\n'),
  },
  { when: 'bare LFs in its body', letter: `${HEADER}\r\n\nBonjour,\n\nà mardi.\n \r\n\n` },
  { when: 'a bare LF for its empty line', letter: `${HEADER}\nBonjour\r\n\r\nà mardi.\r\n` },
  { when: 'a bare CR', letter: `${HEADER}\r\nBonjour\rà mardi.\r\r\n` },
  { when: 'bytes of all kinds', letter: Buffer.concat([Buffer.from(`${HEADER}\r\n`), BYTES]) },
  { when: 'a huge body', letter: `${HEADER}\r\n${HUGE}` },
])('a receiver takes both signatures of $when', async ({ letter }) => {
  const raw = Buffer.from(letter);
  const signed = Buffer.concat([Buffer.from(await signatureOf(raw, KEYS, AT)), raw]);
  expect(await seenOf(signed)).toEqual(['rsa-sha256 pass', 'ed25519-sha256 pass']);
});

it.each<{ when: string; from: string; to: string }>([
  { when: 'a word of the body', from: 'Bonjour', to: 'Bonsoir' },
  { when: 'a line more', from: 'Bonjour\r\n', to: 'Bonjour\r\n\r\nà jeudi' },
  { when: 'the subject', from: 'Subject: visite', to: 'Subject: invite' },
  { when: 'no empty line', from: '\r\n\r\n', to: '\r\n' },
])('a receiver takes none where somebody changed $when', async ({ from, to }) => {
  const raw = Buffer.from(`${HEADER}\r\nBonjour\r\n`);
  const signed = (await signatureOf(raw, KEYS, AT)) + raw.toString();
  expect(await seenOf(Buffer.from(signed))).toEqual(['rsa-sha256 pass', 'ed25519-sha256 pass']);
  for (const seen of await seenOf(Buffer.from(signed.replace(from, to))))
    expect(seen).not.toContain('pass');
});

it.each([
  { when: 'no From', letter: 'Subject: visite\r\n\r\nBonjour\r\n' },
  { when: 'a From in its body', letter: `Subject: visite\r\n\r\n${HEADER}` },
  { when: 'an empty line before From', letter: `\r\n${HEADER}\r\nBonjour\r\n` },
  { when: 'nothing in it', letter: '' },
])('a letter with $when is not signed', async ({ letter }) => {
  await expect(signatureOf(Buffer.from(letter), KEYS, AT)).rejects.toThrow('without From');
});
