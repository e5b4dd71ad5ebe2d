import type { SiteListUpdated } from '../../core/mail/sites/contract.ts';
import type { SiteTrouble } from '../../core/roster/sites.ts';

const TROUBLE: Readonly<Record<SiteTrouble, string>> = {
  unreachable:
    'La source ne se lit pas : vérifiez PREAU_SITES et le réseau. / The source can’t be read: look at PREAU_SITES and the network.',
  'no-list':
    'Il n’y a pas de liste à cet endroit : des dossiers avec des fichiers domains et urls sont attendus. / There is no list there: folders with files domains and urls are expected.',
  'cut-short':
    'La liste s’arrête avant sa fin ; celle d’avant reste. Relancez plus tard. / The list ends before its end; the one before stays. Try again later.',
  'too-big':
    'La liste est plus grande qu’aucune liste connue ; celle d’avant reste. / The list is larger than any known; the one before stays.',
  'much-smaller':
    'La liste a moins de la moitié des entrées d’avant, qui restent. Si c’est voulu : preau sites update --accept-smaller. / The list has fewer than half of the entries of before, which stay. If that is meant: preau sites update --accept-smaller.',
};

const UPDATED: Readonly<Record<Exclude<SiteListUpdated['kind'], 'loaded' | 'trouble'>, string>> = {
  unchanged: 'La liste n’a pas changé. / The list is as it was.',
  'no-source':
    'Aucune source : donnez-en une, ou réglez PREAU_SITES. / No source: give one, or set PREAU_SITES.',
  busy: 'Un autre processus lit la liste. / Another process is reading the list.',
};

interface SitesList {
  readonly source: string;
  readonly loadedAt: Date;
  readonly entries: number;
}

/** What `preau sites` says: the list of forbidden sites. */
export const SITES_SAYS = {
  none: (source: string | null): string =>
    source === null
      ? 'Aucune liste, et PREAU_SITES n’est pas réglé : aucun site n’est bloqué. / No list, and PREAU_SITES is not set: no site is blocked.'
      : `Aucune liste encore : preau sites update lit ${source}. / No list yet: preau sites update reads ${source}.`,
  list: (list: SitesList) =>
    `${list.entries} entrées / entries, ${list.loadedAt.toISOString()}, ${list.source}`,
  loaded: (entries: number, categories: number): string =>
    `${entries} entrées de ${categories} catégories sont en vigueur. / ${entries} entries of ${categories} categories are in force.`,
  updated: UPDATED,
  trouble: TROUBLE,
  free: (address: string): string => `${address} n’est pas sur la liste. / is not on the list.`,
  on: (address: string, categories: readonly string[]): string =>
    `${address} est sur la liste / is on the list: ${categories.join(', ')}`,
};
