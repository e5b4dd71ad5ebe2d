/** What the launcher says to whoever starts Préau, in French and English. */
export const TEXTS = {
  notWritable: (folder: string): string =>
    `PREAU_DATA : le dossier ${folder} ne peut pas être écrit / the folder ${folder} can’t be written.`,
  noTown: (folder: string): string =>
    `Il n’y a pas de Préau dans ${folder} : est-ce le bon PREAU_DATA ? Une première ville se fait par preau start. / There is no Préau in ${folder}: is it the right PREAU_DATA? A first town is made by preau start.`,
  ofAnotherVersion: (folder: string, found: string, wanted: string): string =>
    `Le dossier ${folder} vient d’une autre version (${found}, attendu ${wanted}) : donnez-en un autre par PREAU_DATA. / The folder ${folder} is of another version (${found}, expected ${wanted}): name another one by PREAU_DATA.`,
  ofSomebodyElse: (path: string): string =>
    `${path} appartient à quelqu’un d’autre. / ${path} belongs to somebody else.`,
  noVoice:
    'Il manque la voix espeak-ng : les petits n’entendent leurs lettres que là où leur navigateur a une voix. Installez le paquet espeak-ng (apt-get install espeak-ng), ou donnez PREAU_VOICE. / The voice espeak-ng is missing: the little ones hear their letters only where their browser has a voice. Install the package espeak-ng (apt-get install espeak-ng), or set PREAU_VOICE.',
  noScanner:
    'Il manque l’antivirus clamd : installez le paquet clamav-daemon (apt-get install clamav-daemon), ou donnez PREAU_CLAMD. / The virus scanner clamd is missing: install the package clamav-daemon (apt-get install clamav-daemon), or set PREAU_CLAMD.',
  noRole: (name: string, roles: readonly string[]): string =>
    `--roles : « ${name} » n’est pas un rôle (${roles.join(', ')}). / “${name}” is no role.`,
  alreadyRunning: (folder: string): string =>
    `Préau tourne déjà sur ${folder}. / Préau is already running on ${folder}.`,
  notTaken: (folder: string): string =>
    `Le dossier ${folder} ne peut pas être pris. / The folder ${folder} can’t be taken.`,
  noEmbeddedPostgres: (machine: string): string =>
    `Pas de PostgreSQL embarqué pour ${machine} : donnez PREAU_DATABASE_URL. / No embedded PostgreSQL for ${machine}: set PREAU_DATABASE_URL.`,
  noAddressOfOurs: (host: string): string =>
    `${host} n’est pas une adresse de cette machine : vérifiez PREAU_HOST. / ${host} is no address of this machine: look at PREAU_HOST.`,
  portRefused: ({ port, host, variable, code }: RefusedPort): string => {
    const [french, english] = WHY.get(code) ?? ['ne peut pas être ouvert', 'can’t be opened'];
    return `Le port ${port} ${french} sur ${host} : choisissez-en un autre par ${variable}. / Port ${port} ${english} on ${host}: choose another one by ${variable}.`;
  },
  tooManyProcesses: (asked: number, most: number): string =>
    `--processes : ${asked} sont trop, ${most} au plus. / ${asked} are too many, ${most} at most.`,
  greeting: {
    ready: 'Préau est prêt. / Préau is ready.',
    pages: (address: string): string => `  Pages                ${address}`,
    mx: (address: string): string => `  SMTP (MX)            ${address}`,
    submission: (startTls: string, tls: string): string =>
      `  SMTP (envoi/submit)  ${startTls} STARTTLS, ${tls} TLS`,
    imap: (startTls: string, tls: string): string =>
      `  IMAP                 ${startTls} STARTTLS, ${tls} TLS`,
    processes: (count: number, megabytes: number): string =>
      `  Processus/processes  ${count}, ${megabytes} Mo/MB chacun/each`,
    signIns: (password: string): string =>
      `Trois comptes pour essayer, mot de passe ${password} : / Three sign-ins to try, password ${password}:`,
    howToStop: 'Ctrl-C arrête tout. / Ctrl-C stops everything.',
  },
};

interface RefusedPort {
  readonly port: number;
  readonly host: string;
  /** The variable that names the port. */
  readonly variable: string;
  /** The system's, such as `EACCES`; empty where it has none. */
  readonly code: string;
}

/** What the system says of a port that can't be listened on. */
const WHY = new Map<string, readonly [french: string, english: string]>([
  ['EADDRINUSE', ['est déjà pris', 'is in use']],
  ['EACCES', ['demande plus de droits', 'needs more rights']],
]);
