/** What `preau cluster config` says, in French and English. */
export const CELL_WRONG = {
  noSuchFile: (path: string): string =>
    `« ${path} » ne se lit pas : le chemin est-il juste ? / can’t be read: is the path right?`,
  noJson: (path: string, why: string): string =>
    `« ${path} » n’est pas du JSON : / is no JSON: ${why}`,
  faults: (path: string): string =>
    `« ${path} » ne décrit pas une cellule, et rien n’est écrit : / doesn’t describe a cell, and nothing is written:`,
  at: (place: string, why: string): string => `  ${place === '' ? 'cell.json' : place} : ${why}`,
  noFolder: 'Il faut --into DOSSIER, où les écrire. / --into FOLDER is needed, to write them to.',
  missing: 'il manque, ou n’est pas ce qui va là. / missing, or not what belongs there.',
  unknown:
    'ce nom n’est pas connu ici : est-il bien écrit ? / this name isn’t known here: is it spelt right?',
  name: 'un nom court est attendu : minuscules, chiffres et traits d’union, comme cour-1. / a short name is expected: small letters, digits and hyphens.',
  address:
    'une adresse IPv4 est attendue, celle du réseau que les trois machines ont pour elles. / an IPv4 address is expected, that of the network which the three machines have to themselves.',
  shared:
    'une adresse IPv4 avec son préfixe est attendue, comme 192.0.2.10/24. / an IPv4 address with its prefix is expected.',
  interface:
    'le nom d’une carte réseau est attendu, comme eth0. / the name of a network interface is expected.',
  domain: 'un nom de domaine en minuscules est attendu. / a domain name in lower case is expected.',
  three:
    'trois machines sont attendues : à deux, celle qui reste ne sait pas si elle est seule. / three machines are expected: of two, the one that is left can’t know whether it is alone.',
  folder:
    'le chemin d’un dossier est attendu, monté sur les trois machines, comme /mnt/sauvegardes. / the path of a folder is expected, mounted on all three machines.',
  twice: 'il est déjà plus haut dans le fichier. / it stands further up in the file already.',
} as const;

export const CELL_SAYS = {
  written: (count: number, folder: string): string =>
    `${count} fichiers écrits dans ${folder} ; commencez par LISEZMOI.md. / ${count} files written to ${folder}; begin with LISEZMOI.md.`,
} as const;
