import { plural } from './plural-fr.ts';

/** Words of the search of all one's mail. Part of `fr.ts`. */
export const searchFr = {
  title: 'Chercher dans les messages',
  titled: (words: string) => `Recherche\u00a0: ${words}`,
  label: { child: 'Chercher un message', adult: 'Chercher dans les messages' },
  go: 'Chercher',
  wipe: 'Effacer la recherche',
  back: { child: 'Ce que tu as trouvé', adult: 'Trouvés' },
  count: (count: number) => (count === 0 ? 'Aucun message' : plural(count, 'message', 'messages')),
  /** The oldest stay away. */
  newest: (count: number) => `Les ${count} plus récents`,
  /** Several of a conversation stand in one row. */
  within: (messages: string, conversations: number) =>
    `${messages}, ${plural(conversations, 'conversation', 'conversations')}`,
  hits: ' messages trouvés',
  everywhere: 'dans tous les dossiers',
  nothing: {
    child: 'Aucun message n’a ces mots. Essaie avec un seul mot, ou un prénom.',
    adult: 'Aucun message ne contient tous ces mots. Essayez un seul mot, un nom ou une adresse.',
  },
  type: {
    child: 'Écris un mot ou un prénom.',
    adult: 'Écrivez un ou plusieurs mots, un nom ou une adresse.',
  },
  hint: 'La recherche lit l’objet, le texte, les noms et les pièces jointes de vos messages.',
  thrown: (count: number) =>
    `${plural(count, 'message', 'messages')} dans la corbeille et les indésirables`,
  seeThrown: 'Y chercher aussi',
  lies: (folder: string) => `Dans ${folder}`,
  filters: 'Filtres de la recherche',
  people: 'Personnes',
  without: (condition: string) => `Retirer «\u00a0${condition}\u00a0»`,
  unread: {
    day: (text: string) =>
      `«\u00a0${text}\u00a0» n’est pas un jour que l’on comprend. Écrivez 5/11, novembre ou hier.`,
    folder: (text: string) => `Aucun de vos dossiers ne s’appelle «\u00a0${text}\u00a0».`,
  },
  chip: {
    from: (name: string) => `De ${name}`,
    to: (name: string) => `À ${name}`,
    file: (name: string) => `Fichier ${name}`,
    anyFile: 'Avec fichier',
    before: (day: string) => `Avant ${day}`,
    since: (day: string) => `Depuis ${day}`,
    in: (name: string) => `Dans ${name}`,
    subject: (words: string) => `Objet ${words}`,
    phrase: (words: string) => `«\u00a0${words}\u00a0»`,
    not: (condition: string) => `Sans ${condition}`,
    askFrom: 'De…',
    askIn: 'Dans…',
  },
  yes: 'oui',
  /** The month in which a school year begins. */
  september: 'septembre',
};
