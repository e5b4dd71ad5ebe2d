import { de } from './elision.ts';
import { noun, plural } from './plural-fr.ts';

/** Words of the charter and of the families' yes. Part of `fr.ts`. */
export const charterFr = {
  title: 'La charte du courrier',
  lead: 'Lis-la bien, puis dis oui.',
  /** In words of the age: one line, one thing. */
  lines: [
    'J’écris à ma classe, à mes maîtres et à ma famille.',
    'J’écris des mots gentils.',
    'Mon code est à moi. Je le garde pour moi.',
    'Je ne donne pas mon adresse ni mon numéro.',
    'Une lettre me gêne\u00a0? Je touche «\u00a0Ça me gêne\u00a0». Un adulte m’aide.',
    'Un adulte de l’école peut lire une lettre pour m’aider.',
  ],
  yes: 'Oui, je suis d’accord',
  accepted: 'Tu as dit oui à cette charte.',
  adult: 'Voici ce que chaque élève lit, ou écoute, avant d’écrire pour la première fois.',
  read: 'Lire la charte',
  littleYes: 'Oui',
  /** A child's class, for its teachers and the head. */
  desk: {
    title: 'La charte et les familles',
    now: {
      charter: (accepted: number, all: number) =>
        `charte acceptée par ${plural(accepted, 'élève', 'élèves')} sur ${all}`,
      families: (yes: number, all: number) => `${yes} oui sur ${all}`,
      missing: (counted: string, names: string) => `${counted}, il manque ${names}`,
    },
    charter: (accepted: number, all: number) =>
      `Charte\u00a0: ${plural(accepted, 'élève', 'élèves')} sur ${all} ${noun(accepted, 'l’a', 'l’ont')} acceptée.`,
    charterAll: 'Charte\u00a0: tous les élèves l’ont acceptée.',
    missing: (names: string) => `Il manque\u00a0: ${names}.`,
    families: (yes: number, all: number) =>
      `Familles\u00a0: ${yes} sur ${all} ${noun(yes, 'a dit', 'ont dit')} oui. Sans ce oui, l’élève lit et n’écrit pas.`,
    familiesAll: 'Familles\u00a0: toutes ont dit oui.',
    refused: (names: string) => `Un responsable dit non depuis son compte\u00a0: ${names}.`,
    whose: 'Quels papiers sont revenus avec un oui\u00a0?',
    note: 'Noter ces oui',
    noteAll: 'Toute la classe a dit oui',
    paper: 'Papier pour les familles (PDF)',
  },
  child: {
    title: 'Charte et famille',
    charter: (day: string) => `Charte acceptée le ${day}`,
    noCharter: 'Charte pas encore acceptée',
    paper: (day: string) => `Oui de la famille, sur papier, noté le ${day}`,
    yes: (name: string, day: string) => `${name} a dit oui dans son compte le ${day}`,
    no: (name: string, day: string) => `${name} a dit non dans son compte le ${day}`,
    nothing: 'La famille n’a encore rien dit',
    note: 'Noter le oui du papier',
    takeBack: 'Reprendre ce oui',
  },
  due: 'oui de la famille attendu',
  /** The paper that goes home. */
  paper: {
    title: 'Le courrier de l’école',
    fileName: (className: string) => `accord-familles-${className}`,
    about: (child: string, className: string, school: string) =>
      `${child}, classe ${className}, ${school}`,
    lead: [
      'Madame, Monsieur,',
      'Votre enfant peut écrire et recevoir des messages avec Préau, la messagerie des écoles de la ville. Il n’écrit qu’à sa classe, à des adultes de son école et à sa famille, et aux élèves d’une autre classe si leurs deux enseignants en sont d’accord. Aucun inconnu ne peut lui écrire\u00a0: une personne du dehors ne le peut qu’approuvée par son enseignant, qui lit d’abord chacun de ses messages. Il n’y a ni publicité ni mesure, et les messages restent sur les serveurs de la ville.',
      'L’école demande l’accord de la famille. Sans lui, votre enfant lit ses messages et n’écrit pas. Vous pouvez reprendre cet accord quand vous voulez, par un mot à l’enseignant ou depuis votre compte, page «\u00a0Mes enfants\u00a0».',
    ],
    give: 'À rendre à l’enseignant',
    yes: 'Oui, mon enfant peut écrire avec Préau.',
    no: 'Non, mon enfant lit ses messages et n’écrit pas.',
    name: 'Nom et prénom du responsable',
    date: 'Date',
    sign: 'Signature',
  },
  /** A guardian's own page. */
  guardian: {
    asked: (child: string) => `Acceptez-vous que ${child} écrive\u00a0?`,
    lead: (child: string) =>
      `L’école demande votre accord. Sans lui, ${child} lit ses messages et n’écrit pas. Vous pouvez changer d’avis quand vous voulez.`,
    yes: 'Oui',
    no: 'Non',
    family: {
      yes: 'La famille a dit oui.',
      no: 'Un responsable a dit non\u00a0: l’enfant lit et n’écrit pas.',
      nothing: 'Votre réponse est attendue.',
    },
    saved: 'Votre réponse vaut tout de suite.',
    banner: (children: string) => `L’école attend votre accord pour le courrier ${de(children)}.`,
    answer: 'Répondre',
  },
};
