interface RestoreDone {
  readonly folder: string;
  readonly until: string;
  readonly seconds: number;
  readonly standing: number;
  readonly erased: number;
  readonly named: readonly string[];
}

interface BackupMade {
  readonly type: 'full' | 'incr';
  readonly seconds: number;
  readonly bytes: number;
}

interface RepositoryState {
  readonly backups: number;
  readonly lastAt: string;
  readonly from: string;
  readonly until: string;
  readonly bytes: number;
}

/** What `preau backup` and `preau restore` say, and the sheet of the key. */
export const BACKUP_SAYS = {
  keySheet: (path: string): string =>
    `La feuille de la clé est dans ${path} : imprimez-la en deux exemplaires, mettez-les sous clé en deux lieux, effacez le fichier. / The sheet of the key is in ${path}: print it twice, lock both away in two places, delete the file.`,
  keyPutBack: (dataDir: string): string =>
    `La clé des sauvegardes est de nouveau dans ${dataDir}. / The key of the backups is in ${dataDir} again.`,
  done: (done: BackupMade): string => {
    const [french, english] =
      done.type === 'full' ? ['complète', 'full'] : ['incrémentale', 'incremental'];
    return `Sauvegarde ${french} faite en ${done.seconds} s, ${megabytes(done.bytes)} de plus dans le dépôt. / A backup was made (${english}) in ${done.seconds} s.`;
  },
  info: (known: RepositoryState): string =>
    [
      `Sauvegardes / backups          ${known.backups}`,
      `La dernière / the last         ${known.lastAt}`,
      `On peut revenir de / back from ${known.from}`,
      `jusqu’à / to                   ${known.until}`,
      `Taille du dépôt / size         ${megabytes(known.bytes)}`,
    ].join('\n'),
  percent: (percent: number): string =>
    `Une sauvegarde est en cours : ${percent} %. / A backup is running: ${percent} %.`,
  noBackup: 'Il n’y a pas encore de sauvegarde. / There is no backup yet.',
  restored: (done: RestoreDone): string =>
    [
      `Le courrier est remis dans ${done.folder}, tel qu’à ${done.until}, en ${done.seconds} s. / The mail is restored into ${done.folder}, as of ${done.until}.`,
      `Rien ne part de soi-même : ${done.standing} messages vers l’extérieur attendent, voyez preau outbox list. / Nothing leaves by itself: ${done.standing} messages to outside wait, see preau outbox list.`,
      ...(done.erased === 0
        ? []
        : [
            `Effacées après ce moment, ${done.erased} personnes le sont de nouveau. / Erased after that moment, ${done.erased} people are so again.`,
          ]),
      ...(done.named.length === 0
        ? []
        : [
            `À remettre à leur place, s’ils n’y sont plus : / to be put back in their places, where they are missing: ${done.named.join(', ')}`,
          ]),
      'Chacun se connecte à nouveau, et fait un nouveau mot de passe pour ses appareils. / Everybody signs in again, and makes a new password for their devices.',
      'Puis, une fois démarré : preau backup --full / Then, once started: preau backup --full',
    ].join('\n'),
};

const megabytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1e6))} Mo/MB`;

export const BACKUP_WRONG = {
  silent: (folder: string): string =>
    `Le dossier des sauvegardes ne répond pas (${folder}) : regardez la machine ou le disque où il se trouve, et le réseau jusque-là. / The folder of the backups doesn’t answer (${folder}): look at the machine or the disk that it lies on, and at the network up to there.`,
  startsWithout: (folder: string): string =>
    `Le dossier des sauvegardes ne répond pas (${folder}) : le courrier démarre sans lui, et ce qui doit s’y garder attend. / The folder of the backups doesn’t answer (${folder}): mail starts without it, and what is to be kept there waits.`,
  noRepository:
    'PREAU_BACKUP n’est pas donné : le dossier des sauvegardes, sur un autre disque. / PREAU_BACKUP isn’t set: the folder of the backups, on another disk.',
  ownDatabase:
    'La base de données n’est pas celle de Préau : sauvegardez-la avec ses propres outils. / The database isn’t Préau’s own: back it up by its own tools.',
  noKey: (dataDir: string): string =>
    `PREAU_BACKUP est donné, mais ${dataDir} n’a pas de clé (backup.key) : s’il y en avait une, remettez celle de la feuille par preau backup key --key - ; sinon, faites-la d’abord par preau backup key --sheet FEUILLE.pdf. / PREAU_BACKUP is set, but there is no key in ${dataDir} (backup.key): where there was one, put that of the sheet back by preau backup key --key -; else make one first by preau backup key --sheet SHEET.pdf.`,
  keyGarbled: (path: string): string =>
    `${path} ne contient plus la clé : ôtez ce fichier, puis remettez celle de la feuille par preau backup key --key - , ou faites-en une nouvelle dans un autre PREAU_BACKUP. / ${path} no longer holds the key: remove the file, then put that of the sheet back by preau backup key --key - , or make a new one into another PREAU_BACKUP.`,
  keyThere: (dataDir: string): string =>
    `${dataDir} a déjà une clé (backup.key), rien n’est écrasé. / ${dataDir} has a key already (backup.key), nothing is written over.`,
  noSheet:
    'Il faut --sheet FEUILLE.pdf, où écrire la feuille de la clé. / --sheet SHEET.pdf is needed, where to write the sheet of the key.',
  sheetNotWritten: (path: string): string =>
    `${path} ne peut pas être écrit, ou existe déjà. / ${path} can’t be written, or is there already.`,
  noProgram:
    'Il manque pgBackRest : installez le paquet pgbackrest (apt-get install pgbackrest). / pgBackRest is missing: install the package pgbackrest (apt-get install pgbackrest).',
  unreachable: (folder: string): string =>
    `PREAU_BACKUP : l’utilisateur de la base de données n’entre pas dans ${folder} (chmod o+x sur les dossiers au-dessus). / the database’s user can’t enter ${folder} (chmod o+x on the folders above).`,
  notArchiving:
    'Préau tourne sans sauvegarde : arrêtez-le, puis démarrez-le avec PREAU_BACKUP. / Préau runs without a backup: stop it, then start it with PREAU_BACKUP.',
  otherTown:
    'PREAU_BACKUP contient les sauvegardes d’une autre base : donnez un autre dossier. / PREAU_BACKUP holds the backups of another database: give another folder.',
  busy: 'Une autre sauvegarde est en cours. / Another backup is running.',
  failed: (why: string): string => `pgBackRest n’y arrive pas : / pgBackRest can’t do it: ${why}`,
  tooLarge: (path: string): string =>
    `${path} est trop grand pour être un réglage : sortez-le de PREAU_DATA. / ${path} is too large to be a setting: move it out of PREAU_DATA.`,
};

export const RESTORE_WRONG = {
  noRepository:
    'Il faut --repository DOSSIER, celui des sauvegardes. / --repository FOLDER is needed, that of the backups.',
  noKey:
    'Il faut --key FICHIER, ou --key - pour la taper. / --key FILE is needed, or --key - to type it.',
  askKey: 'Clé / key: ',
  notAMoment: (given: string): string =>
    `--to : « ${given} » n’est pas un moment comme 2026-11-25T10:42. / is no moment such as 2026-11-25T10:42.`,
  keyUnreadable: (path: string): string =>
    `La clé ne se lit pas dans ${path}. / The key can’t be read from ${path}.`,
  keyEmpty:
    'Aucune clé n’a été donnée : recopiez celle de la feuille, rien n’a été fait. / No key was given: copy that of the sheet, nothing was done.',
  keyMistyped:
    'Cette clé est mal tapée : comparez chaque groupe avec la feuille. / This key is mistyped: compare each group with the sheet.',
  wrongKey:
    'Ce n’est pas la clé de ces sauvegardes : prenez la feuille qui porte le nom de la ville. / This isn’t the key of these backups: take the sheet with the name of the town.',
  noBackup: (folder: string): string =>
    `Il n’y a pas de sauvegarde de Préau dans ${folder}. / There is no backup of Préau in ${folder}.`,
  notEmpty: (folder: string): string =>
    `Le dossier ${folder} n’est pas vide : donnez-en un autre par --into, rien n’est écrasé. / The folder ${folder} isn’t empty: name another one by --into, nothing is written over.`,
  inUse: (folder: string): string =>
    `Préau tourne sur ${folder} : arrêtez-le, ou donnez un autre dossier par --into. / Préau is running on ${folder}: stop it, or name another folder by --into.`,
  tooEarly: (first: string): string =>
    `--to : les sauvegardes ne remontent que jusqu’à ${first}. / the backups go back to ${first} only.`,
  tooLate: (last: string): string =>
    `--to : rien n’est gardé après ${last} ; sans --to, on revient au plus récent. / nothing is kept after ${last}; without --to one comes back to the latest.`,
  gap: (segment: string, until: string): string =>
    `Il manque un morceau au dépôt (${segment}) : on ne peut revenir qu’à ${until}, par --to. / A piece of the repository is missing (${segment}): one can come back to ${until} only, by --to.`,
  damaged: (why: string): string =>
    `Le dépôt est abîmé, essayez un autre moment par --to : / The repository is damaged, try another moment by --to: ${why}`,
  cutShort: (folder: string): string =>
    `Une remise dans ${folder} a été interrompue : videz le dossier et recommencez preau restore. / A restore into ${folder} was cut short: empty the folder and run preau restore again.`,
};

export const SHEET = {
  title: 'La clé des sauvegardes',
  titleInEnglish: 'The key of the backups',
  of: (domain: string, madeOn: string): string => `Préau, ${domain}. ${madeOn}.`,
  repository: (repository: string): string => `Dépôt / repository : ${repository}`,
  french: [
    'Sans cette feuille, les sauvegardes du courrier ne s’ouvrent plus, par personne. Avec elle et le dossier des sauvegardes, tout le courrier de la ville se lit.',
    'Gardez-en deux exemplaires sous clé, en deux lieux, jamais à côté des sauvegardes. Ne la photographiez pas, ne l’envoyez pas.',
    'Pour remettre le courrier sur une machine vide : preau\u00a0restore --repository\u00a0DOSSIER --key\u00a0-\u00a0, puis tapez la clé, avec ou sans tirets.',
  ],
  english: [
    'Without this sheet nobody opens the backups of the mail any more. With it and the folder of the backups, all mail of the town can be read.',
    'Keep two copies locked away, in two places, never beside the backups. Take no picture of it, send it to nobody.',
    'To restore the mail on an empty machine: preau\u00a0restore --repository\u00a0FOLDER --key\u00a0-\u00a0, then type the key, with or without hyphens.',
  ],
};
