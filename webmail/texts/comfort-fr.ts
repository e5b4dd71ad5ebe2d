/** Words of what a child chooses to read with. Part of `fr.ts`. */
export const comfortFr = {
  title: 'Mon confort',
  saved: 'C’est enregistré. Tu retrouveras tes choix sur tous les ordinateurs.',
  save: 'C’est bien comme ça',
  sample: {
    title: 'Ce que ça donne',
    name: 'Le petit escargot',
    text: 'Il pleut sur le préau. Un escargot sort de sa coquille. Il va doucement vers la salade du jardin. Miam\u00a0!',
  },
  size: { title: 'La taille', names: { normal: 'Normal', large: 'Grand', larger: 'Très grand' } },
  spacing: {
    title: 'L’espace',
    names: { normal: 'Serré', wide: 'Écarté', wider: 'Très écarté' },
  },
  font: {
    title: 'Les lettres',
    names: { normal: 'Bâton', book: 'Livre', andika: 'Ronde', opendyslexic: 'Lourde' },
  },
  paper: {
    title: 'Le papier',
    names: { white: 'Blanc', cream: 'Crème', night: 'Nuit', strong: 'Fort' },
  },
  motion: {
    title: 'Les mouvements',
    names: { normal: 'Ça bouge un peu', none: 'Rien ne bouge' },
  },
};
