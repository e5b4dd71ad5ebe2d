/** What is wrong with a command line, and how every command ends that can't go on. */

export const WRONG = {
  noCommand: (name: string): string =>
    `« ${name} » n’est pas une commande ; voyez preau --help. / “${name}” is no command; see preau --help.`,
  noPath:
    'Il faut un fichier, un dossier ou une adresse ; voyez --help. / A file, a folder or an address is needed; see --help.',
  noValue: (flag: string): string =>
    `« ${flag} » attend une valeur ; voyez --help. / “${flag}” needs a value; see --help.`,
  noFlag: (flag: string): string =>
    `« ${flag} » n’est pas compris ici ; voyez --help. / “${flag}” isn’t understood here; see --help.`,
  noNumber: (flag: string, value: string): string =>
    `--${flag} : un nombre entier est attendu (« ${value} »). / a whole number is expected.`,
  folder: (flag: string, folder: string): string =>
    `--${flag} : « ${folder} » ne peut pas recevoir de fichiers. / can’t take files.`,
  report: (path: string): string =>
    `--report : ce fichier ne peut pas être écrit (${path}). / this file can’t be written.`,
};

export const ENDS = {
  stopped: 'Arrêté. / Stopped.',
  lostDatabase:
    'La base de données s’est arrêtée ou ne répond plus : regardez qu’elle tourne, puis recommencez. / The database has stopped or no longer answers: see that it runs, then try again.',
  cannotGoOn: (why: string): string => `Préau ne peut pas continuer : / Préau can’t go on: ${why}`,
};
