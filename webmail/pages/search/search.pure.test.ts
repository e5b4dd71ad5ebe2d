import { describe, expect, it } from 'vitest';
import type { MailboxId } from '../../../core/ground/ids.ts';
import type { Viewer } from '../../../core/rules/viewer.ts';
import type { Mailbox, SpecialUse } from '../../../core/store/mail/contract.ts';
import { dayMeant } from './days.ts';
import { tokensOf, withOperator, without } from './grammar.ts';
import { readSearch } from './query.ts';

/** A Tuesday. */
const TODAY = '2026-11-24';

describe('what somebody types', () => {
  it.each<readonly [text: string, tokens: readonly string[]]>([
    ['piscine jeudi', ['word piscine', 'word jeudi']],
    ['"ces mots" là', ['phrase ces mots', 'word là']],
    ['« ces mots » “et ceux-ci”', ['phrase ces mots', 'phrase et ceux-ci']],
    ['"pas encore fini', ['phrase pas encore fini']],
    ['-piscine -"pas ça"', ['not word piscine', 'not phrase pas ça']],
    ['de:claire from:claire', ['from claire', 'from claire']],
    ['De : Claire', ['word De', 'word Claire']],
    ['de:"Samira Benali" à:moi', ['from Samira Benali', 'to moi']],
    ['pièce:pdf piece:oui', ['file pdf', 'file oui']],
    ['avant:5/11 après:septembre', ['before 5/11', 'since septembre']],
    ['-dans:"Conseil d’école" objet:sortie', ['not in Conseil d’école', 'subject sortie']],
    ['à 8:30 Re:tard', ['word à', 'word 8:30', 'word Re:tard']],
    ['constructor:x __proto__:y', ['word constructor:x', 'word __proto__:y']],
    ['de: ', ['from ']],
    ['- & | ! ( "" :', []],
    ["l’école d'Amine", ['word l’école', "word d'Amine"]],
  ])('« %s »', (text, tokens) => {
    expect(tokensOf(text).map((one) => `${one.not ? 'not ' : ''}${one.kind} ${one.text}`)).toEqual(
      tokens,
    );
  });

  it('is written by a chip as one would type it, and taken out again', () => {
    const asked = withOperator('musée', 'fr', { operator: 'from', value: 'Samira Benali' });
    expect(asked).toBe('musée de:"Samira Benali"');
    expect(withOperator('', 'en', { operator: 'file', value: 'yes' })).toBe('file:yes');
    const [, chip] = tokensOf(asked);
    expect(chip && without(`${asked} jeudi`, chip)).toBe('musée jeudi');
    expect(tokensOf(withOperator('', 'fr', { operator: 'in', value: 'a"b « c »' }))).toMatchObject([
      { kind: 'in', text: 'a b   c' },
    ]);
  });
});

it.each([
  ['aujourd’hui', '2026-11-24'],
  ['hier', '2026-11-23'],
  ['lundi', '2026-11-23'],
  ['mardi', '2026-11-24'],
  ['wed', '2026-11-18'],
  ['5/11', '2026-11-05'],
  ['5/12', '2025-12-05'],
  ['05.11.25', '2025-11-05'],
  ['2026-11-05', '2026-11-05'],
  ['2026-11', '2026-11-01'],
  ['2025', '2025-01-01'],
  ['Septembre', '2026-09-01'],
  ['déc.', '2025-12-01'],
  ['août 2024', '2024-08-01'],
  ['1er novembre', '2026-11-01'],
  ['3 may 2026', '2026-05-03'],
  ['31/2', null],
  ['bientôt', null],
  ['ma', null],
  ['', null],
])('« %s » is the day %s', (text, day) => {
  expect(dayMeant(text, TODAY)).toBe(day);
});

describe('what is asked', () => {
  const mailboxes = (['inbox', 'sent', 'trash', null, null] as const).map(
    (use: SpecialUse | null, at): Mailbox => ({
      id: (at + 1) as MailboxId,
      name: use ?? ['Sorties', 'Sorties/Musée'][at - 3] ?? '',
      use,
      total: 0,
      unseen: 0,
    }),
  );
  const visit = {
    audience: 'adult',
    viewer: { address: 'claire@ecoles.preau.test' } as Viewer,
    clock: {
      timeZone: 'Europe/Paris',
      language: 'fr',
      now: new Date(`${TODAY}T09:00:00Z`),
    },
  } as const;
  const asked = (text: unknown) => readSearch(visit, mailboxes, text);

  it.each<readonly [text: string, within: readonly number[] | null]>([
    ['dans:reçus x', [1]],
    ['in:sent', [2]],
    ['dans:sorties', [4, 5]],
    ['dans:musee', [5]],
    ['dans:corbeille dans:envoyés', [3, 2]],
    ['-dans:envoyés', [1, 4, 5]],
    ['x', null],
  ])('« %s » looks in %s', (text, within) => {
    expect(asked(text).query.within).toEqual(within);
  });

  it('is the day before and after, oneself, a kind of file, what is kept with a star', () => {
    expect(asked('avant:5/11 après:septembre de:moi pièce:photo dans:gardés').query.terms).toEqual([
      { kind: 'since', day: '2026-11-05', not: true },
      { kind: 'since', day: '2026-09-01', not: false },
      { kind: 'from', text: 'claire@ecoles.preau.test', not: false },
      { kind: 'file', text: 'image/', not: false },
      { kind: 'starred', not: false },
    ]);
    expect(asked('ecole pisc').query.terms).toMatchObject([
      { isBeginning: false },
      { isBeginning: true },
    ]);
  });

  it('says of a day that is none and of a folder that isn’t there that they are not understood', () => {
    const { unread, query, isEmpty } = asked('avant:bientôt dans:Nulle-part');
    expect(unread.map(({ text }) => text)).toEqual(['bientôt', 'Nulle-part']);
    expect([query, isEmpty]).toEqual([{ terms: [], within: null }, true]);
    expect([
      asked(['x']).isEmpty,
      asked(undefined).text,
      asked('x'.repeat(999)).text.length,
    ]).toEqual([true, '', 200]);
  });
});
