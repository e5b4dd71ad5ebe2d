import { plural } from './plural-fr.ts';

/** Words of what a teacher opens to children who don't write yet. Part of `fr.ts`. */
export const phrasesFr = {
  title: 'Répondre sans écrire',
  now: (count: number) =>
    count === 0
      ? 'les phrases en images de Préau'
      : `${plural(count, 'phrase', 'phrases')} de la classe en plus de celles de Préau`,
  lead: 'Qui n’écrit pas encore envoie un dessin, sa voix, ou une phrase en images. Tout arrive comme un message ordinaire.',
  link: 'Les phrases de la classe',
  everybodys: 'Pour toutes les classes',
  own: 'Pour votre classe',
  none: 'Votre classe n’a pas encore de phrase à elle. Par exemple «\u00a0J’ai mangé à la cantine\u00a0».',
  count: (made: number, most: number) => `${plural(made, 'phrase', 'phrases')} sur ${most}`,
  make: 'Nouvelle phrase',
  words: 'Ce que dit l’enfant',
  wordsHint: 'Une phrase courte, à la première personne.',
  picture: 'Son image',
  drawings: {
    merci: 'Deux mains jointes',
    fini: 'Une feuille finie',
    aide: 'Une main levée',
    pense: 'Un cœur dans une bulle',
    coucou: 'Une main qui salue',
    bravo: 'Une étoile',
    dessin: 'Des crayons',
    voix: 'Un micro',
    photo: 'Un appareil photo',
    maison: 'Une maison',
    lettre: 'Une enveloppe',
    lu: 'Une lettre ouverte',
    ecoute: 'Une oreille',
    triste: 'Un visage triste',
    encore: 'Encore',
  },
  file: 'Ou votre image',
  fileHint: 'Un pictogramme que vos élèves connaissent\u00a0: PNG ou JPEG, 200\u00a0ko au plus.',
  add: 'Ajouter la phrase',
  remove: 'Retirer',
  of: (words: string) => ` «\u00a0${words}\u00a0»`,
  said: {
    made: 'La phrase est sur la page de vos élèves.',
    removed: 'La phrase est retirée.',
  },
  why: {
    'no-words': 'Écrivez ce que dit l’enfant.',
    'too-long': 'C’est trop long. 60 lettres au plus, pour être entendu d’un coup.',
    'no-picture': 'Choisissez une image, ou donnez la vôtre.',
    'not-a-picture': 'Ce fichier n’est pas une image PNG ou JPEG. Choisissez-en une autre.',
    'too-big':
      'Cette image est trop lourde. 200\u00a0ko au plus\u00a0: réduisez-la, puis réessayez.',
    infected: 'Cette image n’est pas sûre, elle n’a pas été prise. Choisissez-en une autre.',
    'scanner-silent': 'L’antivirus ne répond pas. Réessayez dans quelques minutes.',
    'too-many': 'C’est le plus qu’une page d’enfant peut montrer. Retirez une phrase d’abord.',
  },
  back: 'La classe',
};
