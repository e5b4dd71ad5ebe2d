import { isIP } from 'node:net';
import { mailServers, type Config } from '../core/ground/config.ts';
import { Fault } from '../core/ground/fault.ts';
import { isLoopback } from '../core/ground/listen.ts';
import type { PublishedRecord, DnsRecord } from '../core/town/readiness/contract.ts';
import { dnsRecords, keyRecords } from '../core/town/readiness/dns-records.ts';
import { say, type CommandInput } from './command.ts';
import { withCore } from './with-core.ts';

const WITHOUT_KEYS =
  '; Sans base de données, les lignes des clés DKIM manquent ici. / Without a database the records of the DKIM keys are missing here.';

/**
 * `preau dns`: what the zone of the domain must hold, the keys that sign with it; with `--check`
 * what the DNS says in the place of each record, and 1 where something is to be done.
 */
export async function dnsCommand({ config, flags, signal }: CommandInput): Promise<number> {
  if (flags['check'] === true)
    return withCore(config, signal, async ({ readiness }) => {
      const records = await readiness.publishedRecords();
      say(flags, { records }, checkLines(records));
      return records.every(({ state }) => state === 'published') ? 0 : 1;
    });
  try {
    return await withCore(config, signal, async ({ signing }) => {
      const records = [...dnsRecords(config), ...keyRecords(await signing.keys())];
      say(flags, { records }, zoneLines(config, records));
      return 0;
    });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const records = dnsRecords(config);
    say(flags, { records }, `${zoneLines(config, records)}\n${WITHOUT_KEYS}`);
    return 0;
  }
}

function warningOf(host: string): string[] {
  if (isLoopback(host))
    return [
      `; Les pages sont annoncées à ${host}, que cette machine seule atteint : réglez PREAU_PUBLIC_URL, ces lignes ne valent que pour elle. / The pages are announced at ${host}, which this machine alone reaches: set PREAU_PUBLIC_URL, these lines hold for it alone.`,
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
export function zoneLines(config: Config, records: readonly DnsRecord[]): string {
  const wide = Math.max(...records.map(({ name }) => name.length));
  const lines = records.map((record) => `${lineOf(record, wide)}  ; ${record.says}`);
  return [...warningOf(mailServers(config).host), ...lines].join('\n');
}

const lineOf = ({ name, type, value }: DnsRecord, wide = 0): string =>
  `${name.padEnd(wide)}  IN ${type.padEnd(5)} ${value}`;

const MARKS = { published: '✓', missing: '✗', other: '✗', silent: '?' } as const;

/** Each record with what stands in its place; under those that are wrong, what to do. */
function checkLines(records: readonly PublishedRecord[]): string {
  const wrong = records.filter(({ state }) => state !== 'published').length;
  const lines = records.flatMap((record) => [
    `${MARKS[record.state]} ${lineOf(record)}`,
    ...todoOf(record).map((line) => `    ${line}`),
  ]);
  const last =
    wrong === 0
      ? 'Tout est publié. / All of it is published.'
      : `${wrong} ligne(s) à voir. Un changement se voit parfois après des heures. / ${wrong} record(s) to look at. A change is sometimes seen after hours.`;
  return [...lines, '', last].join('\n');
}

function todoOf({ state, found, says }: PublishedRecord): readonly string[] {
  switch (state) {
    case 'published':
      return [];
    case 'missing':
      return [`À ajouter : ${says.split(' / ')[0]}. / To be added: ${says.split(' / ')[1]}.`];
    case 'other':
      return [`À corriger, il y a : / to be put right, there is: ${found.join(' ; ')}`];
    case 'silent':
      return [
        'Le DNS ne répond pas : regardez /etc/resolv.conf, ou nommez un résolveur par PREAU_RESOLVER. / The DNS doesn’t answer: look at /etc/resolv.conf, or name a resolver by PREAU_RESOLVER.',
      ];
  }
}
