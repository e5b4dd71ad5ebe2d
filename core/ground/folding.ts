/** Letters of French and its neighbours that don't come apart into a letter and its accent. */
export const WHOLE_LETTERS: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  ı: 'i',
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
