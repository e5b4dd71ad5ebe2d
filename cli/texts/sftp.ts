/** What is said of a repository on another machine. */
export const SFTP_SAYS = {
  login: (user: string, host: string, line: string): string =>
    `Sur ${host}, ajoutez cette ligne à ~${user}/.ssh/authorized_keys / on ${host}, add this line to ~${user}/.ssh/authorized_keys:\n${line}`,
};

export const SFTP_WRONG = {
  address: (given: string): string =>
    `« ${given} » n’est pas une adresse comme sftp://preau@nas.ville.fr:22/sauvegardes, avec #SHA256:… à la fin. / is no address such as sftp://preau@nas.ville.fr:22/backups, with #SHA256:… at its end.`,
  noProgram:
    'Il manque sftp : installez le paquet openssh-client (apt-get install openssh-client). / sftp is missing: install the package openssh-client (apt-get install openssh-client).',
  notPinned: (address: string, fingerprint: string): string =>
    `La machine des sauvegardes montre la clé ${fingerprint} : si c’est bien la sienne (ssh-keygen -lf, sur elle), donnez ${address}#${fingerprint}. / The machine of the backups shows the key ${fingerprint}: if that is its own (ssh-keygen -lf, on it), give ${address}#${fingerprint}.`,
  otherKey: (host: string, fingerprint: string): string =>
    `La machine ${host} montre une autre clé, ${fingerprint} : rien n’y est envoyé. Si elle a été remplacée, mettez cette clé à la fin de PREAU_BACKUP. / The machine ${host} shows another key, ${fingerprint}: nothing is sent there. If it was replaced, put this key at the end of PREAU_BACKUP.`,
  away: (host: string, port: number): string =>
    `La machine des sauvegardes ne répond pas : ${host}, port ${port}. Est-elle allumée, et sshd y tourne-t-il ? / The machine of the backups doesn’t answer: ${host}, port ${port}. Is it on, and does sshd run there?`,
  refused: (user: string, host: string, line: string): string =>
    `La machine ${host} n’ouvre pas à ${user} : cette ligne doit être dans ~${user}/.ssh/authorized_keys, et lui seul peut écrire ce fichier ; après des refus, sshd n’ouvre plus pendant quelques minutes. / The machine ${host} doesn’t let ${user} in: this line must be in ~${user}/.ssh/authorized_keys, which nobody else may write; after refusals sshd opens no more for some minutes. ${line}`,
  notWritable: (user: string, path: string, host: string): string =>
    `${user} n’écrit pas dans ${path} sur ${host} : créez ce dossier, à son nom, ou faites de la place. / ${user} can’t write into ${path} on ${host}: make that folder, as theirs, or make room.`,
};
