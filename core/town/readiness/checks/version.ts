import { VERSION } from '../../../ground/version.ts';
import { lastBeat } from '../../../store/service-state.ts';
import type { Finding } from '../contract.ts';
import { amber, green, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';

/** The one that Préau is tried with. */
const NODE = 24;

/** What runs here; and whether the worker, which may be elsewhere, is of the same version. */
export async function versionRuns({ store }: Look): Promise<Finding> {
  const node = process.versions.node;
  const found = said(`Préau ${VERSION}, Node ${node}.`, `Préau ${VERSION}, Node ${node}.`);
  if (Number.parseInt(node, 10) < NODE)
    return red(
      found,
      said(
        `Lancez Préau par npm ou par preau : ils apportent Node ${NODE}.`,
        `Run Préau by npm or by preau: they bring Node ${NODE}.`,
      ),
    );
  const beat = await store?.readTown((tx) => lastBeat(tx, 'worker')).catch(() => null);
  if (beat === null || beat === undefined || beat.version === VERSION) return green(found);
  return amber(
    said(
      `Ici Préau ${VERSION}, mais les tâches de fond étaient en ${beat.version}.`,
      `Préau ${VERSION} here, but the worker was ${beat.version}.`,
    ),
    said(
      'Redémarrez tous les rôles dans la même version.',
      'Start all roles again in one version.',
    ),
  );
}
