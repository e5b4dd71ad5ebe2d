import { FRENCH_OUTCOMES, KEPT, DRAFT, ASK, NOT_SENT } from './outcomes-fr.ts';
import type { Reasons } from './reason-names.ts';

const YOU_MAY =
  'Tu peux écrire à ta classe, à {teacher} et à ta famille. Ton texte est enregistré.';

const READ_FIRST = [
  '{Teacher} ou {otherTeacher} lit ton message d’abord.',
  '{Teacher} lit ton message d’abord.',
] as const;

/**
 * What French says for every rule and outcome: to a child in words of CE1, with « tu »; to an adult
 * with « vous », the fact first.
 */
export const FRENCH: Reasons = {
  'no-such-address': {
    child: {
      sentence: [`${NOT_SENT} Cette adresse n’existe pas, ou elle ne reçoit pas tes messages.`],
      next: [YOU_MAY],
    },
    adult: {
      sentence: ['Cette adresse n’existe pas ou ne reçoit pas vos messages.'],
      next: [
        `Si c’est un élève d’une autre école, liez vos deux classes (correspondance). ${DRAFT}`,
      ],
    },
  },
  'unproven-sender': {
    child: {
      sentence: ['Nous ne savons pas qui a écrit ce message.'],
      next: ['Montre-le à {teacher}.'],
    },
    adult: {
      sentence: ['Rien ne prouve que ce message vient bien de son expéditeur.'],
      next: [
        'Envoyez-le depuis le serveur de votre messagerie, ou demandez à son administrateur de vérifier SPF, DKIM et DMARC.',
      ],
    },
  },
  'pupil-to-outside': {
    child: { sentence: [`${NOT_SENT} Cette adresse n’est pas dans l’école.`], next: [YOU_MAY] },
    adult: {
      sentence: ['Un élève n’écrit pas en dehors de l’école.'],
      next: ['Son enseignant peut transmettre le message.'],
    },
  },
  'outside-forbidden': {
    child: { sentence: [`${NOT_SENT} L’école n’écrit pas à cette adresse.`], next: [ASK] },
    adult: {
      sentence: ['Votre école ne permet pas d’écrire en dehors de la messagerie des écoles.'],
      next: [`Demandez à la direction d’ouvrir l’envoi vers l’extérieur. ${DRAFT}`],
    },
  },
  'no-mail-outside': {
    child: { sentence: [`${NOT_SENT} Cette adresse n’est pas dans l’école.`], next: [ASK] },
    adult: {
      sentence: ['Ce compte sert à écrire à l’intérieur des écoles seulement.'],
      next: [`Écrivez à cette personne depuis une autre messagerie. ${DRAFT}`],
    },
  },
  'not-in-your-class': {
    child: {
      sentence: [
        `${NOT_SENT} {name} est en {className}. Toi, tu es en {ownClassName}.`,
        `${NOT_SENT} {name} n’est pas dans ta classe.`,
        `${NOT_SENT} Cet enfant n’est pas dans ta classe.`,
      ],
      next: [YOU_MAY],
    },
    adult: {
      sentence: [
        '{name} est en {className}, pas en {ownClassName}\u00a0: un élève n’écrit qu’à sa classe.',
        '{name} n’est pas dans la classe de cet élève.',
        'Ces deux élèves ne sont pas dans la même classe.',
      ],
      next: ['Deux classes peuvent s’écrire si leurs enseignants les lient (correspondance).'],
    },
  },
  'not-your-teacher': {
    child: {
      sentence: [
        `${NOT_SENT} {name} ne fait pas la classe avec toi.`,
        `${NOT_SENT} Cette personne ne fait pas la classe avec toi.`,
      ],
      next: [YOU_MAY],
    },
    adult: {
      sentence: [
        '{name} n’enseigne pas dans une classe de cet élève.',
        'Cette personne n’enseigne pas dans une classe de cet élève.',
      ],
      next: ['La direction peut permettre aux élèves d’écrire à tous les enseignants de l’école.'],
    },
  },
  'staff-not-reachable': {
    child: {
      sentence: [
        `${NOT_SENT} {name} ne reçoit pas de messages des élèves.`,
        `${NOT_SENT} Cette personne ne reçoit pas de messages des élèves.`,
      ],
      next: [ASK],
    },
    adult: {
      sentence: [
        '{name} ne reçoit pas de messages des élèves.',
        'Cette personne ne reçoit pas de messages des élèves.',
      ],
      next: ['La direction peut la rendre joignable par les élèves.'],
    },
  },
  'not-your-family': {
    child: {
      sentence: [
        `${NOT_SENT} {name} n’est pas de ta famille.`,
        `${NOT_SENT} Cette personne n’est pas de ta famille.`,
      ],
      next: [YOU_MAY],
    },
    adult: {
      sentence: [
        '{name} n’est pas responsable de cet élève.',
        'Cette personne n’est pas responsable de cet élève.',
      ],
      next: [
        'Un élève écrit à ses propres responsables. La direction peut corriger la fiche de l’élève.',
      ],
    },
  },
  'not-your-child': {
    child: {
      sentence: [
        `${NOT_SENT} {name} n’est pas de ta famille.`,
        `${NOT_SENT} Cet enfant n’est pas de ta famille.`,
      ],
      next: [ASK],
    },
    adult: {
      sentence: [
        'Vous pouvez écrire à votre enfant, pas à {name}.',
        'Vous pouvez écrire à votre enfant, pas à un autre élève.',
      ],
      next: [`Écrivez à l’enseignant de votre enfant, qui transmettra. ${DRAFT}`],
    },
  },
  'not-your-childs-teacher': {
    child: { sentence: [`${NOT_SENT} Cette personne ne reçoit pas tes messages.`], next: [ASK] },
    adult: {
      sentence: [
        '{name} n’enseigne pas dans la classe de votre enfant.',
        'Cette personne n’enseigne pas dans la classe de votre enfant.',
      ],
      next: [
        `Vous pouvez écrire aux enseignants de votre enfant et à la direction de son école. ${DRAFT}`,
      ],
    },
  },
  'guardian-to-guardian': {
    child: { sentence: [`${NOT_SENT} Cette personne ne reçoit pas tes messages.`], next: [ASK] },
    adult: {
      sentence: ['Les familles ne s’écrivent pas entre elles par cette messagerie.'],
      next: [`Demandez à l’enseignant de transmettre. ${DRAFT}`],
    },
  },
  'not-your-list': {
    child: {
      sentence: [`${NOT_SENT} Tu ne peux pas écrire à tous ces gens d’un coup.`],
      next: [YOU_MAY],
    },
    adult: {
      sentence: ['Cette liste ne reçoit pas vos messages.'],
      next: [`Écrivez aux personnes une par une, ou demandez à la direction. ${DRAFT}`],
    },
  },
  'link-moderated': {
    child: { sentence: READ_FIRST, next: ['Il partira après.'] },
    adult: {
      sentence: [
        'Le message attend\u00a0: un enseignant relit ce que les deux classes s’écrivent.',
      ],
      next: ['Il partira avec son accord.'],
    },
  },
  'approved-correspondent': {
    child: { sentence: ['{Teacher} lit ce message d’abord.'], next: ['Il arrivera après.'] },
    adult: {
      sentence: [
        'Le message attend\u00a0: l’enseignant de la classe relit ce qui vient de l’extérieur.',
      ],
      next: ['Il sera remis avec son accord.'],
    },
  },
  'unproven-correspondent': {
    child: { sentence: ['{Teacher} lit ce message d’abord.'], next: ['Il arrivera après.'] },
    adult: {
      sentence: [
        'Le message attend\u00a0: rien ne prouve qu’il vient de cette adresse. L’enseignant de la classe vérifie d’abord.',
      ],
      next: ['Il sera remis avec son accord.'],
    },
  },
  'account-suspended': {
    child: { sentence: [`${NOT_SENT} Ta boîte est fermée pour le moment.`], next: [ASK] },
    adult: {
      sentence: ['Votre compte est suspendu et n’envoie pas de messages.'],
      next: [`Adressez-vous à la direction de votre école. ${DRAFT}`],
    },
  },
  'account-archived': {
    child: {
      sentence: [`${NOT_SENT} Ta boîte est rangée\u00a0: elle ne sert plus.`],
      next: ['Demande à {teacher}.'],
    },
    adult: {
      sentence: ['Votre compte est archivé et n’envoie plus de messages.'],
      next: ['Adressez-vous à la direction de votre école pour le rouvrir.'],
    },
  },
  'recipient-closed': {
    child: {
      sentence: [
        `${NOT_SENT} La boîte de {name} est fermée.`,
        `${NOT_SENT} Cette boîte est fermée.`,
      ],
      next: [ASK],
    },
    adult: {
      sentence: ['La boîte de {name} est fermée.', 'Cette boîte est fermée.'],
      next: [`Retirez cette personne, ou adressez-vous à la direction de votre école. ${DRAFT}`],
    },
  },
  'pupil-mail-stopped': {
    child: {
      sentence: ['Les messages des élèves font une pause. Tu peux lire tes messages.'],
      next: ['{Teacher} te dira quand tu pourras écrire. Ton texte est enregistré.'],
    },
    adult: {
      sentence: ['La messagerie des élèves est arrêtée pour le moment.'],
      next: [`La direction de l’école ou la ville la remettra en marche. ${DRAFT}`],
    },
  },
  'way-closed': {
    child: {
      sentence: ['Ton message attend\u00a0: quelqu’un vérifie que ce chemin est sûr.'],
      next: ['Tu n’as rien à faire. Si c’est pressé, parle à {teacher}.'],
    },
    adult: {
      sentence: [
        'Ce message attend\u00a0: la ville vérifie par où l’on joint les élèves de cette école.',
      ],
      next: ['Il part de lui-même quand c’est vérifié. Si c’est pressé, téléphonez à l’école.'],
    },
  },
  'charter-first': {
    child: {
      sentence: ['Tu peux lire tes messages. Avant d’écrire, dis oui à la charte.'],
      next: [`Elle t’attend dans tes pages. ${KEPT}`],
    },
    adult: {
      sentence: ['Cet élève n’a pas encore accepté la charte du courrier.'],
      next: ['Elle s’ouvre quand il entre dans ses pages\u00a0: un appui suffit.'],
    },
  },
  'family-first': {
    child: {
      sentence: ['Tu peux lire tes messages. Pour écrire, il faut le oui de ta famille.'],
      next: [`Demande à {teacher} le papier pour ta famille. ${KEPT}`],
    },
    adult: {
      sentence: ['La famille de cet élève n’a pas encore dit oui au courrier.'],
      next: ['Un responsable le dit depuis son compte, ou l’enseignant le note d’après le papier.'],
    },
  },
  'sending-paused': {
    child: {
      sentence: [
        'Tu peux lire tes messages. Tu pourras écrire de nouveau {until}.',
        'Tu peux lire tes messages. Tu pourras écrire de nouveau bientôt.',
      ],
      next: [ASK],
    },
    adult: {
      sentence: ['L’envoi est en pause. Il reprendra {until}.', 'L’envoi est en pause.'],
      next: [`Adressez-vous à l’enseignant qui l’a mis en pause. ${DRAFT}`],
    },
  },
  'kept-apart': {
    child: {
      sentence: [
        `${NOT_SENT} Entre {name} et toi, les lettres font une pause.`,
        `${NOT_SENT} Entre cet élève et toi, les lettres font une pause.`,
      ],
      next: [ASK],
    },
    adult: {
      sentence: [
        'Ces deux élèves ne s’écrivent pas en ce moment\u00a0: un adulte de l’école l’a décidé.',
      ],
      next: [`L’enseignant ou la direction peut le lever. ${DRAFT}`],
    },
  },
  'too-many-messages': {
    child: {
      sentence: [`${NOT_SENT} Tu as envoyé beaucoup de messages. Attends une heure.`],
      next: [KEPT],
    },
    adult: {
      sentence: ['Vous avez envoyé trop de messages en une heure.'],
      next: [
        `Réessayez dans une heure, ou écrivez à une liste\u00a0: elle compte pour un seul message. ${DRAFT}`,
      ],
    },
  },
  'too-many-new-people': {
    child: {
      sentence: [
        `${NOT_SENT} Aujourd’hui, tu as écrit à beaucoup d’enfants pour la première fois. Pour {name}, attends demain.`,
        `${NOT_SENT} Aujourd’hui, tu as écrit à beaucoup d’enfants pour la première fois. Attends demain.`,
      ],
      next: [KEPT],
    },
    adult: {
      sentence: ['Vous avez écrit aujourd’hui à beaucoup d’élèves pour la première fois.'],
      next: [`Réessayez demain, ou écrivez à la liste de la classe. ${DRAFT}`],
    },
  },
  'class-moderated': {
    child: { sentence: READ_FIRST, next: ['Il partira après.'] },
    adult: {
      sentence: [
        'Le message attend\u00a0: dans cette classe, un enseignant relit chaque message d’élève.',
      ],
      next: ['Il partira avec son accord.'],
    },
  },
  'first-contact': {
    child: { sentence: READ_FIRST, next: ['Il partira après.'] },
    adult: {
      sentence: ['Le message attend\u00a0: ces personnes ne se sont encore jamais écrit.'],
      next: ['Il partira avec l’accord d’un enseignant de la classe.'],
    },
  },
  'doubtful-words': {
    child: { sentence: READ_FIRST, next: ['Il partira après.'] },
    adult: {
      sentence: ['Le message attend\u00a0: des mots peuvent blesser ou en dire trop.'],
      next: ['Un enseignant de la classe les relit. Il partira avec son accord.'],
    },
  },
  'school-closed': {
    child: {
      sentence: [
        'L’école est fermée. Ton message partira {until}.',
        'L’école est fermée. Ton message partira quand elle ouvrira.',
      ],
      next: ['Tu n’as rien à faire.'],
    },
    adult: {
      sentence: [
        'L’école est fermée. Le message de l’élève partira {until}.',
        'L’école est fermée. Le message de l’élève partira à l’ouverture.',
      ],
      next: ['Il part de lui-même, vous n’avez rien à faire.'],
    },
  },
  'on-the-road': {
    child: {
      sentence: ['Ta lettre est en route. Elle arrivera {until}.', 'Ta lettre est en route.'],
      next: ['Tu n’as rien à faire.'],
    },
    adult: {
      sentence: [
        'La lettre est en route vers l’autre classe. Elle arrivera {until}.',
        'La lettre est en route vers l’autre classe.',
      ],
      next: ['Elle arrive d’elle-même, vous n’avez rien à faire.'],
    },
  },
  malware: FRENCH_OUTCOMES.infected,
  'file-kind': {
    child: {
      sentence: ['Ce fichier ne peut pas partir.'],
      next: ['Choisis une image, un son ou une feuille.'],
    },
    adult: {
      sentence: [
        'Le fichier {file} ne peut pas être envoyé\u00a0: sa sorte n’est pas permise ici.',
        'Un fichier ne peut pas être envoyé\u00a0: sa sorte n’est pas permise ici.',
      ],
      next: [`Envoyez plutôt une image, un son, un PDF ou un document sans macros. ${DRAFT}`],
    },
  },
  'photo-closed': {
    child: {
      sentence: ['Cette image ne peut pas partir.'],
      next: [`Raconte ce qu’on y voit, ou demande à {teacher}. ${KEPT}`],
    },
    adult: {
      sentence: [
        'Cet élève n’envoie ni photo ni film\u00a0: sa classe ne les a pas ouverts, ou sa famille les refuse.',
      ],
      next: ['L’enseignant peut ouvrir les photos sur la page de sa classe.'],
    },
  },
  'locked-archive': {
    child: {
      sentence: ['Ce fichier est fermé à clé. Il ne peut pas partir.'],
      next: ['Choisis une image, un son ou une feuille.'],
    },
    adult: {
      sentence: [
        'Un fichier est fermé par un mot de passe ou trop gros à analyser\u00a0: il ne peut ni aller à un élève, ni en venir, ni sortir de la ville.',
      ],
      next: [`Retirez le mot de passe, ou envoyez les documents un par un. ${DRAFT}`],
    },
  },
  'locked-archive-held': {
    child: {
      sentence: ['Ce fichier est fermé à clé. Un adulte regarde d’abord.'],
      next: ['Ton message partira après.'],
    },
    adult: {
      sentence: ['Le message attend\u00a0: l’antivirus n’a pas pu ouvrir un fichier.'],
      next: [
        'Il partira après vérification. Sans mot de passe, ou les documents un par un, il partirait tout de suite.',
      ],
    },
  },
  'forbidden-link': {
    child: {
      sentence: [`${NOT_SENT} Il montre un site qui n’est pas pour l’école.`],
      next: [`Enlève l’adresse du site. ${KEPT}`],
    },
    adult: {
      sentence: [
        'Un lien mène à {site}, un site que l’école bloque\u00a0: il ne peut ni aller à un élève, ni en venir, ni sortir de la ville.',
        'Un lien mène à un site que l’école bloque\u00a0: il ne peut ni aller à un élève, ni en venir, ni sortir de la ville.',
      ],
      next: [`Retirez ce lien. ${DRAFT}`],
    },
  },
  'forbidden-link-held': {
    child: {
      sentence: ['Ton message montre un site. Un adulte regarde d’abord.'],
      next: ['Il partira après.'],
    },
    adult: {
      sentence: [
        'Le message attend\u00a0: un lien mène à {site}, un site que l’école bloque.',
        'Le message attend\u00a0: un lien mène à un site que l’école bloque.',
      ],
      next: [
        'Dans Envoyés, ce message dit qui le laisse partir. Sans ce lien, il partirait tout de suite.',
      ],
    },
  },
  ...FRENCH_OUTCOMES,
};
