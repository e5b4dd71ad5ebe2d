import { dayInWords, type Day } from '../../../roster/days.ts';

interface Whose {
  readonly name: string;
  readonly className: string;
}

interface Titled {
  readonly subject: string;
}

interface CodesLeft {
  readonly left: number;
  /** They are soon none. */
  readonly isLow: boolean;
}

/** A letter that was taken out of mailboxes. */
interface Taken extends Titled {
  readonly from: string;
  readonly when: string;
}

interface Reported {
  /** « Lina (CE1 A) »; the town's contact is told no name. */
  readonly child: string;
  readonly school: string;
  /** Where it is read. */
  readonly page: string;
}

interface Link {
  /** Who did it, as colleagues know them. */
  readonly by: string;
  /** Their class and school. */
  readonly className: string;
  readonly schoolName: string;
  /** The reader's class. */
  readonly own: string;
}

type DatedLink = Link & { readonly from: Day; readonly until: Day };

/** What the service itself writes, in French; in English it has the same names. */
export const serviceLettersFr = {
  /** Much left an account for outside: to its owner, the heads, the agents. */
  flood: {
    own: {
      subject: 'Vos messages vers l’extérieur attendent',
      text: `Beaucoup de messages sont partis de votre compte vers l’extérieur en peu de temps. Ceux qui restent attendent, rien n’est perdu.

Si c’est bien vous, les agents de la ville les laisseront partir : ils sont prévenus.

Si ce n’est pas vous, changez votre mot de passe maintenant, et dites-le à la direction : quelqu’un d’autre se sert de votre compte.`,
    },
    head: (name: string) => ({
      subject: `${name} : des messages vers l’extérieur attendent`,
      text: `Beaucoup de messages sont partis du compte de ${name} vers l’extérieur en peu de temps : quelqu’un d’autre s’en sert peut-être. Ceux qui restent attendent, le courrier dans les écoles continue.

Demandez à cette personne si c’est bien elle, et dites-le aux agents de la ville : ce sont eux qui laissent partir ces messages, ou non.`,
    }),
    agent: (name: string) => ({
      subject: `Un compte arrêté vers l’extérieur : ${name}`,
      text: `Beaucoup de messages sont partis du compte de ${name} vers l’extérieur en peu de temps, ou beaucoup d’adresses les ont refusés : quelqu’un d’autre s’en sert peut-être. Ceux qui restent attendent.

Demandez à l’école si c’est bien cette personne. Puis décidez, sous « Remise » : les laisser partir, ou non. D’ici là, rien de ce compte ne part vers l’extérieur ; le courrier dans les écoles continue.`,
    }),
  },
  /** A letter by a mail program waits. */
  held: {
    child: {
      subject: (subject: string) => `Ton message n’est pas encore parti : ${subject}`,
      road: (subject: string) => `Ta lettre est en route : ${subject}`,
      whom: (names: string) => `Pour : ${names}`,
      end: 'Ton logiciel de courriel le montre dans les messages envoyés. Il attend, et il n’est pas perdu.',
    },
    adult: {
      subject: (subject: string) => `Votre message attend : ${subject}`,
      road: (subject: string) => `Votre lettre est en route : ${subject}`,
      whom: (names: string) => `Pour : ${names}`,
      end: 'Votre logiciel de messagerie le montre comme envoyé : il n’est pas encore remis à ces destinataires. Dans Préau, la page « En attente » dit pour qui il attend ; vous pouvez l’y reprendre.',
    },
  },
  /** Names that are a number. */
  moreNames: (count: number) => `et ${count} autres`,
  /** A letter comes back to its writer. */
  returned: {
    child: {
      subject: (subject: string) => `Ton message t’est rendu : ${subject}`,
      by: (name: string) => `${name} te rend ton message. Il n’est pas parti.`,
      changed: 'Ton message n’est pas parti.',
      road: 'Ta lettre était en route. Elle n’a pas pu arriver : les deux classes ne s’écrivent plus, ou quelqu’un a changé de classe. Rien n’est perdu, et tu n’as rien fait de mal.',
      missedSubject: (subject: string) =>
        `Ton message n’est pas arrivé à tout le monde : ${subject}`,
      missed: (names: string) =>
        `Ton message n’arrivera pas à ${names} : les classes ont changé. Les autres le reçoivent.`,
      yours: 'Ton texte est ici, tu peux le reprendre :',
    },
    adult: {
      subject: (subject: string) => `Message rendu : ${subject}`,
      by: (name: string) => `${name} vous rend ce message. Il n’est pas parti.`,
      changed: 'Votre message n’est pas parti.',
      road: 'Votre lettre était en route, et n’a pas pu arriver.',
      missedSubject: (subject: string) => `Message non remis à tous : ${subject}`,
      missed: (names: string) =>
        `Votre message n’arrivera pas à ${names} : les classes ont changé depuis. Les autres le reçoivent.`,
      yours: 'Votre texte :',
    },
  },
  /** What a mail program asked to hear. */
  arrived: {
    subject: 'Votre message est arrivé',
    first: 'Votre logiciel de courrier a demandé à savoir si votre message est arrivé :',
    kinds: {
      relayed: 'pris par le serveur de cette adresse, qui ne dit rien de plus',
      delivered: 'arrivé',
      expanded: 'arrivé chez les membres de cette liste',
    },
    last: 'Cela ne dit pas qu’il a été lu.',
  },
  /** Copies to an address outside come back. */
  copiesStopped: (address: string) => ({
    subject: 'Vos copies ne partent plus',
    text: `Trois copies de messages de classe envoyées à ${address} nous sont revenues : cette adresse ne les prend pas. Aucune copie n’y part plus. Vos messages, eux, sont tous ici.

Pour avoir des copies de nouveau, ouvrez « Mes réglages », puis « Copie à mon adresse » : donnez cette adresse, si elle marche de nouveau, ou une autre.`,
  }),
  /** To the teachers of a child whose letter came back from the road. */
  cameBack: ({ name, className }: Whose) => ({
    subject: `Une lettre de ${name} est revenue`,
    text: `Une lettre de ${name} (${className}) était en route vers l’autre classe. Elle n’a pas pu arriver : la correspondance est finie, ou l’un des deux enfants a changé de classe.\n\nLa lettre est revenue à l’enfant, avec ces mots. Rien n’est perdu.`,
  }),
  /** A held letter is put before the next ones. */
  waitsForYou: ({ name, className, subject }: Whose & Titled) => ({
    subject: `Un message attend aussi votre accord : ${subject}`,
    text: `Un message de ${name} (${className}) attend depuis un jour d’école, et personne n’a encore décidé.\n\nVous pouvez maintenant le laisser partir, ou le rendre avec un mot : ouvrez « En attente ».`,
  }),
  /** What waits and what was refused, once a day. */
  dayOfMail: {
    why: {
      malware: 'Un fichier contenait un virus.',
      'file-kind': 'Un fichier pouvait être un programme.',
      'locked-archive': 'L’antivirus n’a pas pu ouvrir un fichier.',
      'forbidden-link': 'Un lien menait à un site que l’école bloque.',
    },
    waiting: {
      subject: (count: number) =>
        count === 1 ? 'Un message attend votre accord' : `${count} messages attendent votre accord`,
      text: (count: number) =>
        `${count === 1 ? 'Un message attend' : `${count} messages attendent`} que vous décidiez, sous « En attente ». Sans réponse pendant 30 jours, un message entre adultes revient à qui l’a écrit.`,
    },
    refused: {
      subject: (count: number) =>
        count === 1
          ? 'Un message pour vous a été refusé'
          : `${count} messages pour vous ont été refusés`,
      lead: 'Ces messages venus de l’extérieur ne vous ont pas été remis, à cause de ce qu’ils contiennent. Leurs expéditeurs le savent.',
      end: 'Si vous attendiez l’un d’eux, demandez à la personne de l’envoyer autrement. La liste est sous « Refusés » pendant 30 jours.',
    },
  },
  /** A harmful letter is taken out of mailboxes. */
  takenOut: {
    child: ({ from }: Taken) => ({
      subject: 'Un message a été enlevé',
      text: `Le message de ${from} avait un fichier qui peut abîmer l’ordinateur. Nous l’avons enlevé.\n\nTu as ouvert ce fichier ? Dis-le à ta maîtresse ou à ton maître. Ce n’est pas ta faute.`,
    }),
    adult: ({ from, subject, when }: Taken) => ({
      subject: `Un message a été retiré : ${subject}`,
      text: `Le message « ${subject} » de ${from}, arrivé ${when}, contenait un fichier dangereux que l’antivirus ne connaissait pas encore. Il est retiré de votre boîte.\n\nSi vous avez ouvert ce fichier, n’utilisez plus cet ordinateur et prévenez la direction de l’école ou les agents de la ville. Si vous ne l’avez pas ouvert, il n’y a rien à faire.`,
    }),
    head: ({ from, subject, when }: Taken) => ({
      subject: `Un message dangereux a été retiré : ${subject}`,
      text: `Le message « ${subject} » de ${from}, arrivé ${when}, contenait un fichier dangereux que l’antivirus ne connaissait pas encore. Il est retiré des boîtes de votre école, et chaque personne qui l’avait reçu le sait.\n\nDemandez si quelqu’un a ouvert ce fichier ; si oui, prévenez les agents de la ville.`,
    }),
  },
  /** « Ça me gêne », to those who look after it. */
  report: {
    new: ({ child, page }: Reported) => ({
      subject: `${child} demande de l’aide`,
      text: `${child} a touché «\u00a0Ça me gêne\u00a0» sous une lettre. La lettre n’est plus dans sa boîte, elle est gardée entière.\n\nOuvrez «\u00a0Signalements\u00a0» pour la lire\u00a0: ${page}\n\nParlez avec l’élève dès que vous le pouvez.`,
    }),
    now: ({ child, page }: Reported) => ({
      subject: `${child} demande de l’aide tout de suite`,
      text: `${child} a signalé une lettre, et demande à parler à un adulte maintenant.\n\nAllez voir l’élève, puis ouvrez «\u00a0Signalements\u00a0»\u00a0: ${page}`,
    }),
    'still-open': ({ child, page }: Reported) => ({
      subject: `Un signalement de ${child} attend encore`,
      text: `Depuis plus d’un jour d’école, personne n’a clos ce que ${child} a signalé.\n\nCe qui est déjà fait est écrit dans «\u00a0Signalements\u00a0»\u00a0: ${page}`,
    }),
    town: ({ school, page }: Reported) => ({
      subject: `Un signalement vous attend\u00a0: ${school}`,
      text: `Un élève de ${school} a signalé une lettre, et l’on vous demande de vous en occuper.\n\nOuvrez «\u00a0Signalements\u00a0»\u00a0: ${page}\n\nCe que vous y lisez s’écrit au journal de l’école.`,
    }),
  },
  /** A writer reminds those who have not read. */
  toRead: {
    child: (name: string, subject: string) => ({
      subject: `À lire\u00a0: ${subject}`,
      text: `${name} t’a écrit «\u00a0${subject}\u00a0». Tu ne l’as pas encore lu.\n\nTu le trouves dans tes messages reçus.`,
    }),
    adult: (name: string, subject: string) => ({
      subject: `À lire\u00a0: ${subject}`,
      text: `${name} vous a écrit «\u00a0${subject}\u00a0».\n\nSi vous l’avez lu, ouvrez-le et touchez «\u00a0Bien lu\u00a0»\u00a0: personne d’autre que vous ne peut le dire.`,
    }),
  },
  /** To teachers: how a child or a computer of a class comes in. */
  signIn: {
    child: (name: string, className: string) => ({
      subject: `${name} n’arrive pas à entrer`,
      text: `${name} (${className}) a essayé plusieurs fois ses trois images sans y arriver.\n\nLes essais sont ralentis, l’élève n’est pas bloqué. Dans «\u00a0Codes de la classe\u00a0», vous pouvez refaire ses images\u00a0: les nouvelles marchent tout de suite.\n\nSi l’élève n’était pas devant l’ordinateur, quelqu’un d’autre a essayé à sa place.`,
    }),
    clash: (name: string, className: string) => ({
      subject: `De nouvelles images pour ${name}`,
      text: `${name} vient d’entrer dans la classe ${className} et avait les mêmes images qu’un autre élève. Ces images ne marchent plus pour ${name}.\n\nDans «\u00a0Codes de la classe\u00a0», touchez «\u00a0Refaire\u00a0» à côté de son nom\u00a0: les nouvelles images marchent tout de suite.`,
    }),
    computer: (className: string) => ({
      subject: `Beaucoup d’essais sur un ordinateur de la classe ${className}`,
      text: `Sur un ordinateur ouvert pour la classe ${className}, beaucoup de codes en images sont faux.\n\nCet ordinateur est ralenti, il n’est pas bloqué. Si c’est vous qui aidez la classe, ouvrez-y la classe de nouveau\u00a0: il redevient rapide.`,
    }),
  },
  /** To agents: somebody guesses passwords. */
  guessing: {
    subject: 'Beaucoup de mots de passe faux',
    text: `Depuis moins d’une heure, beaucoup de mots de passe ou de codes sont faux\u00a0: quelqu’un essaie peut-être de les deviner.

Le service ralentit ces essais de lui-même. Personne n’est bloqué, et qui connaît son mot de passe entre comme d’habitude.

Ce que vous pouvez faire\u00a0:

- Dans le journal du service, cherchez «\u00a0many wrong sign-ins from one network\u00a0»\u00a0: la ligne dit de quel réseau cela vient.
- Un réseau inconnu\u00a0: faites-le fermer au pare-feu.
- Un réseau de vos écoles\u00a0: ajoutez-le à PREAU_SCHOOL_NETWORKS. Si la ligne dit «\u00a0isSchool\u00a0», demandez à l’école.
- Toujours le même réseau, celui de votre mandataire (proxy)\u00a0: dites-le dans PREAU_TRUSTED_PROXY.

Cet avis vient une fois par heure au plus.`,
  },
  /** To somebody about their own way in. */
  newPassword: {
    subject: 'Votre mot de passe a été changé',
    text: `Le mot de passe de votre compte vient d’être changé dans vos réglages. Préau est fermé sur vos autres ordinateurs, et l’ancien mot de passe n’ouvre plus rien.

C’était vous\u00a0: il n’y a rien à faire.

Ce n’était pas vous\u00a0: demandez tout de suite un nouveau code à la direction de l’école ou à la mairie. Il donne un nouveau mot de passe et ferme votre compte partout ailleurs.`,
  },
  recoveryCode: ({ left, isLow }: CodesLeft) => ({
    subject: 'Un code de secours a ouvert votre compte',
    text: `Quelqu’un vient d’entrer dans votre compte avec votre mot de passe et un de vos codes de secours. Il en reste ${left} sur la feuille.

C’était vous\u00a0: ${isLow ? 'faites-en dix nouveaux' : 'protégez votre compte avec votre nouveau téléphone'}, page «\u00a0Protéger mon compte\u00a0».

Ce n’était pas vous\u00a0: changez votre mot de passe et faites dix nouveaux codes tout de suite, et parlez-en à la mairie.`,
  }),
  /** A child asks their teachers for help. */
  help: (who: string, name: string, until: string | null) => ({
    subject: `${name} demande de l’aide`,
    text: `${who} a touché «\u00a0Demander de l’aide\u00a0» dans sa messagerie.\n\n${until === null ? '' : `Son envoi est au repos jusqu’au ${until}\u00a0: l’élève ne peut pas vous écrire.\n\n`}Parlez-en avec l’élève dès que vous le pouvez.`,
  }),
  /** Somebody has made a new code for an account. */
  newCode: (by: string) => ({
    subject: 'Un nouveau code pour votre compte',
    text: `${by} a fait un nouveau code pour votre compte. Avec ce code on choisit un nouveau mot de passe\u00a0; jusque-là le vôtre marche toujours.\n\nSi vous n’avez rien demandé, parlez-en tout de suite à la direction de l’école ou à la mairie.`,
  }),
  /** A notice, once more. */
  onTheBoard: {
    child: {
      subject: (title: string) => `Sur le panneau : ${title}`,
      own: (title: string) => `Tu voulais te rappeler cette annonce : « ${title} ». Va la relire.`,
      by: (title: string) => `Tu n’as pas encore lu cette annonce : « ${title} ». Va la lire.`,
    },
    adult: {
      subject: (title: string) => `Sur le panneau : ${title}`,
      own: (title: string) =>
        `Vous avez demandé qu’on vous rappelle cette annonce du panneau : « ${title} ».`,
      by: (title: string, name: string) =>
        `${name} vous rappelle une annonce du panneau que vous n’avez pas encore vue : « ${title} ».`,
    },
  },
  /** A mailbox is nearly full. */
  nearlyFull: {
    child: (_percent: number) => ({
      subject: 'Ta boîte est presque pleine',
      text: 'Il reste peu de place dans ta boîte.\n\nJette les messages qui ne servent plus, puis vide la corbeille. Un adulte peut t’aider.\n\nSi elle est toute pleine, les nouveaux messages n’arriveront plus.',
    }),
    adult: (percent: number) => ({
      subject: 'Votre boîte est presque pleine',
      text: `Votre boîte est pleine à ${percent}\u00a0%.\n\nMettez à la corbeille ce qui ne sert plus, surtout les messages avec de grosses pièces jointes, puis videz-la.\n\nUne fois pleine, elle ne prend plus de message\u00a0: ceux qui vous écrivent sont prévenus que le leur attend, puis, trois jours plus tard, qu’il n’est pas arrivé.`,
    }),
  },
  /** Letters to outside that an agent dropped. */
  dropped: {
    subject: 'Des messages vers l’extérieur ne sont pas partis',
    first:
      'Beaucoup de messages partaient de votre compte, et un agent de la ville a écarté ceux qui attendaient. Ceux pour ces adresses ne partiront pas :',
    more: (count: number) => (count === 1 ? 'et une autre' : `et ${count} autres`),
    last: 'Vous pouvez de nouveau écrire vers l’extérieur. Si c’est bien vous qui les aviez écrits, écrivez-les de nouveau. Sinon, changez votre mot de passe maintenant, et dites-le à la direction.',
  },
  /** What another class’s teacher does about a link. */
  link: {
    proposed: ({ by, className, schoolName, own, from, until }: DatedLink) => ({
      subject: `${by} propose une correspondance avec votre classe ${own}`,
      text: `${by} (${className}, ${schoolName}) propose que vos deux classes s’écrivent, du ${dayInWords(from, 'fr')} au ${dayInWords(until, 'fr')}.\n\nPour accepter ou refuser, ouvrez «\u00a0Mes classes\u00a0», puis ${own}, «\u00a0Correspondances\u00a0». Vous y choisissez aussi si vous relisez les messages des élèves avant qu’ils partent.\n\nTant que vous n’avez pas accepté, rien ne change.`,
    }),
    accepted: ({ by, className, schoolName, own }: Link) => ({
      subject: `${by} accepte la correspondance avec votre classe ${own}`,
      text: `${by} (${className}, ${schoolName}) accepte. Les élèves des deux classes peuvent s’écrire pendant les jours convenus.\n\nDans «\u00a0Mes classes\u00a0», «\u00a0Correspondances\u00a0», vous pouvez relire les messages avant qu’ils partent, ou arrêter la correspondance.`,
    }),
    declined: ({ by, className, schoolName, own }: Link) => ({
      subject: `${by} ne donne pas suite à la correspondance avec votre classe ${own}`,
      text: `${by} (${className}, ${schoolName}) a refusé la correspondance. Rien n’a changé pour vos élèves.`,
    }),
    ended: ({ by, className, schoolName, own }: Link) => ({
      subject: `La correspondance entre ${own} et ${className} est arrêtée`,
      text: `${by} (${className}, ${schoolName}) a arrêté la correspondance. Les élèves des deux classes ne peuvent plus s’écrire\u00a0; les messages reçus restent dans les boîtes.`,
    }),
  },
  /** To agents: something of the town lacks somebody. */
  trouble: {
    backups: {
      subject: 'Les sauvegardes demandent quelqu’un',
      before:
        'Le courrier marche, mais s’il était perdu aujourd’hui, tout n’en reviendrait pas\u00a0:',
      after:
        'Où cela en est\u00a0: preau doctor. Un autre avis viendra quand tout sera rentré dans l’ordre.',
    },
    isolation: {
      subject: 'Quelqu’un peut joindre un enfant sans en avoir le droit',
      before: 'La preuve de cette nuit a trouvé ce qui ne doit jamais être\u00a0:',
      after:
        'Ce chemin est fermé\u00a0: les messages qui le prendraient attendent. La page « Isolement des enfants » dit lequel, et comment le rouvrir. La personne chargée de la protection des données est prévenue, si la ville a donné son adresse. Un autre avis viendra quand une preuve n’aura plus rien trouvé.',
    },
  },
  /** And is in order again. */
  well: {
    backups: {
      subject: 'Les sauvegardes sont de nouveau en ordre',
      text: 'Il n’y a plus rien à faire\u00a0: les sauvegardes se font, se relisent, et le courrier en revient.',
    },
    isolation: {
      subject: 'Plus personne ne joint un enfant sans en avoir le droit',
      text: 'La dernière preuve n’a rien trouvé.',
    },
  },
  /** A letter that waited for its hour is refused by then. */
  notLeft: { child: 'Ton message n’est pas encore parti', adult: 'Votre message n’est pas parti' },
};

export type ServiceLetters = typeof serviceLettersFr;
