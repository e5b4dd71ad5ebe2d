import type { ChainFault } from '../../core/store/chain.ts';

/** What `preau migrate` and `preau verify` say. */
export const MIGRATING = {
  ownerMissing:
    'migrate : il faut PREAU_DATABASE_ADMIN_URL, le propriétaire de la base. / PREAU_DATABASE_ADMIN_URL is needed, the owner of the database.',
  upToDate: 'Déjà à jour. / Up to date already.',
  done: (steps: readonly string[]): string => `Fait : ${steps.join(', ')}. / Done.`,
};

export const VERIFYING = {
  repaired: (rows: number): string => `${rows} lignes réparées. / ${rows} rows repaired.`,
  chains: (nights: number): string =>
    nights === 0
      ? 'Journaux : aucune nuit dans le registre de PREAU_DATA ; chaque chaîne n’est comparée qu’à elle-même. / Journals: no night in the ledger of PREAU_DATA; each chain is compared with itself alone.'
      : `Journaux : comparés au registre de PREAU_DATA (nuits : ${nights}). / Journals: compared with the ledger of PREAU_DATA (nights: ${nights}).`,
  takenBack: (nights: number): string =>
    `Une remise a repris ce que le registre disait de certaines nuits (${nights}) : leurs lignes ne peuvent plus être comparées. / A restore took back what the ledger said of some nights (${nights}): their rows can no longer be compared.`,
  well: 'Tout est en ordre. / All is well.',
  faults: (count: number): string =>
    `${count} défauts ; --repair répare ce que les lignes disent elles-mêmes. / ${count} faults; --repair mends what the rows themselves say.`,
};

export const CHECKED_PAPERS = {
  notRead: (path: string): string =>
    `${path} ne peut pas être lu : vérifiez son nom et ses droits. / ${path} can’t be read: check its name and its rights.`,
  noSheet: (path: string): string =>
    `${path} n’est pas une feuille de preuve d’un papier signé. / ${path} is no verification sheet of a signed paper.`,
  whole: (count: number, faults: number): string =>
    faults === 0
      ? `Signatures : ${count}, toutes entières et au journal de l’école. / Signatures: ${count}, all whole and in the school’s journal.`
      : `Signatures : ${count}, dont ${faults} à ne pas croire. / Signatures: ${count}, ${faults} of them not to be believed.`,
  fault: (who: string, why: 'changed' | 'unknown'): string =>
    why === 'changed'
      ? `${who} : ce n’est pas ce qui a été signé. / not what was signed.`
      : `${who} : le journal de l’école ne la connaît pas. / the school’s journal doesn’t know it.`,
};

/** What is wrong with a row of a journal, or of the chain that holds it. */
const CHAIN_SAYS: Readonly<Record<ChainFault['why'], readonly [fr: string, en: string]>> = {
  changed: ['changée à la main', 'changed by hand'],
  'taken-out': ['retirée à la main', 'taken out by hand'],
  'slipped-in': ['glissée à la main, hors de la chaîne', 'slipped in by hand, in no chain'],
  'link-changed': ['son maillon a été changé', 'its link was changed'],
  'links-missing': ['des maillons manquent avant elle', 'links are missing before it'],
  'head-gone': [
    'la chaîne y était arrivée cette nuit-là, et ne l’a plus telle quelle',
    'the chain had come to it that night, and no longer has it as it was',
  ],
};

/** One row of a journal that isn't as it was written. */
export function chainSentence({ school, n, table, row, at, why }: ChainFault): string {
  const [fr, en] = CHAIN_SAYS[why];
  const of = table === null ? '' : ` (${table} ${row})`;
  const [place, where] = n === null ? ['', ''] : [`, ligne ${n}`, `, row ${n}`];
  const when = at.toISOString();
  return `journal de l’école ${school}${place}${of}, ${when} : ${fr}. / journal of school ${school}${where}${of}, ${when}: ${en}.`;
}
