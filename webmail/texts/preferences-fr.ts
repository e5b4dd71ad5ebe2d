import type { Browser } from '../../core/entry/accounts/contract.ts';

/** Words of an adult's own settings. Part of `fr.ts`. */
export const preferencesFr = {
  title: 'Réglages',
  saved: 'Vos réglages sont enregistrés.',
  save: 'Enregistrer',
  reading: {
    title: 'Lecture et langue',
    lead: 'Enregistrés avec votre compte\u00a0: les mêmes sur tous vos ordinateurs.',
    language: 'Langue',
    languages: { fr: 'Français', en: 'English' },
    paper: 'Apparence',
    papers: { '': 'Comme mon ordinateur', white: 'Claire', night: 'Sombre' },
    size: 'Taille du texte',
    sizes: { '': 'Normale', large: 'Grande', larger: 'Très grande' },
    font: 'Lettres',
    fonts: { '': 'Habituelles', andika: 'Andika, rondes', opendyslexic: 'OpenDyslexic' },
    by: 'Liste des messages',
    bys: { conversation: 'Par conversation', message: 'Un message par ligne' },
    rows: 'Lignes de la liste',
    after: 'Une fois le message rangé',
    afters: { '': 'Revenir à la liste', next: 'Ouvrir le suivant' },
    rowses: { '': 'Aérées', dense: 'Serrées' },
    shortcuts: 'Raccourcis du clavier',
    shortcutsHint: 'J, K, R, E… La touche ? montre la liste.',
    keys: 'Voir la liste des touches',
  },
  notices: {
    title: 'Avis',
    lead: 'Un petit avis sur le bureau quand un message arrive et que vous ne regardez pas Préau.',
    on: 'Me prévenir sur cet ordinateur',
    daily: 'Un mot par jour de ce qui attend',
    dailyHint:
      'Le soir d’un jour d’école, s’il y a du nouveau\u00a0: les papiers à signer, puis les annonces du panneau. Jamais plus d’un.',
    onHint: 'Il dit «\u00a0Nouveau message de…\u00a0», rien de plus.',
    subject: 'Montrer aussi le titre du message',
    kinds: 'Me prévenir quand',
    kind: {
      held: 'Un message attend mon accord',
      families: 'Une famille m’écrit',
      pupils: 'Un élève m’écrit',
      team: 'L’équipe m’écrit',
      others: 'Quelqu’un d’autre m’écrit',
    },
    gathered: 'Regrouper les avis des élèves',
    gatheredHint: 'Un seul avis, à 12\u00a0h et à 16\u00a0h\u00a030.',
    fromPupils: (letters: number) =>
      letters === 1
        ? 'Un message d’élève vous attend'
        : `${letters} messages d’élèves vous attendent`,
    from: (name: string) => `Nouveau message de ${name}`,
    waits: 'Un message attend votre accord',
    ask: 'Autoriser les avis dans ce navigateur',
    denied:
      'Ce navigateur refuse les avis de Préau. Autorisez-les dans ses réglages, à la page des autorisations de ce site.',
    shared:
      'Sur un ordinateur partagé, aucun avis. Pour en recevoir sur le vôtre, cochez «\u00a0Cet ordinateur est à moi\u00a0» quand vous vous connectez.',
  },
  devices: {
    title: 'Appareils',
    this: 'Cet ordinateur',
    now: 'En ce moment',
    here: 'ici',
    other: 'Préau ouvert sur un autre ordinateur',
    on: ({ name, platform }: Browser) => (platform === '' ? name : `${name} sur ${platform}`),
    seen: (when: string) => `Vu\u00a0: ${when}`,
    never: 'Jamais utilisé',
    stop: 'Déconnecter',
    add: 'Ajouter un appareil',
    closeOthers: 'Tout déconnecter sauf ici',
    closeOthersHint:
      'Les autres ordinateurs, les téléphones et les logiciels de courriel. Leurs mots de passe ne valent plus\u00a0: ceux que vous gardez sont à ajouter de nouveau.',
    closeNow: 'Tout déconnecter',
    closed: 'Préau n’est plus ouvert sur cet ordinateur-là.',
    alone: 'C’est fait\u00a0: votre courriel n’est plus ouvert qu’ici.',
    stopped: 'L’appareil est déconnecté. Il ne peut plus lire ni envoyer.',
  },
  account: { title: 'Compte' },
};
