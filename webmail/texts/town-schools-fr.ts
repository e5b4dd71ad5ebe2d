import { noun, plural } from './plural-fr.ts';

const schools = (count: number): string => plural(count, 'école', 'écoles');

/** What a file of schools would do, in one breath: « 128 écoles à créer et 2 à changer ». */
function toDo(made: number, changed: number): string {
  if (made > 0 && changed > 0) return `${schools(made)} à créer et ${changed} à changer`;
  if (made > 0) return `${schools(made)} à créer`;
  return changed > 0 ? `${schools(changed)} à changer` : 'Rien à changer';
}

/** Words of the agents' pages on communes and schools: a file, one by one. Part of `fr.ts`. */
export const townSchoolsFr = {
  back: 'Les écoles de la ville',
  list: {
    title: (left: number, all: number) => {
      if (left === 0) return `Rien à finir dans ${schools(all)}`;
      const calm = all - left;
      return calm === 0
        ? `${schools(left)} à finir`
        : `${schools(left)} à finir, ${plural(calm, 'tranquille', 'tranquilles')}`;
    },
    caption: 'Les écoles, celles à finir d’abord',
    heads: {
      school: 'École',
      pupils: 'Élèves',
      list: 'Dernière liste',
      codes: 'Codes',
      head: 'Direction venue',
      questions: 'Questions',
      toDo: 'À faire',
    },
    filter: 'Montrer',
    choices: {
      'to-do': 'À finir',
      all: 'Toutes',
      list: 'Sans élèves',
      questions: 'Questions',
      head: 'Direction',
      codes: 'Codes à imprimer',
    },
    placeholder: 'École ou commune',
    nothingFound: 'Aucune école ne répond à cela.',
    neverListed: 'jamais',
    byHand: 'sans liste',
    codes: (made: number, all: number) => `${made} sur ${all}`,
    noHead: 'personne',
    neverCame: 'jamais venue',
    came: 'déjà venue',
    nothing: 'rien à finir',
    pages: 'Pages de la liste',
    shown: (first: number, last: number, all: number) =>
      `${first} à ${last} sur ${all}. Les écoles à finir restent en haut.`,
    before: 'Les précédentes',
    after: 'Les suivantes',
    file: 'Donner un fichier d’écoles',
    one: 'Ajouter une école',
    sheet: (name: string) => `Fiche de ${name}`,
    edit: 'Fiche',
    closed: (day: string) => `fermée depuis le ${day}`,
    closes: (day: string) => `ferme le ${day}`,
    none: 'Il n’y a pas encore d’école. Donnez le fichier de l’annuaire, ou ajoutez la première à la main.',
  },
  duties: {
    list: { what: 'aucun élève', act: 'Donner la liste' },
    questions: (count: number) => `${plural(count, 'question', 'questions')} sur sa liste`,
    answer: 'Répondre',
    head: { what: 'direction jamais venue', act: 'Son code' },
    noHead: { what: 'pas de direction', act: 'Donner la liste' },
    codes: (count: number) => `${plural(count, 'personne', 'personnes')} sans code`,
    print: 'Imprimer',
  },
  next: {
    title: 'Ce qui reste à faire',
    lead: 'Dans cet ordre, l’école est prête.',
    done: 'fait',
    later: 'ensuite',
    steps: {
      list: 'Donner la liste des élèves, des responsables et des enseignants',
      questions: 'Répondre aux questions que la liste pose',
      head: 'Faire venir la direction, avec son code',
      codes: 'Imprimer les codes de ceux qui n’en ont pas',
    },
  },
  file: {
    title: 'Donner un fichier d’écoles',
    lead: 'Vous verrez tout avant que rien ne change.',
    label: 'Le fichier',
    hint: 'L’annuaire de l’éducation tel qu’il s’exporte (CSV ou XLSX), ou tout tableau avec le numéro UAI, le nom et la commune de chaque école. 20\u00a0Mo au plus.',
    where: 'Où trouver ce fichier\u00a0?',
    whereText:
      'Sur data.education.gouv.fr, ouvrez «\u00a0Annuaire de l’éducation\u00a0», choisissez votre département, puis «\u00a0Exporter\u00a0», au format CSV ou Excel. Laissez le fichier tel quel\u00a0: les collèges, les lycées et les autres communes seront laissés de côté.',
    go: 'Lire le fichier',
    missing: 'Choisissez d’abord un fichier.',
    before: 'Les fichiers déjà donnés',
    heads: ['Fichier', 'Le', 'Où il en est'],
    state: { open: 'à vérifier', applied: 'appliqué', undone: 'annulé' },
    see: (file: string) => `Voir ${file}`,
    discarded: 'Le fichier est oublié. Rien n’a changé.',
  },
  columns: {
    title: 'Quelle colonne est laquelle\u00a0?',
    lead: (file: string) =>
      `Les titres de ${file} ne sont pas ceux de l’annuaire. Dites quelle colonne porte le numéro, le nom et la commune.`,
    sample: 'Les premières lignes du fichier',
    needed: 'nécessaire',
    none: 'aucune',
    labels: {
      uai: 'Numéro UAI',
      name: 'Nom de l’école',
      commune: 'Commune',
      communeCode: 'Code de la commune (INSEE)',
      type: 'Type d’établissement',
      state: 'État (ouvert, fermé)',
      sector: 'Public ou privé',
    },
    typeHint: 'Sans colonne de type, chaque ligne est une école.',
    missing: 'Il faut au moins le numéro, le nom et la commune, chacun dans sa colonne.',
    go: 'Lire avec ces colonnes',
  },
  communes: {
    title: 'Quelles communes sont les vôtres\u00a0?',
    lead: (count: number, file: string) =>
      `${file} nomme des écoles de ${plural(count, 'commune', 'communes')}. Seules celles que vous cochez sont prises.`,
    heading: (taken: number, all: number) => `Communes\u00a0: ${taken} sur ${all}`,
    legend: 'Les communes du fichier',
    of: (count: number) => schools(count),
    known: 'déjà là',
    names: 'Ou collez la liste de vos communes',
    namesHint: 'Un nom ou un code INSEE par ligne. Elles s’ajoutent à celles que vous cochez.',
    unknown: (names: string) =>
      `Le fichier n’a pas d’école à\u00a0: ${names}. Vérifiez l’orthographe.`,
    go: 'Prendre ces communes',
  },
  preview: {
    title: toDo,
    read: (file: string, lines: number) =>
      `${file}\u00a0: ${lines.toLocaleString('fr-FR')} ${noun(lines, 'ligne lue', 'lignes lues')}.`,
    unchangedYet: 'Rien n’est encore changé.',
    sums: {
      doubts: (count: number) => noun(count, 'ligne en doute', 'lignes en doute'),
      made: (count: number) => noun(count, 'nouvelle', 'nouvelles'),
      renamed: (count: number) => noun(count, 'change de nom', 'changent de nom'),
      elsewhere: (count: number) => noun(count, 'autre commune', 'autres communes'),
      numbered: (count: number) => noun(count, 'reçoit son numéro', 'reçoivent leur numéro'),
      closed: (count: number) => noun(count, 'fermée au fichier', 'fermées au fichier'),
      unchanged: 'sans changement',
    },
    made: (count: number) => noun(count, 'Nouvelle école', 'Nouvelles écoles'),
    madeHint: (domain: string) =>
      `Le nom court termine les adresses de l’école, par exemple direction.nom-court@${domain}. Changez-le maintenant si vous en préférez un autre\u00a0: une fois des adresses données, il reste.`,
    tooMany: (count: number) =>
      `Les noms courts se changent ici jusqu’à ${count} écoles. Prenez les communes en plusieurs fois pour les changer.`,
    school: 'École',
    commune: 'Commune',
    uai: 'UAI',
    slug: 'Nom court',
    slugOf: (name: string) => `Nom court de ${name}`,
    slugTrouble: {
      shape: 'Des lettres minuscules, des chiffres et des tirets, 40 signes au plus.',
      taken: 'Une autre école porte ce nom court.',
    },
    changed: (count: number) => noun(count, 'École qui change', 'Écoles qui changent'),
    changedHint: 'Leurs adresses et leurs noms courts restent.',
    now: 'Aujourd’hui',
    then: 'D’après le fichier',
    noCommune: 'sans commune',
    noNumber: 'sans numéro',
    closed: (count: number) =>
      noun(count, 'École fermée dans le fichier', 'Écoles fermées dans le fichier'),
    closedHint:
      'Elles restent ouvertes ici tant que vous ne dites pas de jour. À partir de ce jour, personne de l’école n’écrit ni ne se connecte plus\u00a0; le courrier est conservé trois mois.',
    closesOn: 'Ferme le',
    closesOnOf: (name: string) => `Jour où ${name} ferme`,
    doubts: 'Lignes en doute',
    doubtsHint:
      'Elles ne sont pas prises. Corrigez le fichier et redonnez-le, ou ajoutez ces écoles à la main.',
    line: 'Ligne',
    why: 'Pourquoi',
    doubt: {
      'uai-missing': 'Le numéro UAI manque.',
      'uai-malformed': 'Ce n’est pas un numéro UAI\u00a0: sept chiffres, puis une lettre.',
      'uai-letter':
        'La dernière lettre du numéro UAI ne va pas avec ses chiffres\u00a0: une faute de frappe, sans doute.',
      'uai-twice': 'Ce numéro UAI est sur plusieurs lignes.',
      'name-missing': 'Le nom de l’école manque.',
      'commune-missing': 'La commune manque.',
      'cell-unreadable':
        'Une case est illisible\u00a0: des lettres sont perdues, cachées, ou le texte est trop long.',
      'name-of-two':
        'Plusieurs écoles portent ce nom dans la commune\u00a0: donnez d’abord son numéro à la bonne, sur sa fiche.',
    },
    aside: 'Laissé de côté',
    asideTypes: (count: number, type: string) =>
      `${count} ${type === '' ? 'sans type' : `«\u00a0${type}\u00a0»`}`,
    asideOther: 'Ce ne sont pas des écoles\u00a0: ',
    asidePrivate: (count: number) => `${plural(count, 'école privée', 'écoles privées')}.`,
    asideCommunes: (count: number) => `${schools(count)} de communes qui ne sont pas cochées.`,
    asideClosed: (count: number) =>
      `${plural(count, 'école fermée', 'écoles fermées')} qui n’étaient pas ici.`,
    unnamed: (count: number) =>
      `${plural(count, 'école d’ici n’est pas', 'écoles d’ici ne sont pas')} dans le fichier. ${count < 2 ? 'Elle reste' : 'Elles restent'} comme ${count < 2 ? 'elle est' : 'elles sont'}.`,
    look: 'Vérifier à nouveau',
    looked: 'C’est noté. Rien n’est encore changé.',
    discard: 'Oublier ce fichier',
    undoable: 'Annulable pendant 30 jours.',
    apply: (made: number, changed: number) => {
      if (made > 0 && changed > 0) return `Créer ${schools(made)}, en changer ${changed}`;
      return made > 0 ? `Créer ${schools(made)}` : `Changer ${schools(changed)}`;
    },
    nothing: 'Tout est déjà comme dans le fichier.',
    stopped: {
      shortNames: (count: number) =>
        `${plural(count, 'nom court ne va pas', 'noms courts ne vont pas')}\u00a0: voyez les cases marquées. Rien n’a changé.`,
      days: (names: string) =>
        `Le jour de fermeture ne va pas pour\u00a0: ${names}. Il faut un jour à partir d’aujourd’hui. Rien n’a changé.`,
      'changed-meanwhile':
        'Des écoles ont changé entre-temps. Voici ce que le fichier ferait maintenant\u00a0: vérifiez, puis recommencez.',
    },
  },
  done: {
    title: (made: number, changed: number) =>
      made > 0
        ? `${plural(made, 'école créée', 'écoles créées')}`
        : `${plural(changed, 'école changée', 'écoles changées')}`,
    on: (file: string, when: string) => `${file}, ${when}.`,
    applied: 'C’est fait. Les écoles attendent leurs élèves et leurs équipes.',
    nothing: 'Tout était déjà comme dans le fichier. Rien n’a changé.',
    rosters: 'Donner les listes des élèves',
    made: 'Écoles créées',
    changed: 'Écoles changées',
    closed: 'Écoles qui ferment',
    undo: 'Annuler cet import',
    undoHint: (day: string) =>
      `Possible jusqu’au ${day}. Les écoles créées disparaissent, sauf celles où quelqu’un a déjà une boîte\u00a0; ce qui a été changé redevient comme avant.`,
    undone: 'L’import est annulé.',
    kept: (names: string) => `Ces écoles restent, car quelqu’un y est ou y a été\u00a0: ${names}.`,
    notUndone: 'Cet import ne s’annule plus\u00a0: un autre l’a suivi, ou il a plus de 30 jours.',
    all: 'Toutes les écoles',
  },
  sheet: {
    lead: (people: number) =>
      people === 0 ? 'Personne n’y a encore de boîte.' : `${plural(people, 'boîte', 'boîtes')}.`,
    newTitle: 'Ajouter une école',
    newLead: 'Ses classes et ses gens viendront ensuite, par un fichier ou à la main.',
    identity: 'Nom, numéro et commune',
    name: 'Nom',
    nameHint: 'Comme les familles le lisent\u00a0: «\u00a0École Jean Moulin\u00a0».',
    uai: 'Numéro UAI',
    uaiHint: 'Sept chiffres et une lettre. Vide s’il n’est pas connu.',
    commune: 'Commune',
    noCommune: 'aucune',
    otherCommune: 'Ou une commune qui n’est pas encore là',
    slug: 'Nom court',
    slugHint: (domain: string) =>
      `Il termine les adresses\u00a0: direction.nom-court@${domain}. Vide\u00a0: proposé d’après le nom.`,
    slugFixed: (domain: string, slug: string) =>
      `Les adresses finissent par ${slug}@${domain}. Des gens les ont déjà\u00a0: le nom court reste.`,
    save: 'Enregistrer',
    add: 'Ajouter l’école',
    addresses: 'Adresses',
    domain: 'Domaine de cette école',
    domainHint: (domain: string) =>
      `Vide\u00a0: celui de la ville, ${domain}. Les nouvelles adresses finiront par ce domaine\u00a0; celles qui existent restent.`,
    domainSave: 'Donner ce domaine',
    close: 'Fermer l’école',
    closeLead:
      'À partir de ce jour, personne de l’école n’écrit, ne reçoit ni ne se connecte plus. Qui travaille aussi dans une autre école, ou y a un enfant, continue là-bas. Le courrier est conservé trois mois, puis effacé.',
    closesOn: 'Premier jour sans l’école',
    closeGo: 'Fermer ce jour-là',
    closesBanner: (day: string) => `L’école ferme le ${day}.`,
    closedBanner: (day: string, until: string) =>
      `L’école est fermée depuis le ${day}. Son courrier est conservé jusqu’au ${until}.`,
    erasedBanner: (day: string) =>
      `L’école est fermée depuis le ${day}. Le courrier de ses gens est effacé.`,
    goneOn: (day: string) => `Plus aucune sauvegarde ne l’a à partir du ${day}.`,
    storeGoneOn: (day: string) => `L’entrepôt des grands messages ne l’a plus à partir du ${day}.`,
    goOn: 'Ne pas fermer',
    reopen: 'Rouvrir l’école',
    enter: 'Les classes de l’école',
    said: {
      saved: 'C’est enregistré.',
      added: 'L’école est là.',
      closing: 'Le jour est noté.',
      reopened: 'L’école continue.',
    },
    trouble: {
      name: 'Le nom manque, ou dépasse 100 signes.',
      slug: 'Le nom court ne va pas\u00a0: des lettres minuscules, des chiffres et des tirets, 40 signes au plus.',
      'name-taken':
        'Une école de cette commune porte déjà ce nom. Si c’en est une autre, donnez-lui un nom court.',
      'slug-taken': 'Une autre école porte ce nom court.',
      'slug-kept': 'Quelqu’un a déjà une adresse avec ce nom court\u00a0: il reste.',
      uai: 'Ce n’est pas un numéro UAI\u00a0: sept chiffres et la lettre qui va avec.',
      'uai-taken': 'Une autre école porte ce numéro.',
      commune: 'Cette commune n’est pas là.',
      'commune-name': 'Le nom de la commune ne va pas.',
      'commune-name-taken': 'Cette commune est déjà dans la liste\u00a0: choisissez-la.',
      domain: 'Ce n’est pas un nom de domaine, ou c’est celui de la ville.',
      'domain-taken': 'Une autre école a ce domaine.',
      'not-a-day': 'Choisissez un jour du calendrier.',
      'past-day': 'Ce jour est passé. Choisissez aujourd’hui ou plus tard.',
      'too-far': 'Ce jour est trop loin\u00a0: deux ans au plus.',
      erased: 'Le courrier de l’école est déjà effacé\u00a0: elle ne rouvre plus.',
    },
  },
};
