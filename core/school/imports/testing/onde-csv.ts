/**
 * Roster files in the exact shape that schools have them in: header, delimiter, quotes, line ends,
 * encoding.
 */
import iconv from 'iconv-lite';

export interface WrittenPupil {
  readonly familyName: string;
  readonly givenName: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly ine: string | null;
  readonly cycle: string;
  readonly level: string;
  readonly className: string;
  readonly commune: string;
}

export interface WrittenGuardian {
  readonly title: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly email: string;
  readonly phone: string;
  readonly children: readonly Pick<WrittenPupil, 'familyName' | 'givenName' | 'className'>[];
}

export interface WrittenTeacher {
  readonly title: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly commune: string;
  readonly email: string;
  readonly head: boolean;
  readonly classNames: readonly string[];
}

export const ONDE_PUPILS_HEADER =
  "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;Pays1;Adresse2;Cp2;Commune2;Pays2; Cycle;Niveau;Libellé classe;Identifiant classe;Attestation fournie;Autorisation associations;Autorisation photo;Décision de passage";
const GUARDIAN =
  'Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;CP responsable;Commune responsable;Pays;Courriel;Téléphone domicile;Téléphone travail;Téléphone portable';
const CHILD = "Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants";
const TEACHER =
  'Civilité;Nom usage;Nom;Prénom;Adresse;CP;Commune;Pays;Courriel;Téléphone domicile;Téléphone portable;Directeur';

/**
 * ISO-8859-1, as ONDE exports. It has no typographic apostrophe and no œ, so neither has the file.
 */
export function inOnde(text: string): Buffer {
  return iconv.encode(
    text.replace(/’/g, "'").replace(/œ/g, 'oe').replace(/Œ/g, 'OE'),
    'iso-8859-1',
  );
}

/** The current generation of the pupils' list, unquoted, family names in capitals. */
export function ondePupilsCsv(pupils: readonly WrittenPupil[]): string {
  return lines([
    ONDE_PUPILS_HEADER,
    ...pupils.map((one, index) =>
      [
        one.familyName.toUpperCase(),
        '',
        one.givenName,
        one.birthDate,
        index % 2 === 0 ? 'F' : 'M',
        one.ine ?? '',
        `${index + 1} rue des Écoles`,
        '69000',
        one.commune,
        'FRANCE',
        '',
        '',
        '',
        '',
        one.cycle,
        one.level,
        one.className,
        String(100_000 + (index % 40)),
        'O',
        'N',
        'O',
        '',
      ].join(';'),
    ),
  ]);
}

/**
 * The guardians' list: as many blocks of a child as the largest family needs; the others leave
 * theirs empty.
 */
export function ondeGuardiansCsv(guardians: readonly WrittenGuardian[]): string {
  const blocks = Math.max(1, ...guardians.map(({ children }) => children.length));
  return lines([
    [GUARDIAN, ...Array<string>(blocks).fill(CHILD)].join(';'),
    ...guardians.map((one, index) =>
      [
        one.title,
        one.familyName.toUpperCase(),
        one.familyName.toUpperCase(),
        one.givenName,
        `${index + 1} rue des Écoles`,
        '69000',
        'LYON',
        'FRANCE',
        one.email,
        '',
        '',
        one.phone,
        ...Array.from({ length: blocks }, (_, index) => {
          const child = one.children[index];
          return child
            ? ['', child.familyName.toUpperCase(), child.givenName, child.className]
            : ['', '', '', ''];
        }).flat(),
      ].join(';'),
    ),
  ]);
}

/**
 * The teachers' list, quoted, with as many columns « Classe » as the teacher of most classes needs.
 */
export function teachersCsv(teachers: readonly WrittenTeacher[]): string {
  const classes = Math.max(1, ...teachers.map(({ classNames }) => classNames.length));
  const quoted = (cells: readonly string[]): string =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';');
  return lines([
    quoted([...TEACHER.split(';'), ...Array<string>(classes).fill('Classe')]),
    ...teachers.map((one) =>
      quoted([
        one.title,
        '',
        one.familyName,
        one.givenName,
        '',
        '',
        one.commune,
        'FRANCE',
        one.email,
        '',
        '',
        one.head ? 'O' : 'N',
        ...Array.from({ length: classes }, (_, index) => one.classNames[index] ?? ''),
      ]),
    ),
  ]);
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\r\n`).join('');
