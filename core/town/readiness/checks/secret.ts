import { existsSync } from 'node:fs';
import { loadSecret, markOf } from '../../../ground/secret.ts';
import { secretMark } from '../../../store/secret-mark.ts';
import type { Finding } from '../contract.ts';
import { green, grey, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

const PUT_BACK = said(
  'Remettez la clé sans arrêter le service (preau restore files) : il ne redémarre pas sans elle. Si elle est perdue : preau secret renew.',
  'Put the key back without stopping the service (preau restore files): it doesn’t start again without it. Where it is lost: preau secret renew.',
);

/** Whether the file of the secret still holds the one that the database was filled with. */
export async function secretFits(look: Look): Promise<Finding> {
  const { secretFile: path } = look.config;
  const known = await needStore(look).readTown(secretMark);
  if (known === null)
    return grey(said('Aucune clé n’a encore servi.', 'No key has been used yet.'));
  if (!existsSync(path)) return red(said(`${path} n’est plus là.`, `${path} is gone.`), PUT_BACK);
  if (fits(path, known))
    return green(said(`${path} va avec la base.`, `${path} fits the database.`));
  return red(
    said(`${path} n’est plus la clé de la base.`, `${path} isn’t the database’s key any more.`),
    PUT_BACK,
  );
}

function fits(path: string, known: Buffer): boolean {
  try {
    return markOf(loadSecret(path)).equals(known);
  } catch {
    return false; // it holds too little, or can't be read
  }
}
