import { noun, plural } from './plural-fr.ts';

/** What a switch of a class says; its choices, and what is said once one is made, by its values. */
export interface SwitchWords {
  readonly title: string;
  readonly lead: string;
  readonly hint?: string;
  readonly choices: Readonly<Record<string, string>>;
  /** What holds, in a few words. */
  readonly now: Readonly<Record<string, string>>;
  readonly said: string | Readonly<Record<string, string>>;
}

/** Words of a class's pages: rest, links with other classes, correspondents. Part of `fr.ts`. */
export const teachingFr = {
  tabs: {
    class: 'La classe',
    week: 'Semaine',
    cupboard: 'Casier',
    board: 'Panneau',
    links: 'Correspondances',
    settings: 'Réglages',
  },
  title: 'Ma classe',
  headTitle: 'La classe',
  open: 'Ouvrir la classe',
  others: 'Les autres classes de l’école',
  all: 'Les classes de l’école',
  pupils: (count: number) => plural(count, 'élève', 'élèves'),
  with: (names: string) => `avec ${names}`,
  parents: (count: number) => plural(count, 'parent', 'parents'),
  nobodyTeaches: 'sans enseignant aujourd’hui',
  proposals: (count: number) => plural(count, 'proposition à décider', 'propositions à décider'),
  proposalsBeside: (count: number) =>
    noun(count, 'proposition à décider', 'propositions à décider'),
  settings: {
    change: 'Changer',
    writing: 'Écrire',
    families: 'Familles',
    teachersOnly: 'Ces réglages sont ceux des enseignants de la classe.',
  },
  rest: {
    title: 'Les élèves',
    nobody: 'Il n’y a encore personne dans cette classe.',
    untilTitle: 'Repos jusqu’à',
    badge: (day: string) => `Au repos, reprend ${day}`,
    end: 'Finir le repos',
    question: (name: string) => `${name} pourra écrire de nouveau\u00a0:`,
    tomorrow: 'Demain',
    at: (day: string) => `${day.slice(0, 1).toUpperCase()}${day.slice(1)}`,
    other: 'Un autre jour',
    choose: 'Valider',
    means: (name: string) =>
      `Au repos, ${name} lit ses messages et n’en envoie pas. L’enfant voit jusqu’à quand.`,
  },
  reads: {
    title: 'Ses pages',
    pictures: 'Grandes images',
    words: 'Comme les grands',
  },
  marks: {
    title: 'À regarder',
    touch:
      'Touchez un visage pour écrire à un enfant, à sa famille, refaire son code ou le mettre au repos.',
    none: 'Personne n’est au repos, aucun message d’un élève n’attend.',
    more: (count: number) => `et ${count} de plus, marqués sous leur visage`,
    held: 'message en attente',
    resting: 'au repos\u00a0: lit, n’écrit pas',
    heldLetters: (count: number): string =>
      count === 1 ? ' message en attente' : ' messages en attente',
    waits: (count: number) => plural(count, 'message en attente', 'messages en attente'),
    atRest: 'au repos ',
    until: (day: string) => `jusqu’à ${day}`,
    restsUntil: (day: string) => `au repos jusqu’à ${day}`,
    tomorrow: 'demain',
    never: 'jamais venu',
  },
  child: {
    close: 'Fermer la fiche',
    write: (name: string) => `Écrire à ${name}`,
    family: 'Sa famille',
    code: 'Nouveau code',
    called: 'En classe',
    held: 'En attente',
    home: 'Famille',
    nobodyHome: 'personne d’inscrit',
    photo: {
      title: 'Autorisation photo',
      yes: 'Oui',
      no: 'Non',
      unknown: 'La liste de l’école n’en dit rien.',
      hint: 'Corrigez aussi dans ONDE\u00a0: une liste importée plus tard a le dernier mot.',
    },
    comesIn: 'Entrée',
    never: 'jamais venu',
    hasComeIn: 'déjà venu',
    address: 'Adresse',
  },
  glance: {
    today: 'Aujourd’hui',
    nothingHeld: 'Rien n’attend',
    nothingHeldAbout: 'aucun message à décider',
    oldest: (when: string) => `le plus ancien\u00a0: ${when}`,
    answers: (answered: number, asked: number) =>
      `${plural(answered, 'réponse', 'réponses')} sur ${asked}`,
    paper: (subject: string, until: string) => `«\u00a0${subject}\u00a0», avant ${until}`,
    morePapers: (count: number) => `Et ${plural(count, 'autre papier', 'autres papiers')}`,
    linked: (count: number) => plural(count, 'classe liée', 'classes liées'),
    noneLinked: 'Aucune classe liée',
    seeLinks: 'voir les correspondances',
    noWord: 'Pas encore de mot à la classe',
    noWordAbout: 'vous n’avez rien écrit à toute la classe',
    haveRead: (read: number, all: number) =>
      `${read} sur ${all} ${noun(read, 'a lu', 'ont lu')} le dernier mot`,
    remind: (count: number) => `Relancer ${count}`,
    letter: (subject: string, day: string) =>
      subject === '' ? day : `«\u00a0${subject}\u00a0», ${day}`,
  },
  links: {
    title: 'Correspondance avec une autre classe',
    hint: 'Les élèves de deux classes s’écrivent pendant une période, si leurs deux enseignants sont d’accord.',
    none: 'Aucune correspondance en ce moment.',
    propose: 'Proposer une correspondance',
    teacherOnly:
      'C’est l’enseignant de la classe qui propose ou accepte une correspondance. Vous pouvez l’arrêter.',
    dates: (from: string, until: string) => `du ${from} au ${until}`,
    with: (names: string) => `avec ${names}`,
    state: {
      asked: 'Attend leur accord',
      proposed: 'Attend votre accord',
      coming: 'À venir',
      running: 'En cours',
    },
    readHere: 'vous relisez d’abord',
    readThere: 'l’autre classe relit d’abord',
    travelHere: 'leurs lettres voyagent jusqu’à vous',
    travelThere: 'vos lettres voyagent jusqu’à eux',
    travel: 'Faire voyager les lettres',
    travelNoMore: 'Ne plus les faire voyager',
    travelHint:
      'Les lettres de leurs élèves aux vôtres arrivent alors le prochain jour d’école à 8\u00a0h. Pour les vôtres, c’est l’autre classe qui choisit.',
    settle: 'Régler',
    read: 'Relire d’abord les messages',
    readNoMore: 'Ne plus relire d’abord',
    end: 'Arrêter la correspondance',
    takeBack: 'Retirer la proposition',
    endHint: 'Les élèves ne pourront plus s’écrire. Les messages reçus restent.',
    endOnRoad: 'Les lettres en route reviennent à ceux qui les ont écrites.',
    asks: (className: string, schoolName: string) =>
      `La classe ${className} (${schoolName}) vous propose une correspondance`,
    askedBy: (names: string, from: string, until: string) =>
      `${names}, du ${from} au ${until}. Les élèves des deux classes pourraient s’écrire, et écrire à vos deux enseignants.`,
    moderate: 'Je relis d’abord ce que les élèves des deux classes s’écrivent',
    moderateHint: 'Chaque message attend alors dans «\u00a0En attente\u00a0».',
    accept: 'Accepter',
    decline: 'Refuser',
    newTitle: 'Proposer une correspondance',
    newHint:
      'L’enseignant de l’autre classe reçoit votre proposition. Rien ne change avant son accord.',
    school: 'Quelle école\u00a0?',
    showClasses: 'Voir ses classes',
    which: 'Quelle classe\u00a0?',
    noClasses: 'Toutes les classes de cette école sont déjà liées à la vôtre, ou il n’y en a pas.',
    address: 'Ou l’adresse de la liste de la classe',
    addressHint: 'Par exemple ce1.pasteur',
    from: 'Du',
    until: 'Au',
    send: 'Envoyer la proposition',
    back: 'Retour à la classe',
  },
  outside: {
    title: 'Correspondants extérieurs',
    hint: 'Une personne de l’extérieur (musée, auteur, marraine de classe) peut écrire aux élèves jusqu’à une date. Vous relisez chaque message avant qu’il arrive. Les élèves ne peuvent pas lui répondre.',
    none: 'Personne de l’extérieur n’écrit à cette classe.',
    teacherOnly:
      'C’est l’enseignant de la classe qui approuve un correspondant. Vous pouvez le retirer.',
    until: (day: string) => `jusqu’au ${day}`,
    by: (name: string) => `approuvé par ${name}`,
    remove: 'Retirer',
    add: 'Approuver un correspondant',
    address: 'Son adresse',
    untilField: 'Jusqu’au',
    approve: 'Approuver',
  },
  said: {
    rested: 'L’envoi est au repos. L’élève le voit tout de suite.',
    pictures: 'L’enfant a maintenant de grandes images, qui s’écoutent.',
    likeOlder: 'L’enfant a maintenant les pages des grands.',
    photoNoted: 'L’autorisation photo est notée. Elle vaut tout de suite.',
    paperNoted: 'Le oui de la famille est noté.',
    paperBack: 'Ce oui est repris\u00a0: l’élève lit et n’écrit pas.',
    restEnded: 'L’élève peut écrire de nouveau.',
    proposed: 'Votre proposition est partie. Vous serez prévenu de la réponse.',
    accepted: 'La correspondance est acceptée.',
    declined: 'La proposition est refusée. L’autre enseignant est prévenu.',
    ended: 'La correspondance est arrêtée.',
    moderated: 'C’est noté.',
    travelling:
      'Les lettres de l’autre classe arrivent maintenant le prochain jour d’école à 8\u00a0h.',
    direct: 'Les lettres de l’autre classe arrivent maintenant tout de suite.',
    approved: 'Cette personne peut écrire à la classe.',
    removed: 'Cette personne ne peut plus écrire à la classe.',
  },
  /** By the names and values of core (core/roster/class-switches.ts). */
  switches: {
    photosOpen: {
      title: 'Photos',
      lead: 'Un élève n’envoie une photo ou un film que si sa classe les ouvre. Les dessins et les pages d’écriture en PNG partent toujours. Le lieu est effacé de chaque photo.',
      choices: {
        false: 'Non\u00a0: la classe n’envoie pas de photos',
        true: 'Oui\u00a0: la classe peut envoyer des photos',
      },
      now: { false: 'la classe n’en envoie pas', true: 'la classe peut en envoyer' },
      said: {
        false: 'La classe n’envoie plus de photos.',
        true: 'La classe peut envoyer des photos.',
      },
    },
    secondLook: {
      title: 'Relire avant d’envoyer',
      lead: 'Avant qu’un message parte, l’élève voit les mots qui peuvent blesser, faire peur, ou dire où il habite. Ils sont cherchés sur ce serveur, rien n’est noté.',
      choices: {
        off: 'Non\u00a0: les messages partent sans être regardés',
        suggests: 'Oui\u00a0: l’élève relit ces mots, puis choisit',
        holds: 'Oui, et je lis d’abord le message s’il l’envoie tel quel à un enfant',
      },
      now: {
        off: 'les messages partent sans être regardés',
        suggests: 'l’élève relit les mots qui peuvent blesser, puis choisit',
        holds: 'l’élève relit\u00a0; ce qui part tel quel, vous le lisez d’abord',
      },
      said: 'La relecture avant l’envoi est réglée.',
    },
    teachersCalled: {
      title: 'Comment les enfants appellent leurs enseignants',
      lead: 'Sur les messages, dans les visages et dans les phrases de l’ordinateur.',
      hint: 'La civilité vient de la liste de l’école. Où elle manque, les enfants lisent le prénom et le nom. Deux maîtresses dans une classe gardent leur nom.',
      choices: {
        name: 'Par leur nom\u00a0: «\u00a0Madame Lefèvre\u00a0», «\u00a0Monsieur Diallo\u00a0»',
        title: '«\u00a0Maîtresse\u00a0» ou «\u00a0Maître\u00a0»',
      },
      now: {
        name: '«\u00a0Madame Lefèvre\u00a0», «\u00a0Monsieur Diallo\u00a0»',
        title: '«\u00a0Maîtresse\u00a0», «\u00a0Maître\u00a0»',
      },
      said: 'Les enfants voient leurs enseignants ainsi.',
    },
  },
  save: 'Enregistrer',
  photos: {
    refused: (names: string) =>
      `Autorisation photo «\u00a0non\u00a0»\u00a0: ${names}. Ne les montrez sur aucune photo, même les vôtres\u00a0; eux n’en envoient pas.`,
    unknown: 'La liste de l’école ne dit rien des autorisations photo.',
  },
  why: {
    'not-a-day': 'Choisissez une date.',
    'past-day': 'Cette date est passée. Choisissez une date à venir.',
    'too-far': 'Cette date est trop loin. Choisissez une date plus proche.',
    'ends-before-it-begins': 'La fin est avant le début. Changez l’une des deux dates.',
    'no-such-class':
      'Aucune classe de la ville n’a cette adresse. Choisissez une école, puis une classe.',
    'own-class': 'C’est votre propre classe. Choisissez-en une autre.',
    'already-linked':
      'Une correspondance avec cette classe existe déjà, ou attend une réponse. Elle est sur la page de votre classe.',
    'not-an-address': 'Ce n’est pas une adresse complète. Par exemple guide@musee.example.',
    'too-many': 'C’est le plus que cette classe peut avoir. Retirez-en d’abord.',
    'our-own-address':
      'Cette adresse est dans la messagerie des écoles. Pour une autre classe, proposez une correspondance.',
  },
};
