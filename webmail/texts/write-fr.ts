import { de } from './elision.ts';
import { plural } from './plural-fr.ts';

/** « à CE1 A », « aux familles, CE1 A », « à l’équipe, École des Tilleuls ». */
function whom(name: string, list: string | null): string {
  const low = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  switch (list) {
    case 'class-families':
    case 'families':
    case 'pupils':
      return `aux ${low}`;
    case 'team':
    case 'support':
      return `à l’${low}`;
    case 'headship':
      return `à la ${low}`;
    case 'town':
      return `à ${low}`;
    default:
      return `à ${name}`;
  }
}

/** Words of the pages on which one writes. Part of `fr.ts`. */
export const writeFr = {
  title: { child: 'Écrire', adult: 'Nouveau message' },
  titleTo: (name: string, list: string | null) => `Écrire ${whom(name, list)}`,
  skip: { child: 'Passer à ma lettre', adult: 'Passer à l’objet' },
  toWhom: 'À qui\u00a0?',
  forWhom: 'Pour',
  wholeClass: 'Toute ma classe',
  pupils: (name: string, count: number) =>
    [name, plural(count, 'personne', 'personnes')].filter((word) => word !== '').join(', '),
  findFirstName: 'Cherche un prénom',
  people: 'Les personnes',
  myLetter: 'Ma lettre',
  answerHere: 'Écris ici.',
  told: (when: string) => `t’a écrit ${when}`,
  messageOf: (name: string) => `Le message ${de(name)}`,
  crowd: {
    class: 'Ma classe',
    teachers: 'Mes maîtres et maîtresses',
    family: 'Ma famille',
    linked: 'L’autre classe',
    others: 'Les autres',
  },
  subject: { child: 'Titre', adult: 'Objet' },
  body: { child: 'Écris ton message ici', adult: 'Message' },
  format: {
    title: 'Mise en forme',
    bold: 'Gras, Ctrl B',
    italic: 'Italique, Ctrl I',
    list: 'Liste, Ctrl Maj 8',
    numbers: 'Liste numérotée, Ctrl Maj 7',
    link: 'Lien, Ctrl K',
    picture: 'Image dans le texte',
    clear: 'Enlever la mise en forme',
    plain: 'Tout en texte simple',
    keys: 'F10\u00a0: ces outils',
    linkBox: {
      title: 'Lien',
      words: 'Mots',
      address: 'Adresse',
      why: 'Une adresse du web ou de messagerie, par exemple www.musee.fr.',
      put: 'Mettre le lien',
      remove: 'Sans lien',
    },
    pictureBox: {
      title: 'Image dans le texte',
      says: 'Ce que montre l’image, pour ceux qui ne la voient pas',
      put: 'C’est dit',
      remove: 'Seulement en pièce jointe',
    },
  },
  draw: 'Dessiner',
  drawOn: 'Dessiner dessus',
  drawOnOff:
    'Pour dessiner sur ce dessin, il faut un navigateur où les scripts sont permis. Ici, on répond avec des mots, ou avec un autre dessin.',
  voice: {
    speak: 'Parler',
    stop: (time: string) => `Arrêter, ${time}`,
    file: 'voix',
    refused: {
      child: 'Le micro ne s’ouvre pas. Demande à un adulte.',
      adult:
        'Le micro ne s’ouvre pas. Autorisez-le pour cette page dans votre navigateur, ou joignez un son.',
    },
  },
  addFile: { child: 'Ajouter un fichier', adult: 'Joindre' },
  files: {
    total: (count: number, size: string, room: string) =>
      `${plural(count, 'fichier', 'fichiers')}, ${size} sur ${room}`,
    noPlace: {
      child: 'Sur tes images, le lieu est effacé.',
      adult: 'Le lieu est retiré des photos.',
    },
    drag: {
      child: 'Tu peux aussi les glisser ici.',
      adult: 'Vous pouvez aussi les glisser sur la page.',
    },
    tooBig: {
      child: (name: string, room: string) =>
        `${name} est trop gros. Il reste de la place pour ${room}.`,
      adult: (name: string, room: string) =>
        `${name} est trop gros pour ce message\u00a0: il reste de la place pour ${room}.`,
    },
    lost: {
      child: 'Ce fichier n’est pas arrivé. Essaie encore.',
      adult: 'Ce fichier n’est pas arrivé. Réessayez.',
    },
    progress: (percent: string, seconds: string) => `${percent}\u00a0%, encore ${seconds}\u00a0s`,
    checking: { child: 'On regarde si tout va bien.', adult: 'Analyse en cours' },
    stop: 'Arrêter',
  },
  remove: (name: string) => `Retirer ${name}`,
  filesHint: 'Choisis une image, un son ou une feuille.',
  keep: 'Enregistrer',
  keepForLater: 'Finir plus tard',
  send: 'Envoyer',
  sendTo: (names: string) => `Envoyer à ${names}`,
  sendToMany: (count: number) => `Envoyer à ${count} personnes`,
  throwAway: 'Jeter',
  to: 'À',
  add: 'Ajouter',
  stays: (drafts: number): string =>
    drafts === 1
      ? 'On n’a rien perdu\u00a0: ton texte t’attend.'
      : 'On n’a rien perdu\u00a0: tes textes t’attendent.',
  seeDrafts: (drafts: number): string => (drafts === 1 ? 'Voir mon texte' : 'Voir mes textes'),
  nobodyNow:
    'Tu ne peux écrire à personne en ce moment. Ton texte t’attend. Tu l’enverras plus tard.',
  last: {
    title: 'Votre dernier message',
    what: (subject: string, when: string) => `«\u00a0${subject}\u00a0», ${when}`,
    read: (read: number, all: number) => {
      if (read === 0) return 'Aucun élève ne l’a encore lu';
      if (read === all) return 'Tous les élèves l’ont lu';
      return read > 1 ? `${read} élèves sur ${all} l’ont lu` : `${read} élève sur ${all} l’a lu`;
    },
    others: (count: number) =>
      count === 1 ? 'L’élève qui ne l’a pas lu' : `Les ${count} qui ne l’ont pas lu`,
    remind: (count: number) =>
      count === 1 ? 'Relancer cet élève' : `Relancer ces ${count} élèves`,
  },
  search: 'Chercher',
  found: 'Trouvés',
  foundNothing: (text: string) =>
    `Personne à qui vous pouvez écrire ne s’appelle «\u00a0${text}\u00a0».`,
  listNames: {
    families: (name: string) => `Familles, ${name}`,
    team: (name: string) => `Équipe, ${name}`,
    pupils: (name: string) => `Élèves, ${name}`,
    headship: (name: string) => `Direction, ${name}`,
    office: (name: string) => name,
    town: 'Toute la ville',
    support: 'Assistance de la ville',
  },
  childTitle: {
    family: 'ta famille',
    class: 'ta classe',
    linked: 'l’autre classe',
    head: 'la direction',
    school: 'l’école',
  },
  roles: {
    pupil: 'élève',
    teacher: 'enseignement',
    head: 'direction',
    staff: 'équipe de l’école',
    guardian: 'famille',
    agent: 'ville',
  },
  chosenMany: {
    pupils: (count: number) => plural(count, 'élève', 'élèves'),
    recipients: (count: number) => plural(count, 'destinataire', 'destinataires'),
    unread: (count: number) =>
      plural(count, 'élève n’a pas encore lu', 'élèves n’ont pas encore lu'),
  },
  listCount: (name: string, count: number) => `${name}\u00a0: ${count}`,
  familyOf: (children: string) => `famille ${de(children)}`,
  cc: 'Cc',
  quick: 'Vite',
  everybody: 'Toutes les personnes',
  theirFamilies: 'Leurs familles',
  noFamilies: 'Aucune autre famille à ajouter.',
  suggestions: 'Propositions',
  keys: { choose: 'choisir', enter: 'Entrée', add: 'ajouter', escape: 'Échap', close: 'fermer' },
  suggested: {
    'class-list': 'Mes classes',
    'own-groups': 'Mes groupes',
    lists: 'Listes',
    team: 'Équipe',
    teachers: 'Enseignants',
    'own-families': 'Familles de mes classes',
    pupils: 'Élèves',
    families: 'Familles',
    linked: 'Correspondants',
    'other-schools': 'Autres écoles',
    town: 'Ville',
    outside: 'Dehors',
  },
  beside: 'Réponses et lecture',
  whenAnswered: 'Qui répond, et quand',
  whoAnswers: 'Qui répond, à qui\u00a0?',
  toMe: 'À moi',
  hiddenHint: 'Personne ne voit la liste.',
  toEveryone: 'À toute la liste',
  note: {
    sender: (list: string) =>
      `Les réponses viendront à vous. Chacun voit «\u00a0${list}\u00a0», jamais la liste.`,
    everyone: (list: string) => `Les réponses iront à tous ceux de «\u00a0${list}\u00a0».`,
    /** The people of a group of one's own don't even see its name. */
    own: {
      sender: 'Les réponses viendront à vous. Personne ne voit qui d’autre reçoit ce message.',
      none: 'Personne ne pourra répondre, ni voir qui d’autre reçoit ce message.',
    },
    none: (list: string) =>
      `Personne ne pourra répondre. Chacun voit «\u00a0${list}\u00a0», jamais la liste.`,
  },
  toNobody: 'Pas de réponse',
  copy: {
    title: 'Copie',
    colleagues: 'Aux autres enseignants',
    hint: 'Pour les familles et vos groupes. Ce qui va à la classe entière leur arrive déjà.',
  },
  kept: {
    child: () => 'Enregistré dans «\u00a0À finir\u00a0»',
    adult: (when: string) => `Enregistré ${when}`,
  },
  keptAt: {
    child: () => 'Enregistré dans «\u00a0À finir\u00a0»',
    adult: (hour: string) => `Enregistré à ${hour}`,
  },
  brought: 'Un texte qui n’était pas encore enregistré est maintenant dans vos brouillons.',
  seeBrought: 'Le reprendre',
  unkept: {
    offline: {
      child:
        'Pas encore enregistré\u00a0: l’ordinateur n’a plus de réseau. Ton texte reste ici. Laisse cette page ouverte.',
      adult:
        'Pas encore enregistré\u00a0: la connexion est coupée. Votre texte reste ici\u00a0; il sera enregistré dès qu’elle revient. Laissez cette page ouverte.',
    },
    over: {
      child:
        'Pas encore enregistré\u00a0: il faut te reconnecter. Ton texte reste ici. Reconnecte-toi dans l’autre page, puis reviens.',
      adult:
        'Pas encore enregistré\u00a0: votre session est terminée. Votre texte reste ici. Reconnectez-vous dans l’autre page, puis revenez.',
    },
    other: {
      child:
        'Pas enregistré\u00a0: quelqu’un d’autre s’est connecté sur cet ordinateur. Ton texte reste ici. Demande de l’aide à un adulte.',
      adult:
        'Pas enregistré\u00a0: quelqu’un d’autre s’est connecté sur cet ordinateur. Votre texte reste ici\u00a0: copiez-le, ou reconnectez-vous.',
    },
    broken: {
      child:
        'Pas encore enregistré\u00a0: la messagerie fait une pause. Ton texte reste ici. On réessaie tout seul.',
      adult:
        'Pas encore enregistré\u00a0: la messagerie fait une pause. Votre texte reste ici\u00a0; un nouvel essai se fait tout seul.',
    },
    signIn: { child: 'Me reconnecter', adult: 'Me reconnecter' },
  },
  apart: {
    child:
      'Ce message a changé dans une autre page. Ce que tu écris ici est enregistré à part\u00a0: tu as maintenant deux messages à finir.',
    adult:
      'Ce brouillon a changé dans une autre fenêtre. Ce que vous écrivez ici est enregistré à part, dans un second brouillon.',
  },
  sentAlready: { child: 'Ce message est déjà parti.', adult: 'Ce message est déjà parti.' },
  gone: {
    child: 'Une personne ne peut plus recevoir tes messages. Elle n’est plus dans la liste.',
    adult:
      'Un groupe que vous aviez choisi n’existe plus\u00a0: il n’est plus parmi les destinataires.',
  },
  nobody: {
    child: 'Choisis d’abord à qui tu écris.',
    adult: 'Choisissez au moins une personne ou une liste.',
  },
  leftOut: {
    child: {
      empty: 'Ce fichier est vide. Choisis-en un autre.',
      'too-many': '20 fichiers à la fois, pas plus. Celui-ci n’est pas venu.',
      infected: 'Ce fichier contient un virus. Il n’est pas ajouté.',
      kind: 'Ce fichier ne peut pas partir. Choisis une image, un son ou une feuille.',
      busy: 'Trop de fichiers arrivent en même temps. Essaie encore dans un moment.',
      'too-big': 'Ce fichier est trop gros. Choisis un fichier plus petit.',
      silent: 'Le fichier n’a pas pu être vérifié. Essaie encore dans deux minutes.',
    },
    adult: {
      empty: 'Ce fichier est vide. Choisissez-en un autre.',
      'too-many': '20 fichiers à la fois, pas plus\u00a0: celui-ci n’est pas venu.',
      infected: 'Ce fichier contient un virus\u00a0: il n’est pas joint.',
      kind: 'Ce genre de fichier ne peut pas partir.',
      busy: 'Trop de fichiers arrivent en même temps\u00a0: celui-ci n’est pas joint. Réessayez dans un moment.',
      'too-big': 'Ce fichier est trop gros. Choisissez-en un plus petit.',
      silent:
        'L’antivirus ne répond pas\u00a0: le fichier n’a pas pu être analysé. Réessayez dans deux minutes.',
    },
  },
  waitingForScanner: {
    child: 'Ton message attend un contrôle. Il partira tout seul.',
    adult: 'L’antivirus ne répond pas. Ce message partira dès son retour.',
  },
  refusedHere: {
    child: 'Tu ne peux plus écrire à tout le monde ici.',
    adult: 'Certaines personnes ne peuvent pas recevoir cette réponse.',
  },
};
