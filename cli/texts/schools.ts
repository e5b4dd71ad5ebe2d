import type {
  NewSchool,
  SchoolCounts,
  SchoolDoubt,
} from '../../core/roster/school-directory/plan.ts';

/** What `preau schools` says, in French and English. */
export const WRONG = {
  dryRunOrApply:
    'Dites --dry-run (montrer) ou --apply (faire), l’un des deux. / Say --dry-run or --apply, one of them.',
  noSuchFile: (path: string): string =>
    `« ${path} » ne se lit pas : le chemin est-il juste ? / can’t be read: is the path right?`,
  columns: (what: string): string =>
    `--columns : « ${what} » n’est pas compris ; uai, name et commune sont nécessaires, communeCode, type, state et sector possibles. / isn’t understood; uai, name and commune are needed, communeCode, type, state and sector possible.`,
  columnsNeeded: (headers: readonly string[]): string =>
    `Les titres ne sont pas ceux de l’annuaire (${headers.join(', ')}) : dites --columns uai=…,name=…,commune=… / The titles are not those of the directory: say --columns.`,
  unknownCommunes: (names: readonly string[]): string =>
    `--communes : le fichier n’a pas d’école à ${names.join(', ')}. / the file has no school there.`,
} as const;

const DOUBTS: Readonly<Record<SchoolDoubt, string>> = {
  'uai-missing': 'le numéro UAI manque / the UAI number is missing',
  'uai-malformed': 'ce n’est pas un numéro UAI / this is no UAI number',
  'uai-letter': 'la lettre de l’UAI ne va pas avec ses chiffres / the UAI’s letter is wrong',
  'uai-twice': 'ce numéro est sur plusieurs lignes / this number is on several lines',
  'name-missing': 'le nom manque / the name is missing',
  'commune-missing': 'la commune manque / the commune is missing',
  'cell-unreadable': 'une case est illisible / a cell can’t be read',
  'name-of-two': 'plusieurs écoles portent ce nom ici / several schools have this name here',
};

export const SAYS = {
  made: (school: NewSchool): string =>
    `+ ${school.uai} ${school.slug} : ${school.name}, ${school.commune.name}`,
  changed: (uai: string, before: string, after: string): string => `~ ${uai} ${before} → ${after}`,
  closed: (uai: string, name: string, day: string | null): string =>
    `- ${uai} ${name} : ${day ?? 'fermée dans le fichier, ouverte ici / closed in the file, open here'}`,
  doubt: (line: number, name: string, why: SchoolDoubt): string =>
    `? ligne / line ${line}, ${name} : ${DOUBTS[why]}`,
  counts: (counts: SchoolCounts): string =>
    `${counts.new} nouvelles / new, ${counts.renamed} renommées / renamed, ${counts.elsewhere} autre commune / other commune, ${counts.closed} fermées / closed, ${counts.unchanged} sans changement / unchanged, ${counts.doubts} en doute / in doubt.`,
  noCommune: (names: readonly string[]): string =>
    `Quelles communes ? Dites --communes avec des noms ou des codes, ou all. Le fichier a : / Which communes? Say --communes. The file has: ${names.join(', ')}`,
  nothing: 'Rien à changer. / Nothing to change.',
  notYet: 'Rien n’est changé. / Nothing has changed.',
  applied: 'Fait. / Done.',
  changedMeanwhile:
    'Des écoles ont changé pendant la lecture : recommencez. / Schools changed meanwhile: try again.',
  trouble: (shortNames: number, days: readonly string[]): string =>
    `Rien n’est changé : ${shortNames} noms courts ne vont pas, ni le jour de fermeture de ${days.length} écoles. / Nothing has changed: short names or closing days are not right.`,
  undone: (kept: readonly string[]): string =>
    kept.length === 0
      ? 'Annulé. / Undone.'
      : `Annulé ; restent, car quelqu’un y est : / Undone; these stay, somebody is there: ${kept.join(', ')}.`,
  nothingToUndo:
    'Il n’y a pas d’import d’écoles à annuler. / There is no import of schools to undo.',
} as const;
