import { de } from './elision.ts';

const ANIMALS: Readonly<Record<string, string>> = {
  chat: 'le chat',
  chien: 'le chien',
  lapin: 'le lapin',
  ours: 'l’ours',
  panda: 'le panda',
  renard: 'le renard',
  hibou: 'le hibou',
  grenouille: 'la grenouille',
  cochon: 'le cochon',
  vache: 'la vache',
  mouton: 'le mouton',
  lion: 'le lion',
  elephant: 'l’éléphant',
  souris: 'la souris',
  manchot: 'le manchot',
  poule: 'la poule',
  canard: 'le canard',
  herisson: 'le hérisson',
  tortue: 'la tortue',
  poisson: 'le poisson',
  baleine: 'la baleine',
  abeille: 'l’abeille',
  escargot: 'l’escargot',
  girafe: 'la girafe',
};

/** Words of the codes: class computers, pictures, activation, sheets on paper. Part of `fr.ts`. */
export const codesFr = {
  animals: ANIMALS,
  door: {
    pupil: 'Tu es élève\u00a0?',
    pupilHint: 'Choisis ton prénom, puis tes images.',
    firstTime: 'J’ai reçu un code sur papier',
  },
  who: {
    title: 'Qui es-tu\u00a0?',
    touch: 'Touche ton prénom.',
    adult: 'Je suis un adulte',
    notMyClass: 'Ce n’est pas ma classe',
    names: 'Les prénoms de la classe',
    which: 'Quelle est ta classe\u00a0?',
    touchClass: 'Touche ta classe.',
    classes: 'Les classes de cet ordinateur',
    nobody: 'Il n’y a encore personne dans cette classe.',
    closed: 'Ta classe n’est pas ouverte ici.',
    ask: 'Demande à ta maîtresse ou à ton maître de l’ouvrir sur cet ordinateur.',
    atHome: 'À la maison\u00a0: entre avec le code de ta feuille, ou avec ton mot de passe.',
    havePassword: 'J’ai un mot de passe',
    howTo:
      'Pour l’adulte\u00a0: connectez-vous, puis choisissez «\u00a0Mes classes\u00a0», «\u00a0Codes et feuilles\u00a0» et «\u00a0Ouvrir la classe sur cet ordinateur\u00a0».',
  },
  pictures: {
    title: 'Tes trois images',
    hello: (name: string) => `Bonjour ${name}`,
    touch: 'Touche tes trois images, dans l’ordre.',
    notMe: 'Ce n’est pas moi',
    yours: 'Tes images',
    choose: 'Les douze images',
    now: ', à toi de choisir',
    later: ', ensuite',
    undo: 'Effacer',
    help: 'Tu as oublié tes images\u00a0? Ta maîtresse ou ton maître peut t’aider.',
    wrong: 'Ce ne sont pas les bonnes images. Essaie encore, tu as le temps.',
    slow: 'Attends un peu avec moi. Ta maîtresse est prévenue, elle va t’aider.',
    tooOld: 'La page était ouverte depuis longtemps. Recommence, tu as le temps.',
  },
  activate: {
    title: 'Ouvrir mon compte',
    intro: 'Recopiez l’adresse et le code de votre papier.',
    address: 'Adresse',
    code: 'Code',
    codeHint: 'Par exemple K7MP-4RT-XW9C-HN3A. Majuscules et tirets ne comptent pas.',
    next: 'Continuer',
    back: 'Retour à la connexion',
    empty: 'Écrivez l’adresse et le code.',
    noMatch:
      'L’adresse ou le code ne correspond pas. Vérifiez les deux sur le papier le plus récent.',
    expired:
      'Ce code n’est plus valable\u00a0: il était trop ancien. Demandez-en un nouveau à l’école.',
    used: 'Ce code a déjà servi. Connectez-vous avec votre mot de passe, ou demandez un nouveau code à l’école.',
    tooOld: 'Cette page était ouverte depuis trop longtemps. Essayez encore une fois.',
    choose: { pupil: 'Choisis ton mot de passe', adult: 'Choisissez votre mot de passe' },
    password: { pupil: 'Ton mot de passe', adult: 'Mot de passe' },
    rule: {
      pupil: 'Au moins 8 signes. Par exemple deux mots que tu n’oublies pas. Pas ton nom.',
      adult:
        'Au moins 12 signes\u00a0: par exemple trois mots sans rapport entre eux. Ni votre nom, ni votre adresse.',
    },
    open: { pupil: 'Entrer', adult: 'Ouvrir ma messagerie' },
    fault: {
      pupil: {
        short: 'C’est trop court. Il faut au moins 8 signes.',
        long: 'C’est trop long.',
        'own-name': 'Ton nom est trop facile à deviner. Prends d’autres mots.',
        'school-name':
          'Le nom de ton école ou de ta ville est trop facile à deviner. Prends d’autres mots.',
        repeated:
          'Le même mot plusieurs fois, c’est facile à deviner. Prends deux mots différents.',
        common: 'Trop de gens prennent ce mot. Ajoute un autre mot que tu aimes bien.',
        pattern:
          'Des touches qui se suivent ou une date, c’est facile à deviner. Prends deux mots.',
      },
      adult: {
        short: 'Trop court\u00a0: il faut au moins 12 signes.',
        long: 'Trop long\u00a0: au plus 200 signes.',
        'own-name': 'Votre nom ou votre adresse se devine. Prenez d’autres mots.',
        'school-name': 'Le nom de l’école ou de la ville se devine. Prenez d’autres mots.',
        repeated: 'Un mot répété se devine. Prenez des mots différents.',
        common:
          'Ce mot de passe est parmi les plus courants. Prenez trois mots sans rapport entre eux.',
        pattern:
          'Des touches qui se suivent, des chiffres ou une date se devinent. Prenez trois mots sans rapport entre eux.',
      },
    },
  },
  page: {
    title: 'Codes des classes',
    link: 'Codes et feuilles',
    lead: 'Un élève entre avec trois images, ou avec un code sur papier qui sert une fois.',
    empty: 'Aucune classe ne vous est confiée pour le moment.',
    pupils: (count: number) => `${count} ${count < 2 ? 'élève' : 'élèves'}`,
    never: 'Aucune feuille imprimée',
    last: (when: string, by: string | null) =>
      by === null
        ? `Feuille faite ${when}, avec l’import de la ville`
        : `Feuille imprimée ${when} par ${by}`,
    open: 'Ouvrir la classe sur cet ordinateur',
    openHint:
      'Vous serez déconnecté de cet ordinateur. Les élèves y verront leurs prénoms jusqu’à la fin août.',
    close: 'Fermer la classe sur tous les ordinateurs',
    browsers: (count: number) =>
      count === 0
        ? 'La classe n’est ouverte sur aucun ordinateur.'
        : `La classe est ouverte sur ${count} ${count < 2 ? 'ordinateur' : 'ordinateurs'}.`,
    computers: 'Ordinateurs de la classe',
    shut: 'La classe est fermée partout, et les pages que les enfants y avaient ouvertes par leurs images. Ouvrez-la de nouveau sur chaque ordinateur.',
    print: 'Imprimer les codes de la classe',
    printHint:
      'De nouveaux codes sont faits pour toute la classe\u00a0: les anciens ne marchent plus. Un mot de passe déjà choisi reste bon\u00a0; pour y mettre fin, refaites le code de l’élève. Les codes ne s’affichent que cette fois, et l’impression est notée.',
    kind: 'Comment entrent les élèves\u00a0?',
    pictures: 'Trois images',
    picturesHint: 'sur les ordinateurs de la classe',
    activation: 'Un code, puis un mot de passe',
    activationHint: 'pour qui sait lire et taper',
    advised: 'conseillé',
    families: 'Ajouter un mot pour chaque famille',
    pdf: 'Feuille à imprimer (PDF)',
    csv: 'Fichier pour publipostage (CSV)',
    both: 'Les deux (ZIP)',
    replace: (when: string) =>
      `Des codes sont déjà imprimés, ${when}. Je les remplace\u00a0: les feuilles d’avant n’ouvriront plus rien.`,
    replaceFirst:
      'Rien n’est imprimé\u00a0: des codes de cette classe sont déjà sur papier. Cochez la case pour les remplacer.',
    classTitle: 'Codes de la classe',
    madeAt: (when: string) => `fait ${when}`,
    none: 'pas encore de code',
    usedAt: 'utilisé',
    unused: 'pas encore utilisé',
    kindShort: { pictures: 'images', activation: 'code sur papier' },
    redo: 'Refaire',
    redoFor: (name: string) => `le code ${de(name)}`,
    list: 'Les élèves',
    pupil: 'Élève',
    act: 'Nouveau code',
    freshTitle: (name: string) => `Nouveau code ${de(name)}`,
    fresh:
      'Il marche tout de suite. L’ancien ne marche plus, ni le mot de passe de l’élève, ni ses appareils. Notez-le maintenant\u00a0: il ne sera plus affiché.',
    order: 'Dans cet ordre',
    back: 'Retour à la classe',
  },
  paper: {
    fileName: (className: string) => `Codes ${className}`,
    file: 'Codes',
    groups: { adults: 'Adultes de l’école', 'no-class': 'Élèves sans classe' },
    fold: 'plier ici, le code est caché dessous',
    yourCode: 'Ton code, une seule fois',
    familyCode: 'Votre code, une seule fois',
    howPictures: 'Touche ton prénom, puis ces images dans l’ordre.',
    howCode: (address: string) => `Va sur ${address}, tape ton adresse et ce code.`,
    howCodeAdult: (address: string) => `Allez sur ${address}, recopiez l’adresse et ce code.`,
    until: (when: string) => `Valable jusqu’au ${when}.`,
    slipTitle: (child: string) => `Pour la famille ${de(child)}`,
    slipIntro:
      'Madame, Monsieur, l’école vous ouvre une boîte pour écrire à l’enseignant de votre enfant. Seuls l’école et votre enfant peuvent vous y écrire.',
    slipHow: (address: string) =>
      `Allez sur ${address}, recopiez l’adresse et le code, puis choisissez un mot de passe.`,
    slipOpen: 'Votre compte est déjà ouvert\u00a0: utilisez votre mot de passe.',
    slipElsewhere: (className: string) =>
      `Votre code est sur la feuille de ${className}, pour un frère ou une sœur. Le même sert ici.`,
    slipNobody: 'Aucun compte de famille pour le moment. Parlez-en à l’école.',
    keep: 'Gardez ce papier à l’abri, puis jetez-le après la première connexion.',
    made: (when: string) => `Imprimé le ${when}. Les feuilles plus anciennes ne valent plus.`,
    columns: {
      kind: 'Pour',
      child: 'Élève',
      name: 'Nom',
      address: 'Adresse',
      code: 'Code',
      class: 'Classe',
      school: 'École',
      until: 'Valable jusqu’au',
      pupil: 'élève',
      adult: 'adulte',
      family: 'famille',
      alreadyOpen: 'compte déjà ouvert',
      elsewhere: (className: string) => `sur la feuille de ${className}`,
    },
  },
};
