import type { MovedLetter } from '../../core/store/kept-hours.ts';
import type { StepLock, TableSize } from '../../core/store/pending-steps.ts';

/** What an upgrade says before it changes the schema, and `preau upgrade-check` of it. */
export const UPGRADE_SAYS = {
  pointSet: (moment: string): string =>
    `Point de retour d’avant la mise à jour : PREAU_DATA mis de côté, la version d’avant, puis preau restore --key - --to ${moment} / Point to come back to from before the upgrade: PREAU_DATA moved aside, the version before, then preau restore --key - --to ${moment}`,
  pointNamed: (name: string): string =>
    `Point de retour d’avant la mise à jour, dans le journal de votre PostgreSQL : « ${name} » (recovery_target_name). / Point to come back to from before the upgrade, in the log of your PostgreSQL: “${name}” (recovery_target_name).`,
  noPoint:
    'Aucun point de retour d’avant la mise à jour : PREAU_BACKUP n’est pas donné, ou le journal de votre PostgreSQL ne prend pas de nom. / No point to come back to from before the upgrade: PREAU_BACKUP isn’t set, or the log of your PostgreSQL takes no name.',
  newDatabase: 'La base est neuve. / The database is new.',
  newerDatabase: (steps: readonly string[]): string =>
    `La base est déjà d’une version plus récente (${steps.join(', ')}) : cette version ne peut pas la servir. / The database is of a newer version already: this version can’t serve it.`,
  brings: (version: string, steps: number): string =>
    steps === 0
      ? `Préau ${version} n’apporte aucune étape de schéma : redémarrez les rôles un par un. / Préau ${version} brings no step of the schema: start the roles again one by one.`
      : `Préau ${version} apporte ${steps} étapes de schéma : / Préau ${version} brings ${steps} steps of the schema:`,
  step: (name: string, seconds: number | null): string =>
    seconds === null ? `  ${name}` : `  ${name}  ${seconds.toFixed(2)} s`,
  lock: ({ table, stops }: StepLock, size: TableSize | undefined): string => {
    const [fr, en] =
      stops === 'reading'
        ? ['ni lue ni écrite', 'not read, not written']
        : ['lue seulement', 'read only'];
    const { rows = 0, bytes = 0 } = size ?? {};
    return `      ${table} : ${fr} / ${en} (${rows} lignes/rows, ${Math.ceil(bytes / 1e6)} Mo/MB)`;
  },
  changes: (table: string, rows: number): string =>
    `      ${table} : ${rows} lignes changées une à une / rows changed one by one`,
  moved:
    'Ces lettres attendent une heure, lue par leur auteur à l’horloge de Paris : elles partiront à cette heure de l’horloge de leur école. / These letters wait for an hour that their writer read on a clock of Paris: they leave at that hour of their school’s clock.',
  movedLetter: ({ school, timeZone, read, leftAt, leavesAt }: MovedLetter): string =>
    `      ${school} : ${read} (${timeZone}), ${leftAt.toISOString()} -> ${leavesAt.toISOString()}`,
  free: '      n’arrête rien / stops nothing',
  locksUnknown:
    '      verrous inconnus : le propriétaire ne peut pas créer de base à côté (CREATEDB). / locks unknown: the owner may not create a database beside (CREATEDB).',
  together:
    'Les étapes se font en une seule transaction : une table arrêtée le reste jusqu’à la dernière. Le courrier qui arrive entre-temps est gardé et réessayé par son expéditeur. / The steps are one transaction: a table that is stopped stays so until the last one. Mail that comes meanwhile is kept and tried again by its sender.',
  seconds: (seconds: number): string =>
    `En tout ${seconds.toFixed(2)} s, mesurées sur une copie remise de la sauvegarde. / ${seconds.toFixed(2)} s in all, measured on a copy restored from the backup.`,
  noSeconds:
    'Durées non mesurées : preau upgrade-check --measure les mesure sur une copie remise de la sauvegarde. / Times not measured: preau upgrade-check --measure measures them on a copy restored from the backup.',
  willSetPoint: 'Un point de retour est posé avant. / A point to come back to is set before.',
  wontSetPoint:
    'Sans PREAU_BACKUP, aucun point de retour n’est posé avant : gardez d’abord une copie de la base. / Without PREAU_BACKUP no point to come back to is set before: keep a copy of the database first.',
  ownPoint:
    'La base n’est pas celle de Préau : un nom est mis dans son journal s’il le permet ; gardez d’abord une copie. / The database isn’t Préau’s own: its log gets a name where it takes one; keep a copy first.',
};

export const UPGRADE_WRONG = {
  noPoint: (why: string): string =>
    `Le point de retour d’avant la mise à jour ne peut pas être posé, et rien n’est changé : rétablissez les sauvegardes, ou preau migrate --without-point. / The point to come back to from before the upgrade can’t be set, and nothing was changed: mend the backups, or preau migrate --without-point. ${why}`,
  logNotKept:
    'Le dépôt n’a pas pris le journal à temps. / The repository hasn’t taken the log in time.',
  noDatabase:
    'upgrade-check regarde la base de la ville : démarrez Préau (la version d’avant), ou donnez PREAU_DATABASE_ADMIN_URL. / upgrade-check looks at the town’s database: start Préau (the version before), or set PREAU_DATABASE_ADMIN_URL.',
};
