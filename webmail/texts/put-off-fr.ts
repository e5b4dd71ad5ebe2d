/** Words of what comes back later. Part of `fr.ts`. */
export const putOffFr = {
  menu: 'Plus tard',
  tonight: 'Ce soir à 18\u00a0h',
  tomorrow: 'Demain à 8\u00a0h',
  week: (day: string) => `${day} à 8\u00a0h`,
  back: (day: string) => `À la rentrée, ${day} à 8\u00a0h`,
  choose: 'Un autre jour',
  now: 'Remettre maintenant',
  returns: (when: string) => `Revient ${when}`,
  noHour: 'Sans heure\u00a0: ne revient pas de lui-même',
  cameBack: (when: string) => `Remis ${when}`,
  mark: 'Remis à son heure',
  awaited: {
    offer: 'Me relancer si personne ne répond',
    label: 'Me relancer si pas de réponse d’ici le',
    hint: 'Votre lettre revient alors dans vos reçus, à 8\u00a0h. Rien ne part tout seul.',
    set: 'Me relancer',
    until: (when: string) => `Sans réponse, cette lettre revient dans vos reçus ${when}.`,
    stop: 'Ne plus me relancer',
    unanswered: (when: string) => `Pas de réponse ${when}.`,
    again: 'Relancer',
    unclear: 'Pour être relancé, choisissez un jour à venir, dans l’année.',
    past: 'Ce jour est passé\u00a0: choisissez-en un à venir, à partir de demain.',
    tooFar: 'C’est dans plus d’un an\u00a0: choisissez un jour plus proche.',
    answered: 'Quelqu’un a déjà répondu à cette lettre.',
  },
};

/** Words of letters that leave at an hour. Part of `fr.ts`. */
export const laterFr = {
  title: 'Programmés',
  nothing: {
    child: 'Aucun message n’attend son heure.',
    adult:
      'Aucun message programmé. Pour en programmer un, choisissez une heure à côté d’«\u00a0Envoyer\u00a0».',
  },
  change: 'Reprendre',
  now: 'Envoyer maintenant',
  when: 'Choisir quand envoyer',
  tomorrow: 'Demain à 8\u00a0h',
  monday: 'Lundi à 8\u00a0h',
  choose: 'Choisir…',
  day: 'Jour',
  hour: 'Heure',
  ok: 'Valider',
  keys: 'Ctrl Entrée',
  unclear: 'Choisissez un jour et une heure à venir, dans l’année.',
  leaves: (when: string) =>
    `Ce message partira ${when}. Si vous le changez, il redevient un brouillon.`,
};
