import { noun, plural } from './plural-fr.ts';

const schools = (count: number): string => plural(count, 'école', 'écoles');

/** Words of putting a town into service, step by step. Part of `fr.ts`. */
export const setupFr = {
  nav: 'Mise en service',
  stepsLabel: 'Étapes de la mise en service',
  under: (at: number, of: number) =>
    `Mettre en service, étape ${at} sur ${of}. Vous pouvez vous arrêter\u00a0: chaque étape est enregistrée.`,
  state: { did: 'Fait\u00a0: ', todo: 'À faire\u00a0: ' },
  tone: {
    ok: 'En ordre\u00a0: ',
    wait: 'À faire\u00a0: ',
    stop: 'En panne\u00a0: ',
    later: 'Plus tard\u00a0: ',
  },
  steps: {
    town: { name: 'La ville', holds: 'nom, contacts, agents' },
    domain: { name: 'Le domaine', holds: 'adresses, DNS' },
    schools: { name: 'Les écoles', holds: 'l’annuaire' },
    pupils: { name: 'Les élèves', holds: 'fichiers ONDE' },
    trial: { name: 'L’essai', holds: 'puis l’ouverture' },
  },
  next: (stage: string) => `Continuer\u00a0: ${stage.toLowerCase()}`,
  begin: {
    title: 'Mettre Préau en service',
    lead: 'Bonjour. Vous êtes la première personne ici. D’abord votre compte, puis cinq étapes pour la ville. Vous pourrez vous arrêter à tout moment.',
    account: 'Votre compte d’agent de la ville',
    fields: {
      givenName: 'Prénom',
      familyName: 'Nom',
      local: 'Adresse',
      password: 'Mot de passe',
    },
    hints: {
      givenName: '',
      familyName: '',
      local: 'Laissez vide pour prénom.nom. Sans majuscules ni accents.',
      password:
        'Au moins 12 signes\u00a0: par exemple trois mots sans rapport entre eux. Ni votre nom, ni votre adresse.',
    },
    create: 'Créer mon compte',
    trouble: {
      name: 'Écrivez votre prénom et votre nom.',
      address:
        'Écrivez des lettres sans accents, des chiffres, des points ou des tirets. Certains mots, comme «\u00a0postmaster\u00a0», sont pris par le service.',
      'address-taken': 'Cette adresse est ou a été celle de quelqu’un. Choisissez-en une autre.',
    },
    tooOld: 'Cette page était ouverte depuis trop longtemps. Essayez encore une fois.',
    deadTitle: 'Ce lien n’ouvre plus rien',
    dead: {
      'no-match': 'Ce lien n’est pas celui de cette ville, ou un autre a été fait depuis.',
      expired: 'Un lien de mise en service vaut un jour, et celui-ci est plus vieux.',
      used: 'Le premier compte de la ville est déjà créé.',
    },
    another:
      'Si vous avez un compte, connectez-vous. Sinon, tapez sur le serveur la commande «\u00a0preau setup link\u00a0»\u00a0: elle donne un nouveau lien.',
    waitTitle: 'Trop d’essais',
    wait: (seconds: number) =>
      `Trop de liens faux ont été essayés depuis votre réseau. Réessayez dans ${plural(Math.ceil(seconds / 60), 'minute', 'minutes')}.`,
    signIn: 'Se connecter',
  },
  town: {
    title: 'D’abord, la ville',
    titleDone: 'La ville est décrite',
    about: 'La ville',
    name: 'Nom de la ville',
    nameHint: 'Il se lit en haut des pages, par exemple «\u00a0Ville de Saint-Aubin\u00a0».',
    timeZone: 'Heure locale',
    timeZones: {
      'Europe/Paris': 'Hexagone et Corse (Paris)',
      'America/Guadeloupe': 'Guadeloupe',
      'America/Martinique': 'Martinique',
      'America/Cayenne': 'Guyane',
      'America/Miquelon': 'Saint-Pierre-et-Miquelon',
      'Indian/Reunion': 'La Réunion',
      'Indian/Mayotte': 'Mayotte',
      'Pacific/Noumea': 'Nouvelle-Calédonie',
      'Pacific/Tahiti': 'Polynésie française (Tahiti)',
      'Pacific/Wallis': 'Wallis-et-Futuna',
    },
    holidays: 'Zone de vacances scolaires',
    holidayZones: {
      A: 'Zone A',
      B: 'Zone B',
      C: 'Zone C',
      corse: 'Corse',
      guadeloupe: 'Guadeloupe',
      martinique: 'Martinique',
      guyane: 'Guyane',
      reunion: 'La Réunion',
      mayotte: 'Mayotte',
      'nouvelle-caledonie': 'Nouvelle-Calédonie',
      polynesie: 'Polynésie française',
      'saint-pierre-et-miquelon': 'Saint-Pierre-et-Miquelon',
      'wallis-et-futuna': 'Wallis-et-Futuna',
    },
    postmaster: 'Adresse de secours, hors de Préau',
    postmasterHint: 'Pour vous joindre si le courriel lui-même est en panne.',
    contacts: 'Pour les pages légales',
    contactsLead:
      'Ces lignes remplissent les mentions légales, «\u00a0Données personnelles\u00a0» et la déclaration d’accessibilité, au pied des pages. Vous pouvez les compléter plus tard.',
    contact: {
      organisation: {
        label: 'Qui publie',
        hint: 'La commune ou la communauté de communes, avec son nom entier.',
      },
      representative: {
        label: 'Maire, ou présidente ou président',
        hint: 'Dirige la publication et répond des données.',
      },
      postalAddress: { label: 'Adresse postale', hint: 'Celle de la mairie ou du siège.' },
      phone: { label: 'Téléphone', hint: 'Celui que les familles peuvent appeler.' },
      mail: { label: 'Courriel de contact', hint: 'Celui que les familles peuvent utiliser.' },
      dataOfficer: {
        label: 'Délégué à la protection des données',
        hint: 'Son nom et son adresse de courriel\u00a0: une lettre y part si la preuve de la nuit trouve un chemin ouvert vers des enfants.',
      },
      host: {
        label: 'Hébergeur',
        hint: 'À qui sont les machines\u00a0: nom, adresse postale, téléphone.',
      },
    },
    trouble: {
      name: 'Écrivez le nom de la ville, en moins de 100 signes.',
      postmaster:
        'Cette adresse ne va pas\u00a0: il en faut une d’ailleurs, pas une du domaine de la ville.',
      contacts: 'L’une de ces lignes est trop longue\u00a0: 1\u00a0000 signes au plus.',
    },
    save: 'Enregistrer et continuer',
    reportContact: 'Signalements qui concernent un adulte',
    reportContactNamed: (address: string) =>
      `${address} lit les lettres d’enseignants et de directions qu’un enfant signale.`,
    reportContactNobody:
      'Personne n’est nommé\u00a0: tous les agents de la ville lisent les lettres d’enseignants et de directions qu’un enfant signale. Nommez une seule personne, que les enfants verront.',
    reportContactLink: 'Choisir qui les lit',
    agents: 'Les agents',
    agentsLead: (names: string) => `Aujourd’hui\u00a0: ${names}.`,
    agentsLink: 'Voir et ajouter',
  },
  domain: {
    title: (waiting: number) =>
      waiting === 0
        ? 'Le domaine est publié'
        : `Le domaine\u00a0: ${plural(waiting, 'ligne attend', 'lignes attendent')} d’être ${noun(waiting, 'publiée', 'publiées')}`,
    titleSilent: 'Le domaine\u00a0: le serveur de noms ne répond pas',
    heading: 'Le domaine du courriel',
    ends: 'Les adresses finissent par',
    fixed: 'Ce nom se règle sur le serveur (PREAU_DOMAIN), avant les premières adresses.',
    lead: 'Demandez à votre hébergeur de noms d’ajouter ces lignes. Une heure d’attente est normale, un jour arrive.',
    dot: 'Le point final d’un nom dit qu’il est entier. Si le formulaire de l’hébergeur le refuse, enlevez-le.',
    allThere: 'Toutes les lignes sont publiées.',
    copy: 'Copier',
    copied: 'Copié',
    nameOf: (name: string) => ` le nom ${name}`,
    valueOf: (name: string) => ` la valeur de ${name}`,
    checked: (when: string) => `Vérifié à ${when}.`,
    again: 'Vérifier de nouveau',
    states: {
      published: 'Publiée',
      missing: 'Pas encore visible',
      other: 'Autre chose est publié',
      silent: 'Le serveur de noms ne répond pas',
    },
    goOn: 'Continuer sans attendre',
    sheetHint: 'Quelqu’un d’autre s’occupe des noms\u00a0?',
    sheet: 'Imprimer la feuille pour le service informatique',
    fileName: (domain: string) => `DNS ${domain}`,
    pdfTitle: (domain: string) => `Lignes DNS de ${domain}`,
    pdfLead: (town: string) =>
      `${town === '' ? 'La ville' : town} met en service la messagerie de ses écoles. Merci d’ajouter ces lignes au serveur de noms.`,
    pdfDot:
      'Pour chaque ligne\u00a0: le type, le nom, puis la valeur. Le point final dit que le nom est entier\u00a0; un fichier de zone veut des guillemets autour des valeurs TXT.',
    pdfFoot: (day: string) => `Préau, feuille faite le ${day}`,
  },
  schools: {
    title: (count: number) =>
      count === 0
        ? 'Maintenant, les écoles'
        : `Les écoles\u00a0: ${count} ${noun(count, 'est là', 'sont là')}`,
    heading: 'Les écoles de la ville',
    lead: 'Donnez le fichier de l’annuaire de l’éducation\u00a0: toutes les écoles en une fois, avec leur commune et leur numéro (UAI). Vous voyez tout avant que rien ne change.',
    file: 'Donner le fichier de l’annuaire',
    one: 'Ajouter une école à la main',
    count: (count: number) => noun(count, 'école', 'écoles'),
    communes: (count: number) => noun(count, 'commune', 'communes'),
  },
  pupils: {
    title: (without: number, all: number) => {
      if (all === 0) return 'Les élèves viendront après les écoles';
      if (without === 0) return 'Toutes les écoles ont leurs élèves';
      return `Les élèves\u00a0: ${schools(without)} ${noun(without, 'les attend', 'les attendent')}`;
    },
    heading: 'Les fichiers des élèves et des équipes',
    lead: 'Donnez les fichiers d’ONDE, un ZIP pour toute la ville ou école par école. Vous voyez tout avant que rien ne change.',
    give: 'Donner les fichiers',
    of: (count: number, all: number) => `${count} sur ${all}`,
    served: (all: number) => noun(all, 'école servie', 'écoles servies'),
    people: (count: number) => noun(count, 'personne', 'personnes'),
    questions: (count: number) =>
      noun(count, 'école avec des questions', 'écoles avec des questions'),
    missing: 'Écoles sans personne encore',
    missingMore: (count: number) => `Et ${plural(count, 'autre', 'autres')}.`,
  },
  trial: {
    title: 'Dernière étape\u00a0: l’essai, puis l’ouverture',
    titleOpen: (left: number) =>
      left === 0
        ? 'La ville est ouverte, et tout est en ordre'
        : `La ville est ouverte, ${plural(left, 'ligne reste', 'lignes restent')} à régler`,
    letter: 'La lettre d’essai',
    letterLead:
      'Envoyez-vous une lettre\u00a0: elle doit arriver dans votre boîte. Puis une autre à une adresse de l’extérieur, et répondez-lui de là-bas.',
    mail: {
      subject: 'Lettre d’essai de Préau',
      text: 'Bonjour,\n\nCette lettre montre que le courriel des écoles arrive. Vous n’avez rien à faire.\n',
    },
    to: 'À quelle adresse\u00a0?',
    toHint: 'La vôtre, celle d’une personne d’une école, ou une adresse de l’extérieur.',
    send: 'Envoyer la lettre d’essai',
    sendAgain: 'Envoyer une autre lettre',
    gone: (to: string) => `Partie vers ${to}`,
    handed: 'Remise dans sa boîte',
    back: 'Revenue dans votre boîte',
    notBack: 'Pas encore revenue',
    notBackHint: 'Une réponse à cette lettre se verra ici.',
    look: 'Regarder',
    trouble: {
      'not-an-address': 'Ce n’est pas une adresse. Vérifiez l’arobase et la fin.',
      'too-many': 'Assez de lettres d’essai pour aujourd’hui. Réessayez demain.',
      nobody: 'Personne n’a cette adresse dans la ville. Vérifiez-la.',
      full: 'Cette boîte est pleine. Prenez une autre adresse.',
      scanner:
        'L’antivirus ne répond pas. La lettre est dans vos brouillons et partira dès son retour.',
    },
    ready: (count: number) =>
      `Ce qui est prêt\u00a0: ${plural(count, 'ligne en ordre', 'lignes en ordre')}`,
    looked: (when: string) =>
      `Regardé ${when}. C’est la liste de la commande «\u00a0preau doctor\u00a0».`,
    lookAgain: 'Regarder de nouveau',
    others: (count: number) => `Voir ${plural(count, 'autre ligne', 'autres lignes')}`,
    open: 'Ouvrir la ville',
    openNowButton: 'Ouvrir',
    openLead:
      'Les comptes marchent déjà. Ouvrir note le jour, et cette page devient votre liste de contrôle.',
    openNow: 'La ville est ouverte.',
    opened: (day: string) => `Ouverte le ${day}`,
    allGreen:
      'Tout ce qui est vérifié est en ordre\u00a0: «\u00a0Mise en service\u00a0» quitte votre menu.',
    stays:
      '«\u00a0Mise en service\u00a0» reste dans votre menu tant que la liste n’est pas en ordre.',
    notYet: (count: number) =>
      `${plural(count, 'ligne reste', 'lignes restent')} à régler dans la liste. Vous pouvez ouvrir sans attendre.`,
  },
};
