/** Letters of French and its neighbours that don't come apart into a letter and its accent. */
export const WHOLE_LETTERS: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  ı: 'i',
};

/** Digits and signs that stand for a letter, in `m0td3p@sse` as in `cr3t1n`. */
export const SIGNS_FOR_LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  '€': 'e',
  $: 's',
  '!': 'i',
};

/**
 * A name as a piece of an address: lower case, accents folded, everything else a hyphen
 * (« d’Almeida » is `d-almeida`).
 */
export function folded(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[œæßøłı]/g, (letter) => WHOLE_LETTERS[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/**
 * The first letters of an adult's given and family name; a particle in lower case doesn't count
 * (« de La Tour » gives L).
 */
export function initials(givenName: string, familyName: string): string {
  const capital = /\p{Lu}/u;
  return `${capital.exec(givenName)?.[0] ?? givenName.charAt(0)}${capital.exec(familyName)?.[0] ?? familyName.charAt(0)}`.normalize(
    'NFC',
  );
}
