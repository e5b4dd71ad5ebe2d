import { plural } from './plural-fr.ts';

/** Words of one's own folders. Part of `fr.ts`. */
export const foldersFr = {
  title: 'Mes dossiers',
  lead: 'Les mêmes que dans votre logiciel de messagerie. Un dossier peut en contenir d’autres.',
  none: 'Vous n’avez pas encore de dossier.',
  make: 'Nouveau dossier',
  name: 'Nom du dossier',
  inside: 'Dans',
  top: 'Aucun autre dossier',
  create: 'Créer le dossier',
  count: (messages: number) => (messages === 0 ? 'vide' : plural(messages, 'message', 'messages')),
  change: 'Renommer',
  changeOf: (name: string) => ` le dossier «\u00a0${name}\u00a0»`,
  save: 'Enregistrer',
  remove: 'Supprimer',
  removeOf: (name: string) => ` le dossier «\u00a0${name}\u00a0»`,
  /** What becomes of what lies in it, said before the button. */
  fate: (messages: number, below: number): string => {
    const folders =
      below === 0
        ? ''
        : ` ${plural(below, 'dossier qu’il contient part', 'dossiers qu’il contient partent')} avec lui.`;
    if (messages === 0) return `Il ne contient aucun message.${folders}`;
    const mail = plural(messages, 'message va', 'messages vont');
    return `${mail} dans la corbeille, où vous les retrouvez tant que vous ne la videz pas.${folders}`;
  },
  removeNow: 'Supprimer le dossier',
  said: {
    made: 'Le dossier est créé.',
    changed: 'Le dossier est enregistré.',
    removed: 'Le dossier est supprimé. Ce qu’il contenait est dans la corbeille.',
  },
  makeInto: 'Créer et ranger',
  find: 'Chercher un dossier',
  edit: 'Gérer mes dossiers',
  noneFits: 'Aucun dossier de ce nom.',
  why: {
    'bad-name':
      'Ce nom ne peut pas être celui d’un dossier. Écrivez des lettres et des chiffres, sans barre oblique, astérisque ni signe «\u00a0pour cent\u00a0».',
    'already-exists': 'Un dossier porte déjà ce nom à cet endroit. Choisissez un autre nom.',
    'below-itself': 'Un dossier ne peut pas être rangé dans lui-même. Choisissez un autre dossier.',
    depth:
      'Un dossier qui est déjà dans un autre n’en contient pas. Choisissez un dossier du premier niveau.',
    long: (most: number) => `Ce nom est trop long. Écrivez ${most} caractères au plus.`,
    many: (most: number) =>
      `Vous avez ${most} dossiers, on ne peut pas en avoir plus. Supprimez-en un d’abord.`,
    gone: 'Ce dossier n’existe plus. Il a peut-être été supprimé ailleurs.',
  },
};
