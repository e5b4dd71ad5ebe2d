import { bodyStoreOf } from '../../../store/bodies/body-store.ts';
import { openBodies } from '../../bodies/bodies.ts';
import type { Finding } from '../contract.ts';
import { amber, counted, green, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

/** Whether large letters that lie elsewhere can be read, and new ones go there. */
export async function bodiesThere(look: Look): Promise<Finding> {
  const { config, clock, log } = look;
  const bodyStore = bodyStoreOf(config);
  const parts = { store: needStore(look), bodyStore, clock, log, random: Math.random };
  const { bodies, answers } = await openBodies(parts).state();
  if (answers)
    return green(
      said(
        `${bodies} hors de la base ; l’entrepôt répond.`,
        `${bodies} outside the database; the store answers.`,
      ),
    );
  const closed = counted(
    bodies,
    said('ancien grand message ne s’ouvre pas', 'old large message can’t be opened'),
    said('anciens grands messages ne s’ouvrent pas', 'old large messages can’t be opened'),
  );
  if (bodyStore !== null)
    return red(
      said(
        `L’entrepôt ne répond pas : ${closed.fr}. Le reste du courrier marche.`,
        `The store doesn’t answer: ${closed.en}. The rest of the mail works.`,
      ),
      said('Regardez l’entrepôt, et PREAU_BODIES.', 'Look at the store, and at PREAU_BODIES.'),
    );
  if (bodies > 0)
    return red(
      said(
        `${closed.fr} : rien ne nomme ici l’entrepôt où ils sont.`,
        `${closed.en}: nothing names the store here in which they are.`,
      ),
      said(
        'Remettez PREAU_BODIES, et la clé : preau restore files, ou preau bodies key --key - avec la feuille.',
        'Put PREAU_BODIES back, and the key: preau restore files, or preau bodies key --key - with the sheet.',
      ),
    );
  if (config.bodies !== null)
    return amber(
      said('L’entrepôt n’a pas de clé : rien n’y va.', 'The store has no key: nothing goes there.'),
      said(
        'Faites-la : preau bodies key --sheet FEUILLE.pdf, puis redémarrez.',
        'Make it: preau bodies key --sheet SHEET.pdf, then restart.',
      ),
    );
  return green(said('Tout est dans la base.', 'All is in the database.'));
}
