import type { Door } from '../../core/ground/doors.ts';

const count = (of: number): string => of.toLocaleString('fr');

/** Words of the page of the nightly proof of isolation. Part of `fr.ts`. */
export const isolationFr = {
  link: 'Isolement des enfants',
  title: 'Isolement des enfants',
  clean: (tries: number) => `${count(tries)} essais\u00a0: aucun n’est passé.`,
  passed: (passes: number) =>
    passes === 1
      ? 'Un chemin que la règle n’ouvre pas mène à un enfant, ou en part.'
      : `${count(passes)} chemins que la règle n’ouvre pas mènent à des enfants, ou en partent.`,
  lacking: (lacks: number) =>
    lacks === 1
      ? 'Aucun inconnu n’est passé, mais quelqu’un ne joint pas un enfant qu’il a le droit de joindre.'
      : `Aucun inconnu n’est passé, mais ${count(lacks)} chemins permis sont fermés.`,
  never: 'La preuve n’a pas encore été faite',
  neverAbout:
    'Elle se fait chaque nuit, quand les écoles sont fermées. Tout de suite, sur la machine\u00a0: preau prove-isolation.',
  about: (at: string, seconds: number, pupils: number) =>
    `${at}, en ${count(seconds)}\u00a0${seconds < 2 ? 'seconde' : 'secondes'}, sur les listes du moment, pour ${count(pupils)} élèves.`,
  of: (tries: number) => `sur ${count(tries)}`,
  doors: {
    'stranger-to-pupil': 'Un inconnu écrit à un élève',
    'correspondent-to-pupil': 'Un correspondant approuvé écrit à un élève de la classe',
    'pupil-to-stranger': 'Un élève écrit à un inconnu',
    'pupil-to-pupil-elsewhere': 'Un élève écrit à un élève d’une autre école',
    'pupil-to-pupil-here': 'Un élève écrit à un élève de son école',
    'adult-elsewhere-to-pupil': 'Un adulte d’une autre école écrit à un élève',
    'adult-here-to-pupil': 'Un adulte de l’école écrit à un élève',
    'guardian-to-pupil': 'Une famille écrit à un enfant',
    'agent-to-pupil': 'Un agent de la ville écrit à un élève',
    'pupil-to-adult': 'Un élève écrit à un adulte',
    'pupil-to-guardian': 'Un élève écrit à une famille',
    'closed-account': 'Une personne partie ou suspendue écrit ou reçoit',
    'list-to-pupils': 'Une liste mène à des élèves',
    'pupil-to-list': 'Un élève écrit à une liste',
    'mailbox-of-a-pupil': 'Quelqu’un ouvre la boîte d’un élève',
    'reader-of-board': 'Quelqu’un lit un panneau d’une classe ou d’une école',
  } satisfies Readonly<Record<Door, string>>,
  difference: {
    passes: (from: string, to: string) => `${from} joint ${to}, sans en avoir le droit.`,
    lacks: (from: string, to: string) => `${from} ne joint pas ${to}, qu’il a le droit de joindre.`,
  },
  address: (id: number) => `l’adresse n°\u00a0${id}`,
  wrong: 'Ce qui diffère',
  faults: 'Ce que la base laisse voir d’une école à l’autre',
  more: (rest: number) =>
    `et ${count(rest)} autres\u00a0: preau prove-isolation --json les nomme tous.`,
  closed: {
    title: (ways: number) =>
      ways === 1 ? 'Un chemin est fermé' : `${count(ways)} chemins sont fermés`,
    about: (ways: number): string =>
      ways === 1
        ? 'Une preuve l’a trouvé ouvert à qui n’en a pas le droit\u00a0: les messages qui le prendraient attendent, et personne ne peut les laisser partir.'
        : 'Une preuve les a trouvés ouverts à qui n’en a pas le droit\u00a0: les messages qui les prendraient attendent, et personne ne peut les laisser partir.',
    waiting: (letters: number) =>
      letters === 0
        ? 'Aucun message n’attend.'
        : `${count(letters)}\u00a0${letters === 1 ? 'message attend' : 'messages attendent'}.`,
    allSchools: 'Toutes les écoles',
    since: (at: string) => `Fermé par la preuve commencée ${at}.`,
    only: {
      'mailbox-of-a-pupil':
        'Seuls les élèves ouvrent encore leur boîte\u00a0; le droit de trop s’enlève dans la base, puis la preuve se refait.',
      'reader-of-board': 'Seuls ceux qui y affichent lisent encore ces panneaux.',
    },
    why: 'Pourquoi le rouvrir',
    whyHint:
      'Ce qui n’allait pas, et ce qui l’a réparé. Cela reste au journal. Le chemin s’ouvre à la prochaine preuve qui ne trouve rien, pas avant.',
    ask: 'Demander la réouverture',
    asked: (at: string, reason: string) =>
      `Réouverture demandée ${at}\u00a0: «\u00a0${reason}\u00a0» La prochaine preuve qui ne trouve rien l’ouvre. Tout de suite, sur la machine\u00a0: preau prove-isolation.`,
    doneAsking: 'C’est noté. La prochaine preuve qui ne trouve rien ouvre ce chemin.',
    noReason: 'Dites pourquoi ce chemin peut être rouvert\u00a0: sans raison, il reste fermé.',
    noSuchWay: 'Ce chemin n’est pas fermé, ou ne l’est plus.',
  },
  print: 'Imprimer la preuve',
  download: 'Les nuits en tableau (CSV)',
  csvName: 'isolement-preuves.csv',
  csv: ['nuit', 'porte', 'secondes', 'élèves', 'essais', 'passages', 'refus de trop'],
  nights: 'Les dernières nuits',
  nightsAbout: (nights: number, passed: number) =>
    passed === 0
      ? `${nights === 1 ? 'Une preuve' : `${nights} preuves`}, aucun passage.`
      : `${nights === 1 ? 'Une preuve' : `${nights} preuves`}, des passages pour ${passed === 1 ? 'une' : passed} d’entre elles.`,
  night: (day: string, passes: number) =>
    passes === 0 ? `${day}\u00a0: rien n’est passé` : `${day}\u00a0: ${count(passes)} passages`,
  how: 'Comment c’est prouvé',
  howAbout:
    'Qui a le droit d’écrire à un enfant est calculé deux fois, par deux programmes qui n’ont rien en commun\u00a0: celui qui distribue les lettres, et un autre, écrit d’après le seul tableau «\u00a0qui peut écrire à qui\u00a0». Ils doivent dire la même chose de chaque enfant.',
  not: 'Ce que cela ne prouve pas',
  notAbout:
    'Qu’un enfant ne donne pas son code à un autre, ou qu’un parent ne prête pas son téléphone. Les maîtres et les familles y veillent.',
};
