import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../../tests/shared/any-text.ts';
import { inTwo } from '../../ground/file-name.ts';
import { keptName, nameFault, nameKey, namesFor, tidyName } from './names.ts';

describe('a name that somebody types', () => {
  it.each([
    ['Français', null],
    ['Le potager (suite) – semaine 12', null],
    ['L’escargot de Zoé', null],
    ['', 'empty'],
    ['a/b', 'sign'],
    ['..\\x', 'sign'],
    ['Quoi ?', 'sign'],
    ['nul\u0000', 'sign'],
    ['deux\u2028lignes', 'sign'],
    ['photo\u202Egpj.exe', 'hidden'],
    ['a\u200Bb', 'hidden'],
    ['CON', 'reserved'],
    ['lpt1.txt', 'reserved'],
    ['.caché', 'reserved'],
    ['..', 'reserved'],
    ['fin.', 'reserved'],
    ['é'.repeat(121), 'long'],
  ] as const)('%j: %s', (name, fault) => expect(nameFault(name)).toBe(fault));

  it('is kept in one way, however its letters were typed', () => {
    const [together, apart] = ['Élève', 'Élève'.normalize('NFD')];
    expect(tidyName(`  ${apart}   à  part `)).toBe(`${together} à part`);
    expect(nameKey(tidyName(apart))).toBe(nameKey('ÉLÈVE'));
  });
});

describe('a file’s own name', () => {
  it.each([
    ['Dictée.odt', 'Dictée.odt'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['CON.txt', '_CON.txt'],
    ['photo\u202Egpj.png', 'photogpj.png'],
    ['', '_'],
    ['...', '_'],
  ])('%j is kept as %j', (given, kept) => expect(keptName(given)).toBe(kept));

  it('is kept as one that may be typed, whatever it was', () => {
    fc.assert(
      fc.property(anyText(400), (given) => {
        const kept = keptName(given);
        expect(nameFault(kept)).toBeNull();
        expect(keptName(kept)).toBe(kept);
      }),
    );
  });

  it('keeps its ending where it is cut', () => {
    const kept = keptName(`${'é'.repeat(300)}.pdf`);
    expect(kept.endsWith('é.pdf')).toBe(true);
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(240);
  });

  it('is not cut within a letter', () => {
    expect(keptName(`${'é'.repeat(300)}.jpeg`)).toBe(`${'é'.repeat(117)}.jpeg`);
  });

  it('has others in waiting, its ending kept', () => {
    expect(namesFor('Dictée.odt').slice(0, 3)).toEqual([
      'Dictée.odt',
      'Dictée (2).odt',
      'Dictée (3).odt',
    ]);
    expect(inTwo('.odt')).toEqual({ stem: '.odt', ending: '' });
  });
});
