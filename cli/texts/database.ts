/** What `preau migrate` and `preau verify` say. */
export const MIGRATING = {
  ownerMissing:
    'migrate : il faut PREAU_DATABASE_ADMIN_URL, le propriétaire de la base. / PREAU_DATABASE_ADMIN_URL is needed, the owner of the database.',
  upToDate: 'Déjà à jour. / Up to date already.',
  done: (steps: readonly string[]): string => `Fait : ${steps.join(', ')}. / Done.`,
};

export const VERIFYING = {
  repaired: (rows: number): string => `${rows} lignes réparées. / ${rows} rows repaired.`,
  well: 'Tout est en ordre. / All is well.',
  faults: (count: number): string =>
    `${count} défauts ; --repair répare ce que les lignes disent elles-mêmes. / ${count} faults; --repair mends what the rows themselves say.`,
};
