import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import type { Config } from '../../../ground/config.ts';
import { DAY_MS } from '../../../ground/spans.ts';
import { shownCertificates } from '../../certificate/certificate.ts';
import type { Finding } from '../contract.ts';
import { publicHost } from '../demo.ts';
import { amber, counted, green, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';

/** Whoever renews by ACME does so 30 days before the end: with less, something doesn't run. */
const SOON_DAYS = 21;
const LATE_DAYS = 7;

const NEW_CERTIFICATE = said(
  'Faites-en faire un (certbot, par exemple) et nommez ses fichiers : PREAU_TLS_CERT, PREAU_TLS_KEY.',
  'Have one made (by certbot, for instance) and name its files: PREAU_TLS_CERT, PREAU_TLS_KEY.',
);

/** Whether browsers and mail programs believe who signed it. */
export const certificateTrust = withCertificate(([own, ...chain]) => {
  if (own.checkIssued(own))
    return red(
      said(
        'Le certificat s’est signé lui-même : navigateurs et téléphones mettent en garde.',
        'The certificate signed itself: browsers and telephones warn of it.',
      ),
      NEW_CERTIFICATE,
    );
  const [next] = chain;
  const isWhole = next === undefined ? isOfRoot(own) : own.checkIssued(next);
  if (!isWhole)
    return amber(
      said(
        `Le certificat vient de « ${nameOf(own.issuer)} », dont rien ne répond dans le fichier.`,
        `The certificate comes from “${nameOf(own.issuer)}”, whom nothing in the file vouches for.`,
      ),
      said(
        'Mettez dans PREAU_TLS_CERT la chaîne entière (fullchain.pem).',
        'Put the whole chain (fullchain.pem) into PREAU_TLS_CERT.',
      ),
    );
  return green(
    said(
      `Le certificat est signé par « ${nameOf(own.issuer)} ».`,
      `The certificate is signed by “${nameOf(own.issuer)}”.`,
    ),
  );
});

/** Whether it has the name under which mail programs and other servers come. */
export const certificateNames = withCertificate(([own], { config }) => {
  const host = publicHost(config);
  if (own.checkHost(host) !== undefined)
    return green(
      said(`Le certificat est au nom de ${host}.`, `The certificate is in the name of ${host}.`),
    );
  return red(
    said(
      `Le certificat n’est pas au nom de ${host} : personne n’entre sans mise en garde.`,
      `The certificate isn’t in the name of ${host}: nobody comes in without a warning.`,
    ),
    said(
      `Refaites le certificat avec ce nom : ${host}.`,
      `Have the certificate made anew with this name: ${host}.`,
    ),
  );
});

/** How long it lasts. */
export const certificateEnd = withCertificate(([own], { clock }) =>
  lastsFor(daysLeft(own.validToDate, clock())),
);

/** Whole days; below zero once it has ended. */
export const daysLeft = (until: Date, now: Date): number =>
  Math.floor((until.getTime() - now.getTime()) / DAY_MS);

const RENEW = said(
  'Renouvelez-le ; si certbot doit le faire seul, regardez pourquoi il ne l’a pas fait (certbot renew).',
  'Renew it; where certbot should do that by itself, see why it didn’t (certbot renew).',
);

/** What so many days are worth. */
export function lastsFor(days: number): Finding {
  if (days < 0)
    return red(
      said(
        'Le certificat est fini : personne n’entre plus.',
        'The certificate has ended: nobody comes in.',
      ),
      RENEW,
    );
  const left = counted(days, said('jour', 'day'), said('jours', 'days'));
  const found = said(
    `Le certificat vaut encore ${left.fr}.`,
    `The certificate lasts ${left.en} more.`,
  );
  if (days < LATE_DAYS) return red(found, RENEW);
  return days < SOON_DAYS ? amber(found, RENEW) : green(found);
}

type Chain = readonly [X509Certificate, ...(readonly X509Certificate[])];

function withCertificate(judge: (chain: Chain, look: Look) => Finding) {
  return async (look: Look): Promise<Finding> => {
    const [own, ...chain] = (await shownCertificates(look.config)) ?? [];
    if (own !== undefined) return judge([own, ...chain], look);
    return red(
      said(
        `Il n’y a pas de certificat lisible (${whereIn(look.config)}).`,
        `There is no certificate to be read (${whereIn(look.config)}).`,
      ),
      NEW_CERTIFICATE,
    );
  };
}

const whereIn = ({ tlsCertFile, dataDir }: Config): string => tlsCertFile ?? dataDir;

/** Whether one of the roots that Node trusts, as browsers do, signed it directly. */
function isOfRoot(own: X509Certificate): boolean {
  return getCACertificates().some((pem) => own.checkIssued(new X509Certificate(pem)));
}

/** « O=Let's Encrypt » of an issuer's lines, else all of them. */
function nameOf(issuer: string): string {
  return /^(?:O|CN)=(.+)$/m.exec(issuer)?.[1] ?? issuer.replace(/\n/g, ', ');
}
