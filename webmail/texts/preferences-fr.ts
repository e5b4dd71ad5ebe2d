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
    shortcuts: 'Raccourcis du clavier',
    shortcutsHint: 'J, K, R, E… La touche ? montre la liste.',
    keys: 'Voir la liste des touches',
  },
  notices: {
    title: 'Avis',
    lead: 'Un petit avis sur le bureau quand un message arrive et que vous ne regardez pas Préau.',
    on: 'Me prévenir sur cet ordinateur',
    onHint: 'Il dit «\u00a0Nouveau message de…\u00a0», rien de plus.',
    subject: 'Montrer aussi le titre du message',
    from: (name: string) => `Nouveau message de ${name}`,
    ask: 'Autoriser les avis dans ce navigateur',
    denied:
      'Ce navigateur refuse les avis de Préau. Autorisez-les dans ses réglages, à la page des autorisations de ce site.',
    shared:
      'Sur un ordinateur partagé, aucun avis. Pour en recevoir sur le vôtre, cochez «\u00a0Cet ordinateur est à moi\u00a0» quand vous vous connectez.',
  },
  devices: { title: 'Appareils', lead: 'Vos messages sur votre téléphone ou dans un logiciel.' },
  account: { title: 'Compte' },
};
