import { plural } from './plural-fr.ts';

/** Words of a teacher's own groups. Part of `fr.ts`. */
export const groupsFr = {
  title: 'Mes groupes',
  short: 'Des élèves de vos classes sous un nom à vous\u00a0: lecture, sport, étude.',
  lead: 'Des élèves de vos classes sous un nom que vous seul voyez. Qui quitte la classe quitte le groupe. Dans un message à un groupe, personne ne voit qui d’autre le reçoit.',
  manage: 'Gérer mes groupes',
  none: 'Vous n’avez pas encore de groupe.',
  noClass: 'Aucune classe ne vous est confiée pour le moment\u00a0: il n’y a personne à grouper.',
  make: 'Nouveau groupe',
  changeTitle: (name: string) => `Changer «\u00a0${name}\u00a0»`,
  name: 'Nom du groupe',
  nameHint: 'Par exemple groupe lecture. Il ne part avec aucun message.',
  whom: 'À qui vont les messages',
  whoms: {
    pupils: 'Aux élèves',
    families: 'À leurs familles',
    both: 'Aux élèves et à leurs familles',
  },
  pupils: 'Élèves',
  save: 'Enregistrer le groupe',
  write: 'Écrire',
  change: 'Changer',
  of: (name: string) => ` «\u00a0${name}\u00a0»`,
  remove: 'Supprimer',
  removeFate: 'Les messages envoyés restent. Un message programmé pour ce groupe ne partira pas.',
  removeNow: 'Supprimer le groupe',
  count: (people: number) => plural(people, 'personne', 'personnes'),
  empty: 'Plus personne de ce groupe n’est dans vos classes.',
  back: 'Tous mes groupes',
  toLetter: 'Écrire un message',
  said: {
    saved: 'Le groupe est enregistré. Vous le trouvez dans «\u00a0À\u00a0» quand vous écrivez.',
    removed: 'Le groupe est supprimé.',
  },
  why: {
    'no-name': 'Donnez au groupe un nom de 40 signes au plus.',
    'name-taken': 'Vous avez déjà un groupe de ce nom. Choisissez-en un autre.',
    nobody: 'Cochez au moins un élève.',
    'too-many-pupils':
      'Un groupe a 60 élèves au plus. Pour une classe entière, écrivez à la classe.',
    'too-many-groups':
      'Vous avez 40 groupes, on ne peut pas en avoir plus. Supprimez-en un d’abord.',
  },
};
