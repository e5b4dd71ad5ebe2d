import { isAgent } from '../../directory/charge.ts';
import { readySince, saveReady } from '../../store/town/settings.ts';
import { askAll, linesOf } from './ask-all.ts';
import type { Readiness, ReadinessReport, SeenReport } from './contract.ts';
import { dnsRecords, keyRecords } from './dns-records.ts';
import { beginMailTest, lastMailTest } from './mail-test.ts';
import { published } from './published.ts';
import type { LetterParts } from './surroundings.ts';
import { sendTestLetter } from './test-letter.ts';

/** A report that is looked at again within so long is the same one: checks knock at other doors. */
const KEPT_MS = 30_000;

/** Opens the list of what a town is still missing. */
export function openReadiness(parts: LetterParts): Readiness {
  let last: SeenReport | null = null;
  let asking: Promise<SeenReport> | null = null;

  function ask(): Promise<SeenReport> {
    asking ??= askAll(parts)
      .then((found) => noted({ ...found, redSince: redIn(found, last) }))
      .finally(() => {
        asking = null;
      });
    return asking;
  }

  /** Every process shows the same, also the one that starts later. */
  async function noted(report: SeenReport): Promise<SeenReport> {
    last = report;
    const readyAt = isGreen(report) ? report.at : null;
    await parts.store
      .town((tx) => saveReady(tx, readyAt))
      .catch((error: unknown) => parts.log.warn({ err: error }, 'readiness was not kept'));
    return report;
  }

  return {
    async report(viewer, wish) {
      if (!(await isAgent(parts, viewer))) return null;
      if (last === null || wish === 'anew') return ask();
      if (parts.clock().getTime() - last.at.getTime() < KEPT_MS) return last;
      const asked = ask();
      if (wish === 'kept') return asked;
      asked.catch((error: unknown) => parts.log.warn({ err: error }, 'readiness was not asked'));
      return last;
    },
    isGreen: async () => (await parts.store.readTown(readySince)) !== null,
    async publishedRecords() {
      const keys = await parts.signing.keys();
      const records = [...dnsRecords(parts.config), ...keyRecords(keys)];
      return Promise.all(records.map((record) => published(parts.beyond.names, record)));
    },
    async sendTestLetter(viewer, address) {
      if (!(await isAgent(parts, viewer))) return null;
      const sent = await sendTestLetter(parts, viewer, address);
      if (sent === 'sent') last = null; // what is kept doesn't know of it
      return sent;
    },
    beginMailTest: (address) => beginMailTest(parts, address),
    lastMailTest: () => lastMailTest(parts),
  };
}

/** What was red before is so since then. */
function redIn(found: ReadinessReport, before: SeenReport | null): ReadonlyMap<string, Date> {
  return new Map(
    linesOf(found)
      .filter(({ state }) => state === 'red')
      .map(({ id }) => [id, before?.redSince.get(id) ?? found.at]),
  );
}

/** Grey doesn't count. */
function isGreen(report: ReadinessReport): boolean {
  return linesOf(report).every(({ state }) => state === 'green' || state === 'grey');
}
