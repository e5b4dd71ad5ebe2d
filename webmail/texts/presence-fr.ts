import type { PresenceTrouble } from '../../core/mail/presence/contract.ts';

/** Words of what adults say of themselves: signature, absence, hours. Part of `fr.ts`. */
export const presenceFr = {
  portrait: {
    title: 'Portrait',
    saved: 'Votre portrait est enregistré.',
    lead: 'Les élèves qui ne lisent pas encore vous reconnaissent à ce dessin.',
    names: {
      maitresse: 'Cheveux bruns attachés et lunettes',
      maitre: 'Cheveux noirs et barbe',
      maman: 'Longs cheveux noirs',
      papa: 'Cheveux châtains et moustache',
      atsem: 'Cheveux bouclés et bandeau',
      tonton: 'Cheveux noirs courts, sans barbe',
      tresses: 'Tresses rousses',
      chauve: 'Crâne lisse, lunettes',
      mamie: 'Cheveux blancs bouclés et lunettes',
      papi: 'Cheveux blancs et lunettes rondes',
    },
  },
  signature: {
    title: 'Signature',
    saved: 'Votre signature est enregistrée.',
    label: 'Ajoutée au bas de vos messages',
    seenBy: (name: string) => `Les élèves voient «\u00a0${name}\u00a0».`,
    hint: 'Elle se place au-dessus du message auquel vous répondez. Vous pouvez la changer ou l’effacer dans chaque message.',
  },
  absence: {
    title: 'Absence',
    saved: 'Votre absence est enregistrée.',
    ended: 'C’est arrêté\u00a0: plus aucune réponse ne part pour vous.',
    on: 'Répondre pour moi pendant mon absence',
    onHint: 'Une seule réponse par personne et par semaine, jamais à une liste.',
    from: 'Du',
    until: 'Au',
    untilHint: 'Ce jour compris.',
    words: 'Message',
    example:
      'Bonjour, l’école est en vacances. Je vous répondrai à partir du lundi 4 janvier. Pour une urgence, appelez la mairie.',
    outside: 'Répondre aussi aux personnes de l’extérieur',
    outsideHint:
      'Les adresses qui ne sont pas de la messagerie des écoles, quand l’expéditeur est prouvé.',
    outsideWords: 'Message plus court pour l’extérieur',
    outsideWordsHint: 'Laissé vide, le même message leur part.',
    runs: (day: string) => `En cours, jusqu’au ${day} compris.`,
    comes: (day: string) => `Commence le ${day}.`,
  },
  away: {
    told: {
      Mme: (day: string) => `Vous êtes absente jusqu’au ${day}.`,
      M: (day: string) => `Vous êtes absent jusqu’au ${day}.`,
      none: (day: string) => `Votre réponse d’absence part jusqu’au ${day}.`,
    },
    stop: 'Arrêter',
    change: 'Modifier',
  },
  hours: {
    title: 'Mes heures',
    saved: 'Vos heures sont enregistrées.',
    lead: 'Droit à la déconnexion\u00a0: en dehors de ces heures, aucun avis ne vous parvient. Vos messages vous attendent.',
    seen: (sentence: string) =>
      `Les familles et les élèves voient «\u00a0${sentence}\u00a0». Ce n’est pas une promesse.`,
    none: 'Vous n’avez pas indiqué d’heures\u00a0: les avis vous parviennent à tout moment, et personne ne voit rien.',
    change: 'Modifier',
    set: 'Indiquer mes heures',
    day: (name: string) => `Je réponds le ${name}`,
    from: (name: string) => `${name}, de`,
    to: (name: string) => `${name}, à`,
    between: 'à',
    off: 'repos',
    scale: ['0\u00a0h', '6\u00a0h', '12\u00a0h', '18\u00a0h', '24\u00a0h'],
    forget: 'Ne plus indiquer d’heures',
    evening: 'Mes messages du soir partent le lendemain matin',
    eveningHint:
      'Aux familles et aux élèves, quand vos heures reprennent. Vous pouvez passer outre au moment d’envoyer.',
    eveningTick: (when: string) => `Aux familles et aux élèves, ce message partira ${when}`,
    days: ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'],
    answers: 'Répond',
    also: ', et ',
    run: (first: string, last: string) => `du ${first} au ${last}`,
    span: (from: string, to: string) => `de ${from} à ${to}`,
    short: (from: string, to: string) => `${from} à ${to}`,
    hour: (hours: number, minutes: string) =>
      `${hours}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`,
  },
  troubles: {
    'not-theirs': 'Cela ne se règle pas pour ce compte.',
    'too-long': 'C’est trop long. Raccourcissez le texte, puis enregistrez.',
    'bad-hours': 'Ces heures ne vont pas\u00a0: chaque jour, la fin vient après le début.',
    'bad-days': 'Ces jours ne vont pas\u00a0: choisissez deux dates, à un an d’ici au plus.',
    'ends-before-it-begins':
      'Le dernier jour vient avant le premier. Corrigez l’une des deux dates.',
    over: 'Ce dernier jour est passé. Choisissez-en un autre, ou arrêtez l’absence.',
    'no-words': 'Écrivez le message qui répondra pour vous.',
    'no-outside-words': 'Écrivez le message pour l’extérieur.',
  } satisfies Record<PresenceTrouble, string>,
};
