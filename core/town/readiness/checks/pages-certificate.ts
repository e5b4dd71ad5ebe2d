import { mtaStsPolicy } from '../../../ground/mta-sts.ts';
import type { Finding, BilingualSentence } from '../contract.ts';
import { publicHost } from '../demo.ts';
import { amber, red, said } from '../finding.ts';
import { shownAt, type CertificateSight } from '../shown-certificate.ts';
import type { Look } from '../surroundings.ts';
import { daysLeft, lastsFor } from './certificate.ts';

const HTTPS_PORT = 443;

/**
 * What a browser sees at the public address: the certificate of the proxy before Préau, or Préau's
 * own. Then at the names that Thunderbird and Outlook ask for their settings, and at the one where
 * other servers read our policy (MTA-STS, RFC 8461 §3.3: by a certificate of that very name).
 */
export async function pagesCertificate(look: Look): Promise<Finding> {
  const host = publicHost(look.config);
  const port = Number(new URL(look.config.publicUrl).port) || HTTPS_PORT;
  const shown = await shownUnder(look, host, port);
  if (shown.kind !== 'good') return notShown(shown, `${host}:${port}`);
  const lasts = lastsFor(daysLeft(shown.until, look.clock()));
  if (lasts.state !== 'green') return lasts;
  const { domain } = look.config;
  const policyHost = mtaStsPolicy(look.config) === null ? [] : [`mta-sts.${domain}`];
  const names = [`autoconfig.${domain}`, `autodiscover.${domain}`, ...policyHost];
  const seen = await Promise.all(names.map((name) => shownUnder(look, name, port)));
  const missing = names.filter((_name, index) => seen[index]?.kind !== 'good');
  if (missing.length === 0) return lasts;
  return amber(
    said(
      `Les pages sont en ordre, mais pas ${missing.join(', ')} : ${lost(missing).fr}.`,
      `The pages are well, but not ${missing.join(', ')}: ${lost(missing).en}.`,
    ),
    said(
      'Menez ces noms aux pages, et mettez-les dans le certificat.',
      'Lead these names to the pages, and put them into the certificate.',
    ),
  );
}

/** What doesn't work without these names. */
function lost(missing: readonly string[]): BilingualSentence {
  const isPolicy = (name: string): boolean => name.startsWith('mta-sts.');
  const all = [
    ...(missing.some((name) => !isPolicy(name)) ? [PROGRAMS] : []),
    ...(missing.some(isPolicy) ? [POLICY] : []),
  ];
  return said(all.map(({ fr }) => fr).join(' ; '), all.map(({ en }) => en).join('; '));
}

const PROGRAMS = said(
  'les programmes de courrier ne se règlent pas seuls',
  'mail programs don’t set themselves',
);
const POLICY = said(
  'les autres serveurs ne lisent pas notre règle MTA-STS',
  'other servers can’t read our MTA-STS policy',
);

async function shownUnder(
  { beyond, signal }: Look,
  name: string,
  port: number,
): Promise<CertificateSight> {
  const answer = await beyond.names.addresses(name);
  const [address] = answer.kind === 'found' ? answer.records : [];
  if (address === undefined) return { kind: 'refused' };
  return shownAt({ address, port, name, authorities: beyond.authorities, signal });
}

const REASONS: Readonly<Record<string, BilingualSentence>> = {
  CERT_HAS_EXPIRED: said('il est fini', 'it has ended'),
  CERT_NOT_YET_VALID: said('il ne vaut pas encore', 'it isn’t valid yet'),
  DEPTH_ZERO_SELF_SIGNED_CERT: said('il s’est signé lui-même', 'it signed itself'),
  SELF_SIGNED_CERT_IN_CHAIN: said('personne ne connaît qui le signe', 'nobody knows its signer'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: said(
    'la chaîne n’est pas entière (fullchain.pem)',
    'the chain isn’t whole (fullchain.pem)',
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: said('il n’a pas ce nom', 'it lacks this name'),
};

function notShown(shown: Exclude<CertificateSight, { kind: 'good' }>, where: string): Finding {
  switch (shown.kind) {
    case 'silent':
      return amber(
        said(
          `${where} ne répond pas à cette machine ; certains réseaux ne laissent pas une machine se joindre par son adresse publique.`,
          `${where} doesn’t answer this machine; some networks don’t let a machine reach itself by its public address.`,
        ),
        said('Ouvrez la page d’un autre réseau.', 'Open the page from another network.'),
      );
    case 'refused':
      return red(
        said(
          `Rien ne répond en HTTPS à ${where} : personne n’ouvre les pages.`,
          `Nothing answers HTTPS at ${where}: nobody opens the pages.`,
        ),
        said(
          'Réglez PREAU_HTTPS_PORT, ou le serveur devant Préau, et ouvrez le port 443.',
          'Set PREAU_HTTPS_PORT, or the server before Préau, and open port 443.',
        ),
      );
    case 'bad': {
      const why = REASONS[shown.why] ?? said(shown.why, shown.why);
      return red(
        said(
          `Un navigateur refuse le certificat de ${where} : ${why.fr}.`,
          `A browser refuses the certificate of ${where}: ${why.en}.`,
        ),
        said(
          'Refaites ce certificat, là où les pages sont servies.',
          'Have that certificate made anew, where the pages are served.',
        ),
      );
    }
  }
}
