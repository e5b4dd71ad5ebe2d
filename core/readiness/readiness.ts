import { isAgent } from '../directory/charge.ts';
import { askAll, linesOf } from './ask-all.ts';
import type { Readiness, ReadinessReport } from './contract.ts';
import { dnsRecords } from './dns-records.ts';
import { published } from './published.ts';
import type { LetterParts } from './surroundings.ts';
import { sendTestLetter } from './test-letter.ts';

/** A report that is looked at again within so long is the same one: checks knock at other doors. */
const KEPT_MS = 30_000;

/** Opens the list of what a town is still missing. */
export function openReadiness(parts: LetterParts): Readiness {
  let last: ReadinessReport | null = null;
  let asking: Promise<ReadinessReport> | null = null;

  function ask(): Promise<ReadinessReport> {
    asking ??= askAll(parts).then((report) => {
      last = report;
      asking = null;
      return report;
    });
    return asking;
  }

  return {
    async report(viewer, wish) {
      if (!(await isAgent(parts, viewer))) return null;
      const age = parts.clock().getTime() - (last?.at.getTime() ?? 0);
      return wish === 'kept' && last !== null && age < KEPT_MS ? last : ask();
    },
    isGreen: () => last !== null && isGreen(last),
    publishedRecords: () =>
      Promise.all(
        dnsRecords(parts.config).map((record) => published(parts.outskirts.names, record)),
      ),
    async sendTestLetter(viewer, address) {
      if (!(await isAgent(parts, viewer))) return null;
      const sent = await sendTestLetter(parts, viewer, address);
      if (sent === 'sent') last = null; // what is kept doesn't know of it
      return sent;
    },
  };
}

/** Grey doesn't count. */
function isGreen(report: ReadinessReport): boolean {
  return linesOf(report).every(({ state }) => state === 'green' || state === 'grey');
}
