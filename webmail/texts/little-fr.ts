import { de } from './elision.ts';

/** Words of the pages of those who don't read yet, each beside a picture. Part of `fr.ts`. */
export const littleFr = {
  home: 'Mes lettres',
  hello: (name: string) => `Bonjour ${name}\u00a0!`,
  homeward: 'Accueil',
  count: (fresh: number) => {
    if (fresh === 0) return 'Mes lettres';
    return fresh === 1
      ? 'Mes lettres\u00a0: une nouvelle'
      : `Mes lettres\u00a0: ${fresh} nouvelles`;
  },
  none: 'Pas de lettre',
  older: 'Les lettres d’avant',
  newer: 'Les lettres d’après',
  newLetter: 'Nouvelle lettre\u00a0: ',
  letter: 'Lettre\u00a0: ',
  letterOf: (name: string) => `La lettre ${de(name)}`,
  board: 'Le panneau de ma classe',
  boardFresh: 'Le panneau de ma classe\u00a0: du nouveau',
  hearNotice: (title: string) => `Nouveau, écouter\u00a0: ${title}`,
  hearSeenNotice: (title: string) => `Déjà écouté, écouter encore\u00a0: ${title}`,
  day: {
    title: 'Ma journée',
    home: 'Maison',
    canteen: 'Cantine',
    bag: 'Dans mon sac, demain',
    hearBag: 'Écouter\u00a0: dans mon sac, demain',
    kinds: {
      rituals: 'J’arrive',
      french: 'Histoire',
      maths: 'Je compte',
      world: 'Le monde',
      language: 'Anglais',
      sport: 'Sport',
      music: 'Musique',
      arts: 'Peinture',
      break: 'Récré',
      rest: 'Sieste',
      other: 'Avec la classe',
    },
  },
  wall: {
    title: 'Le mur de ma classe',
    mine: 'Mes dessins à accrocher',
    older: 'Les dessins d’avant',
    newer: 'Les dessins d’après',
  },
  shelf: {
    title: 'Mon étagère',
    mine: 'Ce qui est à moi',
    draw: 'Je dessine',
    ofClass: 'Ce qui est à la classe',
    handIn: (box: string) => `Mettre dans la boîte\u00a0: ${box}`,
  },
  ideas: {
    title: 'Mes idées pour le panneau',
    propose: 'Le proposer pour le panneau',
    named: {
      drawing: (name: string) => `Un dessin ${de(name)}`,
      voice: (name: string) => `La voix ${de(name)}`,
    },
    tooMany: 'Trois idées attendent déjà. Attends que ta maîtresse ou ton maître les regarde.',
  },
  drawing: 'Un dessin',
  sound: 'Une voix',
  back: 'Mes lettres',
  lost: 'Rien ici',
  away: 'Pas maintenant',
  sadly: 'Ça me gêne\u00a0: appeler un adulte',
  helped: 'Un adulte t’aide',
  readToHelp: (name: string) => `${name} a lu la lettre pour t’aider.`,
  readFirst: (name: string) => `${name} a lu ta lettre.`,
  done: 'C’est fini',
  tookBack: 'Reprendre ma lettre',
  quit: { title: 'Tu t’en vas\u00a0?', go: 'Je pars', stay: 'Je reste' },
  now: 'Viens vite',
  called: 'C’est dit',
  seen: 'D’accord',
  /** What a child has made and not sent. */
  unfinished: {
    all: 'Pas encore parti',
    draw: (name: string) => `Continuer mon dessin pour ${name}`,
    send: (name: string) => `Envoyer à ${name}`,
  },
  hear: (name: string) => `Écouter la lettre ${de(name)}`,
  hearHere: 'Écouter la page',
  hearLetter: 'Écouter',
  itsName: (name: string) => `Dire son nom\u00a0: ${name}`,
  /** For adults: how a letter will look to a child. */
  seenBy: {
    button: 'Voir comme un élève',
    title: 'Voir comme un élève',
    to: (name: string) => `Ainsi la lettre arrive chez ${name}`,
    nobody: 'Aucun élève ne reçoit cette lettre. Choisissez un élève ou une classe, puis regardez.',
    back: 'Retour à la lettre',
  },
  /** What the ear at the top says: what one can do here. */
  says: {
    lost: 'Il n’y a rien ici. Touche la maison pour voir tes lettres.',
    away: 'Cette lettre ne s’ouvre pas maintenant. Elle n’est pas perdue. Touche la maison, et reviens plus tard.',
    home: 'Voici tes lettres. Une enveloppe fermée, c’est une nouvelle lettre. Touche une lettre pour l’ouvrir.',
    none: 'Tu n’as pas de lettre.',
    day: 'Voici ta journée. Ton animal est sur ce que la classe fait maintenant. Touche une image pour l’écouter. En bas, c’est ton sac.',
    dayOff: 'Il n’y a pas d’école maintenant. En bas, c’est ton sac pour y retourner.',
    board:
      'Voici le panneau de ta classe. Touche une oreille pour écouter. Le bleu, c’est nouveau.',
    wall: 'Voici le mur de ta classe. Touche une oreille pour savoir qui l’a fait. Pour accrocher un de tes dessins, touche le grand bouton bleu.',
    wallEmpty:
      'Le mur attend ses premiers dessins. Pour accrocher un de tes dessins, touche le grand bouton bleu.',
    shelf:
      'Voici ton étagère. En haut, ce que tu as fait. En bas, ce que la classe te montre. Touche une oreille pour écouter, une image pour la voir en grand.',
    shelfEmpty: 'Ton étagère est vide. Fais un dessin, envoie-le\u00a0: il viendra ici tout seul.',
    shelfFile: 'Voici l’image en grand. L’étagère te ramène à tes affaires.',
    shelfHanded: 'C’est rendu. Ta maîtresse ou ton maître va regarder.',
    shelfStays: 'Celui-là ne peut pas partir maintenant. Essaie encore plus tard.',
    wallMine:
      'Voici tes dessins et ta voix. Touche le bouton bleu sous ton dessin pour l’accrocher au mur. Ta maîtresse ou ton maître regarde d’abord. La flèche le décroche.',
    wallNoneMine:
      'Tu n’as pas encore de dessin à accrocher. Fais un dessin, envoie-le, puis reviens ici.',
    wallWaits:
      'Celui-là ne peut pas aller au mur maintenant. Attends que ta maîtresse ou ton maître regarde les autres, ou fais un dessin ici.',
    ideas:
      'Voici tes dessins et ta voix. Touche le panneau sous ton dessin pour le proposer. Ta maîtresse ou ton maître regarde d’abord.',
    ideasNone:
      'Tu n’as pas encore de dessin à proposer. Fais un dessin, envoie-le, puis reviens ici.',
    boardEmpty: 'Il n’y a rien sur le panneau. La petite maison te ramène à tes lettres.',
    homeBegun:
      'Voici tes lettres. En haut, ce que tu as commencé t’attend\u00a0: touche-le pour continuer.',
    noneBegun:
      'Tu n’as pas de lettre. En haut, ce que tu as commencé t’attend\u00a0: touche-le pour continuer.',
    letterDrawn:
      'Touche la grande oreille pour entendre la lettre. Sous le dessin, touche la feuille au crayon rouge pour dessiner dessus\u00a0: c’est ta réponse. La petite maison ramène à tes lettres. Si la lettre te gêne, touche le visage qui pleure.',
    letter:
      'Touche la grande oreille pour écouter la lettre. Touche une image pour l’entendre, touche-la encore pour répondre. La petite maison te ramène à tes lettres. Si la lettre te gêne, touche le visage qui pleure.',
    quit: 'Tu t’en vas\u00a0? Touche la porte pour partir. Touche la maison pour rester.',
    toWhom: 'Pour qui\u00a0? Touche un visage.',
    helped:
      'Tu as bien fait. Un adulte va lire la lettre et t’aider. Si tu as besoin de lui maintenant, touche l’enfant qui lève la main.',
    called: 'Un adulte sait que tu as besoin de lui maintenant.',
    done: 'C’est fini. Touche la maison pour voir tes lettres.',
    whom: 'Touche un visage. Son image vient sur l’enveloppe. Puis touche ce que tu veux envoyer\u00a0: une fois pour l’entendre, encore une fois pour le choisir.',
    nobody: 'Tu ne peux pas écrire maintenant. Demande à un adulte.',
    draw: 'Prends un crayon et dessine. La gomme efface. La flèche défait. Quand tu as fini, touche le grand bouton bleu.',
    voice: 'Touche le micro et parle. Quand tu as fini, touche le carré.',
    photo:
      'Touche l’appareil et prends une photo. Puis touche le grand bouton bleu. Si quelqu’un est sur la photo, demande-lui d’abord.',
    album:
      'Voici ton album. Un timbre pour chaque personne à qui tu as écrit. Touche un timbre pour entendre son nom. Personne d’autre ne le voit.',
    albumBare:
      'Ton album attend ses timbres. Quand tu écris à quelqu’un, son timbre vient ici. Touche une image pour faire une lettre.',
    dictation:
      'Touche le triangle pour écouter ta voix. Un adulte écrit ce que tu dis. Quand c’est fini, il touche le grand bouton bleu.',
    lookDictated:
      'Touche l’oreille bleue pour écouter ce qui est écrit. C’est bien ce que tu as dit\u00a0? Touche l’avion pour envoyer. Touche la flèche pour changer.',
    lookVoice:
      'Écoute ta voix. On l’envoie\u00a0? Touche l’avion pour envoyer. Touche la feuille écrite pour qu’un adulte écrive ce que tu dis. Touche la flèche pour changer.',
    look: 'Regarde bien, ou écoute. On l’envoie\u00a0? Touche l’avion pour envoyer. Touche la flèche pour changer.',
    sent: 'C’est parti\u00a0! Si tu veux reprendre ta lettre, touche vite la flèche.',
    waits:
      'Ta lettre attend un peu. Touche l’oreille verte pour savoir pourquoi. Pour la reprendre, touche vite la flèche.',
    family:
      'Tu peux lire tes lettres. Pour écrire, il faut le oui de ta famille. Demande à ta maîtresse ou à ton maître.',
    charter:
      'Voici ce qu’on fait avec le courrier. Touche chaque image pour écouter. Si tu es d’accord, touche le grand bouton bleu.',
    charterFriends: 'J’écris à ma classe et à ma famille.',
    charterKind: 'J’envoie des choses gentilles.',
    charterSecret: 'Mes images secrètes sont à moi.',
    charterSad: 'Une lettre me gêne\u00a0? Un adulte m’aide.',
    unsent: 'Ta lettre n’est pas partie. Elle est encore là. Demande à un adulte de t’aider.',
  },
};
