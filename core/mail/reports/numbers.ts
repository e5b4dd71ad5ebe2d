import { agentSchools, isAgent } from '../../directory/charge.ts';
import { TOWN } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAgentAct } from '../../store/audit.ts';
import type { ReportNumbers } from '../../store/town/contract.ts';
import { reportContact, reportNumbers, setReportContact } from '../../store/town/report-marks.ts';
import { concernsOf } from './adults.ts';
import type { ReportParts } from './parts.ts';

/** September: a school year begins. */
const FIRST_MONTH = 8;

/** When the school year began in which this moment lies. */
function schoolYearOf(now: Date): Date {
  const year = now.getUTCMonth() >= FIRST_MONTH ? now.getUTCFullYear() : now.getUTCFullYear() - 1;
  return new Date(Date.UTC(year, FIRST_MONTH, 1));
}

/** How many, and how long they took; of a head's schools, of every one for an agent. */
export async function numbers(
  parts: ReportParts,
  viewer: Viewer,
): Promise<readonly ReportNumbers[]> {
  const now = parts.clock();
  const theirs = viewer.communes === null ? null : await agentSchools(parts, viewer);
  const own = theirs === null ? headed(parts, viewer) : [...theirs.keys()];
  const schools = (await isAgent(parts, viewer)) ? null : await own;
  if (schools?.length === 0) return [];
  return parts.store.readTown((tx) =>
    reportNumbers(tx, { since: schoolYearOf(now), until: now, schools }),
  );
}

async function headed(parts: ReportParts, viewer: Viewer) {
  return (await concernsOf(parts, viewer))
    .filter(({ classes }) => classes === 'all')
    .map(({ school }) => school);
}

/** Whom the town has named for reports about teachers and heads. */
export async function contact({ store, directory }: ReportParts): Promise<string | null> {
  const id = await store.readTown(reportContact);
  if (id === null) return null;
  return (await directory.byId([id], { maxAgeMs: 0 })).get(id)?.address ?? null;
}

/** An adult of the town's own accounts; an empty address means the agents again. */
export async function nameContact(
  parts: ReportParts,
  viewer: Viewer,
  address: string,
): Promise<'done' | 'missing' | 'no-adult'> {
  if (!(await isAgent(parts, viewer))) return 'missing';
  const wanted = address.trim().toLowerCase();
  const id = wanted === '' ? null : await adultAt(parts, wanted);
  if (id === 'no-adult') return 'no-adult';
  const done = await parts.store.town(async (tx) => {
    if (!(await setReportContact(tx, id))) return false;
    await writeAgentAct(tx, {
      by: viewer.addressId,
      act: 'report-contact',
      school: TOWN,
      reason: '',
    });
    return true;
  });
  return done ? 'done' : 'missing';
}

async function adultAt({ directory }: ReportParts, address: string) {
  const entry = (await directory.resolve([address], { maxAgeMs: 0 })).get(address);
  if (entry?.kind !== 'account') return 'no-adult';
  const person = (await directory.rosters([entry.school], { maxAgeMs: 0 }))
    .get(entry.school)
    ?.people.get(entry.id);
  const isAdult = person !== undefined && person.role !== 'pupil' && person.role !== 'guardian';
  return isAdult && person.state === 'active' ? entry.id : 'no-adult';
}
