import type { BodiesFound, BodiesState, MovedBodies } from '../../core/town/bodies/contract.ts';

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** What `preau bodies` says: large bodies that lie outside the database. */
export const BODIES_SAYS = {
  off: 'PREAU_BODIES n’est pas réglé, ou sa clé n’est pas faite : rien ne part. Réglez-le, puis preau bodies key. / PREAU_BODIES is not set, or its key isn’t made: nothing leaves. Set it, then preau bodies key.',
  state: ({ bodies, bytes, gone, answers }: BodiesState): string =>
    [
      `${bodies} grands messages et fichiers hors de la base, ${megabytes(bytes)} / large messages and files outside the database`,
      `${gone} objets qui ne servent plus attendent leurs 45 jours / objects of no use wait for their 45 days`,
      answers
        ? 'L’entrepôt répond. / The store answers.'
        : 'L’entrepôt ne répond pas : preau doctor. / The store doesn’t answer: preau doctor.',
    ].join('\n'),
  moved: ({ moved, bytes, failed }: MovedBodies): string =>
    `${moved} messages, ${megabytes(bytes)}${failed > 0 ? ` ; ${failed} n’ont pas pu, et restent où ils étaient / couldn’t, and stay where they were` : ''}`,
  found: ({ bodies, lost, strays }: BodiesFound): string =>
    [
      `${bodies} messages comparés / messages compared`,
      ...lost.map((object) => `${object} manque, ou n’est pas entier / is missing, or not whole`),
      `${strays} objets sans message, effacés dans 45 jours / objects without a message, deleted in 45 days`,
    ].join('\n'),
  lost: (object: string): string =>
    `L’entrepôt n’a pas ${object}, ou pas en entier. / The store lacks ${object}, or some of it.`,
  key: (sheet: string): string =>
    `La clé des grands messages est sur ${sheet} : imprimez-la deux fois, mettez-la sous clé avec celle des sauvegardes, effacez ce fichier, puis redémarrez Préau. / The key of large messages is on ${sheet}: print it twice, lock it away with that of the backups, delete the file, then restart Préau.`,
  putBack: (path: string): string =>
    `La clé est remise dans ${path} ; redémarrez Préau. / The key is back in ${path}; restart Préau.`,
  wrappedAnew: (bodies: number): string =>
    `Les clés de ${bodies} grands messages tiennent à une nouvelle clé : imprimez sa feuille par preau bodies key --sheet FEUILLE.pdf. / The keys of ${bodies} large messages hang on a new key: print its sheet by preau bodies key --sheet SHEET.pdf.`,
};

export const BODIES_WRONG = {
  keyThere: (path: string): string =>
    `${path} est déjà là, rien n’est écrasé. / is there already, nothing is written over.`,
};

export const BODY_SHEET = {
  title: 'La clé des grands messages',
  titleInEnglish: 'The key of large messages',
  french: [
    'Sans cette feuille, et si la machine et ses sauvegardes sont perdues, les grands messages anciens ne s’ouvrent plus, par personne. Seule, elle n’ouvre rien : il faut aussi la base du courrier.',
    'Gardez-en deux exemplaires sous clé, avec la feuille des sauvegardes. Ne la photographiez pas, ne l’envoyez pas.',
    'Pour la remettre : preau\u00a0bodies key --key\u00a0-\u00a0, puis tapez la clé, avec ou sans tirets.',
  ],
  english: [
    'Without this sheet, where the machine and its backups are lost, nobody opens old large messages any more. By itself it opens nothing: the database of the mail is needed too.',
    'Keep two copies locked away, with the sheet of the backups. Take no picture of it, send it to nobody.',
    'To put it back: preau\u00a0bodies key --key\u00a0-\u00a0, then type the key, with or without hyphens.',
  ],
};
