/** A school in numbers: its classes, its pupils, and those without a class. */
interface BoardNumbers {
  readonly school: string;
  readonly classes: number;
  readonly count: number;
  readonly unplaced: number;
}

/**
 * Words of a head's pages on classes: overview, one class, agents who open a school. Part of
 * `fr.ts`.
 */
const pupils = (count: number): string => `${count} ${count < 2 ? 'élève' : 'élèves'}`;

export const schoolFr = {
  nav: 'École',
  navTown: 'Écoles',
  trail: 'Journal',
  codes: 'Codes et feuilles',
  back: 'Toutes les classes',
  schools: {
    title: 'Vos écoles',
    titleTown: 'Les écoles de la ville',
    lead: 'Choisissez une école.',
    leadTown:
      'Entrer dans une école demande une raison. Elle est notée, avec tout ce que vous y faites pendant une heure.',
    open: 'ouverte',
    why: (school: string) => `Pourquoi ouvrir «\u00a0${school}\u00a0»\u00a0?`,
    reason: 'Votre raison',
    reasonHint:
      'Par exemple\u00a0: «\u00a0À la demande de la directrice, absente ce matin\u00a0». La direction de l’école et les agents la liront.',
    enter: 'Ouvrir l’école pendant une heure',
    other: 'Choisir une autre école',
    filter: 'Chercher une école',
    find: 'Chercher',
  },
  board: {
    title: 'Les classes',
    summary: ({ school, classes, count, unplaced }: BoardNumbers) =>
      `${school}\u00a0: ${classes} ${classes < 2 ? 'classe' : 'classes'}, ${pupils(count)}${unplaced === 0 ? '' : `, ${unplaced} sans classe`}.`,
    fresh: 'Nouvelle classe',
    pupils,
    unplaced: 'À placer',
    unplacedHow: 'Déposez ici un élève pour le retirer de sa classe.',
    everybodyPlaced: 'Chaque élève a une classe.',
    unplacedHint: 'Ces élèves n’écrivent à personne de l’école pour le moment.',
    nobody: 'Personne encore',
    noTeacher: 'Pas encore d’enseignant',
    also: (names: string) => `aussi ${names}`,
    endsOn: (day: string) => `jusqu’au ${day}`,
    howTo: 'Cochez des élèves, puis choisissez une classe.',
    dragHint:
      'Glissez un élève, ou cochez-en plusieurs. Au clavier\u00a0: Entrée sur la poignée, puis les flèches. Chaque changement vaut tout de suite.',
    over: (more: number, limit: number) => `${more} de plus que ${limit}`,
    fullHint: 'plus que le plafond des classes de GS, CP et CE1',
    target: 'Classe d’arrivée',
    choose: 'Choisir une classe…',
    move: 'Déplacer',
    add: 'Ajouter aussi',
    takeOut: 'Retirer de sa classe',
    chosen: (count: number) => {
      if (count === 0) return 'Aucun élève coché';
      return count === 1 ? '1 élève coché' : `${count} élèves cochés`;
    },
    undo: 'Annuler',
    last: (names: string, to: string | null) =>
      to === null ? `${names}\u00a0: hors de sa classe` : `${names}\u00a0: en ${to}`,
    lastMany: (count: number, to: string | null) =>
      to === null
        ? `${count} élèves\u00a0: hors de leur classe`
        : `${count} élèves\u00a0: en ${to}`,
    empty: 'Aucune classe pour le moment. Créez la première\u00a0: un nom suffit.',
    grip: (name: string) => `Déplacer ${name}`,
    lifted: (name: string) =>
      `${name} est soulevé. Flèches gauche et droite pour changer de classe, Entrée pour poser, Échap pour annuler.`,
    liftedMany: 'élèves',
    dropHere: 'Déposer ici',
    cancelled: 'Rien n’a changé.',
    failed: 'Cela n’a pas marché. La page est relue.',
    column: (name: string, count: number) => `${name}, ${pupils(count)}`,
  },
  said: {
    stopped: 'Les messages des élèves sont arrêtés.',
    running: 'Les messages des élèves repartent.',
    moved: 'C’est fait. Carnets d’adresses, listes et messages retenus suivent déjà.',
    added: 'C’est fait\u00a0: dans les deux classes.',
    out: 'C’est fait. Qui n’est plus dans une classe garde ses messages.',
    undone: 'Le dernier changement est annulé.',
    created: 'La classe est créée. Il reste à y mettre les élèves\u00a0: déplacez-les ici.',
    changed: 'La classe est à jour.',
    ended: 'Le dernier jour de la classe est noté.',
    kept: 'La classe continue.',
    placed: 'C’est fait. L’enseignant voit la classe aux dates dites.',
    removed: 'C’est fait. Cette personne n’a plus la classe.',
    opened: 'L’école est ouverte pour une heure. Tout ce que vous y faites est noté.',
  },
  stop: {
    open: 'Arrêter les messages de tous les élèves',
    what: 'En cas d’urgence. Plus aucun élève de l’école n’envoie ni ne reçoit de message, jusqu’à ce que vous les laissiez repartir. Rien n’est effacé.',
    stop: 'Arrêter maintenant',
    by: {
      school: 'L’école a arrêté les messages des élèves',
      commune: 'La ville a arrêté les messages des élèves de la commune',
      town: 'La ville a arrêté les messages des élèves de toutes les écoles',
    },
    untilSaid: '. Personne ne peut en envoyer ni en recevoir.',
    until: (day: string, time: string) =>
      `, jusqu’au ${day} à ${time}. D’ici là personne ne peut en envoyer ni en recevoir\u00a0; ensuite ils repartent tout seuls.`,
    untilDay: 'Jusqu’au',
    untilTime: 'à',
    untilHint:
      'Vide\u00a0: jusqu’à ce que vous les laissiez repartir. Un jour seul\u00a0: à 7\u00a0h\u00a0; une heure seule\u00a0: aujourd’hui.',
    run: 'Laisser repartir',
  },
  trouble: {
    'stop-end': 'Choisissez un moment à venir, d’ici un an au plus, ou rien.',
    'name-missing': 'Donnez un nom à la classe, par exemple CE1 A.',
    'name-taken': 'Une classe porte déjà ce nom. Choisissez-en un autre.',
    'levels-missing': 'Cochez au moins un niveau\u00a0: le nom ne le dit pas.',
    dates: 'Ces dates ne vont pas\u00a0: à partir d’aujourd’hui, et la fin après le début.',
    'moved-meanwhile':
      'Quelqu’un a déplacé un de ces élèves entre-temps. La page est relue\u00a0: regardez, puis recommencez.',
    'no-such-adult': 'Cette adresse n’est pas celle d’un adulte d’une école de la ville.',
    'reason-missing': 'Écrivez pourquoi, en quelques mots.',
    'nothing-to-undo': 'Il n’y a plus rien à annuler.',
    nobody: 'Cochez au moins un élève et choisissez une classe.',
  },
  form: {
    title: 'Nouvelle classe',
    lead: 'Un nom suffit\u00a0: le niveau s’y lit, la couleur et l’adresse viennent seules.',
    name: 'Nom',
    nameHint: 'Par exemple CE1 A, CP-CE1 ou GS des hérissons.',
    levels: 'Niveaux',
    levelsHint: 'Plusieurs pour un double niveau. Rien de coché\u00a0: ce que dit le nom.',
    teachers: 'Enseignants',
    teachersHint: 'Cochez celles et ceux qui auront la classe.',
    free: 'sans classe',
    cover: 'Couleur des cahiers',
    covers: ['rouge', 'bleu', 'vert', 'jaune', 'orange', 'violet', 'turquoise', 'gris'],
    auto: 'au choix de Préau',
    create: 'Créer la classe',
    cancel: 'Ne pas créer',
    save: 'Enregistrer',
    moderation: 'Messages des élèves',
    moderations: {
      open: 'partent tout de suite',
      'first-contact': 'le premier entre deux personnes attend l’enseignant',
      all: 'attendent tous l’enseignant',
    },
  },
  sheet: {
    title: (name: string) => `Classe ${name}`,
    list: 'Adresse de la classe',
    listHint: 'Elle reste la même si la classe change de nom, et d’une année à l’autre.',
    settings: 'La classe',
    teachers: 'Enseignants',
    aides: 'Accompagnants (AESH, ATSEM)',
    nobody: 'Personne pour le moment.',
    since: (day: string) => `depuis le ${day}`,
    fromDay: (day: string) => `à partir du ${day}`,
    until: (day: string) => `jusqu’au ${day}`,
    lastDay: 'Dernier jour',
    setLast: 'Noter',
    remove: 'Retirer',
    removeWho: (name: string) => `${name} de la classe`,
    add: 'Ajouter quelqu’un',
    who: 'Qui',
    elsewhere: 'Ou quelqu’un d’une autre école, par son adresse',
    role: 'Pour',
    roles: { teacher: 'enseigner', aide: 'accompagner' },
    from: 'Premier jour',
    fromHint: 'Vide\u00a0: dès maintenant',
    untilHint: 'Vide\u00a0: sans fin',
    addNow: 'Ajouter à la classe',
    chooseAdult: 'Choisir…',
    pupils: 'Élèves',
    spread: 'Répartir les élèves',
    print: 'Codes et feuilles de la classe',
    end: 'Finir la classe',
    endLead: 'Quand la classe ne doit plus exister.',
    endTitle: (name: string) => `Finir la classe ${name}\u00a0?`,
    endText: (name: string, count: number) =>
      `Après ce jour, ${name} n’existe plus\u00a0: sa liste ne reçoit plus rien, ses enseignants ne la voient plus, et ${count === 0 ? 'elle est déjà vide' : `${pupils(count)} ${count < 2 ? 'sera sans classe si vous ne lui en donnez pas une autre avant' : 'seront sans classe si vous ne leur en donnez pas une autre avant'}`}.`,
    endKeeps: 'Les messages de chacun restent. Vous pouvez revenir en arrière jusqu’à ce jour.',
    endDay: 'Dernier jour de la classe',
    endYes: (name: string) => `Finir la classe ${name}`,
    endNo: 'Ne pas finir',
    ending: (day: string) => `Le dernier jour de cette classe est le ${day}.`,
    keep: 'Continuer la classe',
  },
};
