import { peopleOf } from '../../directory/people-of.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { changeReport, lockReport, type StoredReport } from '../../store/mail/reports.ts';
import type { SchoolTx } from '../../store/store.ts';
import { noticeOf, type ReportNews } from './notices.ts';
import type { ReportParts } from './parts.ts';

interface About {
  readonly roster: Roster;
  readonly report: StoredReport;
}

/** A child's name with those of their classes: « Lina (CE1 A) ». */
function childWithClass({ roster, report }: About): string {
  const names = report.classes.flatMap((id) => roster.classes.get(id)?.name ?? []);
  return names.length === 0 ? report.childName : `${report.childName} (${names.join(', ')})`;
}

/**
 * A notice to each of these people who hasn't had one since the report last went up. Who has had it
 * is written down in the same transaction, where their mail lies in the same school; for whoever is
 * at home elsewhere a crash between the two may bring a second one.
 */
export async function tellOnce(
  parts: ReportParts,
  about: About,
  { ids, telling }: { readonly ids: readonly AddressId[]; readonly telling: ReportNews },
): Promise<void> {
  const { roster, report } = about;
  const waiting = [...new Set(ids)].filter((id) => !report.told.includes(id));
  const noted = (id: AddressId) => (tx: SchoolTx) => noteTold(tx, report.id, id);
  for (const [id, { home }] of await peopleOf(parts.directory, waiting)) {
    const isHere = home === roster.school.id;
    await tell(parts, about, { id, telling, ...(isHere ? { also: noted(id) } : {}) });
    if (!isHere) await parts.store.write(roster.school.id, noted(id));
  }
}

async function noteTold(tx: SchoolTx, id: number, who: AddressId): Promise<void> {
  const found = await lockReport(tx, id);
  if (found && !found.told.includes(who))
    await changeReport(tx, id, { told: [...found.told, who] });
}

/** Who is told what of a report. */
interface ReportTelling {
  readonly id: AddressId;
  readonly telling: ReportNews;
  readonly also?: (tx: SchoolTx) => Promise<void>;
}

/** One notice to one person, in their language. */
export async function tell(
  { directory, notices, publicUrl }: ReportParts,
  about: About,
  { id, telling, also }: ReportTelling,
): Promise<void> {
  const found = (await peopleOf(directory, [id])).get(id);
  if (!found || found.person.state !== 'active') return;
  const { person, home } = found;
  const words = noticeOf(
    telling,
    {
      child: childWithClass(about),
      school: about.roster.school.name,
      page: `${publicUrl}/reports`,
    },
    person.language,
  );
  const raw = await notices.writeTo(person, words);
  await notices.deliver({ school: home, account: person.account }, raw, also);
}
