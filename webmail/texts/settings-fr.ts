/** Words of a head's page on how the school wants its mail. Part of `fr.ts`. */
export const settingsFr = {
  link: 'Réglages',
  title: 'Les réglages de l’école',
  lead: (school: string) => `${school}. Ce que vous changez ici vaut dès le prochain message.`,
  town: {
    title: 'Arrêter les messages des élèves',
    titleStopped: 'Des messages d’élèves sont arrêtés',
    lead: 'Pour une urgence dans plusieurs écoles. Pour une seule, la direction l’arrête elle-même.',
    follows: [
      'Plus aucun élève de la ville, ou de la commune choisie, n’envoie ni ne reçoit de message, tout de suite, jusqu’au moment que vous dites, ou jusqu’à ce que vous les laissiez repartir.',
      'Chaque élève lit ses messages comme avant, et voit qu’il ne peut écrire à personne en ce moment.',
      'Ce qu’un élève écrit reste dans ses brouillons\u00a0: rien n’est perdu.',
      'Les adultes et les familles s’écrivent et lisent comme avant. Ce qu’ils écrivent à un élève ne part pas, et ils en sont prévenus.',
    ],
    where: 'Où',
    choose: 'Choisissez…',
    whereMissing: 'Choisissez où\u00a0: une commune, ou toute la ville.',
    back: 'Ne rien arrêter',
    reasonHint: 'Elle est écrite dans le journal des agents.',
  },
  hours: {
    title: 'Quand les élèves envoient',
    always: 'À toute heure',
    some: 'Seulement à ces heures',
    lead: 'En dehors, leur message attend la prochaine ouverture, puis part tout seul.',
    from: 'De',
    to: 'à',
    days: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    which: 'Jours',
  },
  /** What a head says yes or no to, by the names of core (core/roster/school-switches.ts). */
  switches: {
    pupilsReachAllTeachers:
      'Les élèves peuvent écrire à tous les enseignants de l’école, pas seulement aux leurs.',
    adultsReachOutside: 'Les adultes de l’école peuvent écrire hors de la messagerie des écoles.',
    pupilPrograms:
      'Les élèves peuvent lire leurs messages dans un logiciel (Thunderbird, téléphone). Plutôt pour les grands.',
    hasCharter: 'L’élève accepte la charte du courrier, par un appui à sa première entrée.',
    asksFamilies: 'La famille donne son accord, sur papier ou dans son compte.',
  },
  groups: {
    who: 'Qui écrit à qui',
    programs: 'Téléphones et logiciels',
    before: 'Avant qu’un élève écrive',
  },
  beforeHint: 'Sans la charte ou l’accord demandé, l’élève lit ses messages et n’écrit pas.',
  /** What the journal says of what isn't a yes or no. */
  changes: {
    hours: (hours: string) =>
      `les élèves envoient ${hours === '' ? 'à toute heure' : `de ${hours}`}`,
  },
  save: 'Enregistrer',
  saved: 'Les réglages sont enregistrés.',
  badHours: 'Ces heures ne vont pas\u00a0: cochez au moins un jour, et la fin après le début.',
};
