/** The national school calendar as data.education.gouv.fr exports it: 2026-2027 in three zones. */

export const CALENDAR_HEADER =
  'Description;Population;Date de début;Date de fin;Académies;Zones;annee_scolaire';

const OF_ALL = [
  ['Rentrée scolaire des élèves', 'Élèves', '2026-08-31T22', '2026-08-31T22'],
  ['Prérentrée des enseignants', 'Enseignants', '2026-08-30T22', '2026-08-30T22'],
  ['Vacances de la Toussaint', '-', '2026-10-16T22', '2026-11-01T23'],
  ['Vacances de Noël', '-', '2026-12-18T23', '2027-01-03T23'],
  ['Pont de l’Ascension', '-', '2027-05-06T22', '2027-05-06T22'],
  ['Vacances d’Été', 'Élèves', '2027-07-02T22', '2027-09-01T22'],
  ['Vacances d’Été', 'Enseignants', '2027-07-02T22', '2027-08-31T22'],
] as const;

const OF_ZONES = {
  A: [
    ['Vacances d’Hiver', '-', '2027-02-12T23', '2027-02-28T23'],
    ['Vacances de Printemps', '-', '2027-04-09T22', '2027-04-25T22'],
  ],
  B: [
    ['Vacances d’Hiver', '-', '2027-02-19T23', '2027-03-07T23'],
    ['Vacances de Printemps', '-', '2027-04-16T22', '2027-05-02T22'],
  ],
  C: [
    ['Vacances d’Hiver', '-', '2027-02-05T23', '2027-02-21T23'],
    ['Vacances de Printemps', '-', '2027-04-02T22', '2027-04-18T22'],
  ],
} as const;

const ACADEMIES = { A: ['Lyon', 'Grenoble'], B: ['Lille', 'Nantes'], C: ['Paris'] } as const;

/** A line of the file; hours are written `2026-10-16T22`, and stand for full ones in UTC. */
export function calendarLine(
  [name, population, begins, ends]: readonly [string, string, string, string],
  { academy = 'Lyon', zone = 'Zone A', year = '2026-2027' } = {},
): string {
  const at = (hour: string): string => (/T\d\d$/.test(hour) ? `${hour}:00:00+00:00` : hour);
  return [name, population, at(begins), at(ends), academy, zone, year].join(';');
}

/** The whole file, its lines by académie, and one of a land that is in no zone of ours. */
export function schoolCalendar(): Buffer {
  const zones = ['A', 'B', 'C'] as const;
  const lines = zones.flatMap((zone) =>
    ACADEMIES[zone].flatMap((academy) =>
      [...OF_ALL, ...OF_ZONES[zone]].map((line) =>
        calendarLine(line, { academy, zone: `Zone ${zone}` }),
      ),
    ),
  );
  const far = calendarLine(['Vacances 1', '-', '2026-09-25T10', '2026-10-11T10'], {
    academy: 'Polynésie',
    zone: 'Polynésie',
  });
  return Buffer.from(`\uFEFF${[CALENDAR_HEADER, ...lines, far].join('\r\n')}\r\n`);
}
