import type { LevelChange, Preview, PreviewLine } from '../../roster/preview.ts';
import type { RefusedLine } from '../../roster/reading/rows.ts';
import { importSentence } from '../../roster/reasons.ts';

/** One thing that an import did, or would not do, as a line of the report to keep. */
export interface ReportRow {
  readonly act: keyof (typeof ACTS)['fr'];
  /** `act` in words. */
  readonly said: string;
  readonly who: string;
  readonly name: string;
  readonly className: string;
  readonly address: string;
  readonly file: string;
  readonly line: string;
  readonly detail: string;
}

const ACTS = {
  fr: {
    arrive: 'arrive',
    leave: 'part',
    'move-class': 'change de classe',
    'change-school': 'vient d’une autre école',
    'change-school-waits': 'vient d’une autre école, attend la ville',
    join: 'rattaché',
    rename: 'nom corrigé',
    level: 'niveau changé',
    civility: 'civilité corrigée',
    photo: 'autorisation photo',
    'not-raised': 'rôle inchangé',
    part: 'lien familial ôté',
    'class-made': 'classe créée',
    'class-ended': 'classe terminée',
    refused: 'ligne refusée',
    kept: 'reste, ligne à corriger',
  },
  en: {
    arrive: 'arrives',
    leave: 'leaves',
    'move-class': 'changes class',
    'change-school': 'comes from another school',
    'change-school-waits': 'comes from another school, waits for the town',
    join: 'joins',
    rename: 'name corrected',
    level: 'level changed',
    civility: 'title corrected',
    photo: 'photo authorisation',
    'not-raised': 'role kept',
    part: 'family tie removed',
    'class-made': 'class made',
    'class-ended': 'class ended',
    refused: 'line refused',
    kept: 'stays, line to correct',
  },
} as const;
const BEFORE = {
  fr: (what: string) => `avant\u00a0: ${what}`,
  en: (what: string) => `before: ${what}`,
} as const;
const PHOTO = { fr: { yes: 'oui', no: 'non' }, en: { yes: 'yes', no: 'no' } } as const;
const WHO = {
  fr: { pupil: 'élève', guardian: 'responsable', adult: 'adulte' },
  en: { pupil: 'pupil', guardian: 'guardian', adult: 'adult' },
} as const;
const HEADER = {
  fr: ['école', 'ce qui est fait', 'qui', 'nom', 'classe', 'adresse', 'fichier', 'ligne', 'détail'],
  en: ['school', 'what is done', 'who', 'name', 'class', 'address', 'file', 'line', 'detail'],
} as const;

type ReportLanguage = 'fr' | 'en';
/** A report needs these parts of a preview. */
type Reported = Pick<
  Preview,
  | 'arrives'
  | 'leaves'
  | 'movesClass'
  | 'joins'
  | 'renamed'
  | 'levels'
  | 'civilities'
  | 'photos'
  | 'notRaised'
  | 'parted'
  | 'kept'
  | 'classesMade'
  | 'classesEnded'
> & {
  readonly changesSchool: readonly (PreviewLine & { readonly waitsForAgent: boolean })[];
  readonly refused: readonly RefusedLine[];
};

/** What an import did, one row a person. Pure. */
export function reportRows(preview: Reported, language: ReportLanguage): ReportRow[] {
  const row = (act: ReportRow['act'], rest: Partial<ReportRow>): ReportRow => ({
    act,
    said: ACTS[language][act],
    who: '',
    name: '',
    className: '',
    address: '',
    file: '',
    line: '',
    detail: '',
    ...rest,
  });
  const person = (act: ReportRow['act'], one: PreviewLine, detail = ''): ReportRow =>
    row(act, {
      who: WHO[language][one.kind],
      name: one.name,
      className: one.className ?? '',
      address: one.address ?? '',
      file: one.at?.file ?? '',
      line: one.at === null ? '' : String(one.at.line),
      detail,
    });
  return [
    ...preview.classesMade.map((name) => row('class-made', { className: name })),
    ...preview.classesEnded.map((name) => row('class-ended', { className: name })),
    ...preview.arrives.map((one) => person('arrive', one)),
    ...preview.leaves.map((one) => person('leave', one)),
    ...preview.movesClass.map((one) =>
      person('move-class', one, one.fromClass === null ? '' : BEFORE[language](one.fromClass)),
    ),
    ...preview.changesSchool.map((one) =>
      person(one.waitsForAgent ? 'change-school-waits' : 'change-school', one),
    ),
    ...preview.joins.map((one) => person('join', one)),
    ...preview.renamed.map((one) => person('rename', one, BEFORE[language](one.formerName))),
    ...preview.levels.map((one) => person('level', one, levelText(one, language))),
    ...preview.civilities.map((one) => person('civility', one, one.civility)),
    ...preview.photos.map((one) =>
      person('photo', one, PHOTO[language][one.allowed ? 'yes' : 'no']),
    ),
    ...preview.notRaised.map((one) => person('not-raised', one)),
    ...preview.parted.map(({ child, guardian }) =>
      row('part', { who: WHO[language].guardian, name: guardian, detail: child }),
    ),
    ...preview.kept.map((one) => person('kept', one)),
    ...preview.refused.map((one) =>
      row('refused', {
        file: one.at.file,
        line: String(one.at.line),
        detail: importSentence(one, language),
      }),
    ),
  ];
}

function levelText({ formerLevel, level }: LevelChange, language: ReportLanguage): string {
  return formerLevel === null ? level : `${level}, ${BEFORE[language](formerLevel)}`;
}

/**
 * A spreadsheet takes a cell that begins with one of these for a formula, also after a tab or a
 * line end (ASVS 1.2.10).
 */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A cell as RFC 4180 §2 writes it, never a formula. */
export function csvCell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n']/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/**
 * Rows by school as CSV with CRLF, and a BOM so that a spreadsheet reads the accents. A school
 * without rows gives its sentence.
 */
export function reportCsv(
  schools: readonly {
    readonly school: string;
    readonly sentence: string;
    readonly rows: readonly ReportRow[];
  }[],
  language: ReportLanguage,
): string {
  const lines = schools.flatMap(({ school, sentence, rows }) => [
    ...(sentence === '' ? [] : [[school, '', '', '', '', '', '', '', sentence]]),
    ...rows.map((row) => [
      school,
      row.said,
      row.who,
      row.name,
      row.className,
      row.address,
      row.file,
      row.line,
      row.detail,
    ]),
  ]);
  return `\uFEFF${[HEADER[language], ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
