import { de } from './elision.ts';

/** Words of the pages of a school's people, and of one's own mail taken along. Part of `fr.ts`. */
export const peopleFr = {
  link: 'Personnes de l’école',
  title: 'Personnes de l’école',
  lead: 'Un code pour qui arrive ou a perdu son mot de passe, une adresse à corriger, un départ à noter.',
  search: 'Chercher',
  field: 'Nom ou adresse',
  everybody: 'Tous',
  roles: { pupil: 'Élèves', guardian: 'Familles', adult: 'Adultes' },
  kinds: 'Qui',
  count: (count: number, page: number, pages: number) =>
    `${count} ${count < 2 ? 'personne' : 'personnes'}${pages === 1 ? '' : `, page ${page} sur ${pages}`}`,
  pagesOf: 'Les pages',
  next: 'Suivants',
  before: 'Précédents',
  nobody: 'Personne ne porte ce nom ici.',
  role: {
    pupil: 'élève',
    guardian: 'famille',
    teacher: 'équipe enseignante',
    head: 'direction',
    staff: 'personnel',
  },
  leaving: (day: string) => `part le ${day}`,
  left: (day: string) => `a quitté l’école le ${day}`,
  suspended: 'compte suspendu',
  all: 'Toutes les personnes',
  open: 'Ouvrir',
  access: 'Se connecter',
  way: {
    password: 'A un mot de passe.',
    code: 'A un code sur papier, pas encore utilisé.',
    none: 'N’a encore ni code ni mot de passe.',
  },
  codeHint:
    'Un code sert une fois et s’affiche une fois\u00a0: la personne choisit avec lui un nouveau mot de passe. Le code d’avant ne marche plus.',
  tellHint: 'Son mot de passe d’aujourd’hui marche jusque-là, et un message la prévient.',
  codeScreen: 'Afficher un nouveau code',
  codePdf: 'Feuille à imprimer (PDF)',
  pupilHint:
    'Les codes d’un élève se font sur la page de sa classe\u00a0: les images y sont aussi.',
  classPage: 'Codes de la classe',
  fresh: (name: string) => `Nouveau code ${de(name)}`,
  freshOnce: 'Notez-le maintenant, il ne sera plus affiché. L’ancien ne marche plus.',
  backTo: 'Retour à la fiche',
  print: 'Imprimer plutôt une feuille',
  address: 'Adresse',
  addressHint:
    'Elle peut être corrigée tant que personne n’a utilisé ce compte. L’ancienne ne sera donnée à personne d’autre.',
  newAddress: 'Nouvelle adresse',
  correct: 'Corriger',
  usedHint: 'Le compte est déjà utilisé\u00a0: l’adresse ne change plus.',
  family: 'Famille',
  familyHint:
    'Un responsable bloqué et l’enfant ne s’écrivent plus, et il n’écrit plus à ses enseignants. Cela vaut tout de suite et reste à chaque import.',
  block: 'Bloquer',
  unblock: 'Rétablir',
  blocked: 'bloqué',
  silence: 'Ne rien dire de l’autre',
  unsilence: 'Dire de nouveau',
  silent: 'rien n’est dit de l’autre',
  silenceHint:
    '«\u00a0Ne rien dire de l’autre\u00a0»\u00a0: aucun responsable de cet enfant ne voit si l’autre a répondu à un papier.',
  trouble: {
    ownChild: 'Il s’agit de votre enfant\u00a0: demandez à la mairie.',
    shape:
      'Écrivez prénom.nom, en minuscules et sans accents\u00a0; un tiret ou un chiffre sont possibles.',
    taken: 'Cette adresse est ou a été celle de quelqu’un. Ajoutez un chiffre.',
    used: 'Le compte vient d’être utilisé\u00a0: l’adresse ne change plus.',
    day: 'Choisissez un jour, aujourd’hui ou plus tard.',
    self: 'Vous ne pouvez pas noter votre propre départ\u00a0: demandez à la mairie.',
  },
  departure: 'Départ',
  departureHint:
    'Ce jour-là, la personne ne peut plus se connecter et quitte ses classes. Son courrier est conservé trois mois, puis effacé\u00a0; son adresse n’est jamais redonnée.',
  day: 'Premier jour sans accès',
  plan: 'Noter le départ',
  today: 'Aujourd’hui',
  leavesOn: (day: string) => `Part le ${day}. Jusque-là, tout continue.`,
  leftOn: (day: string, erased: string) =>
    `A quitté l’école le ${day}. Le courrier est conservé jusqu’au ${erased}, puis effacé.`,
  goneOn: (day: string) => `Plus aucune sauvegarde ne l’a à partir du ${day}.`,
  storeGoneOn: (day: string) => `L’entrepôt des grands messages ne l’a plus à partir du ${day}.`,
  stays: 'Annuler le départ',
  staysHint: 'Les classes quittées se redonnent ensuite à la main.',
  mail: 'Son courrier',
  mailHint:
    'Un fichier ZIP avec tous les messages et les pièces jointes, à remettre à la famille. Ce geste est noté.',
  mailAdult: 'Le courrier d’un adulte n’est remis que par la mairie, à sa demande.',
  take: 'Télécharger le courrier (ZIP)',
  onceGone:
    'Vous pourrez le remettre à la famille dès le jour du départ. Jusque-là, l’enfant et sa famille l’emportent eux-mêmes, par «\u00a0Emporter mes messages\u00a0».',
  said: {
    block: 'Ce responsable est bloqué.',
    unblock: 'Ce responsable peut écrire de nouveau.',
    silence: 'Rien n’est plus dit de l’un à l’autre.',
    unsilence: 'Chaque responsable voit de nouveau si l’autre a répondu.',
    address: 'L’adresse est corrigée.',
    leave: 'Le départ est noté.',
    stay: 'Le départ est annulé.',
  },
  own: {
    link: 'Emporter mon courrier',
    forPupil: 'Emporter mes messages',
    title: 'Emporter mon courrier',
    adult: {
      lead: 'Un fichier ZIP avec tous vos messages et leurs pièces jointes. Quand vous quittez l’école, votre courrier est conservé trois mois, puis effacé.',
      hint: 'Le fichier se fait pendant le téléchargement\u00a0: pour une grande boîte, cela dure. Gardez-le à l’abri.',
      take: 'Télécharger mon courrier',
    },
    child: {
      lead: 'Tous tes messages et tes dessins, dans un fichier à emporter.',
      hint: 'Demande à un adulte de t’aider.',
      take: 'Prendre mes messages',
    },
  },
};
