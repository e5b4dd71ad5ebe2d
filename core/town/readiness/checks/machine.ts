import type { Finding, BilingualSentence } from '../contract.ts';
import { amber, green, red, said } from '../finding.ts';
import type { DiskSpace } from '../machine.ts';
import type { Look } from '../surroundings.ts';

const GIGABYTE = 1_000_000_000;
/** Shares of what there is. */
const LITTLE = 0.15;
const VERY_LITTLE = 0.05;

/** Room where the data folder lies: keys, certificate, and the database where it is our own. */
export async function diskRoom({ config, beyond }: Look): Promise<Finding> {
  const room = await beyond.machine.disk(config.dataDir);
  return judged(room, {
    what: said('sur le disque', 'on the disk'),
    todo: said(
      `Faites de la place sur le disque de ${config.dataDir}, ou agrandissez-le : plein, aucun courrier n’est pris.`,
      `Make room on the disk of ${config.dataDir}, or enlarge it: once it is full no mail is taken.`,
    ),
  });
}

/** Memory that this process may still have. */
export function memoryRoom({ beyond }: Look): Finding {
  return judged(beyond.machine.memory(), {
    what: said('de mémoire', 'of memory'),
    todo: said(
      'Donnez plus de mémoire à la machine, ou arrêtez ce qui n’est pas Préau.',
      'Give the machine more memory, or stop what isn’t Préau.',
    ),
  });
}

function judged(
  { freeBytes, totalBytes }: DiskSpace,
  { what, todo }: { readonly what: BilingualSentence; readonly todo: BilingualSentence },
): Finding {
  const share = freeBytes / totalBytes;
  const [free, total] = [freeBytes, totalBytes].map((bytes) => (bytes / GIGABYTE).toFixed(1));
  const found = said(
    `${free?.replace('.', ',')} Go libres ${what.fr}, sur ${total?.replace('.', ',')}.`,
    `${free} GB free ${what.en}, of ${total}.`,
  );
  if (share < VERY_LITTLE) return red(found, todo);
  return share < LITTLE ? amber(found, todo) : green(found);
}
