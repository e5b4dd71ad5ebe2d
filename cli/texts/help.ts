/**
 * What `--help` says of each command and its flags. Sentences of the command line stand in this
 * folder and nowhere else, French first and English after it: a terminal says both, since nobody
 * has told it who reads. A new command adds a record here (`says`, one sentence for each flag that
 * is its own, `more` where something stands under the flags), from where `commands.ts` takes them,
 * and a file named like the command for what it says while it runs.
 */

export const FRAME = {
  title: 'Préau, le courrier des écoles d’une ville. / Préau, the mail of a town’s schools.',
  flags: '  preau <…> --help     ses options / its options',
};

export const JSON_LINE = 'une ligne JSON pour les scripts / one JSON line, for scripts';

export const START = {
  says: 'démarre le courrier, et ce qui lui manque / starts the mail, and what it lacks',
  roles: 'ces rôles seulement / these roles only',
  processes:
    'processus qui servent ensemble ; un par cœur sans cela, un seul pour la démonstration / processes that serve together; one a core without it, one alone for the demo',
  'no-demo': 'sans ville de démonstration / without the demo town',
};

export const MIGRATE = {
  says: 'met la base de données à jour / brings the database up to date',
  'without-point':
    'sans poser de point de retour avant / without a point to come back to being set before',
};

export const UPGRADE_CHECK = {
  says: 'dit ce que cette version change à la base de la ville, sans rien changer / says what this version changes in the town’s database, and changes nothing',
  measure:
    'mesure les durées sur la sauvegarde, remise à côté puis effacée / measures the times on the backup, restored beside and removed',
  more: '  Se lance depuis la nouvelle version, pendant que celle d’avant sert. / Run from the new version, while the one before serves.',
};

export const DEMO = {
  says: 'crée la ville de démonstration / makes the demo town',
  schools: 'nombre d’écoles / number of schools',
  pupils: 'nombre d’élèves / number of pupils',
  teachers: 'nombre d’enseignants / number of teachers',
  mail: 'messages par boîte, en moyenne / messages a mailbox, on average',
  'time-zone':
    'horloge de ses écoles, Europe/Paris sans cela / the clock of its schools, Europe/Paris without it',
  bench: 'ajoute l’école des outils de charge, u1 à uN / adds the school of load tools, u1 to uN',
  password: 'leur mot de passe / their password',
  'i-know':
    'aussi hors de cette machine : les mots de passe sont publics / outside this machine too: the passwords are public',
};

export const SETUP = {
  says: 'met une ville en service d’après un fichier / puts a town into service from a file',
  file: 'la ville, ses communes, ses écoles, ses agents : docker/town.example.json en est un / the town, its communes, schools and agents: docker/town.example.json is one',
  'dry-run': 'montre ce qui se ferait, sans rien écrire / shows what would be done, writes nothing',
  sheets:
    'écrit aussi les feuilles des codes des agents / writes the sheets of the agents’ codes as well',
  more: '  Ce qui est déjà là est retrouvé, ce que le fichier ne dit pas reste : une seconde fois ne change rien. / What is there is found again, what the file leaves out stays: a second time changes nothing.\n  0 fait, ou rien à changer / done, or nothing to change   1 refusé, rien n’est écrit / refused, nothing is written',
  link: 'le lien du premier agent, bon une fois et un jour / the link of the first agent, good once and for a day',
};

export const AGENT = {
  list: 'les agents de la ville / the town’s agents',
  add: 'ajoute un agent et donne son code / adds an agent and gives their code',
  reset:
    'un nouveau code à qui a perdu son mot de passe ou son téléphone / a new code for who has lost their password or their phone',
  given: 'son prénom / their given name',
  family: 'son nom / their family name',
};

export const SCHOOLS = {
  import:
    'les communes et les écoles d’un fichier : l’annuaire de l’éducation, ou un tableau / communes and schools from a file: the national directory, or a table',
  path: 'FICHIER.csv|.xlsx',
  communes:
    'seulement ces communes, par nom ou code INSEE ; all : toutes ; sans elle, celles qui sont là / these communes alone, by name or INSEE code; all: every one; without it those that are here',
  columns:
    'un tableau sans titres connus : uai=…,name=…,commune=… / a table whose titles are unknown',
  'close-on':
    'ferme ce jour-là les écoles d’ici que le fichier dit fermées / closes on that day the schools here that the file calls closed',
  'dry-run': 'montre ce qui se ferait / shows what would be done',
  apply: 'le fait / does it',
  undo: 'annule le dernier import d’écoles / undoes the last import of schools',
  more: '\n0 : fait, ou faisable / done, or could be done · 1 : refusé / refused · 2 : rien à changer / nothing to change · 3 : il manque une réponse / something is still asked\n',
};

export const MAILTEST = {
  says: 'envoie une lettre d’essai à une adresse hors de la ville, et dit ce qu’on y pense de nous / sends a test letter to an address outside the town, and says what is thought of us there',
  wait: 'attend une réponse si longtemps (30s, 5m) ; 0 : pas du tout / waits so long for an answer (30s, 5m); 0: not at all',
  last: 'dit ce qu’est devenue la dernière lettre d’essai / says what became of the last test letter',
  more: '  L’avis d’une messagerie se lit dans sa réponse, ou dans la lettre qu’on transfère en pièce jointe à postmaster@. / What a mail service found is read in its answer, or in the letter forwarded as an attachment to postmaster@.\n  0 prise, et rien de mauvais n’en est dit (avec --wait 0 : elle part) / taken, and nothing bad is said of it (with --wait 0: it is leaving)   1 sinon / otherwise',
};

export const DNS = {
  says: 'les lignes à mettre dans la zone DNS du domaine / the lines for the DNS zone of the domain',
  check:
    'ce que le DNS en dit, et ce qui manque ; 1 : il manque quelque chose / what the DNS says of them, and what is missing; 1: something is missing',
};

export const DOCTOR = {
  says: 'ce qui manque à la ville pour marcher, et quoi faire / what the town lacks to work, and what to do',
  only: 'ces vérifications ou ces groupes seuls / these checks or groups alone',
  strict: 'ce qui est à voir compte aussi / what is to be looked at counts too',
  language: 'dans cette langue seule / in this language alone',
  /** Grey is what comes later, isn't asked here or can't be known; it never counts. */
  more:
    '\n✓ bon / good · ! à voir, sans empêcher / to be looked at, hinders nothing · ✗ rouge / red · - ne compte pas / doesn’t count\n' +
    '0 : rien de rouge (avec --strict, rien à voir non plus) / nothing red (with --strict, nothing to be looked at either)\n' +
    '1 : quelque chose est rouge / something is red\n',
};

export const VERIFY = {
  says: 'vérifie tout le courrier gardé et les journaux, ligne par ligne / looks through all mail that is kept and the journals, row by row',
  bytes:
    'relit aussi chaque octet et le compare à l’empreinte de ce qui est arrivé : long dans une grande ville / reads each byte too and compares it with the hash of what came: long in a large town',
  note: 'note au registre de PREAU_DATA jusqu’où vont les journaux, comme chaque nuit / notes in the ledger of PREAU_DATA how far the journals go, as each night',
  repair: 'répare les compteurs et les listes / mends counts and lists',
  more: '\n0 : tout est en ordre / all is well · 1 : des défauts restent / faults are left\n',
};

export const PAPERS = {
  verify:
    'relit la feuille de preuve d’un papier signé, et la compare au journal / reads the verification sheet of a signed paper, and compares it with the journal',
  more: '\n0 : tout est entier / all is whole · 1 : une signature n’est pas ce qui a été signé / a signature isn’t what was signed · 2 : ce n’est pas une telle feuille / no such sheet\n',
};

export const PROVE_ISOLATION = {
  says: 'prouve que personne ne joint un enfant sans en avoir le droit / proves that nobody reaches a child who may not',
  more: '\n0 : aucun écart / no difference · 1 : des écarts, un par ligne / differences, one a line\n',
};

export const NIGHTS = {
  says: 'fait hors des heures d’école ce qui demande le propriétaire de la base / does outside school hours what takes the owner of the database',
  more: '\n  La preuve de l’isolement et la relecture des journaux, là où chaque rôle est un service à part (docker/systemd/preau-nights.service). / The proof of isolation and the reading of the journals, where each role is a service of its own.\n',
};

export const NIGHTS_BACKUP = {
  says: 'fait faire à son tour la sauvegarde d’un PostgreSQL à soi / has the backup of a PostgreSQL of one’s own made in its turn',
  more: '\n  Lance PROGRAMME la nuit, quand rien d’autre de lourd ne tourne (docker/systemd/preau-backup.service). / Runs PROGRAMME by night, while no other heavy work runs.\n',
};

export const BACKUP = {
  says: 'sauvegarde le courrier, ses clés et ses réglages / backs up the mail, its keys and settings',
  full: 'tout, et pas seulement ce qui a changé / all of it, not only what has changed',
  more: '  Dans le dossier de PREAU_BACKUP, chiffré. Entre deux sauvegardes, tout y va dans la minute. / Into the folder of PREAU_BACKUP, encrypted. In between, everything goes there within a minute.',
  key: 'fait la clé des sauvegardes, et sa feuille à mettre sous clé / makes the key of the backups, and its sheet to lock away',
  sheet: 'où écrire la feuille, un PDF / where to write the sheet, a PDF',
  putBack:
    'remet la clé de la feuille là où PREAU_DATA l’a perdue / puts the key of the sheet back where PREAU_DATA has lost it',
  prove:
    'lit toutes les sauvegardes, et remet la dernière à côté, pour voir / reads all backups, and restores the latest beside, to see',
  due: 'la remise d’essai seulement si elle est due / the trial restore only where it is due',
  proveMore:
    '  Par nuit de lui-même ; rien n’est touché ici, et ce qui est remis est jeté. / By itself every night; nothing here is touched, and what is restored is thrown away.',
  check:
    'regarde si PostgreSQL, celui de Préau ou le vôtre, garde son journal ailleurs / looks whether PostgreSQL, Préau’s or your own, keeps its log elsewhere',
  checkMore: '  0 : tout est bon / all is right. Le vôtre / your own: docker/backup.md',
  info: 'ce qui est sauvegardé, et jusqu’où on peut revenir / what is backed up, and how far one can come back',
};

export const RESTORE = {
  settle:
    'après la remise d’un PostgreSQL à vous : rien ne part de soi-même / after a PostgreSQL of your own was restored: nothing leaves by itself',
  'i-know':
    'la base vient d’être remise, rien de Préau ne tourne / the database was just restored, nothing of Préau runs',
  settleMore:
    '  Avec PREAU_DATABASE_ADMIN_URL ; voyez docker/backup.md. / With PREAU_DATABASE_ADMIN_URL; see docker/backup.md.',
  files:
    'remet les clés et les réglages qui manquent à PREAU_DATA / puts the keys and settings back that PREAU_DATA lacks',
  says: 'remet le courrier d’une sauvegarde, sur une machine vide / restores the mail from a backup, on an empty machine',
  repository: 'le dossier des sauvegardes / the folder of the backups',
  key: 'le fichier de la clé, ou - pour la taper / the file of the key, or - to type it',
  to: 'à cette minute, à l’horloge de la ville sans autre mention ; sans elle, au plus récent / to this minute, by the town’s clock unless said otherwise; without it, the latest',
  into: 'dans ce dossier vide, au lieu de PREAU_DATA / into this empty folder, instead of PREAU_DATA',
  more: '  Après elle rien ne part de soi-même, voyez preau outbox --help ; chacun se connecte à nouveau. / After it nothing leaves by itself, see preau outbox --help; everybody signs in again.',
};

export const SECRET = {
  says: 'fait une autre clé du service, quand la première est perdue / makes another key of the service, where the first one is lost',
  'i-know': 'le fait ; sans elle, dit ce qui prend fin / does it; without it, says what ends',
  more: '  Préau est à l’arrêt. La clé d’avant est dans chaque sauvegarde : preau restore files. / Préau is stopped. The key of before is in each backup: preau restore files.',
};

export const PASSWORDS = {
  says: 'fait de nouveaux mots de passe de la base, quand ils sont perdus / makes new passwords of the database, where they are lost',
  more: '  De la base de Préau, à l’arrêt. / Of Préau’s own database, stopped.',
};

/** The three of `outbox` together. */
export const OUTBOX = {
  list: 'le courrier vers l’extérieur arrêté par une remise / mail to outside that stands still since a restore',
  release: 'le laisse partir / lets it leave',
  drop: 'l’écarte, sans le dire à personne / drops it, and tells nobody',
  hold: 'remet en attente ce qui a été écarté / lets what was dropped wait again',
  row: 'celui-ci seul, par son numéro / this one alone, by its number',
  'older-than': 'tout ce qui est plus vieux : 30m, 2h, 1d / all that is older',
  sent: 'tout ce que le journal dit parti / all that the log says has left',
  unseen: 'tout ce que le journal n’a pas vu partir / all that the log hasn’t seen leave',
  all: 'tout / all of it',
  log: 'un journal du service, tel que journalctl le donne / a log of the service, as journalctl gives it',
};

export const CLUSTER = {
  config:
    'les fichiers de trois machines qui servent ensemble / the files of three machines that serve together',
  into: 'où les écrire : un dossier par machine, et LISEZMOI.md / where to write them: a folder for each machine, and LISEZMOI.md',
  more: '  docker/cell.example.json en est un exemple. Patroni et etcd, HAProxy, keepalived, pgBackRest, réglages et unités des rôles, mots de passe faits une fois. / docker/cell.example.json is an example. Patroni and etcd, HAProxy, keepalived, pgBackRest, settings and units of the roles, passwords made once.',
};

export const HOLIDAYS = {
  says: 'les vacances scolaires de la zone de la ville / the school holidays of the town’s zone',
  import:
    'lit le calendrier scolaire officiel (data.education.gouv.fr, en CSV) / reads the official school calendar',
  path: 'FICHIER.csv',
  more: '  Il remplace ce qu’il disait des mêmes années ; ce qui fut ajouté à la main reste. / It takes the place of what it said of the same years; what was added by hand stays.',
};

export const SITES = {
  says: 'la liste des sites interdits : d’où, de quand, ses catégories / the list of forbidden sites: from where, of when, its categories',
  update: 'lit la liste et la met en vigueur / reads the list and puts it in force',
  source: 'DOSSIER, ARCHIVE.tar.gz ou https://… ; PREAU_SITES sans autre mention / by default',
  'accept-smaller':
    'même si elle a moins de la moitié des entrées d’avant / even with fewer than half of the entries of before',
  anew: 'même si elle n’a pas changé / even where it is as it was',
  check: 'dit si une adresse est sur la liste / says whether an address is on the list',
};

export const BODIES = {
  says: 'les grands messages rangés hors de la base : combien, et si l’entrepôt répond / large messages kept outside the database: how many, and whether the store answers',
  move: 'range maintenant ce qui a plus d’une heure et 64 ko / moves now what is older than an hour and has 64 kB',
  back: 'ramène tout dans la base / brings all of it back into the database',
  check:
    'compare un à un ce que la base nomme et ce que l’entrepôt a / compares one by one what the database names and what the store has',
  key: 'fait la clé et sa feuille, ou la remet / makes the key and its sheet, or puts it back',
  sheet: 'où écrire la feuille / where to write the sheet',
  putBack:
    'la clé de la feuille, dans un fichier ou tapée / the key of the sheet, in a file or typed',
  more: 'PREAU_BODIES dit où est l’entrepôt (S3). / PREAU_BODIES says where the store is (S3).',
};

export const VOICE = {
  says: 'fait dire une fois les phrases des pages des petits / has the sentences of the little ones’ pages said once',
  more: 'Chaque phrase est un fichier de PREAU_DATA/voice ; celles qui y sont déjà ne sont pas redites, sauf par une autre voix. preau start le fait de lui-même. / Each sentence is a file of PREAU_DATA/voice; those that are there are not said again, but by another voice. preau start does it by itself.',
};

export const IMPORT_IMAP = {
  says: 'apporte le courrier d’un ancien serveur IMAP / brings the mail of an old IMAP server',
  map: 'une ligne par compte : user,address,password / one line an account',
  host: 'l’ancien serveur / the old server',
  port: '993 sans autre mention / by default',
  security: 'tls sans autre mention / by default',
  'any-certificate':
    'accepte un certificat que personne ne garantit / takes a certificate that nobody vouches for',
  admin:
    'un administrateur de l’ancien serveur entre pour tous / an administrator of the old server signs in for all',
  'admin-password-file': 'son mot de passe, seul dans un fichier / the password, alone in a file',
  'admin-way': 'comment (authzid, ou user*admin comme Dovecot) / how',
  parallel:
    'comptes à la fois, 4 sans autre mention, au plus 32 / accounts at a time, 4 by default, at most 32',
  'dry-run': 'compte sans rien apporter / counts and brings nothing',
  report: 'ce qui a été refusé, et pourquoi / what was refused, and why',
  json: 'une ligne JSON par compte, pour les scripts / one JSON line an account, for scripts',
  more: '  Les dossiers partagés ou publics de l’ancien serveur ne sont à personne : ils ne viennent pas. / Folders that are shared or public there are nobody’s own: they don’t come.\n  0 tout est là / all is here   1 refusé, rien commencé / refused, nothing begun   2 des messages refusés, voir --report / some messages refused   3 des comptes manquent : recommencez / accounts are missing: run it again',
};

/** The three of `roster` together: most flags are those of `import`. */
export const ROSTER = {
  import:
    'les listes des écoles, élèves, familles, enseignants / schools’ rosters: pupils, families, teachers',
  undo: 'annule le dernier import d’une école / undoes a school’s last import',
  rollOver: 'le jour où l’année suivante commence / the day on which next year begins',
  path: 'FICHIER|DOSSIER',
  school:
    'l’école, par son nom court, son UAI ou son nom / the school, by its short name, its UAI or its name',
  all: 'un dossier ou un zip de toutes les écoles, reconnues par UAI, nom court ou nom, dans les noms de dossiers et de fichiers ou une colonne UAI / a folder or a zip of all schools, known by UAI, short name or name, in names of folders and files or a column UAI',
  year: 'l’année en cours, ou la suivante qui attend sa date / the running school year, or the next, which waits for its day',
  'dry-run': 'montre ce qui se ferait / shows what would be done',
  apply: 'le fait / does it',
  retype: 'le nombre de départs, retapé / the number of those who leave, typed again',
  arrivals:
    'le nombre d’arrivées, tapé, s’il est grand / the number of those who arrive, typed, where it is great',
  questions:
    'les lignes qui attendent une réponse, toutes écoles / lines that wait for an answer, all schools',
  decide: 'qui est qui, pour les homonymes / who is who, for homonyms',
  columns:
    'les colonnes d’un tableau inconnu, gardées pour l’école / the columns of an unknown table, remembered for the school',
  report: 'le compte rendu à garder / the report to keep',
  sheets:
    'fait un code à qui n’en a pas, et y écrit les feuilles / makes codes for who has none, and writes the sheets there',
  day: 'met le passage à ce jour / puts the roll-over on this day',
  json: 'une ligne JSON par école, pour les scripts / one JSON line a school, for scripts',
  more: '  0 fait, ou possible / done, or possible   1 refusé / refused   2 rien à changer / nothing to change   3 arrêté : il faut répondre / stopped: an answer is needed',
};
