import { describe, expect, it } from 'vitest';
import { COMMON_WORDS } from './common-words.ts';
import { passwordFault, type PasswordOwner } from './password-rule.ts';

const school = ['École des Tilleuls', 'ecoles.villeneuve.example', 'CE1 A'];
const LINA: PasswordOwner = {
  audience: 'pupil',
  names: ['Lina', 'Lina Moreau', 'lina.moreau'],
  school,
};
const CLAIRE: PasswordOwner = {
  audience: 'adult',
  names: ['Claire', 'Claire Lefèvre', 'claire.lefevre'],
  school,
};

describe('a child’s password', () => {
  it.each([
    ['court', 'short'],
    ['x7'.repeat(150), 'long'],
    ['linamoreau', 'own-name'],
    ['Lina2018!', 'own-name'],
    ['moreau12', 'own-name'],
    ['lina et lina', 'own-name'],
    ['tilleuls', 'school-name'],
    ['Tilleuls2026', 'school-name'],
    ['villeneuve1', 'school-name'],
    ['ecole des tilleuls', 'school-name'],
    ['soleilsoleil', 'repeated'],
    ['soleil soleil', 'repeated'],
    ['cabanecabane', 'repeated'],
    ['aaaaaaaaaa', 'repeated'],
    ['abababab', 'repeated'],
    ['chatchat1', 'repeated'],
    ['12341234', 'repeated'],
    ['motdepasse', 'common'],
    ['motdepasse1', 'common'],
    ['Mot de passe !', 'common'],
    ['m0td3p@sse', 'common'],
    ['P@ssw0rd', 'common'],
    ['doudou12', 'common'],
    ['soleil2026', 'common'],
    ['bonjour123', 'common'],
    ['princesse', 'common'],
    ['papillon', 'common'],
    ['Minecraft!', 'common'],
    ['maîtresse', 'common'],
    ['juillet2018', 'common'],
    ['dragon3578', 'common'],
    ['jetaimemaman', 'common'],
    ['azertyuiop', 'pattern'],
    ['azerty123456', 'pattern'],
    ['abcdefgh', 'pattern'],
    ['12345678', 'pattern'],
    ['87654321', 'pattern'],
    ['qsdfghjk', 'pattern'],
    ['12052018', 'pattern'],
    ['20182018', 'repeated'],
  ] as const)('“%s” is %s', (password, fault) => expect(passwordFault(password, LINA)).toBe(fault));

  it.each([
    'chateau bleu',
    'cabane orange',
    'lapin vert',
    'soleil tambour',
    'premier mot',
    'second mot',
    'la tortue court',
    'pluie et confiture',
    'mon chat dort',
    'lina aime les crabes',
    'k7mp4rtx',
    'pomme trottoir',
    'deux billes',
    'ours dans l’arbre',
    'école buissonnière',
    'trampoline',
    'ma cousine Zita',
    'кот на окне',
  ])('“%s” is good', (password) => expect(passwordFault(password, LINA)).toBeNull());
});

describe('an adult’s password', () => {
  it.each([
    ['onze signes', 'short'],
    ['MotDePasse123', 'common'],
    ['soleil bonjour', 'common'],
    ['Bienvenue2026!', 'common'],
    ['Marseille13013', 'common'],
    ['azertyuiop123', 'pattern'],
    ['claire.lefevre', 'own-name'],
    ['lefevre-claire-1987', 'own-name'],
    ['Tilleuls-2026!', 'school-name'],
    ['maîtressemaîtresse', 'repeated'],
    ['0612345678910', 'pattern'],
    ['abcdefghijkl', 'pattern'],
    ['Administrateur1', 'common'],
  ] as const)('“%s” is %s', (password, fault) =>
    expect(passwordFault(password, CLAIRE)).toBe(fault),
  );

  it.each([
    'trois mots au hasard',
    'la brouette du voisin',
    'châtaignes et calots',
    'marrons-et-billes',
    'maîtresse soleil brouette',
    'p$7!xK2#9@a%',
    'xK2vQ9mPbT4z',
    '7hq-29fw-kd31-zz',
    'Le train de 8 h 12 part',
    'grenier salsifis virage',
    'claire comme de l’eau de roche',
  ])('“%s” is good', (password) => expect(passwordFault(password, CLAIRE)).toBeNull());
});

it('every word of the list is folded, and refused alone or with a year behind it', () => {
  expect(COMMON_WORDS.size).toBeGreaterThan(500);
  const good = [...COMMON_WORDS].filter((word) => {
    const password = `${word}2026`.padEnd(8, '!');
    return (
      !/^[a-z0-9]+$/.test(word) ||
      passwordFault(password, { ...LINA, names: [], school: [] }) === null
    );
  });
  expect(good).toEqual([]);
});

it('the longest password is looked at within milliseconds', () => {
  for (const text of [
    'soleil'.repeat(33),
    'a'.repeat(200),
    'abcabd'.repeat(33),
    'chat lapin '.repeat(18),
    '\uFDFA'.repeat(200), // folds to fifteen times as many
    '\u00BD'.repeat(130),
  ]) {
    const begun = performance.now();
    passwordFault(text, CLAIRE);
    expect(performance.now() - begun, text.slice(0, 10)).toBeLessThan(200);
  }
});
