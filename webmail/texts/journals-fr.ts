import type { JournalKind } from '../../core/town/journals/contract.ts';

const kinds: Readonly<Record<JournalKind, string>> = {
  opening: 'Écoles ouvertes, journaux lus',
  classes: 'Classes, liens, annonces',
  letters: 'Messages retenus, arrêtés, emportés',
  entry: 'Codes et mots de passe',
  families: 'Familles, papiers, autorisations',
  rosters: 'Listes importées, départs',
  settings: 'Réglages des écoles',
  town: 'Ville, agents, écoles',
};

/** Words of the journals as agents search them. Part of `fr.ts`. */
export const journalsFr = {
  title: 'Qui a fait quoi',
  lead: 'Les journaux de toutes les écoles et des agents, depuis trois ans. Chaque ligne est tenue par une chaîne\u00a0: une ligne changée ou retirée à la main se voit.',
  who: 'Qui l’a fait',
  whom: 'À qui',
  what: 'Quoi',
  whatever: 'Tout',
  school: 'École',
  everywhere: 'Toutes, et les agents',
  agents: 'Les agents seulement',
  from: 'Du',
  until: 'Au',
  noDay: 'Ce jour n’existe pas\u00a0: il n’a pas été pris.',
  turned: 'Le dernier jour vient avant le premier\u00a0: aucune ligne ne peut y être.',
  search: 'Chercher',
  csv: 'Enregistrer en tableur',
  all: 'Tout voir',
  noted:
    'Ce que vous cherchez ici est noté au journal des agents. Le fichier a les 5\u00a0000 lignes les plus récentes au plus. Les signalements des enfants n’y sont pas.',
  kinds,
  columns: ['Quand', 'Qui', 'Quoi', 'École', 'Raison'],
  fileName: (day: string) => `journaux-${day}`,
};
