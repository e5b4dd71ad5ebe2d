import { isIPv4 } from 'node:net';
import { mailServers, type Config } from '../../ground/config.ts';
import { mtaStsPolicy } from '../../ground/mta-sts.ts';
import type { SigningKey } from '../signing/contract.ts';
import type { DnsRecord } from './contract.ts';

/**
 * What the zone of the domain must hold so that mail arrives and mail programs set themselves: MX
 * (RFC 5321 §5), SPF that lets the MX send (RFC 7208), DMARC that refuses our name from elsewhere
 * (RFC 9989), TLS that others keep to (RFC 8461) and tell us of (RFC 8460), SRV for programs (RFC
 * 6186, RFC 8314 §4), and the two names that Thunderbird and Outlook ask.
 */
export function dnsRecords(config: Config): readonly DnsRecord[] {
  return [
    ...senderRecords(config),
    ...transportRecords(config),
    ...serviceRecords(config),
    ...autoconfigRecords(config),
  ];
}

function senderRecords(config: Config): readonly DnsRecord[] {
  const { domain } = config;
  return [
    {
      name: `${domain}.`,
      type: 'MX',
      value: `10 ${mailServers(config).host}.`,
      says: 'le courrier arrive / mail arrives',
    },
    {
      name: `${domain}.`,
      type: 'TXT',
      value: `"v=spf1 mx${relay(config)} -all"`,
      says:
        config.smarthost === null
          ? 'seul ce serveur envoie en notre nom / only this server sends in our name'
          : 'ce serveur et son relais seuls envoient en notre nom / this server and its relay alone send in our name',
    },
    {
      name: `_dmarc.${domain}.`,
      type: 'TXT',
      value: `"v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:postmaster@${domain}"`,
      says: 'notre nom venu d’ailleurs est refusé / our name from elsewhere is refused',
    },
  ];
}

/** What the zones must hold for the keys that sign (RFC 6376 §3.6.2). */
export function keyRecords(keys: readonly SigningKey[]): readonly DnsRecord[] {
  return keys.map(({ name, text, state }) => ({
    name: `${name}.`,
    type: 'TXT',
    value: inPieces(text),
    says: KEY_SAYS[state],
  }));
}

const KEY_SAYS = {
  waiting:
    'DKIM, nos lettres sont signées dès que cette ligne est vue / DKIM, our letters are signed once this record is seen',
  signing: 'DKIM, nos lettres sont signées / DKIM, our letters are signed',
  leaving:
    'DKIM, clé remplacée, à garder deux semaines / DKIM, a key that was followed, to be kept for two weeks',
} as const satisfies Record<SigningKey['state'], string>;

/** A text in pieces of 255 octets, as a zone file writes them (RFC 1035 §3.3.14). */
function inPieces(text: string): string {
  return (text.match(/.{1,255}/g) ?? []).map((piece) => `"${piece}"`).join(' ');
}

/** How others bring mail here safely; nothing where the town wants no policy. */
function transportRecords(config: Config): readonly DnsRecord[] {
  const { domain } = config;
  const policy = mtaStsPolicy(config);
  const reports: DnsRecord = {
    name: `_smtp._tls.${domain}.`,
    type: 'TXT',
    value: `"v=TLSRPTv1; rua=mailto:postmaster@${domain}"`,
    says: 'on nous dit où le chiffrement a manqué / we are told where encryption failed',
  };
  if (policy === null) return [reports];
  return [
    {
      name: `_mta-sts.${domain}.`,
      type: 'TXT',
      value: `"v=STSv1; id=${policy.id}"`,
      says: 'le courrier arrive chiffré, et chez nous / mail arrives encrypted, and at ours',
    },
    {
      name: `mta-sts.${domain}.`,
      type: 'CNAME',
      value: `${mailServers(config).host}.`,
      says: 'MTA-STS y lit notre règle ; le certificat du web doit avoir ce nom aussi / MTA-STS reads our policy there; the certificate of the web must have this name too',
    },
    reports,
  ];
}

const NO_POP = 'pas de POP (RFC 6186 §3.4) / no POP';

function serviceRecords(config: Config): readonly DnsRecord[] {
  const { domain } = config;
  const { host, imaps, imap, submissions, submission } = mailServers(config);
  const srv = (service: string, value: string, says: string): DnsRecord => ({
    name: `_${service}._tcp.${domain}.`,
    type: 'SRV',
    value,
    says,
  });
  return [
    srv('imaps', `0 1 ${imaps} ${host}.`, 'lire, TLS d’emblée / reading, TLS at once'),
    srv('imap', `10 1 ${imap} ${host}.`, 'lire, STARTTLS / reading, STARTTLS'),
    srv(
      'submissions',
      `0 1 ${submissions} ${host}.`,
      'envoyer, TLS d’emblée / sending, TLS at once',
    ),
    srv('submission', `10 1 ${submission} ${host}.`, 'envoyer, STARTTLS / sending, STARTTLS'),
    srv('pop3', '0 0 0 .', NO_POP),
    srv('pop3s', '0 0 0 .', NO_POP),
  ];
}

function autoconfigRecords(config: Config): readonly DnsRecord[] {
  const { domain } = config;
  const { host } = mailServers(config);
  return [
    {
      name: `_autodiscover._tcp.${domain}.`,
      type: 'SRV',
      value: `0 0 443 ${host}.`,
      says: 'Outlook se règle / Outlook sets itself',
    },
    {
      name: `autoconfig.${domain}.`,
      type: 'CNAME',
      value: `${host}.`,
      says: 'Thunderbird se règle ; le certificat du web doit avoir ce nom aussi / Thunderbird sets itself; the certificate of the web must have this name too',
    },
    {
      name: `autodiscover.${domain}.`,
      type: 'CNAME',
      value: `${host}.`,
      says: 'Outlook se règle ; le certificat du web doit avoir ce nom aussi / Outlook sets itself; the certificate of the web must have this name too',
    },
  ];
}

/** Who sends for us besides (RFC 7208 §5.3, §5.6). */
function relay({ smarthost }: Config): string {
  if (smarthost === null) return '';
  const { hostname } = new URL(smarthost);
  return isIPv4(hostname) ? ` ip4:${hostname}` : ` a:${hostname}`;
}
