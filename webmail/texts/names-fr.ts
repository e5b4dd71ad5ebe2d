/** Words of how children call grown-ups. Part of `fr.ts`. */
export const namesFr = {
  link: 'Mes enfants',
  title: 'Mes enfants',
  lead: 'Votre enfant voit le nom que vous choisissez sur vos messages et quand il vous écrit. Personne d’autre ne le voit.',
  none: 'Aucun enfant n’est rattaché à votre compte.',
  label: (child: string) => `${child} m’appelle`,
  hint: (givenName: string) => `Sans nom choisi, votre enfant lit «\u00a0${givenName}\u00a0».`,
  ideas: ['Maman', 'Papa', 'Mamie', 'Papi', 'Tata', 'Tonton'],
  save: 'Enregistrer',
  saved: 'Le nom est enregistré.',
  why: {
    'no-name': 'Écrivez un nom de vingt lettres au plus, sans chiffre ni signe.',
    'of-the-school':
      'Ce nom désigne quelqu’un de l’école. Choisissez celui que votre enfant vous donne à la maison.',
  },
};
