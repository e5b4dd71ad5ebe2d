import { isKeyOf, keysOf } from '../ground/keys.ts';
import { CLOCK_OF } from '../ground/time-zones.ts';

/** Whose school holidays hold: a zone of the mainland, Corsica, or a land overseas. */
export type HolidayZone =
  | 'A'
  | 'B'
  | 'C'
  | 'corse'
  | 'guadeloupe'
  | 'martinique'
  | 'guyane'
  | 'reunion'
  | 'mayotte';

/**
 * Which zone's holidays hold in which department, by académie: the mainland's as they stand since
 * the school year 2015-2016 (arrêté of 16 April 2015, and the calendars since). Corsica and the
 * lands overseas have calendars of their own, which their recteurs fix (code de l'éducation,
 * article D. 521-6 and those after it). The days themselves are published year by year: agents give
 * them in (`holiday-file.ts`).
 */
const DEPARTMENTS: Readonly<Record<HolidayZone, readonly string[]>> = {
  A: [
    ...['25', '39', '70', '90'], // Besançon
    ...['24', '33', '40', '47', '64'], // Bordeaux
    ...['03', '15', '43', '63'], // Clermont-Ferrand
    ...['21', '58', '71', '89'], // Dijon
    ...['07', '26', '38', '73', '74'], // Grenoble
    ...['19', '23', '87'], // Limoges
    ...['01', '42', '69'], // Lyon
    ...['16', '17', '79', '86'], // Poitiers
  ],
  B: [
    ...['04', '05', '13', '84'], // Aix-Marseille
    ...['02', '60', '80'], // Amiens
    ...['59', '62'], // Lille
    ...['54', '55', '57', '88'], // Nancy-Metz
    ...['44', '49', '53', '72', '85'], // Nantes
    ...['06', '83'], // Nice
    ...['14', '27', '50', '61', '76'], // Normandie
    ...['18', '28', '36', '37', '41', '45'], // Orléans-Tours
    ...['08', '10', '51', '52'], // Reims
    ...['22', '29', '35', '56'], // Rennes
    ...['67', '68'], // Strasbourg
  ],
  C: [
    ...['77', '93', '94'], // Créteil
    ...['11', '30', '34', '48', '66'], // Montpellier
    ...['75'], // Paris
    ...['09', '12', '31', '32', '46', '65', '81', '82'], // Toulouse
    ...['78', '91', '92', '95'], // Versailles
  ],
  corse: ['2A', '2B'],
  guadeloupe: ['971'],
  martinique: ['972'],
  guyane: ['973'],
  reunion: ['974'],
  mayotte: ['976'],
};

/** All there are, the mainland's first. */
export const HOLIDAY_ZONES = keysOf(DEPARTMENTS);

/** Null for what is no zone. */
export function readHolidayZone(text: string): HolidayZone | null {
  return HOLIDAY_ZONES.find((zone) => zone === text) ?? null;
}

/** The zone of a commune by its INSEE code (`69123`, `2A004`, `97411`); null for no department. */
export function zoneOfCommune(code: string): HolidayZone | null {
  const department = code.startsWith('97') ? code.slice(0, 3) : code.slice(0, 2).toUpperCase();
  return HOLIDAY_ZONES.find((zone) => DEPARTMENTS[zone].includes(department)) ?? null;
}

/** The clock of a zone, an IANA name: a proposal. */
export function timeZoneOf(zone: HolidayZone): string {
  return isKeyOf(CLOCK_OF, zone) ? CLOCK_OF[zone] : CLOCK_OF.mainland;
}
