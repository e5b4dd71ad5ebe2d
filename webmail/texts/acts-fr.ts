import { plural } from './plural-fr.ts';

/** What was acted on: rows of conversations, or single messages. */
export type Unit = 'conversation' | 'message';

/** « 3 conversations archivées », « 1 message archivé ». */
function done(count: number, unit: Unit, participle: string): string {
  const end = `${unit === 'conversation' ? 'e' : ''}${count > 1 ? 's' : ''}`;
  return `${plural(count, unit, `${unit}s`)} ${participle}${end}`;
}

/** Words of what is done with messages, and of the way back. Part of `fr.ts`. */
export const actsFr = {
  choose: 'Cochez des messages, puis choisissez',
  one: { conversation: '1 conversation choisie', message: '1 message choisi' },
  many: { conversation: '% conversations choisies', message: '% messages choisis' },
  page: 'Toute la page',
  none: 'Ne plus choisir',
  all: (total: number) => `Tout le dossier (${plural(total, 'message', 'messages')})`,
  bar: 'Pour ce qui est choisi',
  pick: (subject: string, name: string) => `Choisir «\u00a0${subject}\u00a0», ${name}`,
  undo: 'Annuler',
  thrown: 'Le message est dans la corbeille.',
  withdrawn: (count: number) =>
    count === 1
      ? 'Retiré\u00a0: il ne partira pas.'
      : `${count} attendaient\u00a0: ils ne partiront pas.`,
  words: {
    archive: 'Archiver',
    into: 'Ranger',
    read: 'Lu',
    unread: 'Non lu',
    junk: 'Indésirable',
    keep: 'Garder',
    unkeep: 'Ne plus garder',
    trash: 'Supprimer',
    back: 'Remettre',
    erase: 'Effacer',
  },
  done: {
    archive: (count: number, unit: Unit) => `${done(count, unit, 'archivé')}.`,
    trash: (count: number, unit: Unit) => `${done(count, unit, 'mis')} à la corbeille.`,
    into: (count: number, unit: Unit, folder: string) =>
      `${done(count, unit, 'rangé')} dans «\u00a0${folder}\u00a0».`,
    seen: (count: number, unit: Unit) =>
      `${done(count, unit, 'marqué')} comme lu${unit === 'conversation' ? 'e' : ''}${count > 1 ? 's' : ''}.`,
    unseen: (count: number, unit: Unit) =>
      `${done(count, unit, 'marqué')} comme non lu${unit === 'conversation' ? 'e' : ''}${count > 1 ? 's' : ''}.`,
    flagged: (count: number, unit: Unit) => `${done(count, unit, 'gardé')}.`,
    unflagged: (count: number, unit: Unit) =>
      count > 1
        ? `${plural(count, unit, `${unit}s`)} ne sont plus gardé${unit === 'conversation' ? 'e' : ''}s.`
        : `1 ${unit} n’est plus gardé${unit === 'conversation' ? 'e' : ''}.`,
    'put-off': (count: number, unit: Unit, when: string) =>
      `${done(count, unit, 'remis')} à plus tard\u00a0: retour ${when}.`,
    erase: (count: number, unit: Unit) => `${done(count, unit, 'effacé')} pour toujours.`,
  },
  said: {
    emptied: { child: 'La corbeille est vide.', adult: 'La corbeille est vide.' },
    erased: { child: 'Le message est effacé pour toujours.', adult: 'C’est effacé pour toujours.' },
    undone: { child: 'C’est comme avant.', adult: 'C’est annulé.' },
    stored: { child: 'C’est dans tes affaires.', adult: 'C’est dans vos affaires, au casier.' },
    'taken-back': {
      child: 'La lettre est revenue. Personne n’a été prévenu.',
      adult: '',
    },
    'not-junk': {
      child: '',
      adult:
        'Le message est dans la boîte de réception. Les prochains de cette personne y arriveront.',
    },
    'folder-name': {
      child: '',
      adult:
        'Rien n’a été rangé. Écrivez pour le dossier un nom court, sans barre oblique, astérisque ni signe «\u00a0pour cent\u00a0».',
    },
    'folder-many': {
      child: '',
      adult: 'Rien n’a été rangé. Vous avez trop de dossiers\u00a0: supprimez-en un d’abord.',
    },
    'later-unclear': {
      child: '',
      adult: 'Rien n’a changé. Choisissez un jour et une heure pour le retour.',
    },
    'later-past': {
      child: '',
      adult: 'Rien n’a changé\u00a0: cette heure est passée. Choisissez une heure à venir.',
    },
    'later-far': {
      child: '',
      adult: 'Rien n’a changé\u00a0: c’est dans plus d’un an. Choisissez un jour plus proche.',
    },
    'later-many': {
      child: '',
      adult:
        'Rien n’a changé\u00a0: mille messages attendent déjà dans «\u00a0Plus tard\u00a0». Remettez-en, ou archivez-en, d’abord.',
    },
    'too-late': {
      child: 'On ne peut plus revenir en arrière. Regarde dans la corbeille.',
      adult: 'Ce geste ne peut plus être annulé. Ce qui a été déplacé est dans son dossier.',
    },
  },
};
