const plural = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;

/** Words of a class's page: rest, links with other classes, correspondents. Part of `fr.ts`. */
export const teachingFr = {
  title: 'Ma classe', headTitle: 'La classe', open: 'Ouvrir la classe', others: 'Les autres classes de l’école', all: 'Les classes de l’école',
  pupils: (count: number) => plural(count, 'élève', 'élèves'), with: (names: string) => `avec ${names}`, nobodyTeaches: 'sans enseignant aujourd’hui',
  proposals: (count: number) => plural(count, 'proposition à décider', 'propositions à décider'),
  rest: {
    title: 'Les élèves', hint: 'Un élève au repos lit ses messages et n’en envoie pas. Il voit quand il pourra écrire de nouveau.', nobody: 'Il n’y a encore personne dans cette classe.',
    start: 'Repos', of: (name: string) => `pour ${name}`, badge: (day: string) => `Au repos, reprend ${day}`, end: 'Finir le repos',
    question: (name: string) => `${name} pourra écrire de nouveau\u00a0:`, tomorrow: 'Demain', at: (day: string) => `${day.slice(0, 1).toUpperCase()}${day.slice(1)}`, other: 'Une autre date', choose: 'Valider cette date',
  },
  links: {
    title: 'Correspondance avec une autre classe', hint: 'Les élèves de deux classes s’écrivent pendant une période, si leurs deux enseignants sont d’accord.', none: 'Aucune correspondance en ce moment.',
    propose: 'Proposer une correspondance', teacherOnly: 'C’est l’enseignant de la classe qui propose ou accepte une correspondance. Vous pouvez l’arrêter.',
    dates: (from: string, until: string) => `du ${from} au ${until}`, with: (names: string) => `avec ${names}`,
    state: { asked: 'Attend leur accord', proposed: 'Attend votre accord', coming: 'À venir', running: 'En cours' },
    readHere: 'vous relisez d’abord', readThere: 'l’autre classe relit d’abord', settle: 'Régler', read: 'Relire d’abord les messages', readNoMore: 'Ne plus relire d’abord', end: 'Arrêter la correspondance', takeBack: 'Retirer la proposition',
    endHint: 'Les élèves ne pourront plus s’écrire. Les messages reçus restent.',
    asks: (className: string, schoolName: string) => `La classe ${className} (${schoolName}) vous propose une correspondance`,
    askedBy: (names: string, from: string, until: string) => `${names}, du ${from} au ${until}. Les élèves des deux classes pourraient s’écrire, et écrire à vos deux enseignants.`,
    moderate: 'Je relis d’abord ce que les élèves des deux classes s’écrivent', moderateHint: 'Chaque message attend alors dans «\u00a0En attente\u00a0».', accept: 'Accepter', decline: 'Refuser',
    newTitle: 'Proposer une correspondance', newHint: 'L’enseignant de l’autre classe reçoit votre proposition. Rien ne change avant son accord.',
    school: 'Quelle école\u00a0?', showClasses: 'Voir ses classes', which: 'Quelle classe\u00a0?', noClasses: 'Toutes les classes de cette école sont déjà liées à la vôtre, ou il n’y en a pas.',
    address: 'Ou l’adresse de la liste de la classe', addressHint: 'Par exemple ce1.pasteur', from: 'Du', until: 'Au', send: 'Envoyer la proposition', back: 'Retour à la classe',
  },
  outside: {
    title: 'Correspondants extérieurs', hint: 'Une personne de l’extérieur (musée, auteur, marraine de classe) peut écrire aux élèves jusqu’à une date. Vous relisez chaque message avant qu’il arrive. Les élèves ne peuvent pas lui répondre.',
    none: 'Personne de l’extérieur n’écrit à cette classe.', teacherOnly: 'C’est l’enseignant de la classe qui approuve un correspondant. Vous pouvez le retirer.', until: (day: string) => `jusqu’au ${day}`, by: (name: string) => `approuvé par ${name}`, remove: 'Retirer',
    add: 'Approuver un correspondant', address: 'Son adresse', untilField: 'Jusqu’au', approve: 'Approuver',
  },
  said: {
    rested: 'L’envoi est au repos. L’élève le voit tout de suite.', restEnded: 'L’élève peut écrire de nouveau.', proposed: 'Votre proposition est partie. Vous serez prévenu de la réponse.', accepted: 'La correspondance est acceptée.',
    declined: 'La proposition est refusée. L’autre enseignant est prévenu.', ended: 'La correspondance est arrêtée.', moderated: 'C’est noté.', approved: 'Cette personne peut écrire à la classe.', removed: 'Cette personne ne peut plus écrire à la classe.',
  },
  why: {
    'not-a-day': 'Choisissez une date.', 'past-day': 'Cette date est passée. Choisissez une date à venir.', 'too-far': 'Cette date est trop loin. Choisissez une date plus proche.',
    'ends-before-it-begins': 'La fin est avant le début. Changez l’une des deux dates.', 'no-such-class': 'Aucune classe de la ville n’a cette adresse. Choisissez une école, puis une classe.', 'own-class': 'C’est votre propre classe. Choisissez-en une autre.',
    'already-linked': 'Une correspondance avec cette classe existe déjà, ou attend une réponse. Elle est sur la page de votre classe.', 'not-an-address': 'Ce n’est pas une adresse complète. Par exemple guide@musee.example.', 'too-many': 'C’est le plus que cette classe peut avoir. Retirez-en d’abord.', 'our-own-address': 'Cette adresse est dans la messagerie des écoles. Pour une autre classe, proposez une correspondance.',
  },
};
