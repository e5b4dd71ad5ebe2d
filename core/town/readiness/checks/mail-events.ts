import { countDeaf } from '../../../store/service-state.ts';
import type { Finding } from '../contract.ts';
import { counted, green, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

/** Who is deaf writes it down four times a minute. */
const FRESH_MS = 60_000;

/** Whether every process hears of new mail. */
export async function newsArrives(look: Look): Promise<Finding> {
  const since = new Date(look.clock().getTime() - FRESH_MS);
  const deaf = await needStore(look).readTown((tx) => countDeaf(tx, since));
  if (deaf === 0)
    return green(
      said('L’arrivée du courrier est annoncée partout.', 'New mail is told of everywhere.'),
    );
  const processes = counted(
    deaf,
    said('processus n’apprend plus', 'process hears nothing'),
    said('processus n’apprennent plus', 'processes hear nothing'),
  );
  return red(
    said(
      `${processes.fr} l’arrivée du courrier : il est bien là, mais une page ouverte ou un logiciel de messagerie ne le montre qu’en le relevant.`,
      `${processes.en} of new mail: it is there, but an open page or a mail program shows it only when it looks again.`,
    ),
    said(
      'Vérifiez le chemin vers la base de données (pare-feu, répartiteur) ; si elle répond, redémarrez le service.',
      'Look at the way to the database (firewall, load balancer); if it answers, start the service again.',
    ),
  );
}
