/** The section of the school holidays on the page of the town. */
export const holidaysFr = {
  title: 'Vacances scolaires',
  lead: (zone: string) =>
    `${zone}. Un jour de vacances ou un jour férié n’est pas un jour d’école\u00a0: ce qui attend un accord n’est pas annoncé ce jour-là, et ne passe pas à la personne suivante.`,
  none: 'Aucune date n’est connue\u00a0: seuls les jours fériés sont comptés. Donnez le calendrier de l’année.',
  day: (day: string) => `le ${day}`,
  days: (from: string, until: string) => `du ${from} au ${until}`,
  byHand: 'ajoutée à la main',
  remove: 'Retirer',
  label: 'Le calendrier officiel',
  hint: 'Un fichier CSV, qui dit toutes les zones à la fois.',
  where: 'Où trouver ce fichier\u00a0?',
  whereText:
    'Sur data.education.gouv.fr, cherchez «\u00a0calendrier scolaire\u00a0», puis exportez en CSV. Redonnez-le quand une nouvelle année est publiée\u00a0: il remplace ce qu’il disait des mêmes années, et laisse ce que vous avez ajouté à la main.',
  give: 'Lire le calendrier',
  missing: 'Choisissez d’abord un fichier.',
  add: 'Ajouter une période à la main',
  name: 'Nom',
  nameHint: 'Par exemple «\u00a0Pont de l’Ascension\u00a0».',
  from: 'Premier jour sans classe',
  until: 'Dernier jour sans classe',
  save: 'Ajouter',
  said: {
    given: 'Le calendrier est enregistré.',
    unended:
      'Le calendrier est enregistré. Des vacances n’y ont pas encore de date de reprise\u00a0: ajoutez-les à la main, ou redonnez le fichier quand elle est publiée.',
    added: 'La période est ajoutée.',
    removed: 'La période est retirée.',
    gone: 'Cette période n’y est plus\u00a0: elle est déjà retirée.',
  },
  trouble: {
    name: 'Écrivez un nom, en moins de 100 signes.',
    'not-a-day': 'Écrivez les deux jours, par exemple 17/10/2026.',
    'past-day':
      'Ces jours sont d’une année scolaire passée\u00a0: choisissez-en de celle-ci ou des suivantes.',
    'too-far': 'Ces jours sont trop loin\u00a0: choisissez-en d’ici quatre ans.',
    'ends-before-it-begins': 'Le dernier jour vient avant le premier\u00a0: échangez-les.',
    'too-long': 'Cette période dépasse cent jours\u00a0: vérifiez l’année des deux dates.',
    'too-many': 'Il y a déjà 200 périodes\u00a0: retirez-en une d’abord.',
  },
};
