import { de } from './elision.ts';
import { plural } from './plural-fr.ts';

const names = new Intl.ListFormat('fr', { type: 'conjunction' });

const DISK_FULL =
  'le disque du service est presque plein, ce qui reste est pour les lettres. Il faut le dire à la personne qui s’occupe de Préau.';

/** Words of the cupboards. Part of `fr.ts`. */
export const cupboardsFr = {
  nav: 'Le casier',
  others: 'Les casiers',
  myClass: 'La classe',
  places: { own: 'Mes affaires', team: 'L’équipe', school: 'L’école' },
  placeTitles: {
    own: () => 'Mes affaires',
    team: (school: string) => `Casier de l’équipe, ${school}`,
    school: (school: string) => `Casier de l’école, ${school}`,
  },
  seenBy: {
    own: 'Personne d’autre ne voit ce qui est ici.',
    team: 'Les adultes de l’école voient ce qui est ici, et le rangent.',
    school:
      'Ce que vous mettez ici n’est d’abord vu que par l’équipe. Vous l’ouvrez aux élèves, aux familles.',
  },
  of: (name: string) => `Casier ${de(name)}`,
  ofMyClass: 'Le casier de ma classe',
  classOf: (children: readonly string[]) => `la classe ${de(names.format(children))}`,
  none: 'Vous n’avez pas de casier\u00a0: il y en a un par classe, et un par personne de l’école.',
  top: 'Casier',
  whereAmI: 'Où je suis',
  back: 'Le casier',
  backTo: (name: string) => `Retour\u00a0: ${name}`,
  books: 'Les cahiers',
  files: (count: number) => (count === 0 ? 'vide' : plural(count, 'fichier', 'fichiers')),
  folder: 'dossier',
  folderOf: (count: number) =>
    count === 0 ? 'dossier vide' : `dossier, ${plural(count, 'fichier', 'fichiers')}`,
  kinds: {
    picture: 'image',
    sound: 'son',
    film: 'film',
    pdf: 'PDF',
    text: 'texte',
    table: 'tableau',
    slides: 'diaporama',
    file: 'fichier',
  },
  scanned: 'analysé',
  by: (name: string, day: string) => (name === '' ? day : `par ${name}, ${day}`),
  empty: {
    adult: 'Rien ici pour le moment.',
    child: 'Rien ici pour le moment.',
    teacher:
      'Rien ici pour le moment. Ajoutez une feuille, une photo, un son\u00a0: les élèves l’ouvrent sans le télécharger.',
  },
  find: 'Chercher un fichier',
  findDo: 'Chercher',
  findTitle: 'Ce qu’on a trouvé',
  foundNone: {
    adult: 'Rien de ce nom. Essayez un seul mot, ou une partie.',
    child: 'Rien de ce nom. Essaie un seul mot, ou une partie.',
  },
  zip: 'Tout télécharger',
  further: 'La suite',
  first: 'Revenir au début',
  sees: { author: 'Moi seulement', team: 'Équipe', pupils: 'Élèves', families: 'Élèves, familles' },
  opened: 'les élèves y déposent',
  openedToYou: 'Tu peux mettre tes fichiers ici.',
  actsFor: (name: string) => `Actions pour «\u00a0${name}\u00a0»`,
  open: 'Ouvrir',
  download: 'Télécharger',
  change: 'Nom, qui le voit',
  changeOwn: 'Changer le nom',
  throwAway: { adult: 'Mettre à la corbeille', child: 'Jeter' },
  add: 'Ajouter des fichiers',
  addHint: 'Images, PDF, sons, films, feuilles\u00a0: 25\u00a0Mo en tout, 20 fichiers à la fois.',
  addEach: (most: string) =>
    `Images, PDF, sons, films, feuilles\u00a0: ${most} par fichier, 20 à la fois.`,
  filmHint: (most: string) =>
    `Un film ou un son seul\u00a0: ${most} au plus. Il part par morceaux, une coupure ne perd rien.`,
  again: 'Essayer encore',
  againHint: 'Rien n’est perdu\u00a0: ce bouton met ici ce qui a été envoyé.',
  addDo: { adult: 'Mettre au casier', child: 'Mettre dans le casier' },
  newFolder: 'Nouveau dossier',
  newBook: 'Nouveau cahier',
  folderName: 'Son nom',
  folderHint: 'Français, Le potager, Semaine 12…',
  makeFolder: 'Créer',
  place: 'Place',
  placeOf: (used: string, most: string) => `${used} sur ${most}`,
  placeHint: 'Un casier plein n’empêche aucune lettre.',
  bin: 'Corbeille',
  binOf: (name: string) => `Corbeille du casier ${de(name)}`,
  binLead: 'Ce qui est jeté reste 30 jours ici, puis s’efface.',
  binEmpty: 'La corbeille est vide.',
  thrown: (day: string) => `jeté ${day}`,
  takeOut: 'Remettre au casier',
  notNamed: {
    adult: (name: string) =>
      `C’est déjà à la corbeille, sous son ancien nom. Pour l’appeler «\u00a0${name}\u00a0», remettez-le d’abord au casier.`,
    child: (name: string) =>
      `C’est déjà à la corbeille, sous son ancien nom. Pour l’appeler «\u00a0${name}\u00a0», demande d’abord à ta maîtresse ou à ton maître de le remettre au casier.`,
  },
  changePage: (name: string) => `«\u00a0${name}\u00a0»`,
  name: 'Nom',
  rename: 'Changer le nom',
  whoSees: 'Qui le voit',
  whoSeesHint: 'Ce qui est dans un dossier ne se voit que si l’on voit le dossier.',
  seesLong: {
    author: 'Moi seulement',
    team: 'L’équipe',
    pupils: 'Les élèves de la classe',
    families: 'Les élèves et leurs familles',
  },
  seesLongHere: {
    author: 'Moi seulement',
    team: 'Les adultes de l’école',
    pupils: 'Les adultes et les élèves de l’école',
    families: 'Les adultes, les élèves et leurs familles',
  },
  opens: 'Les élèves peuvent y mettre leurs fichiers, et voient ceux des autres',
  save: 'Enregistrer',
  cantShow: 'Ce fichier ne s’ouvre pas ici. Téléchargez-le pour l’ouvrir.',
  cantShowChild: 'Ce fichier ne s’ouvre pas ici. Tu peux le télécharger.',
  versions: 'Avant',
  version: (day: string, size: string) => `jusqu’au ${day}, ${size}`,
  versionsHint: 'Ce que le fichier était avant reste 30 jours.',
  noProgram:
    'Le casier s’ouvre dans Préau. Il ne se monte pas comme un disque (WebDAV)\u00a0: ce serait une deuxième porte vers les fichiers des enfants.',
  coming: {
    dropHere: 'On peut aussi lâcher des fichiers n’importe où sur cette page.',
    tooBig: (name: string, most: string) => `${name} est trop gros\u00a0: ${most} au plus ici.`,
    noRoom: (name: string, most: string) =>
      `${name} ne tient plus avec le reste\u00a0: ${most} au plus en tout ici.`,
    tooMany: (name: string, most: number) =>
      `${name} est de trop\u00a0: ${plural(most, 'fichier', 'fichiers')} au plus ici. Il n’est pas parti.`,
    empty: (name: string) => `${name} est vide.`,
    noDisk: (name: string) => `${name}\u00a0: ${DISK_FULL}`,
    cut: 'La ligne est coupée. Rien n’est perdu\u00a0: la suite part dès qu’elle revient.',
    refused: (name: string) =>
      `${name} n’est pas arrivé. Il faut recharger la page, puis recommencer.`,
    waiting: 'attend son tour',
    done: 'arrivé, l’antivirus regarde',
    ready: 'prêt',
    remove: 'Retirer',
    notWhole: 'ce fichier n’est pas arrivé entier. Il faut recommencer.',
  },
  pick: {
    title: 'Joindre du casier',
    files: 'Les fichiers',
    join: 'Joindre',
    joinOne: 'Joindre 1 fichier',
    joinMany: (count: string) => `Joindre ${count} fichiers`,
    lost: {
      adult: 'La ligne est coupée\u00a0: essayez encore. La lettre est toujours là.',
      child: 'La ligne est coupée\u00a0: essaie encore. Ta lettre est toujours là.',
    },
    without: 'Sans fichier',
    already: (size: string) => `${size} dans la lettre déjà`,
    nothing: { adult: 'Cochez d’abord un fichier.', child: 'Coche d’abord un fichier.' },
    tooBig: (most: string) => `Trop gros pour une lettre\u00a0: ${most} au plus en tout.`,
    gone: 'Un de ces fichiers n’est plus au casier.',
  },
  store: 'Mettre dans mes affaires',
  largest: {
    title: 'Ce qui prend le plus de place',
    none: 'Il n’y a pas encore de fichier ici.',
    kept: (used: string, most: string) =>
      `Corbeille et anciennes versions\u00a0: ${used} sur ${most}, à part. Elles s’effacent après 30 jours.`,
  },
  move: {
    act: 'Ranger ailleurs',
    title: (name: string) => `Ranger «\u00a0${name}\u00a0» ailleurs`,
    here: (name: string) => `Ranger ici\u00a0: ${name}`,
    liesHere: (name: string) =>
      `C’est ici déjà (${name}). Choisissez un casier ou un dossier ci-dessus.`,
    notHere: {
      adult: 'Rien ne peut être rangé ici. Choisissez un autre casier, ou un dossier.',
      child: 'Rien ne peut être rangé ici. Choisis un autre casier, ou un dossier ouvert.',
    },
    seen: {
      class: 'Ici, les élèves le voient, s’ils voient le dossier.',
      own: 'Ici, personne d’autre ne le voit.',
      team: 'Ici, les adultes de l’école le voient.',
      school: 'Ici, l’équipe le voit. On l’ouvre ensuite aux élèves, aux familles.',
    },
    faults: {
      here: 'C’est ici déjà.',
      inside: 'Un dossier ne se range pas dans lui-même. Il en faut un autre.',
      deep: 'Pas plus de quatre dossiers l’un dans l’autre. Il faut le ranger plus haut.',
      full: 'Ce casier est plein. Il faut d’abord y jeter ce qui ne sert plus. Rien n’a bougé.',
      'too-many': 'Il y a trop de fichiers dans ce casier. Rien n’a bougé.',
      others:
        'D’autres personnes ont mis ces fichiers ici\u00a0: ils ne vont pas dans des affaires à soi. On peut les télécharger.',
      unseen:
        'Ce dossier contient aussi ce que d’autres gardent pour eux. Il ne peut pas changer de casier\u00a0; on peut ranger ses fichiers un par un.',
    },
  },
  said: {
    moved: 'C’est rangé ici.',
    movedBack: 'C’est de retour ici, comme avant.',
    put: 'C’est au casier.',
    replaced:
      'C’est au casier, à la place du fichier du même nom, qui reste 30 jours sous «\u00a0Avant\u00a0».',
    made: 'Le dossier est là.',
    changed: 'C’est enregistré.',
    thrown: 'C’est à la corbeille, pour 30 jours.',
    thrownBefore: 'C’est déjà à la corbeille, pour 30 jours.',
    out: 'C’est de retour au casier.',
  },
  some: (count: number) => `${plural(count, 'fichier est', 'fichiers sont')} au casier.`,
  troubles: {
    nothing: 'Choisissez d’abord un fichier.',
    empty: 'ce fichier est vide.',
    'too-big': (most: string) =>
      `ce fichier est trop gros\u00a0: ${most} au plus. Il faut le couper, ou réduire l’image.`,
    full: 'ce casier est plein. Il faut jeter ce qui ne sert plus, puis recommencer.',
    'too-many': 'il y a trop de fichiers dans ce casier. Il faut jeter ce qui ne sert plus.',
    'no-disk': DISK_FULL,
    bomb: 'cette image est trop grande pour les ordinateurs de l’école. Il faut la réduire.',
    kind: 'ce genre de fichier n’a pas de place ici. Il faut une image, un PDF, un son, un film, un texte ou un tableau sans macros.',
    photo:
      'les photos des élèves ne sont pas ouvertes dans cette classe. Il faut demander à la maîtresse ou au maître.',
    locked:
      'personne ne peut regarder dans ce fichier, fermé par un mot de passe ou trop emballé. Il faut l’ouvrir, et mettre ce qu’il contient.',
    virus: 'ce fichier porte un virus. Il n’est resté nulle part.',
    silent: 'l’antivirus ne répond pas. Il faut essayer encore dans quelques minutes.',
    gone: 'ce dossier a été jeté entre-temps. Le fichier n’y est pas\u00a0: il faut le mettre ailleurs.',
  },
  childTroubles: {
    nothing: 'Choisis d’abord un fichier.',
    bomb: 'cette image est trop grande. Choisis-en une plus petite.',
    kind: 'ce fichier n’a pas de place ici. Choisis une image, un son, un film ou une feuille.',
    locked:
      'ce fichier est fermé\u00a0: personne ne peut regarder dedans. Demande à un adulte de l’ouvrir.',
    silent: 'on ne peut pas regarder ce fichier maintenant. Essaie encore dans quelques minutes.',
  },
  faults: {
    empty: 'Il faut un nom.',
    long: 'Ce nom est trop long.',
    sign: 'Un nom ne prend ni / ni \\ ni < > : " | ? *',
    hidden: 'Ce nom contient un signe qui ne se voit pas. Il faut le taper à nouveau.',
    reserved:
      'Ce nom est réservé par les ordinateurs, ou commence ou finit par un point. Il en faut un autre.',
    taken: 'Ce nom est déjà pris dans ce dossier. Il en faut un autre.',
    deep: 'Pas plus de quatre dossiers l’un dans l’autre.',
    'too-many': 'Il y a trop de fichiers et de dossiers dans ce casier.',
  },
};
