import type { StepKind } from '../../core/store/town/contract.ts';
import { de } from './elision.ts';
import { noun, plural } from './plural-fr.ts';

/** « Ça me gêne », for the child and for the adults. Part of `fr.ts`. */
export const reportsFr = {
  child: {
    title: 'Un adulte t’aide',
    thanks: 'Tu as bien fait de le dire',
    letterOf: (name: string) => `La lettre ${de(name)}`,
    gone: 'La lettre n’est plus dans tes messages. Tu n’as rien à faire.',
    asked: (names: string) => `Qui va la lire\u00a0: ${names}.`,
    reads: (name: string) => `${name} a lu cette lettre pour t’aider.`,
    takes: (name: string) => `${name} s’en occupe.`,
    done: (name: string) => (name === '' ? 'C’est fini.' : `C’est fini, avec l’aide ${de(name)}.`),
    says: (name: string) => (name === '' ? 'Un mot pour toi\u00a0:' : `${name} te dit\u00a0:`),
    seen: 'J’ai lu',
    now: 'J’ai besoin d’aide maintenant',
    called: 'C’est fait. Un adulte sait que tu as besoin de lui maintenant.',
    talk: 'Tu peux aussi en parler',
    talkWho: 'Va voir un adulte que tu aimes bien\u00a0: à l’école, ou à la maison.',
    number: 'Tu peux appeler le',
    numberWhat: 'C’est gratuit. Quelqu’un t’écoute, tous les jours de 9\u00a0h à 23\u00a0h.',
    undo: (seconds: number) => `La lettre part chez un adulte. Tu peux annuler\u00a0: ${seconds}`,
    undoButton: 'Annuler',
    sent: 'Un adulte est prévenu.',
    late: 'La lettre est déjà chez un adulte. Dis-lui si c’était une erreur.',
    empty: 'Rien ne te gêne en ce moment.',
    emptyHow: 'Sous chaque lettre, il y a «\u00a0Ça me gêne\u00a0». Un adulte la lit et t’aide.',
    banner: {
      asked: 'Tu as dit qu’une lettre te gêne. Un adulte va la lire.',
      taken: (name: string) => `${name} s’occupe de la lettre qui te gêne.`,
      done: (name: string) =>
        name === '' ? 'C’est fini.' : `C’est fini, avec l’aide ${de(name)}.`,
    },
    see: 'Voir',
  },
  nav: 'Signalements',
  navShort: 'Signalés',
  inMenu: (count: number) => noun(count, 'signalement ouvert', 'signalements ouverts'),
  tab: (count: number) => (count === 0 ? 'Signalements' : `Signalements (${count})`),
  counted: (words: string, count: number) => `${words} (${count})`,
  banner: (count: number) =>
    count === 1
      ? 'Un enfant dit qu’une lettre le gêne.'
      : `${count} enfants disent qu’une lettre les gêne.`,
  homeAbout: 'qui concerne un adulte, ou que personne n’a clos à l’école',
  open: 'Ouvrir',
  title: (count: number) => {
    if (count === 0) return 'Aucun signalement ouvert';
    return count === 1 ? 'Un enfant attend votre aide' : `${count} enfants attendent votre aide`;
  },
  lead: 'La lettre est à l’abri, entière. Qui l’a écrite ne voit rien de ce qui se passe ici. Ce qui reste ouvert plus d’un jour d’école monte\u00a0: collègues de la classe, direction, ville.',
  none: 'Quand un enfant touche «\u00a0Ça me gêne\u00a0» sous une lettre, il apparaît ici avant tout le reste.',
  from: 'une lettre de',
  when: (date: string) => `signalée ${date}`,
  state: {
    fresh: 'personne ne s’en occupe encore',
    called: 'demande de l’aide maintenant',
    taken: (name: string) => `${name} s’en occupe`,
    up: 'ouvert depuis plus d’un jour d’école',
    closed: (date: string) => `clos ${date}`,
  },
  closedTitle: 'Clos',
  apartTitle: 'Tenus à distance',
  apartLead:
    'Ces enfants ne s’écrivent pas, sur aucun chemin. Ils écrivent toujours à leur classe.',
  apartBy: (name: string, date: string) => `par ${name}, ${date}`,
  and: 'et',
  lift: 'Les laisser s’écrire',
  numbersTitle: 'Cette année scolaire',
  numbers: (open: number, closed: number) =>
    `${plural(open + closed, 'signalement', 'signalements')}, ${open === 0 ? 'plus aucun ouvert' : `dont ${open} encore ${open > 1 ? 'ouverts' : 'ouvert'}`}`,
  numbersWithout:
    'Sans ceux que la ville suit\u00a0: la lettre d’un adulte de l’école, ou ce que personne n’a clos.',
  median: (hours: number) =>
    hours < 48
      ? `la moitié clos en ${plural(Math.max(1, Math.round(hours)), 'heure', 'heures')} au plus`
      : `la moitié clos en ${plural(Math.round(hours / 24), 'jour', 'jours')} au plus`,
  noNumbers: 'Aucun signalement cette année.',
  agent: {
    title: 'Les signalements de la ville',
    lead: 'Vous lisez ce qui concerne un enseignant ou une direction, et ce que personne n’a clos à l’école, avec les noms. Tout le reste, ce sont des nombres, sans nom ni lettre.',
  },
  agentOfCommunes: {
    title: 'Les signalements de vos communes',
    lead: 'Vous lisez, avec les noms, ce que la ville vous confie. Tout le reste, ce sont les nombres de vos écoles, sans nom ni lettre.',
  },
  noContact:
    'Personne n’est nommé pour les signalements qui concernent un adulte\u00a0: tous les agents les lisent, et l’enfant le voit. Nommez quelqu’un en bas de cette page.',
  one: {
    title: (child: string) => `${child}\u00a0: «\u00a0Ça me gêne\u00a0»`,
    back: 'Signalements',
    letter: 'La lettre',
    wrote: (name: string) => `de ${name}`,
    to: (names: string) => `à ${names}`,
    added:
      'Cette lettre a été mise là par un programme de messagerie\u00a0: rien ne prouve qui l’a écrite.',
    noSubject: 'Sans titre',
    original: 'La lettre d’origine (.eml)',
    originalHint: 'Octet pour octet, pour qui doit la recevoir de vous.',
    acts: 'Que faites-vous\u00a0?',
    take: 'Je m’en occupe',
    talked: 'J’en ai parlé avec eux',
    family: 'La famille est prévenue',
    rest: 'Mettre l’envoi au repos',
    restHint: (name: string) =>
      `${name} lit toujours ses messages, et n’écrit plus jusqu’à ce jour.`,
    restUntil: 'Jusqu’au',
    resting: (name: string, day: string) => `${name} n’écrit pas jusqu’à ${day}.`,
    apart: 'Les tenir à distance',
    apartHint: (one: string, other: string) =>
      `${one} et ${other} ne s’écrivent plus, dans aucun sens, jusqu’à ce qu’un adulte le lève. Leurs lettres à la classe passent, sauf entre eux deux.`,
    close: 'Clore',
    closeLead: 'L’enfant verra que c’est fini, et qui s’en est occupé.',
    word: 'Un mot pour l’enfant (facultatif)',
    wordHint: 'Des mots simples, sans le nom de qui a écrit.',
    giveBack: 'Rendre la lettre à l’enfant (c’était une erreur)',
    closeButton: 'C’est réglé',
    steps: 'Ce qui a été fait',
    noSteps: 'Rien encore. L’enfant voit qui a lu la lettre, et qui s’en occupe.',
    service: 'Préau',
    wordSaid: 'Le mot pour l’enfant',
    duty: 'Un enfant en danger',
    duty119: 'Appelez le 119 (Allô enfance en danger)\u00a0: jour et nuit, gratuit.',
    duty40:
      'Agent public, vous devez aviser sans délai le procureur de la République d’un crime ou d’un délit dont vous avez connaissance, et lui transmettre ce que vous en savez (article 40 du code de procédure pénale). La lettre d’origine se télécharge ici.',
    dutyHead: 'Un fait grave se dit aussi à l’inspection, par la direction.',
    duty3018:
      'Pour l’enfant et sa famille\u00a0: le 3018, contre le harcèlement et les violences en ligne.',
  },
  said: {
    done: 'C’est noté.',
    closed: 'Quelqu’un d’autre l’a clos juste avant vous.',
    'not-a-day': 'Choisissez un jour de la liste du calendrier.',
    'past-day': 'Ce jour est passé\u00a0: choisissez à partir de demain.',
    'too-far': 'Au plus cent jours\u00a0: choisissez un jour plus proche.',
    lifted: 'Ces deux enfants peuvent de nouveau s’écrire.',
    named: 'C’est enregistré.',
    'no-adult':
      'Personne de la ville n’a cette adresse, ou ce n’est pas un adulte d’une école ou de la ville. Vérifiez-la.',
  },
  step: {
    read: 'a lu la lettre',
    taken: 's’en occupe',
    talked: 'en a parlé avec eux',
    rest: 'a mis l’envoi au repos',
    apart: 'les tient à distance',
    together: 'les laisse de nouveau s’écrire',
    family: 'a prévenu la famille',
    up: 'a prévenu d’autres adultes\u00a0: personne ne l’avait clos',
    closed: 'a clos le signalement',
  } satisfies Record<StepKind, string>,
  contact: {
    title: 'Signalements qui concernent un adulte',
    lead: 'Quand un enfant signale la lettre d’un enseignant ou d’une direction, ou quand personne n’a clos à l’école, cette personne la lit et s’en occupe. Chaque lecture est au journal.',
    address: 'Son adresse dans Préau',
    hint: 'Un adulte de la ville ou d’une école. Vide\u00a0: les agents de la ville.',
    save: 'Enregistrer',
  },
};
