import type { DayTrouble } from '../../core/roster/days.ts';
import type { NoticeFault, NoticeWish } from '../../core/school/boards/contract.ts';
import { de } from './elision.ts';
import { plural } from './plural-fr.ts';

type BoardReaders = NoticeWish['readers'][number];

const readers: Readonly<Record<BoardReaders, string>> = {
  pupils: 'Élèves',
  families: 'Familles',
  team: 'Équipe',
};

const names = new Intl.ListFormat('fr', { type: 'conjunction' });

/** Words of the boards of classes and schools. Part of `fr.ts`. */
export const boardsFr = {
  nav: 'Panneau',
  all: 'Les panneaux',
  of: (name: string) => `Panneau ${de(name)}`,
  town: 'La ville',
  ofTown: 'Panneau de la ville',
  ofSchool: (name: string) => `Panneau\u00a0: ${name}`,
  ofMine: (what: 'class' | 'school'): string =>
    what === 'class' ? 'Le panneau de ma classe' : 'Le panneau de mon école',
  placeOf: (what: 'class' | 'school', children: readonly string[]) =>
    `${what === 'class' ? 'la classe' : 'l’école'} ${de(names.format(children))}`,
  withNames: (some: readonly string[]) => `avec ${names.format(some)}`,
  noBoards: 'Vous n’avez pas de panneau\u00a0: il y en a un par classe, et un par école.',
  count: (count: number) =>
    count === 0 ? 'rien pour le moment' : plural(count, 'annonce', 'annonces'),
  fresh: (count: number) => plural(count, 'nouvelle annonce', 'nouvelles annonces'),
  freshOnBoard: (count: number) =>
    `Sur le panneau\u00a0: ${plural(count, 'nouvelle annonce', 'nouvelles annonces')}.`,
  see: 'Voir',
  back: 'Le panneau',
  isNew: 'Nouveau',
  onTop: 'En tête',
  nothing: {
    child: 'Rien sur le panneau pour le moment.',
    adult: 'Rien sur le panneau pour le moment.',
  },
  nothingYet: 'Punaisez une annonce\u00a0: chacun la voit ici, et personne n’y répond.',
  question: 'Une question\u00a0?',
  writeTo: (name: string) => `Écrire à ${name}`,
  readers,
  readersLabel: 'Pour',
  forWhom: (some: readonly BoardReaders[]) =>
    names.format(some.map((one, at) => (at === 0 ? readers[one] : readers[one].toLowerCase()))),
  until: (day: string) => `jusqu’au ${day}`,
  untilLabel: 'Jusqu’au',
  untilHint: 'L’annonce se retire seule ce soir-là, et reste dans «\u00a0Retirées\u00a0».',
  dayLabel: 'Pour un jour précis, s’il y en a un',
  dayHint: 'Elle est alors aussi dans la semaine de la classe, ce jour-là.',
  about: (day: string) => `pour le ${day}`,
  edited: 'modifiée',
  seen: {
    pupils: (seen: number, of: number) => `Vu par ${seen} sur ${plural(of, 'élève', 'élèves')}`,
    families: (seen: number, of: number) =>
      `Vu par ${seen} sur ${plural(of, 'famille', 'familles')}`,
    team: (seen: number, of: number) => `Vu par ${seen} sur ${plural(of, 'adulte', 'adultes')}`,
  } satisfies Record<BoardReaders, (seen: number, of: number) => string>,
  seenBy: (children: readonly string[]) => `Vu par ${names.format(children)}`,
  whoSaw: 'Qui l’a vue',
  notYet: 'Pas encore',
  haveSeen: 'L’ont vue',
  actsFor: (title: string) => `Actions pour «\u00a0${title}\u00a0»`,
  edit: 'Modifier',
  pin: 'Mettre en tête',
  unpin: 'Ne plus mettre en tête',
  changeDay: 'Changer la date',
  takeDown: 'Retirer',
  remind: 'Relancer ceux qui ne l’ont pas vue',
  reminded: 'Ceux qui ne l’avaient pas vue ont été relancés.',
  remindMe: {
    ask: 'Me le rappeler',
    day: 'Jour du rappel',
    on: (day: string) => `Rappel le ${day}`,
    no: 'Ne plus me le rappeler',
    wrong: {
      'not-a-day':
        'La date du rappel n’est pas un jour du calendrier\u00a0: choisissez-en une autre.',
      'past-day': 'Choisissez un jour à partir de demain pour le rappel.',
      'too-far': 'Ce jour-là l’annonce n’est plus au panneau\u00a0: choisissez-en un avant.',
    } satisfies Record<DayTrouble, string>,
  },
  iRead: 'J’ai lu',
  youRead: 'Tu l’as lu',
  begun: (title: string, board: string) =>
    `Une annonce est commencée\u00a0: «\u00a0${title}\u00a0» (${board}).`,
  goOn: 'Continuer',
  post: 'Punaiser',
  postAgain: 'Punaiser les nouveaux mots',
  newTitle: 'Une annonce',
  editTitle: 'Modifier l’annonce',
  titleLabel: 'Titre',
  textLabel: 'Annonce',
  keptLabel: 'Fichiers déjà joints',
  nobodyAnswers: 'Personne ne peut y répondre. Elle n’arrive dans aucune boîte.',
  off: (count: number) => `Retirées (${count})`,
  offTitle: 'Les annonces retirées',
  offLead:
    'Ce qui a été sur ce panneau depuis un an. Les familles et les élèves ne le voient plus.',
  takenMeanwhile:
    'Cette annonce a été retirée entre-temps. Vos mots sont là\u00a0: punaisez-les comme une nouvelle annonce.',
  changedMeanwhile: (words: string) =>
    `Cette annonce a été modifiée entre-temps. Au panneau elle dit\u00a0: «\u00a0${words}\u00a0». Vos mots sont là\u00a0: punaisez-les pour les mettre à la place.`,
  offNone: 'Rien n’a été retiré.',
  offSince: (day: string) => `retirée le ${day}`,
  tooManyOnTop: 'Trois annonces sont déjà en tête\u00a0: retirez-en une de la tête d’abord.',
  said: {
    posted: 'C’est punaisé.',
    changed: 'Les nouveaux mots sont punaisés. Chacun les verra comme une annonce nouvelle.',
    pinned: 'L’annonce est en tête.',
    unpinned: 'L’annonce n’est plus en tête.',
    prolonged: 'La date est changée.',
    refused: 'C’est dit. L’idée reste dans la liste de l’élève, avec votre mot.',
    reminds: 'C’est noté\u00a0: un mot la rappellera.',
    remindsNot: 'C’est noté\u00a0: pas de rappel.',
    reminded: 'Un mot part à ceux qui ne l’ont pas vue.',
    allSaw: 'Tout le monde l’a vue.',
    remindedBefore: 'Ils ont déjà été relancés pour ces mots.',
    off: 'L’annonce est retirée. Elle reste dans «\u00a0Retirées\u00a0».',
    offBefore:
      'L’annonce est déjà retirée\u00a0: rien n’y change plus. Elle reste dans «\u00a0Retirées\u00a0».',
  },
  ideas: {
    title: 'Je propose une annonce',
    proposeTo: (teachers: readonly string[]): string =>
      teachers.length === 0 ? 'Proposer' : `Proposer à ${names.format(teachers)}`,
    proposed: 'C’est proposé. Ta réponse arrivera ici.',
    mine: 'Mes idées',
    states: { waits: 'en attente', refused: 'pas cette fois', hung: 'punaisée' },
    answered: (count: number) =>
      count === 1
        ? 'Ton idée d’annonce a une réponse.'
        : `${count} de tes idées d’annonce ont une réponse.`,
    waiting: (count: number) => plural(count, 'idée attend', 'idées attendent'),
    proposes: (name: string) => `${name} propose`,
    by: (name: string) => `Une idée de ${name}\u00a0: son nom reste sur l’annonce.`,
    mend: 'Corriger d’abord',
    notNow: 'Pas cette fois',
    wordLabel: (name: string) => `Votre mot à ${name}`,
    noWord: 'Écrivez un mot à l’élève\u00a0: il le lira avec son idée.',
    faults: {
      'no-title': 'Donne un titre à ton annonce.',
      'title-too-long': 'Ton titre est trop long. Raccourcis-le.',
      'no-words': 'Écris ton annonce, ou ajoute un dessin.',
      'no-readers': 'Choisis pour qui est ton annonce.',
      'too-many-ideas': 'Tu as déjà trois idées qui attendent. Attends une réponse.',
    },
  },
  faults: {
    'no-title': 'Donnez un titre à l’annonce.',
    'title-too-long': 'Le titre est trop long\u00a0: 120 caractères au plus.',
    'no-words': 'Écrivez l’annonce, ou joignez une image.',
    'no-readers': 'Choisissez pour qui est l’annonce.',
    'about-no-day':
      'Choisissez un jour du calendrier où l’annonce est encore au panneau, ou laissez vide.',
    'not-a-day': 'La date n’est pas un jour du calendrier\u00a0: choisissez-en une autre.',
    'past-day': 'Cette date est passée\u00a0: choisissez aujourd’hui ou un jour qui vient.',
    'too-far': 'C’est trop loin\u00a0: une annonce reste un an au plus.',
  } satisfies Record<NoticeFault, string>,
};
