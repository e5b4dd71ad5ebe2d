import type { AccountOutcome } from './bring.ts';
import type { Refused } from './bring-account.ts';
import type { MapFault } from './map-file.ts';

/** What is wrong with a line of the map, in French / English. */
export const MAP_FAULTS: Readonly<Record<MapFault['why'], string>> = {
  'no-user': 'l’ancien compte (user) manque / the old account (user) is missing',
  'no-address': 'la nouvelle adresse (address) manque / the new address (address) is missing',
  'bad-address': 'ce n’est pas une adresse / this is no address',
  'no-password': 'le mot de passe (password) manque ; ou donnez --admin / the password is missing; or give --admin',
  twice: 'ce compte ou cette adresse est déjà plus haut / this account or address stands further up already',
};

export const NOT_A_MAP = 'Ce fichier n’est pas une table : il faut une première ligne user,address,password. / This file is no map: its first line must be user,address,password.';

/** Why a message stayed where it was. */
export function whyRefused({ why, uid }: Refused): string {
  switch (why.kind) {
    case 'infected': return `virus trouvé / virus found: ${why.signature}`;
    case 'unscannable': return `le fichier ne peut pas être examiné / the file can’t be examined: ${why.signature}`;
    case 'scanner-silent': return 'l’antivirus ne répond pas : recommencez plus tard / the scanner does not answer: try again later';
    case 'too-big': return `plus de ${Math.floor(why.limitBytes / 1_048_576)} Mo / more than ${Math.floor(why.limitBytes / 1_048_576)} MB`;
    case 'over-quota': return 'la nouvelle boîte est pleine / the new mailbox is full';
    case 'file-kind': return 'un fichier joint n’est pas permis à ce compte / an attached file is not allowed for this account';
    case 'malformed': return 'ce n’est pas un message lisible / this is no readable message';
    case 'gone': return 'n’est plus sur l’ancien serveur / is no longer on the old server';
    case 'limit': return `trop de dossiers ou de niveaux (au plus ${why.limit}) / too many folders or levels (at most ${why.limit})`;
    case 'cannot': case 'has-children': case 'already-exists': case 'nonexistent': case 'no-permission':
      return uid === 0 ? 'ce dossier ne peut pas être créé / this folder can’t be made' : 'refusé / refused';
  }
}

/** What became of an account, in one sentence. */
export function outcomeSentence(outcome: AccountOutcome, dryRun: boolean): string {
  switch (outcome.kind) {
    case 'no-such-address': return 'cette adresse n’existe pas ici / there is no such address here';
    case 'sign-in-refused': return 'l’ancien serveur refuse ce compte ou ce mot de passe / the old server refuses this account or password';
    case 'old-server': return `l’ancien serveur ne répond pas, recommencez : ce qui est venu est gardé / the old server does not answer, try again: what came is kept (${outcome.detail})`;
    case 'brought': {
      const { folders, brought, known, refused } = outcome.tally;
      return dryRun ? `${folders} dossiers / folders, ${brought} messages à apporter / to bring, ${known} déjà là / here already`
        : `${folders} dossiers / folders, ${brought} messages apportés / brought, ${known} déjà là / here already, ${refused.length} refusés / refused`;
    }
  }
}
