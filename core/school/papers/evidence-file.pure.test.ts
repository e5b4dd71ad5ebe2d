import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import { evidenceText, verifySheet } from './evidence-file.ts';

const hashOf = (text: string): string => hash('sha256', text);
const slip = 'preau-slip: 1\nschool: 1\nchild: 12 Amine Benali\n';
const signature = `preau-signature: 1\nslip: ${hashOf(slip)}\nguardian: 34 Samira Benali\nsays: yes\n`;
const whole = { slip, signature, hash: hashOf(signature) };
const sheet = (...signatures: (typeof whole)[]): Buffer =>
  Buffer.from(`%PDF-1.4\n(${evidenceText(signatures)})\n%%EOF`);

it('finds what a sheet carries, wherever in it, and reckons it anew', () => {
  const [found] = verifySheet(sheet(whole)) ?? [];
  expect(found?.isWhole).toBe(true);
  expect(found?.says.get('guardian')).toBe('34 Samira Benali');
  expect(found?.says.get('child')).toBe('12 Amine Benali');
});

it('believes none in which a character was changed', () => {
  for (const one of [
    { ...whole, slip: slip.replace('Amine', 'Amina') },
    { ...whole, signature: signature.replace('yes', 'no') },
    { ...whole, hash: whole.hash.replace(/^./, (sign) => (sign === '0' ? '1' : '0')) },
  ])
    expect(verifySheet(sheet(one))?.[0]?.isWhole).toBe(false);
});

it.each(['', '%PDF-1.4', 'preau-evidence-1:', 'preau-evidence-1:xx:preau-evidence-end'])(
  'takes %j for no sheet',
  (text) => expect(verifySheet(Buffer.from(text))).toBeNull(),
);
