interface KeyGroup {
  readonly title: string;
  /** Keys that are pressed one after the other, and what they do. */
  readonly keys: readonly (readonly [readonly string[], string])[];
}

/** One shape for both languages. */
const asGroups = (groups: Record<'move' | 'act' | 'choose' | 'day' | 'held', KeyGroup>) => groups;

/** Words of the sheet of keys, and of how one reads. Part of `fr.ts`. */
export const keysFr = {
  title: 'Clavier et lecture',
  link: 'Clavier et lecture',
  lead: 'Une touche suffit, sans Ctrl ni Alt, quand on n’écrit pas.',
  off: 'Les touches sont arrêtées.',
  stop: 'Arrêter les touches',
  start: 'Utiliser les touches',
  then: 'puis',
  groups: asGroups({
    move: {
      title: 'Se déplacer',
      keys: [
        [['J'], 'Ligne suivante'],
        [['K'], 'Ligne précédente'],
        [['O'], 'Ouvrir (ou Entrée)'],
        [['/'], 'Chercher'],
        [['G', 'R'], 'Aller aux reçus'],
        [['G', 'A'], 'Aller aux archives'],
        [['G', 'S'], 'Aller aux envoyés'],
        [['?'], 'Cette page'],
      ],
    },
    act: {
      title: 'Agir',
      keys: [
        [['C'], 'Écrire'],
        [['R'], 'Répondre'],
        [['A'], 'Répondre à tous'],
        [['F'], 'Transférer'],
        [['E'], 'Archiver'],
        [['M'], 'Ranger dans un dossier'],
        [['B'], 'Remettre à plus tard'],
        [['#'], 'Supprimer'],
      ],
    },
    choose: {
      title: 'Choisir',
      keys: [
        [['X'], 'Cocher la ligne'],
        [['U'], 'Marquer non lu, ou lu'],
        [['S'], 'Garder, ou ne plus garder'],
        [['Z'], 'Annuler le dernier geste'],
      ],
    },
    day: {
      title: 'Ma journée',
      keys: [
        [['J'], 'Ligne suivante'],
        [['K'], 'Ligne précédente'],
        [['O'], 'Lire'],
        [['R'], 'Répondre'],
        [['E'], 'Finir\u00a0: archiver, décider, relancer'],
        [['B'], 'Remettre à demain'],
      ],
    },
    held: {
      title: 'Messages à décider',
      keys: [
        [['J'], 'Message suivant'],
        [['K'], 'Message précédent'],
        [['L'], 'Laisser partir'],
        [['R'], 'Rendre avec un mot'],
        [['X'], 'Cocher le message'],
        [['Z'], 'Annuler la décision'],
      ],
    },
  }),
  list: {
    title: 'La liste des messages',
    lead: 'Les messages qui se répondent tiennent sur une ligne, avec leur nombre, ou chacun a la sienne.',
    conversations: 'Par conversation',
    messages: 'Un message par ligne',
  },
};
