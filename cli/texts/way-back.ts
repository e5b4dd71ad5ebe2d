/** What the ways back from a lost file say, besides a restore of the whole. */
export const SECRET_SAYS = {
  ends: (lost: Ended): string =>
    [
      'Une autre clé met fin à ce que celle-ci scellait : / Another key ends what this one sealed:',
      `  ${lost.secondFactors} seconds facteurs : ces personnes reçoivent un nouveau code sur papier / second factors: these people get a new code on paper`,
      `  ${lost.appPasswords} mots de passe d’appareils / passwords of devices`,
      `  ${lost.codes} codes d’activation qui n’ont pas servi, ${lost.pictures} codes en images : à imprimer de nouveau / unused activation codes, codes of pictures: to be printed again`,
      `  ${lost.questions} questions de listes, et les listes en attente : la prochaine liste les pose de nouveau / questions of rosters, and rosters that wait: the next file asks them again`,
      '  Les clés DKIM : nos lettres partent sans signature jusqu’à ce que les nouvelles soient publiées (preau dns). / The DKIM keys: our letters leave unsigned until the new ones are published (preau dns).',
      '  Les numéros nationaux ne sont plus reconnus jusqu’à la prochaine liste, qui se fie aux noms et aux classes. / National numbers aren’t recognised until the next roster, which goes by names and classes.',
      'Le courrier et les mots de passe de tous les autres restent. / Mail and everybody else’s passwords stay.',
    ].join('\n'),
  howTo:
    'Rien n’est fait. Si un dépôt de sauvegardes a encore la clé : preau restore files. Sinon : preau secret renew --i-know. / Nothing was done. Where a repository of backups still has the key: preau restore files. Else: preau secret renew --i-know.',
  done: (path: string): string =>
    `Une nouvelle clé est dans ${path}. Les agents d’abord : preau agent reset ADRESSE ; puis, s’il y a des sauvegardes : preau backup. / A new key is in ${path}. Agents first: preau agent reset ADDRESS; then, where there are backups: preau backup.`,
  aside: (path: string): string => `L’ancien fichier est gardé : / the old file is kept: ${path}`,
};

interface Ended {
  readonly secondFactors: number;
  readonly appPasswords: number;
  readonly codes: number;
  readonly pictures: number;
  readonly questions: number;
}

export const SECRET_WRONG = {
  running: (folder: string): string =>
    `Préau tourne sur ${folder} avec la clé d’avant : arrêtez-le d’abord. / Préau is running on ${folder} with the key of before: stop it first.`,
  ownerMissing:
    'secret renew : il faut PREAU_DATABASE_ADMIN_URL, le propriétaire de la base, et l’arrêt de tous les rôles. / PREAU_DATABASE_ADMIN_URL is needed, the owner of the database, and all roles stopped.',
};

export const PASSWORDS_SAYS = {
  done: (path: string): string =>
    `De nouveaux mots de passe de la base sont dans ${path}, et dans la base. / New passwords of the database are in ${path}, and in the database.`,
};

export const PASSWORDS_WRONG = {
  ownDatabase:
    'La base de données n’est pas celle de Préau. Le rôle de l’application : mettez un nouveau mot de passe dans PREAU_DATABASE_URL, puis preau migrate le lui donne. Le propriétaire : alter role … password …, par l’administrateur de ce PostgreSQL, puis PREAU_DATABASE_ADMIN_URL. / The database isn’t Préau’s own. The application’s role: put a new password into PREAU_DATABASE_URL, and preau migrate gives it to the role. The owner: alter role … password …, by that PostgreSQL’s administrator, then PREAU_DATABASE_ADMIN_URL.',
  noCluster: (folder: string): string =>
    `Il n’y a pas de base de données dans ${folder}. / There is no database in ${folder}.`,
  running: (folder: string): string =>
    `Préau tourne sur ${folder} : arrêtez-le d’abord. / Préau is running on ${folder}: stop it first.`,
};

export const FILES_SAYS = {
  done: (folder: string, files: readonly string[]): string =>
    `Remis dans ${folder} : / put back into ${folder}: ${files.join(', ')}`,
  nothing: (folder: string): string =>
    `Aucun fichier ne manque dans ${folder}. Un fichier abîmé s’ôte d’abord, rien n’est écrasé. / No file is missing in ${folder}. Move a damaged one away first, nothing is written over.`,
};

/** A file of PREAU_DATA that can't be used, said at the start. */
export const FILES_WRONG = {
  passwordsGone: (path: string): string =>
    `${path} n’est plus là, et la base a encore les mots de passe qu’il gardait : preau database passwords en fait de nouveaux. / ${path} is gone, and the database still has the passwords that it held: preau database passwords makes new ones.`,
  passwordsGarbled: (path: string): string =>
    `${path} ne se lit plus : preau database passwords fait de nouveaux mots de passe. / ${path} can’t be read any more: preau database passwords makes new passwords.`,
  passwordsRefused: (path: string): string =>
    `La base de données refuse le mot de passe de ${path} : preau database passwords en fait un nouveau. / The database refuses the password of ${path}: preau database passwords makes a new one.`,
  clusterGone: (folder: string, dataDir: string): string =>
    `La base de données n’est plus dans ${folder}, alors que ${dataDir} en garde les mots de passe : mettez ${dataDir} de côté, puis preau restore ; ou donnez un autre PREAU_DATA pour commencer une ville. / The database is gone from ${folder}, while ${dataDir} has its passwords: move ${dataDir} aside, then preau restore; or name another PREAU_DATA to begin a town.`,
  clusterDamaged: (path: string): string =>
    `La base de données est abîmée (${path}) : mettez PREAU_DATA de côté, puis preau restore. / The database is damaged (${path}): move PREAU_DATA aside, then preau restore.`,
  clusterWontStart: (folder: string, why: string): string =>
    `La base de données dans ${folder} ne démarre pas (${why}) : si ses fichiers sont abîmés, mettez PREAU_DATA de côté, puis preau restore. / The database in ${folder} doesn’t start: where its files are damaged, move PREAU_DATA aside, then preau restore.`,
  versionGarbled: (path: string, version: string): string =>
    `${path} ne se lit plus : ôtez ce fichier, il est refait (${version}). / ${path} can’t be read any more: remove it, it is made anew (${version}).`,
  placeGarbled: (path: string): string =>
    `${path} ne dit plus où est la base de données : ôtez ce fichier, ou remettez-y le dossier de /var/lib/preau qui la contient. / ${path} no longer says where the database is: remove it, or put the folder of /var/lib/preau there that holds it.`,
};
