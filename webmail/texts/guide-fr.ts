/** The page of help, one a role: what one does every day, in steps. Part of `fr.ts`. */
export interface GuidePart {
  readonly title: string;
  readonly steps: readonly string[];
  /** What the picture shows, for who doesn’t see it. */
  readonly shows: string;
  /** The words of the link to the page itself. */
  readonly go: string;
}

interface Guide {
  readonly title: string;
  readonly lead: string;
  readonly parts: Readonly<Record<'first' | 'second' | 'third', GuidePart>>;
}

const pupil: Guide = {
  title: 'Comment ça marche\u00a0?',
  lead: 'Ici, tu écris à ta classe, à tes maîtres et maîtresses, et à ta famille. Personne d’inconnu ne peut t’écrire.',
  parts: {
    first: {
      title: 'Lire',
      steps: [
        'Un rond bleu\u00a0: c’est nouveau. Touche le message pour l’ouvrir.',
        'Touche «\u00a0Écouter\u00a0» pour l’entendre.',
        'L’étoile garde un message que tu aimes.',
      ],
      shows:
        'La page «\u00a0Reçus\u00a0»\u00a0: des visages, et un rond bleu devant ce qui est nouveau.',
      go: 'Voir mes messages',
    },
    second: {
      title: 'Écrire',
      steps: [
        'Touche «\u00a0Écrire\u00a0», puis le visage de qui tu veux.',
        'Écris, puis touche «\u00a0Envoyer\u00a0». Tu peux ajouter un dessin ou une photo.',
        'Tu t’es trompé\u00a0? Touche «\u00a0Attends\u00a0!\u00a0» tout de suite\u00a0: le message revient.',
      ],
      shows: 'La page pour écrire\u00a0: tous les visages de la classe, et la feuille.',
      go: 'Écrire un message',
    },
    third: {
      title: 'Quelque chose te gêne\u00a0?',
      steps: [
        'Sous le message, touche «\u00a0Ça me gêne\u00a0». Il s’en va, et un adulte t’aide.',
        'Tu n’as rien fait de mal. Tu peux aussi montrer l’écran à un adulte.',
        'Avec «\u00a0Demander de l’aide\u00a0», tu écris à ta maîtresse ou à ton maître.',
      ],
      shows: 'Un message ouvert, et en bas le bouton «\u00a0Ça me gêne\u00a0».',
      go: 'Demander de l’aide',
    },
  },
};

const teacher: Guide = {
  title: 'Aide\u00a0: ma classe, mes messages',
  lead: 'Lire, écrire à toute la classe, décider de ce qui attend. Chaque image vient de Préau, telle que vous le voyez.',
  parts: {
    first: {
      title: 'Lire et ranger',
      steps: [
        'La liste reste où elle est quand un message s’ouvre. «\u00a0Familles\u00a0», «\u00a0Élèves\u00a0» et «\u00a0Équipe\u00a0» ne montrent que les leurs.',
        'Au survol d’une ligne\u00a0: archiver, corbeille, marquer. La case en choisit plusieurs\u00a0; Maj + clic choisit jusque-là.',
        'Du doigt, une ligne glissée vers la gauche s’archive\u00a0; vers la droite, elle est lue ou non lue. «\u00a0Plus\u00a0», puis «\u00a0Tout voir\u00a0», mène partout.',
        'Tout ce qui bouge se reprend\u00a0: «\u00a0Annuler\u00a0» reste dix secondes.',
        'Au clavier, J et K avancent, R répond, E archive,\u00a0? montre toutes les touches.',
      ],
      shows: 'Trois colonnes\u00a0: les dossiers, la liste des messages, le message ouvert.',
      go: 'Voir mes messages',
    },
    second: {
      title: 'Écrire à toute la classe',
      steps: [
        '«\u00a0Écrire\u00a0», puis «\u00a0Vite\u00a0»\u00a0: votre classe ou ses familles, en un geste. Sinon tapez un nom\u00a0; Entrée le prend.',
        'Choisissez à qui vont les réponses\u00a0: à vous seulement, ou à personne.',
        '«\u00a0Envoyer\u00a0» laisse dix secondes pour se raviser\u00a0; la flèche à côté envoie plus tard.',
        'Dans «\u00a0Envoyés\u00a0», le message dit qui l’a lu et relance les autres.',
        'Ce que tous doivent voir sans y répondre se punaise\u00a0: Mes classes, puis «\u00a0Panneau\u00a0».',
        '«\u00a0Papiers\u00a0» demande une réponse aux familles, pour une sortie ou une photo, et compte qui a répondu\u00a0; une feuille rendue s’y note aussi.',
      ],
      shows: 'La page pour écrire, la classe choisie dans le champ «\u00a0À\u00a0».',
      go: 'Écrire un message',
    },
    third: {
      title: 'Ce qui attend votre accord',
      steps: [
        'Selon le réglage de la classe, un message d’élève attend que vous le laissiez partir\u00a0; une annonce qu’il propose, toujours.',
        '«\u00a0Laisser partir\u00a0», ou «\u00a0Rendre à l’élève\u00a0» avec un mot\u00a0: son texte n’est pas perdu.',
        'Un élève touche «\u00a0Ça me gêne\u00a0» sous une lettre\u00a0: elle vous attend, entière, dans «\u00a0Signalements\u00a0».',
        'Un code perdu\u00a0? Mes classes, puis «\u00a0Codes\u00a0».',
      ],
      shows: 'Les messages à décider\u00a0: ce qu’un élève a écrit, et deux boutons pour décider.',
      go: 'Voir ce qui attend',
    },
  },
};

const head: Guide = {
  title: 'Aide\u00a0: l’école',
  lead: 'Les classes, les listes de rentrée, les personnes. L’aide pour les messages et la classe est celle de l’enseignement.',
  parts: {
    first: {
      title: 'Répartir les élèves',
      steps: [
        '«\u00a0École\u00a0» montre une colonne par classe. Glissez un élève, ou soulevez-le au clavier avec Entrée et les flèches.',
        '«\u00a0Nouvelle classe\u00a0» demande un nom, un niveau, une personne qui enseigne.',
        'Le dernier changement s’annule. Les élèves voient leur nouvelle classe tout de suite.',
      ],
      shows: 'Le tableau de l’école\u00a0: une colonne par classe, un élève par ligne.',
      go: 'Voir mon école',
    },
    second: {
      title: 'La rentrée',
      steps: [
        '«\u00a0Rentrée\u00a0» prend le fichier des listes tel que votre logiciel le donne.',
        'Rien ne change avant le dernier bouton\u00a0: l’aperçu dit qui arrive, qui part, qui change de classe.',
        'Une ligne qui laisse un doute attend votre réponse\u00a0; le reste est fait. Tout s’annule pendant trente jours.',
      ],
      shows: 'La page «\u00a0Rentrée\u00a0»\u00a0: où donner un fichier, et ce qui a été fait.',
      go: 'Voir la rentrée',
    },
    third: {
      title: 'Les personnes',
      steps: [
        'Cherchez une personne\u00a0: son code, son adresse, sa famille, son départ.',
        'Un parent sans droit de contact est bloqué aussitôt, et le reste aux imports suivants.',
        'Les heures de l’école et qui écrit dehors sont dans ses réglages.',
      ],
      shows: 'La liste des personnes de l’école.',
      go: 'Voir les personnes',
    },
  },
};

const guardian: Guide = {
  title: 'Aide pour les familles',
  lead: 'Ce compte sert à écrire à votre enfant et à son école. Il ne reçoit rien d’ailleurs.',
  parts: {
    first: {
      title: 'Lire',
      steps: [
        'Un point bleu marque ce qui est nouveau.',
        'Quand un bouton «\u00a0Bien lu\u00a0» est là, il dit à l’enseignant que vous avez lu. Rien ne le dit à votre place.',
        'Les pièces jointes sont contrôlées avant d’arriver.',
      ],
      shows: 'Les messages reçus d’un parent.',
      go: 'Voir mes messages',
    },
    second: {
      title: 'Écrire',
      steps: [
        'Vous pouvez écrire à votre enfant, à ses enseignants et à la direction. Les autres ne sont pas proposés.',
        'Ce qui est écrit s’enregistre tout seul\u00a0; «\u00a0Annuler l’envoi\u00a0» reste dix secondes.',
        'Un enseignant répond à ses heures\u00a0: rien n’est promis le soir ni la fin de semaine.',
        '«\u00a0À signer\u00a0» montre ce que l’école vous demande\u00a0: un appui signe, et vous changez d’avis jusqu’au dernier jour. «\u00a0Réglages\u00a0» offre un mot par jour de ce qui attend.',
      ],
      shows: 'La page pour écrire, avec les personnes à qui vous pouvez écrire.',
      go: 'Écrire un message',
    },
    third: {
      title: 'Mes enfants',
      steps: [
        'Pour chaque enfant\u00a0: sa classe, qui l’enseigne, et un bouton pour leur écrire.',
        'Dans ses messages, votre enfant lit le nom que vous choisissez\u00a0: «\u00a0Maman\u00a0», «\u00a0Papi\u00a0».',
        'Sans choix, c’est votre prénom.',
        '«\u00a0Panneau\u00a0» montre les annonces de leurs classes et de l’école, et les rappelle le jour que vous dites.',
      ],
      shows:
        'La page «\u00a0Mes enfants\u00a0»\u00a0: la classe de chacun, et le nom que lit l’enfant.',
      go: 'Voir mes enfants',
    },
  },
};

const agent: Guide = {
  title: 'Aide pour la ville',
  lead: 'La marche du service, les écoles, les listes. Ouvrir une école demande une raison, qui est notée.',
  parts: {
    first: {
      title: 'D’un coup d’œil',
      steps: [
        'Une phrase dit si le courriel marche. Dessous, ce qui vous attend, avec le geste à faire.',
        'Ce qui est en rouge dit quoi faire\u00a0; preau doctor dit la même chose sur la machine.',
        'Après une remise, rien ne part tout seul\u00a0: «\u00a0Remise\u00a0» montre ce qui attend votre mot.',
        'Deux agents au moins, chacun avec son deuxième facteur et sa feuille de secours.',
      ],
      shows: 'L’accueil des agents\u00a0: une phrase, neuf parties du service, ce qui attend.',
      go: 'Voir l’accueil',
    },
    second: {
      title: 'Les écoles',
      steps: [
        '«\u00a0Écoles\u00a0» dit où en est chacune, celles à finir d’abord, avec le geste à faire. Pour changer une école, ouvrez-la et dites pourquoi\u00a0: sa direction le voit.',
        'Un fichier de l’annuaire national en crée plusieurs à la fois\u00a0; l’aperçu vient d’abord.',
      ],
      shows:
        'La liste des écoles de la ville\u00a0: élèves, liste, codes, direction, ce qui reste à faire.',
      go: 'Voir les écoles',
    },
    third: {
      title: 'Les listes de la ville',
      steps: [
        '«\u00a0Rentrée\u00a0» prend un ZIP avec les fichiers de toutes les écoles et dit ce qui changerait.',
        'Les lignes qui laissent un doute attendent la direction ou vous. Aucune école n’attend une autre.',
        'Chaque import s’annule pendant trente jours.',
      ],
      shows: 'La page des listes de la ville.',
      go: 'Voir la rentrée',
    },
  },
};

export const guideFr = {
  link: 'Aide',
  forPupil: 'Comment ça marche\u00a0?',
  teachers: 'L’aide pour les messages et la classe',
  print: 'Imprimer',
  roles: { pupil, teacher, head, guardian, agent },
};
