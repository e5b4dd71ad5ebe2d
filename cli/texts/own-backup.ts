/** What is said of the backups of a PostgreSQL of one's own, and of how any keeps its log. */
const SEE = 'docker/backup.md';

interface Says {
  readonly right: string;
  readonly wrong: string;
}

export const CHECK_SAYS = {
  mode: {
    right: 'PostgreSQL garde son journal ailleurs. / PostgreSQL keeps its log elsewhere.',
    wrong: `PostgreSQL ne garde son journal nulle part : archive_mode = on, puis redémarrez-le (${SEE}). / PostgreSQL keeps its log nowhere: archive_mode = on, then restart it (${SEE}).`,
  },
  command: {
    right: 'archive_command est réglé. / archive_command is set.',
    wrong: `archive_command n’est pas réglé (${SEE}). / archive_command isn’t set (${SEE}).`,
  },
  timeout: (seconds: number): Says => ({
    right: `Une minute de courrier attend au plus ${seconds} s. / A minute of mail waits ${seconds} s at most.`,
    wrong: `archive_timeout est à ${seconds} s : mettez 60, sinon une machine perdue coûte plus qu’une minute de courrier. / archive_timeout is ${seconds} s: set 60, else a lost machine costs more than a minute of mail.`,
  }),
  delivery: (failedAt: Date | null): Says => ({
    right: 'Le dépôt prend ce qui lui est donné. / The repository takes what it is given.',
    wrong: `Le dépôt ne prend rien depuis ${failedAt?.toISOString() ?? '-'} : preau backup dit pourquoi, ou, avec un PostgreSQL à vous, pgbackrest --stanza=preau check. / The repository takes nothing since ${failedAt?.toISOString() ?? '-'}: preau backup says why or, with a PostgreSQL of your own, pgbackrest --stanza=preau check.`,
  }),
  age: (seconds: number | null): Says => ({
    right: `Le dernier morceau y est depuis ${seconds ?? 0} s. / The last segment is there since ${seconds ?? 0} s.`,
    wrong:
      seconds === null
        ? 'Aucun morceau n’y est encore. / No segment is there yet.'
        : `Le dernier morceau y est depuis ${seconds} s : ce qui a été écrit depuis n’est que sur cette machine. / The last segment is there since ${seconds} s: what was written since is on this machine alone.`,
  }),
  beside: (repository: string): Says => ({
    right: `Les clés et réglages vont dans ${repository}. / Keys and settings go to ${repository}.`,
    wrong:
      'PREAU_BACKUP n’est pas donné : les clés et réglages ne sont gardés nulle part. / PREAU_BACKUP isn’t set: keys and settings are kept nowhere.',
  }),
};

interface OwnRestore {
  readonly standing: number;
  readonly erased: number;
  readonly until: string;
}

export const OWN_SAYS = {
  kept: 'Les clés, réglages et notes sont dans le dépôt ; la base l’est par son propre pgBackRest. / Keys, settings and notes are in the repository; the database is so by its own pgBackRest.',
  settled: (done: OwnRestore): string =>
    [
      `La base est telle qu’à ${done.until}. / The database is as of ${done.until}.`,
      `Rien ne part de soi-même : ${done.standing} messages vers l’extérieur attendent, voyez preau outbox list. / Nothing leaves by itself: ${done.standing} messages to outside wait, see preau outbox list.`,
      `Effacées de nouveau : ${done.erased} personnes. / Erased again: ${done.erased} people.`,
      'Chacun se connecte à nouveau. / Everybody signs in again.',
    ].join('\n'),
};

export const OWN_WRONG = {
  ownerMissing:
    'Il faut PREAU_DATABASE_ADMIN_URL, le propriétaire de la base. / PREAU_DATABASE_ADMIN_URL is needed, the owner of the database.',
  notSure:
    'Cela met fin à toutes les sessions et arrête le courrier vers l’extérieur : juste après une remise de la base, et jamais ailleurs. Si c’est le cas, ajoutez --i-know. / This ends all sessions and stops the mail to outside: just after the database was restored, and never else. If so, add --i-know.',
  blind:
    'Ce propriétaire ne voit pas toutes les écoles : alter role preau bypassrls, le temps de cette commande (docker/backup.md). / This owner doesn’t see all schools: alter role preau bypassrls, for as long as this command takes (docker/backup.md).',
  embedded:
    'La base est celle que Préau apporte : preau restore fait tout cela. / The database is the one that Préau brings: preau restore does all of this.',
};
