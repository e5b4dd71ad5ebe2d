/** How an adult is addressed, as French roster files have it. */
export type Civility = 'M' | 'Mme';

const WRITTEN: Readonly<Record<string, Civility>> = {
  m: 'M',
  mr: 'M',
  monsieur: 'M',
  mme: 'Mme',
  madame: 'Mme',
  mlle: 'Mme',
  mademoiselle: 'Mme',
};

/** Reads a cell: « M. », « Mme », « Mademoiselle » in any case; null for anything else. */
export function readCivility(cell: string): Civility | null {
  const key = cell.trim().toLowerCase().replace(/\.$/, '');
  return Object.hasOwn(WRITTEN, key) ? (WRITTEN[key] ?? null) : null;
}
