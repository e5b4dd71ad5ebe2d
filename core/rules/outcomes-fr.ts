import type { OutcomeName, Reasons } from './reason-names.ts';

/** Ends many sentences. */
export const KEPT = 'Ton texte est enregistré.';
/** Ends many sentences. */
export const DRAFT = 'Votre brouillon est enregistré.';
/** Ends many sentences. */
export const ASK = `Demande à {teacher}. ${KEPT}`;
/** Ends many sentences. */
export const NOT_SENT = 'Ton message n’est pas parti.';

/** What French says for what can become of a message besides a rule. */
export const FRENCH_OUTCOMES: Pick<Reasons, OutcomeName> = {
  infected: {
    child: {
      sentence: [`${NOT_SENT} Un fichier peut abîmer les ordinateurs.`],
      next: ['Ce n’est pas ta faute. Montre-le à {teacher}.'],
    },
    adult: {
      sentence: [
        'Votre message n’est pas parti\u00a0: un fichier contient un virus ({signature}).',
        'Votre message n’est pas parti\u00a0: un fichier contient un virus.',
      ],
      next: ['Le brouillon est enregistré sans ce fichier.'],
    },
  },
  unscannable: {
    child: {
      sentence: ['Ce fichier est fermé à clé. Il ne peut pas partir.'],
      next: ['Choisis une image, un son ou une feuille.'],
    },
    adult: {
      sentence: ['Votre message n’est pas parti\u00a0: l’antivirus n’a pas pu ouvrir un fichier.'],
      next: [`Retirez le mot de passe, ou envoyez les documents un par un. ${DRAFT}`],
    },
  },
  'scanner-silent': {
    child: {
      sentence: ['Ton message attend un peu.'],
      next: ['Il partira tout seul. Ton texte est enregistré.'],
    },
    adult: {
      sentence: ['L’antivirus ne répond pas.'],
      next: ['Votre message reste dans les brouillons et partira dès son retour.'],
    },
  },
  'too-big': {
    child: { sentence: [`${NOT_SENT} Il est trop lourd.`], next: [`Enlève un fichier. ${KEPT}`] },
    adult: {
      sentence: [
        'Votre message dépasse la taille permise ({limit}).',
        'Votre message dépasse la taille permise.',
      ],
      next: [`Retirez un fichier ou réduisez les images. ${DRAFT}`],
    },
  },
  'mailbox-full': {
    child: {
      sentence: [
        `${NOT_SENT} La boîte de {name} est pleine.`,
        `${NOT_SENT} Cette boîte est pleine.`,
      ],
      next: [`Essaie encore demain. ${KEPT}`],
    },
    adult: {
      sentence: ['La boîte de {name} est pleine.', 'Cette boîte est pleine.'],
      next: [`Prévenez cette personne, puis réessayez. ${DRAFT}`],
    },
  },
  malformed: {
    child: { sentence: [`${NOT_SENT} La machine n’arrive pas à le lire.`], next: [ASK] },
    adult: {
      sentence: ['Votre message n’est pas parti\u00a0: il ne suit pas la forme d’un courriel.'],
      next: [
        'Écrivez-le de nouveau dans la messagerie, ou mettez à jour votre logiciel de courrier.',
      ],
    },
  },
  'not-your-address': {
    child: {
      sentence: [`${NOT_SENT} Il porte le nom de quelqu’un d’autre.`],
      next: ['Écris avec ta boîte à toi.'],
    },
    adult: {
      sentence: ['L’adresse d’expéditeur n’est pas celle de votre compte.'],
      next: [
        'Réglez votre logiciel de courrier sur votre adresse d’école, puis renvoyez le message.',
      ],
    },
  },
  'no-recipient': {
    child: { sentence: ['À qui veux-tu écrire\u00a0?'], next: [`Choisis quelqu’un. ${KEPT}`] },
    adult: {
      sentence: ['Le message n’a pas de destinataire.'],
      next: [`Choisissez au moins une personne. ${DRAFT}`],
    },
  },
  'copy-answered': {
    child: { sentence: ['Personne ne lit à cette adresse.'], next: [ASK] },
    adult: {
      sentence: [
        'Ce message était une copie, et personne ne lit ici les réponses. Répondez dans Préau, où le message vous attend.',
      ],
      next: ['Ouvrez le message dans Préau, puis «\u00a0Répondre\u00a0».'],
    },
  },
  fault: {
    child: {
      sentence: ['La messagerie fait une pause. Rien n’est perdu.'],
      next: ['Essaie encore dans deux minutes.'],
    },
    adult: {
      sentence: ['La messagerie fait une pause. Rien n’est perdu.'],
      next: ['Réessayez dans deux minutes.'],
    },
  },
};
