/** Words of a head's page on how the school wants its mail. Part of `fr.ts`. */
export const settingsFr = {
  link: 'Réglages',
  title: 'Les réglages de l’école',
  lead: (school: string) => `${school}. Ce que vous changez ici vaut dès le prochain message.`,
  townStopped: 'La ville a arrêté les messages des élèves de toutes les écoles.',
  town: {
    title: 'Dans toute la ville',
    lead: 'En cas d’urgence dans plusieurs écoles. Plus aucun élève de la ville n’envoie de message, jusqu’à ce que vous les laissiez repartir.',
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
  who: {
    title: 'Qui écrit à qui',
    allTeachers:
      'Les élèves peuvent écrire à tous les enseignants de l’école, pas seulement aux leurs.',
    outside: 'Les adultes de l’école peuvent écrire hors de la messagerie des écoles.',
  },
  programs: {
    title: 'Téléphones et logiciels',
    pupils:
      'Les élèves peuvent lire leurs messages dans un logiciel (Thunderbird, téléphone). Plutôt pour les grands.',
  },
  save: 'Enregistrer',
  saved: 'Les réglages sont enregistrés.',
  badHours: 'Ces heures ne vont pas\u00a0: cochez au moins un jour, et la fin après le début.',
};
