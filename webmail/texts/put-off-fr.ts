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
};
