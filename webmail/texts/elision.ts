/**
 * A vowel that is heard: accents don't change it, Y only before a consonant (Yves, not Yanis). H is
 * left alone, since only a person knows.
 */
const VOWEL = /^(?:[aeiouœ]|y[^aeiouy])/;

/** « de Lina », « d’Adèle ». */
export function de(name: string): string {
  return VOWEL.test(name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())
    ? `d’${name}`
    : `de ${name}`;
}
