import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import {
  canonicalSignature,
  canonicalSlip,
  signatureHash,
  slipHash,
  wordsFor,
  type Signature,
  type SignedSlip,
} from './slip.ts';

const OUTING: SignedSlip = {
  school: 1 as SchoolId,
  paper: 7,
  version: 2,
  child: { id: 12 as AddressId, name: 'Amine Benali' },
  frame: {
    text: 'J’autorise {prénom} à participer à la sortie.',
    place: 'musée des Tisserands',
    price: 'gratuite',
    occasion: { day: '2026-11-26', lastDay: null, from: '08:30', to: '16:30' },
    question: { kind: 'yes-no' },
  },
  files: [{ name: 'carnet.pdf', sizeBytes: 92_000, sha256: 'ab'.repeat(32) }],
};

const YES: Signature = {
  photo: null,
  slip: OUTING,
  letter: 'cd'.repeat(32),
  signer: { kind: 'guardian', id: 34 as AddressId, name: 'Samira Benali' },
  says: { kind: 'yes' },
  note: '',
  at: new Date('2026-11-24T18:02:11.123Z'),
  way: 'password',
  by: 34 as AddressId,
};

describe('what is signed', () => {
  it('is these bytes, and no others', () => {
    expect(canonicalSlip(OUTING)).toBe(
      [
        'preau-slip: 1',
        'school: 1',
        'paper: 7',
        'version: 2',
        'child: 12 Amine Benali',
        'text: J’autorise Amine Benali à participer à la sortie.',
        'place: musée des Tisserands',
        'day: 2026-11-26',
        'from: 08:30',
        'to: 16:30',
        'price: gratuite',
        'question: yes-no',
        `file: ${'ab'.repeat(32)} 92000 carnet.pdf`,
        '',
      ].join('\n'),
    );
    expect(slipHash(OUTING)).toBe(
      '25b67ff23bcacb1a3cdb563583b564d2a9272e6130e44ce9d5f782acc63c4a2d',
    );
  });
  it('is another with any one character changed, added or left out', () => {
    const text = canonicalSlip(OUTING);
    const { place } = OUTING.frame;
    const others = [...place].flatMap((sign, at) => [
      `${place.slice(0, at)}${sign === 'x' ? 'y' : 'x'}${place.slice(at + 1)}`,
      `${place.slice(0, at)}${place.slice(at + 1)}`,
      `${place.slice(0, at)} ${place.slice(at)}`,
    ]);
    const hashes = others.map((other) =>
      slipHash({ ...OUTING, frame: { ...OUTING.frame, place: other } }),
    );
    expect(hashes).not.toContain(slipHash(OUTING));
    expect(text).not.toContain('{');
  });
  it('says of what isn’t there nothing, and never a thing in the place of another', () => {
    const bare = { ...OUTING.frame, place: '', price: '', occasion: null };
    expect(canonicalSlip({ ...OUTING, frame: bare, files: [] }).split('\n')).toHaveLength(8);
    const swapped = { ...OUTING.frame, place: OUTING.frame.price, price: OUTING.frame.place };
    expect(slipHash({ ...OUTING, frame: swapped })).not.toBe(slipHash(OUTING));
    const forged = { ...bare, text: 'Oui\nplace: la Lune' };
    const honest = { ...bare, text: 'Oui', place: 'la Lune' };
    expect(slipHash({ ...OUTING, frame: forged })).not.toBe(slipHash({ ...OUTING, frame: honest }));
  });
  it('is the same however a machine ends lines and puts letters together', () => {
    const hashOf = (text: string): string =>
      slipHash({ ...OUTING, frame: { ...OUTING.frame, text } });
    expect(hashOf('Oui.\r\nMerci.')).toBe(hashOf('Oui.\nMerci.'));
    expect(hashOf('e\u0301te\u0301')).toBe(hashOf('été'));
    expect(hashOf('Oui.\\nMerci.')).not.toBe(hashOf('Oui.\nMerci.'));
  });
  it('has no two frames alike', () => {
    const words = fc.string({
      maxLength: 12,
      unit: fc.constantFrom('a', ':', ' ', '\n', '\\', 'n'),
    });
    const frames = fc.record({ text: words, place: words, price: words });
    fc.assert(
      fc.property(frames, frames, (one, other) => {
        const [first, second] = [one, other].map((frame) =>
          canonicalSlip({ ...OUTING, frame: { ...OUTING.frame, ...frame } }),
        );
        expect(first === second).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });
  it('puts the child where its mark stands, whatever is in the name', () => {
    expect(wordsFor({ text: '{prénom}, {name} et {autre}' }, 'Lina $& M.')).toBe(
      'Lina $& M., Lina $& M. et {autre}',
    );
  });
});

describe('a signature', () => {
  it('is these bytes, and another for another answer, moment, way or person', () => {
    expect(canonicalSignature(YES)).toBe(
      [
        'preau-signature: 1',
        `slip: ${slipHash(OUTING)}`,
        `letter: ${'cd'.repeat(32)}`,
        'guardian: 34 Samira Benali',
        'says: yes',
        'at: 2026-11-24T18:02:11.123Z',
        'way: password',
        'by: 34',
        '',
      ].join('\n'),
    );
    const others: readonly Partial<Signature>[] = [
      { says: { kind: 'no' } },
      { says: { kind: 'option', option: 0 } },
      { says: { kind: 'words', text: 'yes' } },
      { note: 'chez le dentiste' },
      { at: new Date('2026-11-24T18:02:11.124Z') },
      { way: 'paper' },
      { by: 35 as AddressId },
      { letter: 'ce'.repeat(32) },
      { signer: { kind: 'on-paper', name: '34 Samira Benali' } },
      { slip: { ...OUTING, version: 1 } },
    ];
    const hashes = [YES, ...others.map((other) => ({ ...YES, ...other }))].map(signatureHash);
    expect(new Set(hashes).size).toBe(others.length + 1);
  });
});
