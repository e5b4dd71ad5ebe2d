/** Counted in characters; a sentence is welcome, hence no upper limit that a person meets. */
const LEAST = { pupil: 8, adult: 12 } as const;
const MOST = 200;
/** A name shorter than this stands in too many words. */
const SHORTEST_NAME = 4;

/** What people take first, folded; longer ones hold one of these and little else. */
const COMMON = ['motdepasse', 'password', 'azerty', 'qwerty', 'qwertz', 'azertyuiop', 'qwertyuiop', 'bonjour', 'soleil', 'doudou', 'chouchou', 'loulou', 'jetaime', 'marseille', 'iloveyou', 'admin', 'ecole', 'maitresse', 'preau', 'football', 'princesse', 'abcdef', 'abcdefgh', 'abcd', '123456', '12345678', '123456789', '1234567890', '987654321', '111111', '000000'];
/** How many characters besides a common word make it another. */
const BESIDES = 5;

export type PasswordFault = 'short' | 'long' | 'own-name' | 'common';

/** What is wrong with a new password, or null. Length and nothing obvious; no rule about signs and capitals (ASVS 6.2). */
export function passwordFault(password: string, who: { readonly audience: keyof typeof LEAST; readonly names: readonly string[] }): PasswordFault | null {
  const length = [...password].length;
  if (length < LEAST[who.audience]) return 'short';
  if (length > MOST) return 'long';
  const plain = folded(password);
  if (new Set(plain).size < 4 || COMMON.some((word) => plain.includes(word) && plain.length - word.length < BESIDES)) return 'common';
  const names = who.names.map(folded).filter((name) => name.length >= SHORTEST_NAME);
  return names.some((name) => plain.includes(name) && plain.length - name.length < BESIDES + 3) ? 'own-name' : null;
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[\s'’.-]/g, '');
}
