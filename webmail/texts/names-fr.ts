/** Words of how children call grown-ups. Part of `fr.ts`. */
export const namesFr = {
  link: 'Mes enfants',
  title: 'Mes enfants',
  lead: 'La classe de chacun, qui l’enseigne, et le nom par lequel votre enfant vous appelle.',
  noClass: 'sans classe aujourd’hui',
  with: (names: string) => `avec ${names}`,
  noTeacher: 'pas encore d’enseignant',
  write: (names: string) => `Écrire à ${names}`,
  none: 'Aucun enfant n’est rattaché à votre compte.',
  label: (child: string) => `${child} m’appelle`,
  hint: (givenName: string) =>
    `Votre enfant seul voit ce nom, sur vos messages et quand il vous écrit. Sans nom choisi, il lit «\u00a0${givenName}\u00a0».`,
  ideas: ['Maman', 'Papa', 'Mamie', 'Papi', 'Tata', 'Tonton'],
  save: 'Enregistrer',
  saved: 'Le nom est enregistré.',
  why: {
    'no-name': 'Écrivez un nom de vingt lettres au plus, sans chiffre ni signe.',
    'of-the-school':
      'Ce nom désigne quelqu’un de l’école. Choisissez celui que votre enfant vous donne à la maison.',
    'of-somebody':
      'Quelqu’un de l’école ou de la classe s’appelle ainsi. Choisissez le nom que votre enfant vous donne à la maison.',
  },
};
