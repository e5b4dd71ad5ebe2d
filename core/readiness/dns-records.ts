import { isIPv4 } from 'node:net';
import { mailServers, type Config } from '../config.ts';
import type { DnsRecord } from './contract.ts';

/**
 * What the zone of the domain must hold so that mail arrives and mail programs set themselves: MX
 * (RFC 5321 §5), SPF that lets the MX send (RFC 7208), DMARC that refuses our name from elsewhere
 * (RFC 7489), SRV for programs (RFC 6186, RFC 8314 §4), and the two names that Thunderbird and
 * Outlook ask.
 */
export function dnsRecords(config: Config): readonly DnsRecord[] {
  return [...senderRecords(config), ...serviceRecords(config), ...autoconfigRecords(config)];
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
      value: '"v=DMARC1; p=reject; adkim=s; aspf=s"',
      says: 'notre nom venu d’ailleurs est refusé / our name from elsewhere is refused',
    },
  ];
}

function serviceRecords(config: Config): readonly DnsRecord[] {
  const { domain } = config;
  const { host, imaps, imap, submissions, submission } = mailServers(config);
  const srv = (service: string, port: number, says: string, priority = 0): DnsRecord => ({
    name: `_${service}._tcp.${domain}.`,
    type: 'SRV',
    value: `${priority} 1 ${port} ${host}.`,
    says,
  });
  return [
    srv('imaps', imaps, 'lire, TLS d’emblée / reading, TLS at once'),
    srv('imap', imap, 'lire, STARTTLS / reading, STARTTLS', 10),
    srv('submissions', submissions, 'envoyer, TLS d’emblée / sending, TLS at once'),
    srv('submission', submission, 'envoyer, STARTTLS / sending, STARTTLS', 10),
    ...['pop3', 'pop3s'].map((service): DnsRecord => ({
      name: `_${service}._tcp.${domain}.`,
      type: 'SRV',
      value: '0 0 0 .',
      says: 'pas de POP (RFC 6186 §3.4) / no POP',
    })),
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
