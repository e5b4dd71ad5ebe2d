import { columnsOf, firstColumn } from '../reading/header.ts';

/**
 * Which column of a table of schools is which, by its header; null for what the table doesn't have.
 */
export interface SchoolColumns {
  readonly uai: string;
  readonly name: string;
  readonly commune: string;
  /** The commune's number of the INSEE. */
  readonly communeCode: string | null;
  /** What sort of establishment a line is; without it every line is a school. */
  readonly type: string | null;
  /** Open or closed. */
  readonly state: string | null;
  /** Public or private. */
  readonly sector: string | null;
}

/**
 * The national « annuaire de l’éducation » as it is exported, by its old and its new names, and
 * what towns call the same columns.
 */
const KNOWN: Readonly<Record<keyof SchoolColumns, readonly string[]>> = {
  uai: ['Identifiant_de_l_etablissement', 'Numero_uai', 'Code UAI', 'N° UAI', 'UAI', 'RNE'],
  name: ['Nom_etablissement', 'Appellation_officielle', 'Nom de l’école', 'Nom école', 'École'],
  commune: ['Nom_commune', 'Libelle_commune', 'Commune'],
  communeCode: ['Code_commune', 'Code INSEE', 'Code commune INSEE'],
  type: ['Type_etablissement'],
  state: ['etat', 'etat_etablissement', 'etat_etablissement_libe'],
  sector: ['Statut_public_prive', 'Secteur_public_prive_libe'],
};

/** The columns of a table whose headers are known; null where a person has to say. */
export function knownColumns(headers: readonly string[]): SchoolColumns | null {
  const places = columnsOf(headers);
  const found = (column: keyof SchoolColumns): string | null => {
    const place = firstColumn(places, ...KNOWN[column]);
    return place === null ? null : (headers[place] ?? '').trim();
  };
  const [uai, name, commune] = [found('uai'), found('name'), found('commune')];
  if (uai === null || name === null || commune === null) return null;
  return {
    uai,
    name,
    commune,
    communeCode: found('communeCode'),
    type: found('type'),
    state: found('state'),
    sector: found('sector'),
  };
}
