import { afterAll, afterEach } from 'vitest';
import { openTestTown, type TownLetter } from '../../../../tests/shared/town.ts';
import type { MessageRow } from '../../reading/contract.ts';
import type { ReportRef } from '../contract.ts';
import { reportDue } from '../due.ts';
import { TAKE_BACK_MS } from '../parts.ts';

/** A town where Lina of the CE1 A, taught by Claire Lefèvre, gets a letter and reports it. */
export async function openReportTown() {
  const town = await openTestTown();
  const lina = await town.viewer('lina.moreau');
  afterEach(async () => {
    await town.admin.query('delete from sending');
  });
  afterAll(() => town.close());
  return { town, lina, arrives, taps, passes, rings, sql };

  /** A letter to Lina; her copy of it. */
  async function arrives(from: string, letter: Partial<TownLetter>): Promise<MessageRow> {
    const outcome = await town.send(from, ['lina.moreau'], { via: 'web', ...letter });
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    const row = (await town.rows('lina.moreau')).find((one) => one.subject === letter.subject);
    if (row === undefined) throw new Error('no letter');
    return row;
  }
  /** The same, reported, and the time to take it back over. */
  async function taps(from: string, letter: Partial<TownLetter>): Promise<ReportRef> {
    const row = await arrives(from, letter);
    const id = await town.core.reports.report(lina, row.mailbox, row.uid);
    if (id === null) throw new Error('not reported');
    passes(TAKE_BACK_MS + 1_000);
    return { school: lina.school, id };
  }
  function passes(ms: number): void {
    town.clock.now = new Date(town.clock.now.getTime() + ms);
  }
  /** The worker looks at a report, as its clock says. */
  function rings({ school, id }: ReportRef) {
    return reportDue({ ...town.parts, publicUrl: town.core.config.publicUrl }, school, id);
  }
  async function sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await town.admin.query<Row>(text, values)).rows;
  }
}
