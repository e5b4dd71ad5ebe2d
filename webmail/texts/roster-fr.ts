import { noun, plural } from './plural-fr.ts';

const SEPARATORS: Readonly<Record<string, string>> = {
  ';': 'séparé par des points-virgules',
  ',': 'séparé par des virgules',
  '\t': 'séparé par des tabulations',
};
const FORMATS: Readonly<Record<string, string>> = {
  'onde-pupils': 'élèves d’ONDE',
  'onde-guardians': 'responsables d’ONDE',
  teachers: 'enseignants',
  'oneroster-1.1': 'OneRoster 1.1',
  'oneroster-1.2': 'OneRoster 1.2',
  mapped: 'tableau, colonnes nommées par vous',
};
const STOPS: Readonly<Record<string, string>> = {
  'many-leave': 'plus d’un sur cinq part',
  'many-arrive': 'beaucoup d’arrivées',
  'other-school': 'fichier d’une autre école',
  undecided: 'trop de personnes à reconnaître',
  nobody: 'aucune ligne utile',
  columns: 'colonnes à nommer',
};

/** Words of the pages on which rosters come in from files. Part of `fr.ts`. */
export const rosterFr = {
  nav: 'Rentrée',
  back: 'Retour',
  backTo: (school: string) => `Retour à ${school}`,
  home: {
    title: 'Rentrée',
    lead: 'Choisissez l’école dont vous importez les listes.',
    leadTown: 'Importez les listes de toutes les écoles en une fois, ou celles d’une école.',
    schools: 'Les écoles',
    open: 'Ouvrir',
    town: 'Toutes les écoles à la fois',
    townHint:
      'Un fichier zip avec un dossier par école, nommé comme elle, ou un export OneRoster de la ville. Vous verrez chaque école avant d’appliquer.',
    batches: 'Vos imports de la ville',
    find: 'Chercher une école',
  },
  upload: {
    title: 'Importer des listes',
    lead: 'Donnez les fichiers, regardez ce qui changera, puis décidez. Rien ne change avant.',
    files: 'Les fichiers',
    file: 'Le fichier zip',
    filesHint:
      'Élèves, responsables, enseignants\u00a0: tous ensemble ou un seul. CSV d’ONDE sans l’ouvrir dans un tableur, OneRoster, ou tout tableau CSV ou Excel. Un zip convient.',
    where: 'Où les trouver dans ONDE\u00a0?',
    whereText:
      'Dans ONDE, menu «\u00a0Listes & extractions\u00a0», puis «\u00a0La liste des élèves de l’école\u00a0» et «\u00a0La liste des responsables\u00a0», au format CSV. Le fichier s’appelle souvent CSVExtraction.csv. Les enseignants n’y sont pas\u00a0: leur liste se fait à la main, ou leurs classes se donnent dans «\u00a0Classes\u00a0».',
    year: 'Pour quelle année scolaire\u00a0?',
    running: (year: string) => `${year}, l’année en cours`,
    runningHint: 'change dès que vous appliquez',
    next: (year: string) => `${year}, l’année prochaine`,
    nextHint: 'se prépare et attend la rentrée, rien ne change d’ici là',
    go: 'Voir ce qui changera',
    none: 'Choisissez au moins un fichier.',
  },
  imports: {
    waiting: 'À finir',
    draft: (when: string) => `Fichiers donnés ${when}`,
    goOn: 'Reprendre',
    history: 'Imports passés',
    noHistory: 'Aucun import pour le moment.',
    next: (day: string) => `L’année prochaine est prête. Elle commence le ${day}.`,
    seeNext: 'Voir les classes de l’année prochaine',
    by: (name: string) => `par ${name}`,
    byTown: 'par la ville',
    see: 'Voir',
    state: {
      applied: 'Appliqué',
      undone: 'Annulé',
      rehearsed: 'Prêt pour la rentrée',
      replaced: 'Remplacé',
    },
    when: 'Quand',
    what: 'Ce qui a changé',
    howItStands: 'État',
    undoable: (day: string) => `Annulable jusqu’au ${day}`,
    year: 'Année',
  },
  counts: {
    arrives: (n: number) => plural(n, 'arrivée', 'arrivées'),
    leaves: (n: number) => plural(n, 'départ', 'départs'),
    movesClass: (n: number) => plural(n, 'changement de classe', 'changements de classe'),
    changesSchool: (n: number) => plural(n, 'changement d’école', 'changements d’école'),
    joins: (n: number) => plural(n, 'rattachement', 'rattachements'),
    renamed: (n: number) => plural(n, 'nom corrigé', 'noms corrigés'),
    levels: (n: number) => plural(n, 'changement de niveau', 'changements de niveau'),
    civilities: (n: number) => plural(n, 'civilité corrigée', 'civilités corrigées'),
    photos: (n: number) => plural(n, 'autorisation photo', 'autorisations photo'),
    parted: (n: number) => plural(n, 'lien familial ôté', 'liens familiaux ôtés'),
    kept: (n: number) => plural(n, 'personne maintenue', 'personnes maintenues'),
    asked: (n: number) => plural(n, 'question', 'questions'),
    refused: (n: number) => plural(n, 'ligne refusée', 'lignes refusées'),
    classesMade: (n: number) => plural(n, 'classe créée', 'classes créées'),
    classesEnded: (n: number) => plural(n, 'classe terminée', 'classes terminées'),
    nothing: 'Rien',
  },
  formats: FORMATS,
  found: {
    title: 'Ce qui a été lu',
    separator: SEPARATORS,
    lines: (n: number) => plural(n, 'ligne', 'lignes'),
  },
  columns: {
    title: 'Quelle colonne est laquelle\u00a0?',
    lead: (file: string) =>
      `Les titres des colonnes de ${file} ne sont pas ceux d’un format connu. Dites une fois ce que porte chaque colonne, ce choix sera enregistré pour l’école.`,
    sample: 'Les premières lignes du fichier',
    of: 'Ce fichier contient',
    pupils: 'des élèves',
    teachers: 'des enseignants',
    guardians: 'des responsables, un enfant par ligne',
    family: 'Nom de famille',
    given: 'Prénom',
    used: 'Nom d’usage',
    birth: 'Date de naissance',
    ine: 'INE',
    level: 'Niveau',
    class: 'Classe',
    email: 'Courriel',
    none: 'absente du fichier',
    needed: 'obligatoire',
    pupilsOnly: 'Pour des élèves',
    adultsOnly: 'Pour des enseignants ou des responsables',
    guardiansOnly: 'Pour des responsables',
    childFamily: 'Nom de l’enfant',
    childGiven: 'Prénom de l’enfant',
    phone: 'Téléphone portable',
    oneChild:
      'La colonne de la classe est alors celle de l’enfant. Une personne qui a plusieurs enfants a plusieurs lignes.',
    identity:
      'Sans date de naissance ni INE, deux enfants du même nom pourraient être confondus\u00a0: on vous demandera alors qui est qui.',
    go: 'Lire le fichier ainsi',
    missing:
      'Choisissez la colonne du nom de famille et celle du prénom\u00a0; pour des responsables, aussi celles de l’enfant.',
    again: 'Changer les colonnes',
  },
  which: {
    title: 'Quelle école de cet export\u00a0?',
    lead: 'Le fichier contient plusieurs écoles. Dites laquelle importer, les autres ne sont pas lues.',
    choose: 'Lire cette école',
    missing: 'Choisissez d’abord une école.',
  },
  preview: {
    title: 'Vérifier avant d’appliquer',
    titleNext: (year: string) => `Préparer ${year}\u00a0: vérifier`,
    read: (when: string) => `Fichiers lus ${when}.`,
    unchangedYet: 'Rien n’est encore changé.',
    print: 'Imprimer',
    /** Beside the number, which stands apart. */
    sums: {
      undecided: (n: number) => noun(n, 'personne à reconnaître', 'personnes à reconnaître'),
      refused: (n: number) => noun(n, 'ligne refusée', 'lignes refusées'),
      arrives: (n: number) => noun(n, 'arrivée', 'arrivées'),
      leaves: (n: number) => noun(n, 'départ', 'départs'),
      changes: () => 'changements',
    },
    unchanged: 'sans changement',
    who: 'Qui est qui\u00a0?',
    whoHint:
      'Le fichier nomme une personne que nous ne savons pas reconnaître seuls. Sans réponse, sa ligne attend sur la page «\u00a0Qui est qui\u00a0?\u00a0», et le reste est appliqué.',
    inFile: 'Dans le fichier',
    answer: 'C’est',
    known: (name: string, where: string) => (where === '' ? name : `${name}, ${where}`),
    elsewhere: 'cet enfant, déjà dans une autre école de la ville',
    elsewhereNamed: (name: string) => `${name}, d’une autre école`,
    somebodyNew: 'quelqu’un de nouveau',
    sameAs: (line: number) => `la même personne qu’à la ligne ${line}`,
    leaveOut: 'ne pas importer cette ligne',
    line: (line: number) => `ligne ${line}`,
    open: 'Encore sans réponse',
    refused: 'Lignes refusées',
    refusedHint:
      'Ces lignes ne sont pas importées, les autres le sont. Personne ne part à cause d’une ligne refusée.',
    lineHead: 'Ligne',
    cell: 'Case',
    column: 'Colonne',
    wrong: 'Ce qui ne va pas, et que faire',
    harmless: 'Rien à faire',
    kept: 'Restent, malgré une ligne refusée',
    keptHint:
      'Une ligne qui ne peut pas servir parle peut-être de ces personnes. Elles gardent leur classe et leur boîte. Corrigez la ligne et importez de nouveau\u00a0; qui est vraiment parti se note dans «\u00a0Personnes\u00a0».',
    keptLine: 'Ligne du fichier',
    arrivals: 'Arrivées',
    departures: 'Départs',
    person: 'Personne',
    class: 'Classe',
    leavesClass: 'Quitte',
    address: 'Adresse',
    newAddress: 'une boîte sera créée',
    toPlace: 'à placer',
    leaveHint:
      'Leur boîte se ferme ce jour-là. Leur courrier est conservé trois mois, et revient si vous annulez.',
    leftHint: 'Leur boîte se ferme ce jour-là. Leur courrier est conservé trois mois.',
    moves: 'Changements de classe',
    before: 'Avant',
    after: 'Après',
    schools: 'Viennent d’une autre école de la ville',
    schoolsWait:
      'Vous placez ces enfants chez vous\u00a0; leur boîte suivra quand la ville aura accepté. Elle voit votre demande dès que vous appliquez.',
    schoolsMove: 'Adresse et courrier suivent l’enfant.',
    from: 'De',
    waits: 'attend la ville',
    others: 'Autres changements',
    joined: 'reçoit une place ou un enfant ici',
    civility: { M: 'civilité\u00a0: M.', Mme: 'civilité\u00a0: Mme' },
    photo: { yes: 'autorisation photo\u00a0: oui', no: 'autorisation photo\u00a0: non' },
    renamed: (before: string) => `s’appelait ${before}, l’adresse reste`,
    parted: (child: string) => `n’est plus lié à ${child}`,
    keptRole: 'garde son rôle\u00a0: un import n’en donne pas de plus haut',
    classMade: 'classe créée',
    classEnded: 'classe terminée',
    effect: 'Effet',
    seeOthers: (n: number) => `Voir les ${n} autres`,
    kinds: { pupil: 'élève', guardian: 'responsable', adult: 'adulte' },
    nothing: 'Rien à changer\u00a0: l’école sait déjà tout ce que disent ces fichiers.',
    nothingElse:
      'Rien à changer\u00a0: à part les lignes refusées, l’école sait déjà tout ce que disent ces fichiers.',
    same: (when: string) => `Ce sont les mêmes fichiers que ceux appliqués ${when}.`,
    done: 'Fermer',
    manyTitle: (leaving: number, of: number, ties: number) => {
      const parts = [
        ...(leaving > 0 ? [`${plural(leaving, 'départ', 'départs')} sur ${of} personnes`] : []),
        ...(ties > 0
          ? [`${plural(ties, 'lien de famille cesse', 'liens de famille cessent')}`]
          : []),
      ];
      return `${parts.join(', ')}\u00a0: est-ce bien la liste complète\u00a0?`;
    },
    manyTies: (n: number) =>
      `C’est plus d’un sur cinq. Un responsable que le fichier ne nomme plus à côté d’un enfant ne lui est plus lié. Si la liste est complète, retapez ${n}.`,
    manyText:
      'C’est plus d’un sur cinq. Un fichier d’une seule classe ferait partir toutes les autres. Si la liste est complète, retapez le nombre de départs.',
    manyLabel: 'Le nombre, retapé',
    manyWrong: 'Ce n’est pas ce nombre. Regardez la liste des départs, puis retapez-le.',
    manyArriveTitle: (arriving: number, of: number) =>
      `${plural(arriving, 'arrivée', 'arrivées')} dans une école de ${plural(of, 'personne', 'personnes')}\u00a0: est-ce bien sa liste\u00a0?`,
    manyArriveText:
      'C’est plus qu’une école ne reçoit d’un coup. Le fichier d’une ville entière créerait ici autant de boîtes. Si c’est bien cette école, tapez le nombre d’arrivées.',
    manyArriveWrong: 'Ce n’est pas ce nombre. Regardez la liste des arrivées, puis retapez-le.',
    tooManyQuestions: (n: number) =>
      `${n} lignes ne se reconnaissent pas\u00a0: ce n’est sans doute pas la liste de cette école. Rien n’en est pris.`,
    asideRole: (columns: string) =>
      `Le rôle n’est pas lu\u00a0: colonne ${columns}. Chaque ligne entre comme sa liste le dit, un élève dans une liste d’élèves, quoi que dise cette colonne.`,
    asideSchool: (columns: string) =>
      `L’école n’est pas lue\u00a0: colonne ${columns}. Toutes les lignes entrent dans cette école.`,
    aside: (columns: string) => `Colonnes laissées de côté\u00a0: ${columns}.`,
    otherSchool: 'Ce fichier est celui d’une autre école. Rien n’en est pris.',
    nobody: 'Aucune ligne de ce fichier ne peut servir.',
    chooseOther: 'Choisir d’autres fichiers',
    stopped: 'Rien n’est appliqué\u00a0: répondez d’abord à ce qui est demandé ci-dessous.',
    reason: 'Pourquoi cet import\u00a0?',
    reasonHint: 'Noté au journal de l’école.',
    changedSince:
      'Rien n’est appliqué\u00a0: quelqu’un a complété cet import depuis que vous avez ouvert cette page. Vos réponses restent. Relisez, puis appliquez.',
    reasonMissing: 'Écrivez pourquoi, en quelques mots.',
    apply: (n: number) => (n < 2 ? 'Appliquer le changement' : `Appliquer les ${n} changements`),
    rehearse: 'Enregistrer pour la rentrée',
    save: 'Enregistrer mes réponses',
    discard: 'Abandonner',
    saved: 'Vos réponses sont enregistrées.',
    foot: (leaves: number) =>
      leaves === 0 ? 'Personne ne part.' : `${plural(leaves, 'départ', 'départs')}.`,
    undoable: 'Annulable pendant 30 jours.',
    fromDay: (day: string) => `Tout le monde peut le voir. Rien ne change avant le ${day}.`,
  },
  moves: {
    title: (n: number) => {
      if (n === 0) return 'Aucun changement d’école n’attend';
      return n === 1 ? 'Un enfant à faire changer d’école' : `${n} enfants à faire changer d’école`;
    },
    none: 'Quand une direction trouvera dans son fichier un enfant d’une autre école, sa demande viendra ici.',
    lead: 'Une direction a trouvé dans son fichier un enfant d’une autre école. Si vous acceptez, son compte, son adresse et ses messages le suivent, et sa classe d’avant se termine.',
    ask: (n: number) =>
      n === 1
        ? 'Un enfant attend votre accord pour changer d’école.'
        : `${n} enfants attendent votre accord pour changer d’école.`,
    see: 'Décider',
    seeRefused: 'Changements d’école refusés',
    child: 'Enfant',
    today: 'Aujourd’hui',
    wanted: 'Demandé',
    askedBy: 'Demandé par',
    stands: 'État',
    written: (name: string) => `écrit ${name}`,
    noClass: 'sans classe',
    left: 'parti de cette école',
    waiting: 'Changements d’école qui attendent',
    refused: 'Refusés',
    no: 'refusé par la ville',
    reason: 'Votre raison',
    refuse: 'Refuser',
    agree: 'Accepter',
    foot: 'Cochez des enfants, puis décidez.',
    moved: (n: number) =>
      n === 1
        ? 'C’est fait\u00a0: l’enfant est dans sa nouvelle école. L’école d’accueil peut encore annuler, comme un import.'
        : `C’est fait\u00a0: ${n} enfants sont dans leur nouvelle école. L’école d’accueil peut encore annuler, comme un import.`,
    saidNo: (n: number) =>
      n === 1
        ? 'Le refus est noté. La direction lit votre raison.'
        : `${n} refus sont notés. Les directions lisent votre raison.`,
    unclear: (n: number) =>
      n === 1
        ? 'Un enfant n’a pas pu être déplacé\u00a0: son compte a changé depuis. Demandez à la direction d’importer de nouveau.'
        : `${n} enfants n’ont pas pu être déplacés\u00a0: le compte de l’un d’eux a changé depuis. Demandez à la direction d’importer de nouveau.`,
    missing: { reason: 'Écrivez pourquoi, en quelques mots.', child: 'Cochez au moins un enfant.' },
    ours: 'Demandés à la ville',
    oursHint:
      'Ces enfants étaient dans une autre école de la ville. Ils arrivent avec leurs messages quand la ville accepte.',
  },
  done: {
    title: 'C’est fait',
    titleUndone: (year: string) => `Import annulé de ${year}`,
    titleOld: 'Import',
    rehearsed: (day: string) =>
      `L’année prochaine est prête. Elle commence le ${day}\u00a0; rien ne change d’ici là.`,
    applied: 'Les changements valent dès maintenant, pour les messages comme pour les listes.',
    undone: 'Cet import a été annulé.',
    report: 'Compte rendu à conserver',
    csv: 'Tableau (CSV)',
    pdf: 'À imprimer (PDF)',
    noReport: 'Le détail n’est conservé que 30 jours.',
    undo: 'Annuler cet import',
    undoHint: (day: string) => `Tout redevient comme avant l’import. Possible jusqu’au ${day}.`,
    sheets: 'Imprimer les codes des nouveaux élèves',
    toImports: 'Retour aux imports',
    nothing: 'Rien n’a changé\u00a0: l’école savait déjà tout ce que disent ces fichiers.',
    codes: 'Les codes des nouveaux comptes',
    codesHint: (n: number) =>
      `${plural(n, 'personne n’a', 'personnes n’ont')} pas encore de quoi se connecter. Leurs fiches se font maintenant et ne sont données qu’une fois\u00a0: enregistrez l’archive (une fiche par classe avec celles des familles, une pour les adultes), puis imprimez-la. Une fiche perdue se refait dans «\u00a0Codes\u00a0»\u00a0; l’ancienne ne vaut alors plus rien.`,
    codesMake: (n: number) => `Faire ${plural(n, 'code', 'codes')} (ZIP)`,
    codesReason: 'Pourquoi ces codes\u00a0?',
    codesGiven:
      'Ces codes ont déjà été donnés, une seule fois. Qui n’a pas sa fiche en reçoit une nouvelle dans «\u00a0Codes\u00a0» ou «\u00a0Personnes\u00a0».',
    codesFile: (school: string) => `Codes ${school}`,
    undoneNow: 'L’import est annulé. Tout est comme avant.',
    reportTitle: (school: string) => `Import des listes, ${school}`,
    fileName: (school: string, day: string) => `Import ${school} ${day}`,
    page: (n: number, of: number) => `page ${n} sur ${of}`,
    on: (when: string) => `Fait ${when}`,
    made: (day: string) => `Fait le ${day}`,
  },
  undo: {
    'nothing-to-undo': 'Il n’y a rien à annuler.',
    'another-since':
      'Rien n’est annulé\u00a0: un autre import a été fait depuis celui-ci. Annulez-le d’abord.',
    'too-late':
      'Cet import a plus de 30 jours\u00a0: il ne s’annule plus. Importez les listes d’avant.',
    'changed-since':
      'Rien n’est annulé\u00a0: la liste a changé depuis cet import, à la main ou par un autre. Corrigez dans «\u00a0Classes\u00a0».',
    'mail-would-be-lost': (n: number) =>
      `Rien n’est annulé\u00a0: ${plural(n, 'boîte créée par cet import a', 'boîtes créées par cet import ont')} déjà du courrier ou des documents, qui seraient perdus.`,
    'classes-in-use': (names: string) =>
      `Rien n’est annulé\u00a0: une classe créée par cet import sert déjà, et ce qui s’y trouve (affichages, armoire, mur, semaine, correspondants) serait perdu. Videz d’abord\u00a0: ${names}. Ou gardez l’import et corrigez dans «\u00a0Classes\u00a0».`,
    reason: 'Pourquoi annuler\u00a0?',
  },
  next: {
    title: (year: string) => `Les classes de ${year}`,
    lead: (day: string) =>
      `Elles commencent le ${day}. D’ici là rien ne change\u00a0: ni les messages, ni les listes.`,
    pupils: (n: number) => plural(n, 'élève', 'élèves'),
    teachers: 'Enseignants',
    noTeacher: 'pas encore d’enseignant',
    move: 'Changer la date',
    day: 'Jour de la rentrée',
    save: 'Enregistrer cette date',
    moved: 'La date est changée.',
    notMoved: (from: string, until: string) =>
      `Choisissez un jour du ${from} au ${until}. Plus tôt, les classes de l’année en cours cesseraient avant sa fin\u00a0; plus tard, l’année préparée serait finie.`,
    moveReason: 'Pourquoi une autre date\u00a0?',
    stops:
      'Il faudra répondre à des questions avant ce jour\u00a0: donnez à nouveau les fichiers pour l’année prochaine.',
    again: 'Donner d’autres fichiers',
    nobody: 'Personne dans cette classe.',
    list: 'Voir les élèves',
    printed: 'Imprimer',
  },
  town: {
    codesHint:
      'Les fiches de toutes les personnes de ces écoles qui n’ont pas encore de quoi se connecter, un dossier par école. Elles se font pendant que l’archive s’enregistre, et ne sont données qu’une fois\u00a0: gardez cette page ouverte quelques minutes, jusqu’au bout. Si l’enregistrement s’arrête avant la fin, ces codes ne valent plus rien\u00a0: recommencez.',
    codesMake: (n: number) =>
      n < 2 ? 'Faire les codes d’une école (ZIP)' : `Faire les codes des ${n} écoles (ZIP)`,
    title: 'Listes de la ville',
    reading: (done: number, of: number) => `Lecture\u00a0: ${done} écoles sur ${of}`,
    applying: (done: number, of: number) => `Application\u00a0: ${done} écoles sur ${of}`,
    open: 'Rien n’est encore changé.',
    over: 'Terminé.',
    refresh: 'Actualiser',
    leftAlone:
      'Le travail s’est arrêté en chemin. Ce qui est fait est fait, le reste peut reprendre.',
    leftReading: 'La lecture s’est arrêtée en chemin. Donnez le fichier à nouveau.',
    unknown: (names: string) =>
      `Ces noms ne sont ceux d’aucune école, leurs fichiers n’ont pas été lus\u00a0: ${names}.`,
    strays: 'À quelle école sont ces fichiers\u00a0?',
    straysHint:
      'Ni leur dossier, ni leur nom, ni une colonne UAI ne dit l’école pour sûr. Les autres écoles n’attendent pas.',
    nobodys: 'école inconnue',
    severals: 'plusieurs écoles se nomment ainsi',
    whose: 'Choisir l’école',
    whoseMissing: 'Choisissez l’école de ces fichiers, puis lisez-les.',
    place: 'Lire pour cette école',
    notPlaced:
      'Ces fichiers n’ont pas pu être lus pour cette école, ne sont plus là, ou ceux de l’école attendent d’abord une réponse. Répondez-y et recommencez, ou donnez-les sur la page de l’école.',
    school: 'École',
    stands: 'Où elle en est',
    changes: 'Changements',
    act: 'Voir',
    apply: (n: number) => `Appliquer ${plural(n, 'école prête', 'écoles prêtes')}`,
    goOn: 'Reprendre',
    reason: 'Pourquoi cet import\u00a0?',
    reasonHint: 'Noté au journal de chaque école.',
    nothingReady: 'Aucune école n’est prête. Ouvrez celles qui attendent une réponse.',
    outcome: {
      refused: 'refusée',
      asks: 'attend une réponse',
      ready: 'prête',
      applied: 'appliquée',
      rehearsed: 'prête pour la rentrée',
      nothing: 'rien à changer',
      broken: 'n’a pas pu être lue, réessayez',
      waiting: 'à lire',
    },
    stops: STOPS,
    /** Beside the number of schools, which stands apart. */
    sums: {
      asks: (n: number) => noun(n, 'attend une réponse', 'attendent une réponse'),
      refused: (n: number) => noun(n, 'refusée', 'refusées'),
      ready: (n: number) => noun(n, 'prête', 'prêtes'),
      applied: (n: number) => noun(n, 'appliquée', 'appliquées'),
      same: () => 'sans changement',
    },
    year: (year: string) => `Année ${year}`,
  },
};
