import type { NightJobName } from '../../core/ground/night-job.ts';

const count = (of: number): string => of.toLocaleString('fr');

/** Words of the page of the work of the night. Part of `fr.ts`. */
export const nightsFr = {
  link: 'Travaux de la nuit',
  title: 'Travaux de la nuit',
  verdict: {
    none: 'Rien n’a encore été fait de nuit.',
    well: 'Tout le travail de la nuit est fait.',
    running: 'Un travail de la nuit est en cours.',
    failed: (jobs: number) =>
      jobs === 1
        ? 'Un travail de la nuit n’a pas abouti.'
        : `${jobs} travaux de la nuit n’ont pas abouti.`,
    late: (jobs: number) =>
      jobs === 1
        ? 'Un travail de la nuit n’est plus fait depuis trois jours.'
        : `${jobs} travaux de la nuit ne sont plus faits depuis trois jours.`,
  },
  about: {
    none: 'Cela commence quand toutes les écoles sont fermées\u00a0: ce soir, si la machine reste allumée.',
    well: 'Personne n’a rien à faire.',
    running: 'Le courrier marche pendant ce temps.',
    failed:
      'Cela recommence tout seul, toutes les demi-heures. Le journal du service dit pourquoi.',
    late: "La machine est-elle allumée quand les écoles sont fermées\u00a0? Sinon, le journal du service dit pourquoi\u00a0: preau doctor, puis journalctl -u 'preau@*'.",
  },
  list: 'Chaque travail',
  jobs: {
    backup: { name: 'Sauvegarde', about: 'Le courrier, les listes et les réglages.' },
    'backup-proof': {
      name: 'Relecture des sauvegardes',
      about: 'Relues jusqu’au bout, et remises à côté pour voir si tout en revient.',
    },
    'isolation-proof': {
      name: 'Preuve de l’isolement des enfants',
      about: 'Personne ne doit joindre un enfant sans en avoir le droit.',
    },
    journals: {
      name: 'Relecture des journaux',
      about: 'Aucune ligne n’y doit changer\u00a0; où ils en sont est noté hors de la base.',
    },
    rescan: {
      name: 'Seconde analyse des fichiers reçus',
      about: 'Les fichiers venus du dehors depuis sept jours, avec les signatures du jour.',
    },
    sites: { name: 'Liste des sites interdits', about: 'Relue à sa source.' },
    erasures: {
      name: 'Effacements',
      about: 'Le courrier et le nom de qui est parti depuis trois mois.',
    },
    books: {
      name: 'Cahiers de l’année',
      about:
        'Les murs des classes, imprimés pour qui l’a demandé\u00a0; ceux d’autres années s’effacent.',
    },
    tidying: {
      name: 'Rangement',
      about:
        'Ce qui attend depuis trente jours est rendu\u00a0; les vieux compteurs s’en vont, les corbeilles des casiers se vident.',
    },
  } satisfies Readonly<Record<NightJobName, { readonly name: string; readonly about: string }>>,
  never: 'Pas encore fait.',
  running: (since: string) => `En cours depuis ${since}.`,
  last: (at: string, took: string) => `Dernière fois\u00a0: ${at}, en ${took}.`,
  failed: (at: string) => `N’a pas abouti ${at}.`,
  stopped: (at: string) =>
    `Interrompu ${at}, par l’ouverture d’une école ou l’arrêt du service\u00a0; repris là où il en était.`,
  next: (at: string) => `Prochaine fois\u00a0: ${at}.`,
  soon: (at: string | null) =>
    `Prochaine fois\u00a0: dès que les écoles sont fermées${at === null ? '' : `, ${at}`}.`,
  took: (seconds: number) =>
    seconds < 90
      ? `${seconds}\u00a0${seconds < 2 ? 'seconde' : 'secondes'}`
      : `${count(Math.round(seconds / 60))}\u00a0minutes`,
  came: {
    bytes: (size: string) => `${size} de plus.`,
    pupils: (pupils: number) => `${count(pupils)}\u00a0élèves.`,
    letters: (letters: number, taken: number) =>
      letters === 0
        ? 'Rien de nouveau à chercher.'
        : `${count(letters)}\u00a0${letters === 1 ? 'lettre' : 'lettres'}, ${taken === 0 ? 'aucune retirée' : `${count(taken)} ${taken === 1 ? 'retirée' : 'retirées'}`}.`,
    silent: (silent: number) =>
      `L’antivirus ne répond pas sur ${count(silent)}\u00a0${silent === 1 ? 'lettre' : 'lettres'}\u00a0: voir le journal du service.`,
    entries: (entries: number) => `${count(entries)}\u00a0adresses.`,
    books: (books: number) =>
      books === 0
        ? 'Aucun à imprimer.'
        : `${count(books)}\u00a0${books === 1 ? 'cahier' : 'cahiers'}.`,
    people: (people: number) =>
      people === 0
        ? 'Personne à effacer.'
        : `${count(people)}\u00a0${people === 1 ? 'personne' : 'personnes'}.`,
  },
  how: 'Quand cela se fait',
  howAbout:
    'Le soir à partir de 20\u00a0h\u00a030, quand toutes les écoles sont fermées, un travail à la fois, pour que le courrier n’attende pas. Une nuit manquée est rattrapée dès que les écoles sont fermées, de jour pendant les vacances. Ce qu’une ouverture interrompt reprend la nuit suivante. Quand la machine est arrêtée, rien ne se perd.',
};
