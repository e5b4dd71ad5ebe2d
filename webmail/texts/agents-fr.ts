/** Words of the page of the town's agents. Part of `fr.ts`. */
export const agentsFr = {
  link: 'Agents',
  title: 'Les agents de la ville',
  lead: 'Ils mettent en service, importent et aident toutes les écoles. Ce qu’ils font est écrit dans leur journal.',
  you: 'vous',
  way: {
    password: 'A un mot de passe.',
    code: 'A un code sur papier, pas encore utilisé.',
    none: 'N’a ni code ni mot de passe.',
  },
  protected: 'Protégé par son téléphone.',
  unprotected: 'Pas encore protégé par un téléphone.',
  own: 'Mes codes de secours',
  reset: 'Refaire son accès',
  resetHint:
    'Pour qui a perdu son téléphone ou son mot de passe. Mot de passe, téléphone, codes de secours et appareils s’arrêtent tout de suite\u00a0; un nouveau code ouvre le compte une fois.',
  onPaper: 'Feuille à imprimer (PDF)',
  onScreen: 'Afficher le code',
  wholeTown: 'toute la ville',
  limit: 'Ses communes',
  limitHint:
    'Aucune cochée\u00a0: toute la ville. Sinon il ne voit et ne change que les écoles de ces communes, n’écrit qu’à elles, et ne voit rien de la ville.',
  limitNow: 'Enregistrer',
  remove: 'Retirer',
  removeHint: (name: string) =>
    `${name} ne pourra plus rien ouvrir, tout de suite. Son courrier est conservé trois mois.`,
  removeNow: 'Retirer cet agent',
  last: 'Rien n’a changé\u00a0: sans cet agent, plus personne ne pourrait se connecter pour la ville. Ajoutez d’abord quelqu’un, et attendez qu’il ait ouvert son compte.',
  removeOwn: 'Rien n’a changé\u00a0: c’est un autre agent qui vous retire, jamais vous-même.',
  said: { removed: 'L’agent est retiré.', limited: 'C’est enregistré, tout de suite.', none: '' },
  add: 'Ajouter un agent',
  addLead:
    'Un code sur papier ouvre son compte une fois. Il choisit alors son mot de passe, puis le protège par son téléphone.',
  givenName: 'Prénom',
  familyName: 'Nom',
  address: 'Adresse',
  addressHint: 'Laissez vide pour prénom.nom. Sans majuscules ni accents.',
  addOnPaper: 'Ajouter et imprimer la feuille (PDF)',
  addOnScreen: 'Ajouter et afficher le code',
  trouble: {
    name: 'Écrivez le prénom et le nom, en moins de 100 signes chacun.',
    address:
      'Écrivez des lettres sans accents, des chiffres, des points ou des tirets. Certains mots, comme «\u00a0postmaster\u00a0», sont pris par le service.',
    'address-taken': 'Cette adresse est ou a été celle de quelqu’un. Choisissez-en une autre.',
  },
  back: 'Retour aux agents',
};
