import type { UnbroughtMessage } from '../../imap-gateway/legacy/bring-account.ts';
import type { AccountOutcome } from '../../imap-gateway/legacy/bring.ts';
import type { MapFault } from '../../imap-gateway/legacy/map-file.ts';
import type { OldServer, ConnectTrouble } from '../../imap-gateway/legacy/old-server.ts';

/** What is wrong with a line of the map, in French / English. */
export const MAP_FAULTS: Readonly<Record<MapFault['why'], string>> = {
  'no-user': 'l’ancien compte (user) manque / the old account (user) is missing',
  'no-address': 'la nouvelle adresse (address) manque / the new address (address) is missing',
  'bad-address': 'ce n’est pas une adresse / this is no address',
  'no-password':
    'le mot de passe (password) manque ; ou donnez --admin / the password is missing; or give --admin',
  'no-password-column':
    'la colonne password manque ; ou donnez --admin / the column password is missing; or give --admin',
  'open-quote':
    'un guillemet " n’est pas fermé ; doublez-le ("") s’il fait partie du texte / a quotation mark " is not closed; double it ("") where it belongs to the text',
  twice:
    'ce compte ou cette adresse est déjà plus haut / this account or address stands further up already',
};

export const NOT_A_MAP =
  'Ce fichier n’est pas une table : il faut une première ligne user,address,password. / This file is no map: its first line must be user,address,password.';
export const EMPTY_MAP =
  'Cette table ne nomme aucun compte : écrivez une ligne par compte sous la première. / This map names no account: write a line an account under the first.';

/** Nothing was begun: the old server can't be spoken to like this. */
export function whyUnreached(trouble: ConnectTrouble, { host, port }: OldServer): string {
  switch (trouble) {
    case 'silent':
      return `Rien n’a été commencé : ${host} ne répond pas sur le port ${port}. Vérifiez --host et --port, et que ce serveur tourne. / Nothing was begun: ${host} does not answer on port ${port}. Check --host and --port, and that this server runs.`;
    case 'certificate':
      return `Rien n’a été commencé : personne ne garantit le certificat de ${host}. S’il est bien le vôtre, ajoutez --any-certificate. / Nothing was begun: nobody vouches for the certificate of ${host}. If it is yours indeed, add --any-certificate.`;
    case 'no-tls':
      return `Rien n’a été commencé : ${host} ne parle pas TLS sur le port ${port}. Essayez --security starttls, ou none sur votre propre réseau. / Nothing was begun: ${host} speaks no TLS on port ${port}. Try --security starttls, or none on your own network.`;
    case 'no-starttls':
      return `Rien n’a été commencé : ${host} n’offre pas STARTTLS sur le port ${port}. Essayez --security tls avec --port 993, ou none sur votre propre réseau. / Nothing was begun: ${host} offers no STARTTLS on port ${port}. Try --security tls with --port 993, or none on your own network.`;
    default:
      return trouble satisfies never;
  }
}

/** The import was stopped from outside. */
export const STOPPED =
  'Arrêté. Ce qui est venu est gardé : relancez la même commande, elle continuera. / Stopped. What came is kept: run the same command again, it will go on.';

/** Why a message stayed where it was. */
export function whyRefused({ why, uid }: UnbroughtMessage): string {
  switch (why.kind) {
    case 'infected':
      return `virus trouvé / virus found: ${why.signature}`;
    case 'unscannable':
      return `le fichier ne peut pas être examiné / the file can’t be examined: ${why.signature}`;
    case 'scanner-silent':
      return 'l’antivirus ne répond pas : recommencez plus tard / the scanner does not answer: try again later';
    case 'too-big':
      return `plus de ${Math.floor(why.limitBytes / 1_048_576)} Mo / more than ${Math.floor(why.limitBytes / 1_048_576)} MB`;
    case 'over-quota':
      return 'la nouvelle boîte est pleine / the new mailbox is full';
    case 'file-kind':
      return 'un fichier joint n’est pas permis à ce compte / an attached file is not allowed for this account';
    case 'malformed':
      return `ce n’est pas un message lisible / this is no readable message (${why.why})`;
    case 'closed':
      return 'l’ancien serveur n’ouvre pas ce dossier / the old server does not open this folder';
    case 'unreadable':
      return 'l’ancien serveur ne donne pas ce message / the old server does not give this message';
    case 'gone':
      return 'n’est plus sur l’ancien serveur / is no longer on the old server';
    case 'limit':
      return `trop de dossiers ou de niveaux (au plus ${why.limit}) / too many folders or levels (at most ${why.limit})`;
    case 'cannot':
    case 'has-children':
    case 'already-exists':
    case 'nonexistent':
    case 'no-permission':
      return uid === 0
        ? 'ce dossier ne peut pas être créé / this folder can’t be made'
        : 'refusé / refused';
  }
}

/** What became of an account, in one sentence. */
export function outcomeSentence(
  outcome: AccountOutcome,
  { dryRun }: { readonly dryRun: boolean },
): string {
  switch (outcome.kind) {
    case 'no-such-address':
      return 'cette adresse n’existe pas ici / there is no such address here';
    case 'sign-in-refused':
      return 'l’ancien serveur refuse ce compte ou ce mot de passe / the old server refuses this account or password';
    case 'old-server':
      return `l’ancien serveur ne répond pas, recommencez : ce qui est venu est gardé / the old server does not answer, try again: what came is kept (${outcome.detail}) – ${outcome.tally.brought} messages apportés / brought`;
    case 'brought': {
      const { folders, brought, known, refused } = outcome.tally;
      return dryRun
        ? `${folders} dossiers / folders, ${brought} messages à apporter / to bring, ${known} déjà là / here already, ${refused.length} seraient refusés / would be refused`
        : `${folders} dossiers / folders, ${brought} messages apportés / brought, ${known} déjà là / here already, ${refused.length} refusés / refused`;
    }
  }
}
