import { Fault } from '../../../ground/fault.ts';
import type { ReadMessage } from '../../../letters/message/message.ts';
import type { Scanner } from '../../../letters/scan/clamd.ts';
import type { Contents } from '../../../roster/relate.ts';
import type { StoredMessage } from '../../../store/mail/stored-messages.ts';
import { readLetter } from '../../parsing/letters.ts';
import { NOWHERE, type Leads } from '../../sites/contract.ts';
import type { DeliveryParts } from '../parts.ts';
import { scanWhole } from './scan-whole.ts';

/**
 * Whether the scanner finds something by now in a message that was taken as clean. It waits in the
 * turns of strangers, so that nobody who sends now waits for it. A scanner that doesn't answer is a
 * transient fault: whoever asked asks again.
 *
 * @param raw what `read` was read from
 */
export async function isInfectedNow(
  scanner: Pick<Scanner, 'scan'>,
  raw: Buffer,
  read: ReadMessage,
): Promise<boolean> {
  const inTurn = { kind: 'peer', ip: null } as const;
  const scanned = await scanWhole((bytes) => scanner.scan(bytes, inTurn), raw, read);
  if (scanned.kind === 'silent')
    throw new Fault('scanner-down', `the scanner is ${scanned.why}`, { transient: true });
  return scanned.kind === 'infected';
}

/** Where it leads is asked of the list of now, and the scanner by the signatures of now. */
export async function lookAgain(
  { sites, scanner }: Pick<DeliveryParts, 'sites' | 'scanner'>,
  { raw }: Pick<StoredMessage, 'raw'>,
): Promise<Leads & Pick<Contents, 'malware'>> {
  const read = await readLetter(raw);
  if (read.kind === 'refused') return { ...NOWHERE, malware: false };
  const malware = await isInfectedNow(scanner, raw, read.message);
  return { ...(await sites.lookUp(read.message.links)), malware };
}
