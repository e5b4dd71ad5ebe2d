import { nameKey } from '../names.ts';

/** In the order of age. What isn't among them (ULIS, UPE2A) stays as written. */
const LEVELS = ['TPS', 'PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2'] as const;
const IN_WORDS: Readonly<Record<string, string>> = {
  'toute petite section': 'TPS',
  'tres petite section': 'TPS',
  'petite section': 'PS',
  'moyenne section': 'MS',
  'grande section': 'GS',
  'cours preparatoire': 'CP',
  'cours elementaire 1': 'CE1',
  'cours elementaire 2': 'CE2',
  'cours moyen 1': 'CM1',
  'cours moyen 2': 'CM2',
  'cours elementaire 1ere annee': 'CE1',
  'cours elementaire 2eme annee': 'CE2',
  'cours moyen 1ere annee': 'CM1',
  'cours moyen 2eme annee': 'CM2',
};

/** A level by its usual short name. */
export function levelOf(text: string): string {
  const upper = text.toUpperCase();
  return LEVELS.find((level) => level === upper) ?? IN_WORDS[nameKey(text)] ?? text;
}

/** The levels that a class's name says: « CP-CE1 B » has two, « Les Lutins » none. */
export function levelsInName(className: string): string[] {
  const words = className.toUpperCase().split(/[^A-Z0-9]+/);
  return LEVELS.filter((level) => words.includes(level));
}

/** In the order of age, others after them by their letters. */
export function inOrder(levels: Iterable<string>): string[] {
  const rank = (level: string): number => {
    const at = LEVELS.findIndex((one) => one === level);
    return at < 0 ? LEVELS.length : at;
  };
  return [...new Set(levels)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
