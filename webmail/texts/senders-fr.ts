/** Words of the page of who writes in the town's name. Part of `fr.ts`. */
export const sendersFr = {
  link: 'Qui écrit en notre nom',
  title: 'Qui écrit en notre nom',
  heading: {
    none: 'Aucun rapport n’est encore arrivé',
    clean: 'Tout ce qui porte notre nom est prouvé',
    unproved: (count: string) => `${count} au nom de nos écoles, sans preuve`,
  },
  lead: (days: number) =>
    `Ce que les messageries du monde rapportent depuis ${days} jours (DMARC) : des machines et des nombres, aucune lettre.`,
  how: 'Gmail, Orange et d’autres envoient un rapport par jour à l’adresse que dit la zone du domaine. Vérifiez cette ligne avec « preau dns ».',
  whatToDo:
    'Une machine de la mairie dans cette liste\u00a0? Faites-la écrire par Préau, ou sous un autre domaine. Les autres se servent de notre nom\u00a0: leurs lettres sont refusées là où elles arrivent.',
  letters: (count: number) => (count === 1 ? '1 lettre' : `${count.toLocaleString('fr')} lettres`),
  line: (letters: string, reporters: number, last: string) =>
    `${letters}, d’après ${reporters === 1 ? 'une messagerie' : `${reporters} messageries`}, jusqu’au ${last}.`,
  stopped: (letters: string) => `Arrêtées\u00a0: ${letters}.`,
  proved: 'prouvé',
  unproved: (letters: string) => `${letters} sans preuve`,
};
