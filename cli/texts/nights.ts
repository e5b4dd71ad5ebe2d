/** What `preau nights` says. */
export const NIGHTS_SAYS = {
  ownerMissing:
    'nights : il faut PREAU_DATABASE_URL et PREAU_DATABASE_ADMIN_URL ; avec la base que Préau apporte, preau start le fait déjà. / PREAU_DATABASE_URL and PREAU_DATABASE_ADMIN_URL are needed; with the database that Préau brings, preau start does it already.',
  notOwn:
    'nights backup : c’est pour une base à soi ; celle que Préau apporte, preau start la sauvegarde lui-même. / this is for a database of one’s own; that which Préau brings is backed up by preau start itself.',
};
