/** What a page says that isn’t there, or that something is wrong with. */
export const brokenFr = {
  missing: {
    title: { child: 'Cette page n’existe pas.', adult: 'Cette page n’existe pas.' },
    text: {
      child: 'Elle n’est plus là, ou son adresse n’est pas complète.',
      adult: 'Elle a été déplacée, ou l’adresse n’est pas complète.',
    },
  },
  forbidden: {
    title: { child: 'Cette page est trop vieille.', adult: 'Ce formulaire n’est plus valable.' },
    text: {
      child: 'Reviens en arrière, puis essaie encore. Rien n’a changé.',
      adult: 'Revenez à la page, puis essayez encore. Rien n’a été changé.',
    },
  },
  pause: {
    title: { child: 'La messagerie fait une pause.', adult: 'La messagerie fait une pause.' },
    text: {
      child: 'Rien n’est perdu. Essaie encore dans deux minutes.',
      adult: 'Rien n’est perdu. Réessayez dans deux minutes.',
    },
  },
  away: {
    title: {
      child: 'Ce message ne s’ouvre pas en ce moment.',
      adult: 'Ce message ne s’ouvre pas en ce moment.',
    },
    text: {
      child: 'Il est gros et ancien. Il n’est pas perdu. Essaie encore plus tard.',
      adult:
        'Il est ancien et volumineux, et l’endroit où il est rangé ne répond pas. Rien n’est perdu, et le reste du courrier marche. Réessayez dans quelques minutes.',
    },
  },
  wrong: {
    title: {
      child: 'La messagerie n’a pas compris.',
      adult: 'Cette demande n’a pas été comprise.',
    },
    text: {
      child: 'Reviens en arrière, puis essaie encore.',
      adult: 'Revenez à la page, puis essayez encore.',
    },
  },
  tooBig: {
    title: {
      child: 'C’est trop gros pour être envoyé.',
      adult: 'C’est trop gros pour être envoyé.',
    },
    text: {
      child: 'Reviens en arrière et choisis un fichier plus petit.',
      adult: 'Revenez en arrière et choisissez un fichier plus petit.',
    },
  },
  crowded: {
    title: { child: 'Trop de demandes en même temps.', adult: 'Trop de demandes en même temps.' },
    text: {
      child: 'Attends un peu, puis essaie encore.',
      adult:
        'Trop de demandes viennent de votre réseau en même temps. Réessayez dans trente secondes.',
    },
  },
  late: {
    title: { child: 'Ton texte n’est pas parti.', adult: 'Votre texte n’est pas parti.' },
    text: {
      child:
        'La page est restée ouverte trop longtemps. Ton texte est ici. Copie-le, retourne là où tu l’as écrit, puis colle-le.',
      adult:
        'La page est restée ouverte trop longtemps\u00a0: votre session est terminée. Copiez votre texte, retournez là où vous l’avez écrit, puis collez-le.',
    },
  },
  typed: { child: 'Ton texte', adult: 'Votre texte' },
  home: { child: 'Retour à mes messages', adult: 'Retour aux messages' },
};
