import { DAY_MS } from '../../../ground/spans.ts';
import { countUnreadable } from '../../../store/town/unreadable-letters.ts';
import type { Finding } from '../contract.ts';
import { amber, counted, green, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

/** As long as they are remembered. */
const WEEK_DAYS = 7;

/** Whether letters came that can't be read within the limits of time and memory. */
export async function lettersReadable(look: Look): Promise<Finding> {
  const since = new Date(look.clock().getTime() - WEEK_DAYS * DAY_MS);
  const count = await needStore(look).readTown((tx) => countUnreadable(tx, since));
  if (count === 0) return green(said('Toutes les lettres se lisent.', 'All letters can be read.'));
  const letters = counted(count, said('lettre', 'letter'), said('lettres', 'letters'));
  return amber(
    said(
      `${letters.fr} en sept jours dépassaient les limites de lecture ; refusées, rien n’est perdu chez qui les a écrites.`,
      `${letters.en} in seven days went beyond the limits of reading; refused, and their writers were told.`,
    ),
    said(
      'Cherchez « met the limits of reading » dans le journal du service. Si une lettre honnête est refusée, signalez-le à qui entretient Préau.',
      'Look for “met the limits of reading” in the service’s log. If an honest letter is refused, tell whoever maintains Préau.',
    ),
  );
}
