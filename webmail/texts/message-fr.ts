import { de } from './elision.ts';
import { plural } from './plural-fr.ts';

/** Words of the page of one message. Part of `fr.ts`. */
export const messageFr = {
  back: 'Mes messages',
  keep: 'Garder',
  kept: 'Gardé',
  unkeep: 'Ne plus garder',
  throwAway: { child: 'Jeter', adult: 'Supprimer' },
  putBack: 'Remettre dans les reçus',
  putBackSent: 'Remettre dans les envoyés',
  putBackDraft: { child: 'Reprendre ce texte', adult: 'Remettre dans les brouillons' },
  eraseForGood: 'Effacer pour toujours',
  unread: 'Marquer non lu',
  forward: 'Transférer',
  forwardPrefix: 'Tr\u00a0: ',
  forwarded: {
    title: 'Message transféré',
    from: 'De\u00a0: ',
    date: 'Date\u00a0: ',
    subject: 'Objet\u00a0: ',
    to: 'À\u00a0: ',
    attached: 'Le message est joint.',
  },
  original: 'Télécharger l’original',
  originalName: 'message',
  headers: 'En-têtes du message',
  backToIt: 'Revenir au message',
  allFiles: 'Tout télécharger (.zip)',
  more: 'Plus',
  quoted: 'Texte cité',
  archive: 'Archiver',
  print: 'Imprimer',
  from: 'De',
  to: (names: string) => `à ${names}`,
  toYou: { child: 'à toi', adult: 'à vous' },
  copy: (names: string) => `copie à ${names}`,
  toWholeClass: 'à toute la classe',
  outside: { child: 'Hors de l’école', adult: 'Extérieur' },
  first: {
    short: 'Première fois',
    outside: 'de l’extérieur',
    elsewhere: 'd’une autre école',
    line: (where: string) =>
      `C’est la première fois que cette personne vous écrit, ${where}\u00a0:`,
  },
  afar: {
    left: (count: number) =>
      count === 1
        ? 'Une image vient d’un autre serveur et n’est pas montrée.'
        : `${count} images viennent d’un autre serveur et ne sont pas montrées.`,
    tells:
      'Les montrer dit à l’expéditeur que vous avez ouvert ce message, à quelle heure, et l’adresse réseau de cet ordinateur.',
    show: 'Les montrer',
    shown: 'Les images d’un autre serveur sont montrées cette fois.',
    always: 'Les images de cette personne sont toujours montrées.',
    want: { 'at-once': 'Toujours de cette personne', 'when-asked': 'Ne plus les montrer d’office' },
  },
  junk: {
    title: 'Ce message est sans doute indésirable.',
    signs: {
      'domain-alike': 'Son adresse imite celle des écoles, sans en être une.',
      'colleagues-name': 'Il porte le nom d’une personne de votre école, et vient d’ailleurs.',
      'answer-elsewhere': 'Une réponse irait à une autre adresse que celle d’où il vient.',
      'link-elsewhere': 'Un lien mène à un autre site que celui qui est écrit dessus.',
      'first-time': 'Cette adresse vous écrit pour la première fois.',
      unproven: 'Rien ne prouve qui l’a écrit.',
      'server-without-name': 'Le serveur qui l’apporte ne dit pas son nom.',
      'server-unknown': 'Le serveur qui l’apporte n’est connu sous aucun nom.',
      rspamd: 'Le filtre de la ville le tient pour indésirable.',
      'domain-asks':
        'Rien ne prouve qui l’a écrit, et le domaine de son adresse demande de le mettre à part.',
    },
    careful:
      'N’ouvrez ni ses liens ni ses fichiers avant d’avoir demandé à la personne, sans répondre à ce message.',
    none: 'Ce n’est pas un indésirable',
  },
  claimed: {
    child: (names: string, count: number) =>
      `Le message nomme aussi ${names}. Il ne ${count === 1 ? 'lui' : 'leur'} a pas été envoyé.`,
    adult: (names: string, count: number) =>
      `L’en-tête nomme aussi ${names}\u00a0: cet envoi ne ${count === 1 ? 'lui' : 'leur'} était pas adressé.`,
  },
  namesake: (name: string, address: string) =>
    `Attention\u00a0: «\u00a0${name}\u00a0» est connu ici sous une autre adresse, ${address}. Ce message n’en vient pas\u00a0: vérifiez qui l’a écrit.`,
  reply: 'Répondre',
  replyTo: (name: string) => `Répondre à ${name}`,
  replyAll: { child: 'Répondre à tous', adult: 'Répondre à tous' },
  replyClass: 'Répondre à la classe',
  quick: (name: string) => `Répondre à ${name}`,
  quickHint: 'Cette personne seule lira votre réponse.',
  begun: (when: string) => `Vous avez commencé une réponse, ${when}.`,
  goOn: 'Continuer',
  send: 'Envoyer',
  you: 'Vous',
  conversation: (count: number) => `Conversation de ${plural(count, 'message', 'messages')}`,
  openIt: 'Ouvrir ce message',
  tooLong: 'Ce message est long.',
  scanned: 'analysé',
  picture: (name: string) => `Image jointe\u00a0: ${name}`,
  sound: (name: string) => `Son joint\u00a0: ${name}`,
  film: (name: string) => `Film joint\u00a0: ${name}`,
  fetch: 'Télécharger',
  pdf: {
    active:
      'Ce fichier fait plus que se lire (un programme, un envoi, une pièce dedans), ou il est protégé ou très gros\u00a0: il ne s’ouvre pas ici.',
    noViewer: 'Ce fichier ne s’ouvre pas ici.',
    see: 'Voir les pages',
    pages: 'Pages',
    page: (page: number, pages: number) => `Page ${page} sur ${pages}`,
    before: 'Précédente',
    after: 'Suivante',
    text: 'Le texte de cette page',
    noPages:
      'Les pages de ce fichier ne peuvent pas être montrées\u00a0: il est protégé, abîmé ou très gros.',
  },
  event: {
    title: 'Rendez-vous joint',
    cancelled: 'annulé',
    repeats: ', et revient',
    until: (from: string, until: string) => `${from}, jusqu’à ${until}`,
    take: 'Mettre dans un agenda',
    toWeek: 'Ajouter à la semaine',
    toWeekOf: (name: string) => `Ajouter à la semaine ${de(name)}`,
  },
  formatted: 'Message mis en forme',
  formattedLate: {
    child:
      'Ce message est trop long à mettre en forme pour le moment. En voici le début. Tu peux l’ouvrir à nouveau dans un instant.',
    adult:
      'Ce message n’a pas pu être mis en forme à temps. En voici le début, sans mise en forme\u00a0; rouvrez-le dans un instant.',
  },
  asText: 'Lire sans mise en forme',
  noText: { child: 'Il n’y a rien d’écrit ici.', adult: 'Ce message n’a pas de texte.' },
  report: 'Ça me gêne',
  noAnswer: {
    child: (name: string) => `${name} n’attend pas de réponse.`,
    adult: (name: string) => `${name} n’attend pas de réponse à ce message.`,
  },
  why: 'Pourquoi ce message est arrivé\u00a0?',
  because: {
    child: {
      class: (name: string) =>
        `Vous êtes ensemble en ${name}. Dans une même classe, on peut s’écrire.`,
      school: (name: string) => `Cette personne travaille dans ton école, ${name}.`,
      family: () => 'C’est quelqu’un de ta famille.',
      link: (name: string) =>
        `Ta classe et la classe ${name} correspondent. Vos maîtresses et maîtres sont d’accord.`,
      outside: () =>
        'La personne n’est pas de l’école. Ta classe la connaît, et ta maîtresse ou ton maître a lu le message.',
      system: () => 'C’est un mot de la messagerie.',
      added: () => 'Ce message n’est pas arrivé\u00a0: c’est toi qui l’as mis ici.',
      brought: () => 'Ce message vient de ton ancienne messagerie.',
    },
    adult: {
      class: (name: string) => `Vous partagez la classe ${name}.`,
      school: (name: string) =>
        name === '' ? 'Vous êtes de la même école.' : `Vous êtes liés par l’école ${name}.`,
      family: (name: string) =>
        name === ''
          ? 'Cette personne est de la famille d’un élève, ou votre enfant.'
          : `Cette personne est liée à ${name}.`,
      link: (name: string) => `Une correspondance entre deux classes vous lie (${name}).`,
      outside: () =>
        'L’adresse est extérieure à la ville. Les adultes des écoles peuvent recevoir ce courrier.',
      system: () => 'C’est un avis de la messagerie.',
      added: () =>
        'Ce message n’est pas arrivé\u00a0: vous l’avez ajouté avec un logiciel de messagerie.',
      brought: () => 'Ce message vient de votre ancienne messagerie, d’où la ville l’a apporté.',
    },
  },
  waiting: { child: 'Ce message n’est pas encore parti.', adult: 'Ce message attend.' },
  added: {
    child: 'C’est toi qui as mis ce message ici. Personne ne te l’a envoyé.',
    adult:
      'Vous avez ajouté ce message avec un logiciel de messagerie. Personne n’a vérifié qui l’a écrit.',
  },
  brought: {
    child: 'Ce message vient de ton ancienne messagerie.',
    adult: 'Ce message vient de votre ancienne messagerie. Personne n’a vérifié ici qui l’a écrit.',
  },
  givenBack: { child: 'Ce message est revenu vers toi.', adult: 'Ce message vous a été rendu.' },
  notToAll: {
    child:
      'Ce message n’est pas arrivé à tout le monde. Un mot dans tes messages reçus dit pourquoi.',
    adult:
      'Ce message n’est pas arrivé à tous ses destinataires. Un avis dans vos messages reçus dit à qui.',
  },
  noteFrom: {
    child: 'Le mot de ta maîtresse ou de ton maître\u00a0:',
    adult: 'Le mot de la personne qui l’a lu\u00a0:',
  },
};
