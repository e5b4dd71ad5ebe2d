import { HOUR_MS } from '../../../ground/spans.ts';
import { scannerVersion } from '../../../letters/scan/version.ts';
import type { Finding } from '../contract.ts';
import { amber, counted, green, grey, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';

const ANSWER_MS = 3_000;
/** Signatures come several times a day. */
const OLD_HOURS = 48;
const VERY_OLD_HOURS = 168;

const NO_SCANNER = said(
  'Tant qu’il se tait, aucun message n’est pris. Démarrez clamd, ou vérifiez PREAU_CLAMD.',
  'As long as it is silent no message is taken. Start clamd, or look at PREAU_CLAMD.',
);

/** Whether clamd answers. */
export async function scannerAnswers({ config: { clamd } }: Look): Promise<Finding> {
  if (clamd === null)
    return red(
      said(
        'L’antivirus n’a pas d’adresse : Préau ne tourne pas ici, et PREAU_CLAMD n’est pas réglé.',
        'The virus scanner has no address: Préau doesn’t run here, and PREAU_CLAMD is not set.',
      ),
      NO_SCANNER,
    );
  const version = await scannerVersion(clamd, ANSWER_MS);
  return version === null
    ? red(said('L’antivirus ne répond pas.', 'The virus scanner doesn’t answer.'), NO_SCANNER)
    : green(said(`ClamAV ${version.engine} répond.`, `ClamAV ${version.engine} answers.`));
}

/** Which viruses it knows. */
export async function signatureAge({ config: { clamd }, clock }: Look): Promise<Finding> {
  const version = clamd === null ? null : await scannerVersion(clamd, ANSWER_MS);
  if (version === null)
    return grey(said('Pas connu : l’antivirus se tait.', 'Not known: the scanner is silent.'));
  const freshclam = said(
    'Regardez freshclam et son journal : il doit tourner et pouvoir sortir (database.clamav.net).',
    'Look at freshclam and its log: it must run and reach outside (database.clamav.net).',
  );
  if (version.signaturesAt === null)
    return red(
      said(
        'L’antivirus n’a que le virus d’essai : il n’arrêterait aucun vrai virus.',
        'The scanner has only the test virus: it would stop no real one.',
      ),
      said(
        'Installez clamav-freshclam et laissez-le prendre les signatures.',
        'Install clamav-freshclam and let it fetch the signatures.',
      ),
    );
  const hours = Math.max(0, (clock().getTime() - version.signaturesAt.getTime()) / HOUR_MS);
  const age = hours < OLD_HOURS ? inHours(hours) : inDays(hours);
  const found = said(`Les signatures ont ${age.fr}.`, `The signatures are ${age.en} old.`);
  if (hours >= VERY_OLD_HOURS) return red(found, freshclam);
  return hours >= OLD_HOURS ? amber(found, freshclam) : green(found);
}

const inHours = (hours: number) =>
  counted(Math.floor(hours), said('heure', 'hour'), said('heures', 'hours'));
const inDays = (hours: number) =>
  counted(Math.floor(hours / 24), said('jour', 'day'), said('jours', 'days'));
