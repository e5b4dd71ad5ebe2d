import type { SchoolHoliday } from '../../core/town/town/holidays/contract.ts';

/** What `preau holidays` says: the days without class of the town's zone. */
export const HOLIDAYS_SAYS = {
  noSuchFile: (path: string): string =>
    `« ${path} » ne se lit pas : le chemin est-il juste ? / can’t be read: is the path right?`,
  noTown:
    'La ville n’a pas encore de zone de vacances : décrivez-la d’abord (preau setup). / The town has no zone of holidays yet: describe it first (preau setup).',
  none: (zone: string): string =>
    `Zone ${zone} : aucune date n’est connue. Donnez le calendrier : preau holidays import FICHIER. / no dates are known. Give the calendar: preau holidays import FILE.`,
  zone: (zone: string): string => `Zone ${zone}`,
  period: ({ from, until, name, byHand }: SchoolHoliday): string =>
    `  ${from} … ${until}  ${name}${byHand ? ' (à la main / by hand)' : ''}`,
  given: (periods: number): string =>
    `${periods} périodes de la zone de la ville sont enregistrées. / ${periods} periods of the town’s zone are kept.`,
  unended: (name: string, from: string): string =>
    `${name}, ${from} : sans date de reprise ; ajoutez-les à la main sur la page de la ville, ou redonnez le fichier quand elle est publiée. / no day of return yet; add them by hand on the page of the town, or give the file again once it is published.`,
};
