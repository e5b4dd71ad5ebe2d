import { isIP } from 'node:net';
import { mailServers, type Config } from '../core/config.ts';
import { isLoopback } from '../core/listen.ts';
import { dnsRecords } from '../core/readiness/dns-records.ts';

function warningOf(host: string): string[] {
  if (isLoopback(host))
    return [
      '; PREAU_PUBLIC_URL n’est pas réglé : ces lignes ne valent que pour cette machine. / PREAU_PUBLIC_URL is not set: these lines hold for this machine alone.',
    ];
  return isIP(host.replace(/^\[|\]$/g, '')) === 0
    ? []
    : [
        '; PREAU_PUBLIC_URL est une adresse : il y faut un nom, sans quoi ces lignes ne valent rien. / PREAU_PUBLIC_URL is an address: it takes a name, without which these lines are worth nothing.',
      ];
}

/**
 * The records as lines of a zone file (RFC 1035 §5.1), each with what it is for. Where the server
 * has no name yet a first line says so: MX, SRV and CNAME take no address (RFC 1035 §3.3.9, RFC
 * 2782).
 */
export function zoneLines(config: Config): string {
  const records = dnsRecords(config);
  const wide = Math.max(...records.map(({ name }) => name.length));
  const lines = records.map(
    ({ name, type, value, says }) =>
      `${name.padEnd(wide)}  IN ${type.padEnd(5)} ${value}  ; ${says}`,
  );
  return [...warningOf(mailServers(config).host), ...lines].join('\n');
}
