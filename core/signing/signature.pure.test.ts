import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { signatureOf } from './signature.ts';

const KEY = {
  domain: 'ecoles.ville.fr',
  selector: 'preau',
  algorithm: 'ed25519',
  privateKey: generateKeyPairSync('ed25519').privateKey,
} as const;
const AT = new Date('2026-11-27T08:00:00Z');

it('a message is signed by each key, and one without From by none', async () => {
  const letter = Buffer.from('From: claire@ecoles.ville.fr\r\nSubject: visite\r\n\r\nBonjour\r\n');
  const signature = await signatureOf(letter, [KEY, { ...KEY, selector: 'next' }], AT);
  expect(signature.match(/^DKIM-Signature: /gm)).toHaveLength(2);
  expect(signature).toMatch(/bh=[A-Za-z0-9+/]{43}=/);
  expect(signature.endsWith('\r\n')).toBe(true);
  await expect(signatureOf(letter.subarray(30), [KEY], AT)).rejects.toThrow('without From');
});
