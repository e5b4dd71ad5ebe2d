import { keysOf } from '../../../ground/keys.ts';
import type { Contacts } from '../../../store/town/contract.ts';
import { readTown } from '../../../store/town/settings.ts';
import type { Finding, BilingualSentence } from '../contract.ts';
import { amber, green, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

/** What the law has a town say of itself, as « Mise en service » calls its fields. */
const FIELDS: Readonly<Record<keyof Contacts, BilingualSentence>> = {
  organisation: said('la collectivité', 'the organisation'),
  representative: said('qui la représente', 'who represents it'),
  postalAddress: said('son adresse postale', 'its postal address'),
  phone: said('son téléphone', 'its telephone'),
  mail: said('son adresse de courriel', 'its mail address'),
  dataOfficer: said('le délégué à la protection des données', 'the data protection officer'),
  host: said('l’hébergeur', 'the host'),
};

const FILL = said(
  'Remplissez-les dans « Mise en service », étape « La ville » : les pages légales les disent à tous.',
  'Fill them in, in “Setting up”, step “The town”: the legal pages tell them to everybody.',
);

/** Whether the legal pages can name who answers (LCEN 1-1, RGPD 13). */
export async function contactsTold(look: Look): Promise<Finding> {
  const town = await needStore(look).readTown(readTown);
  if (town === null)
    return red(
      said('La ville n’a pas encore dit son nom.', 'The town hasn’t told its name yet.'),
      FILL,
    );
  const empty = keysOf(FIELDS)
    .filter((field) => town.contacts[field].trim() === '')
    .map((field) => FIELDS[field]);
  if (empty.length === 0)
    return green(said('Les pages légales sont remplies.', 'The legal pages are filled in.'));
  return amber(
    said(
      `Manquent aux pages légales : ${empty.map(({ fr }) => fr).join(', ')}.`,
      `The legal pages lack ${empty.map(({ en }) => en).join(', ')}.`,
    ),
    FILL,
  );
}

/** Whether somebody can be told when the mail itself is broken. */
export async function postmasterTold(look: Look): Promise<Finding> {
  const town = await needStore(look).readTown(readTown);
  const address = town?.postmaster ?? '';
  if (address !== '')
    return green(
      said('Une adresse hors de Préau est connue.', 'An address outside Préau is known.'),
    );
  return amber(
    said(
      'Aucune adresse hors de Préau : si le courriel tombe, on ne peut prévenir personne.',
      'No address outside Préau: if the mail breaks, nobody can be told.',
    ),
    said(
      'Donnez-en une dans « Mise en service », étape « La ville ».',
      'Give one in “Setting up”, step “The town”.',
    ),
  );
}
