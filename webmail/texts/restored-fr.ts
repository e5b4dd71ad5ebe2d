import { noun, plural } from './plural-fr.ts';

const messages = (count: number): string => plural(count, 'message', 'messages');
const dropped = (count: number): string =>
  count === 1 ? 'écarté\u00a0: il ne partira pas' : 'écartés\u00a0: ils ne partiront pas';

/** Words of the page of mail that a restore has stopped. Part of `fr.ts`. */
export const restoredFr = {
  nav: 'Remise',
  inMenu: (count: number) => noun(count, 'message arrêté', 'messages arrêtés'),
  title: (count: number) =>
    count === 0
      ? 'Aucun message n’attend'
      : `${messages(count)} ${count === 1 ? 'attend' : 'attendent'} votre accord pour partir`,
  lead: (at: string, asOf: string) =>
    `Le courrier a été remis ${at}, tel qu’il était ${asOf}. Ces messages vers l’extérieur sont peut-être partis entre les deux\u00a0: rien ne part de soi-même. Ce qui est écrit depuis part comme d’habitude.`,
  never:
    'Le courrier n’a jamais été remis d’une sauvegarde. Après une remise, les messages vers l’extérieur attendent ici.',
  none: 'Tous les messages arrêtés par la remise ont eu leur réponse.',
  banner: (count: number) =>
    `${messages(count)} vers l’extérieur ${count === 1 ? 'attend' : 'attendent'} votre accord.`,
  see: 'Décider',
  stopped: {
    title: 'Des comptes arrêtés vers l’extérieur',
    what: 'Il en est parti beaucoup trop en peu de temps\u00a0: quelqu’un d’autre se sert peut-être du compte. Demandez d’abord à l’école. Laisser partir rouvre le compte\u00a0; écarter aussi, sans ce qui attend.',
    why: {
      rate: 'très nombreux en une heure',
      domains: 'vers beaucoup de sites nouveaux',
      refusals: 'beaucoup d’adresses refusent',
    },
    waits: (count: number, at: string) => `${messages(count)}, depuis ${at}`,
  },
  log: {
    title: 'Ce que dit le journal',
    until: (until: string) =>
      `Ce qui est parti dans le temps perdu est connu jusqu’à ${until}. Ce qui est parti après ne se voit pas ici.`,
    none: 'De ce temps perdu il n’y a pas de journal\u00a0: un journal du service peut dire ce qui est déjà parti.',
    give: 'Donner un journal',
    label: 'Le journal du service',
    hint: 'Un fichier de 25\u00a0Mo au plus. Il ne contient que des numéros\u00a0: ni nom, ni adresse, ni message.',
    how: (since: string) =>
      `Sur la machine qui faisait tourner Préau, ou là où ses journaux sont conservés\u00a0: journalctl -u 'preau@*' --since "${since}" > journal.txt. Un plus grand se lit là-bas, par preau outbox list --log.`,
    read: 'Lire ce journal',
    missing: 'Choisissez d’abord le fichier du journal.',
    noLine:
      'Il n’y a là aucune ligne du journal de Préau. Donnez le fichier tel que journalctl l’écrit.',
    seen: (seen: string, from: string, until: string) =>
      `Journal lu, du ${from} au ${until}\u00a0: ${seen === '0' ? 'il ne nomme aucun' : `il dit de ${seen}`} des messages qui attendent${seen === '0' ? '' : ' ce qu’ils sont devenus'}.`,
  },
  says: {
    sent: {
      title: (count: number) =>
        `Déjà ${count === 1 ? 'parti' : 'partis'}\u00a0: ${messages(count)}`,
      what: 'Le serveur du destinataire les a pris. Les laisser partir les enverrait une deuxième fois.',
    },
    unseen: {
      title: (count: number) => `Pas vus partir\u00a0: ${messages(count)}`,
      what: 'Le journal du temps perdu est là, et il ne dit rien d’eux. Ils ne sont sans doute pas partis.',
    },
    refused: {
      title: (count: number) => `Refusés\u00a0: ${messages(count)}`,
      what: 'Le serveur du destinataire n’en a pas voulu. Les laisser partir le lui redemande, et la réponse vient à qui a écrit.',
    },
    'no-log': {
      title: (count: number) => `Sans journal\u00a0: ${messages(count)}`,
      what: 'Personne ne sait s’ils sont partis. Qui les a écrits le sait peut-être.',
    },
  },
  sentAt: (at: string) => `parti ${at}`,
  refusedAt: (at: string, code: number | null) =>
    `refusé ${at}${code === null ? '' : ` (${code})`}`,
  to: 'à',
  gone: 'quelqu’un qui n’est plus là',
  town: 'La ville',
  since: (at: string) => `attend depuis ${at}`,
  tried: (count: number) => `${plural(count, 'essai', 'essais')} avant`,
  release: 'Laisser partir',
  drop: 'Écarter',
  releaseAll: (count: number) =>
    count === 1 ? 'Le laisser partir' : `Laisser partir les ${count}`,
  dropAll: (count: number) => (count === 1 ? 'L’écarter' : `Écarter les ${count}`),
  about: (recipient: string) => `le message à ${recipient}`,
  more: (count: number) => `Les montrer tous (${count})`,
  age: {
    title: 'D’un seul coup, par âge',
    label: 'Les messages qui attendent depuis plus de',
    choices: {
      hour: '1 heure',
      hours: '6 heures',
      day: '1 jour',
      days: '3 jours',
      week: '1 semaine',
      all: 'tous',
    },
  },
  said: {
    released: (count: number) =>
      count === 0
        ? 'Rien n’attendait plus là\u00a0: rien n’a changé.'
        : `${messages(count)} ${count === 1 ? 'part' : 'partent'} dans une demi-minute.`,
    dropped: (count: number) =>
      count === 0
        ? 'Rien n’attendait plus là\u00a0: rien n’a changé.'
        : `${messages(count)} ${dropped(count)}. Personne n’est prévenu.`,
    droppedAndTold: (count: number) =>
      count === 0
        ? 'Rien n’attendait plus là\u00a0: rien n’a changé.'
        : `${messages(count)} ${dropped(count)}. La personne qui écrivait est prévenue.`,
    undone: (count: number) =>
      count === 0
        ? 'C’était trop tard\u00a0: ils sont partis.'
        : `${messages(count)} ${count === 1 ? 'attend' : 'attendent'} de nouveau.`,
  },
  undo: 'Annuler',
  dropped: (count: number) => `Écartés (${count})`,
  putBack: 'Remettre en attente',
  unread:
    'Ce que contiennent ces messages reste à qui les a écrits\u00a0: un agent ne les lit pas.',
};
