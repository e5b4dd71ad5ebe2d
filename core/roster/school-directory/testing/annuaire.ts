/**
 * A département's share of the national « annuaire de l’éducation » as it is exported, made up and
 * the same for a seed: the schools of a town among everything else that such a file holds.
 */
import iconv from 'iconv-lite';
import { FAMILIES } from '../../../../cli/demo/names.ts';
import { pick, seeded, shuffled, type SeededRandom } from '../../../../cli/demo/seeded.ts';
import { workbookOf } from '../../../letters/message/testing/documents.ts';
import { checkLetter } from '../../uai.ts';

export interface AnnuaireRow {
  readonly uai: string;
  readonly name: string;
  readonly type: string;
  readonly sector: string;
  readonly commune: string;
  readonly communeCode: string;
  readonly state: string;
}

interface Annuaire {
  /** All rows, in no order. */
  readonly rows: readonly AnnuaireRow[];
  /** The open public schools of the town's communes. */
  readonly schools: readonly AnnuaireRow[];
  readonly communes: readonly { readonly name: string; readonly code: string }[];
}

interface AnnuaireSize {
  readonly schools: number;
  readonly communes: number;
  readonly others: number;
  readonly seed: number;
}

const WHOLE_ANNUAIRE: AnnuaireSize = {
  schools: 128,
  communes: 20,
  others: 1_500,
  seed: 1,
};

const HEADER =
  'Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;Adresse_1;Adresse_2;Code_postal;Code_commune;Nom_commune;Code_departement;Ecole_maternelle;Ecole_elementaire;Telephone;Web;Mail;Fiche_onisep;position;etat;date_ouverture'.split(
    ';',
  );
/** Communes beside the town's. */
const FOREIGN_COMMUNES = 60;
const BEGINNINGS = ['Mont', 'Val', 'Roche', 'Saint-', 'Bois', 'Clair', 'Pont', 'Ville'] as const;
const ENDS = ['fleury', 'émond', 'brune', 'lière', 'sur-Orge', 'aubert', 'neuve', 'gris'] as const;
const SORTS = [
  'Ecole maternelle publique',
  'Ecole élémentaire publique',
  'Ecole primaire publique',
  'Ecole primaire',
  'ECOLE ELEMENTAIRE',
] as const;
const NAMES = [
  'Jean Moulin',
  'Jules Ferry',
  'Louise Michel',
  'Les Tilleuls',
  'de la Mairie',
  'du Centre',
  'La Fontaine',
  'Victor Hugo',
  'de l’Europe',
  'Œuvre des Écoles',
  'Cœur de Ville; annexe',
  'Anne Frank',
] as const;
const OTHER_SORTS: readonly [AnnuaireSort, ...AnnuaireSort[]] = [
  { type: 'Collège', sector: 'Public', name: 'Collège' },
  { type: 'Lycée', sector: 'Public', name: 'Lycée général' },
  { type: 'Lycée', sector: 'Privé', name: 'Lycée professionnel privé' },
  { type: 'Service Administratif', sector: 'Public', name: 'Circonscription' },
  { type: 'Information et orientation', sector: 'Public', name: 'CIO' },
  { type: 'Médico-social', sector: '', name: 'IME' },
];
interface AnnuaireSort {
  readonly type: string;
  readonly sector: string;
  readonly name: string;
}

/** Makes an annuaire; each row has a number that no other has. */
export function annuaire(size: AnnuaireSize = WHOLE_ANNUAIRE): Annuaire {
  const random = seeded(size.seed);
  const nextUai = numbers(random);
  const names = communeNames(random, size.communes + FOREIGN_COMMUNES);
  const all = names.map((name, index) => ({ name, code: String(69_001 + index * 3) }));
  const [communes, foreign] = [all.slice(0, size.communes), all.slice(size.communes)];
  const school = (commune: (typeof all)[number]): AnnuaireRow => ({
    uai: nextUai(),
    name: `${pick(random, SORTS)} ${nameOf(random)}`,
    type: 'Ecole',
    sector: 'Public',
    commune: commune.name,
    communeCode: commune.code,
    state: 'OUVERT',
  });
  const at = (from: typeof all, index: number) =>
    from[index % from.length] ?? { name: '', code: '' };
  const anyOf = (from: typeof all) => at(from, Math.floor(random() * from.length));
  const schools = Array.from({ length: size.schools }, (_, index) => school(at(communes, index)));
  const others = Array.from({ length: size.others }, (_, index): AnnuaireRow => {
    const other = pick(random, OTHER_SORTS);
    switch (index % 5) {
      case 0:
      case 1:
        return school(anyOf(foreign));
      case 2:
        return {
          ...school(anyOf(all)),
          sector: 'Privé',
          name: `Ecole privée ${nameOf(random)}`,
        };
      case 3:
        return { ...school(anyOf(all)), ...other, name: `${other.name} ${nameOf(random)}` };
      default:
        return { ...school(anyOf(all)), state: index % 2 === 0 ? 'FERME' : 'Fermé' };
    }
  });
  return { rows: shuffled(random, [...schools, ...others]), schools, communes };
}

/** Numbers with their letters, none twice. */
function numbers(random: SeededRandom): () => string {
  let digits = 690_0000;
  return () => {
    digits += 1 + Math.floor(random() * 5);
    const seven = String(digits).padStart(7, '0');
    return `${seven}${checkLetter(seven)}`;
  };
}

function communeNames(random: SeededRandom, count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const name = `${pick(random, BEGINNINGS)}${pick(random, ENDS)}`;
    names.add(names.has(name) ? `${name}-${pick(random, FAMILIES)}` : name);
  }
  return [...names];
}

const nameOf = (random: SeededRandom): string =>
  random() < 0.3 ? `${pick(random, NAMES)}` : `${pick(random, FAMILIES)} ${pick(random, FAMILIES)}`;

/** The file as the site exports it: `;`, quotes where they are needed, UTF-8 with its mark. */
export function annuaireCsv(rows: readonly AnnuaireRow[]): Buffer {
  return Buffer.from(`\uFEFF${csvText(rows)}`, 'utf8');
}

/** The same saved by an old spreadsheet; what Latin-1 lacks is written otherwise. */
export function annuaireLatin1(rows: readonly AnnuaireRow[]): Buffer {
  const plain = csvText(rows).replace(/’/g, "'").replace(/œ/g, 'oe').replace(/Œ/g, 'OE');
  return iconv.encode(plain, 'iso-8859-1');
}

/** The same as a workbook. */
export function annuaireWorkbook(rows: readonly AnnuaireRow[]): Promise<Buffer> {
  return workbookOf([HEADER, ...rows.map(cellsOf)]);
}

function csvText(rows: readonly AnnuaireRow[]): string {
  const quoted = (cell: string): string =>
    /[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return [HEADER, ...rows.map(cellsOf)]
    .map((cells) => `${cells.map(quoted).join(';')}\r\n`)
    .join('');
}

function cellsOf(row: AnnuaireRow): string[] {
  const cells: Readonly<Record<string, string>> = {
    Identifiant_de_l_etablissement: row.uai,
    Nom_etablissement: row.name,
    Type_etablissement: row.type,
    Statut_public_prive: row.sector,
    Adresse_1: '1 rue des Écoles',
    Code_postal: '69000',
    Code_commune: row.communeCode,
    Nom_commune: row.commune,
    Code_departement: '069',
    Mail: `${row.uai.toLowerCase()}@academie.example`,
    position: '45.75, 4.85',
    etat: row.state,
    date_ouverture: '1965-05-01',
  };
  return HEADER.map((column) => cells[column] ?? '');
}
