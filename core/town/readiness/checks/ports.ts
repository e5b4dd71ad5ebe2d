import { isIP } from 'node:net';
import { mailServers, type Config } from '../../../ground/config.ts';
import { isLoopback } from '../../../ground/listen.ts';
import { readNetworks } from '../../../ground/networks.ts';
import type { Finding } from '../contract.ts';
import { grey, green, red, said } from '../finding.ts';
import { greetingOf, type Greeting } from '../greeting.ts';
import type { Look } from '../surroundings.ts';

/** One port of the service, and how its server begins to speak. */
interface Port {
  readonly name: string;
  readonly here: number;
  /** The same one as the world finds it, where it runs on another machine. */
  readonly outside: number;
  readonly tls: 'at-once' | 'none';
  readonly say: string | null;
  readonly begins: string;
}

/** Whether each port of the service is answered by the server that belongs there. */
export async function portsAnswer({ config, signal }: Look): Promise<Finding> {
  const all = portsOf(config).filter(({ here }) => here !== 0);
  if (all.length === 0)
    return grey(
      said(
        'Les ports sont pris au hasard : rien à regarder d’ici.',
        'Ports are taken at random: nothing to look at from here.',
      ),
    );
  const answers = await Promise.all(all.map((port) => isAnswered(config, port, signal)));
  const dead = all.filter((_port, index) => answers[index] === false);
  const named = (ports: readonly Port[]): string =>
    ports.map(({ name, here }) => `${name} ${here}`).join(', ');
  if (dead.length === 0)
    return green(said(`Tous répondent : ${named(all)}.`, `All answer: ${named(all)}.`));
  return red(
    said(`Personne ne répond : ${named(dead)}.`, `Nobody answers: ${named(dead)}.`),
    said(
      'Démarrez Préau (preau start) et lisez son journal ; un autre programme a peut-être pris le port.',
      'Start Préau (preau start) and read its log; another program may have taken the port.',
    ),
  );
}

function portsOf(config: Config): readonly Port[] {
  const { host } = new URL(config.publicUrl);
  const servers = mailServers(config);
  const smtp = { say: null, begins: '220 ' };
  const imap = { say: null, begins: '* ' };
  // Asked for what needs nothing of core: a scanner that is away has a line of its own.
  const web = { say: `GET /favicon.ico HTTP/1.0\r\nHost: ${host}\r\n\r\n`, begins: 'HTTP/1.1 ' };
  const https: readonly Port[] =
    config.httpsPort === null
      ? []
      : [{ name: 'HTTPS', here: config.httpsPort, outside: 443, ...web, tls: 'at-once' }];
  return [
    ...https,
    { name: 'web', here: config.webPort, outside: config.webPort, ...web, tls: 'none' },
    { name: 'MX', here: config.mxPort, outside: 25, ...smtp, tls: 'none' },
    {
      name: 'submission',
      here: config.submissionPort,
      outside: servers.submission,
      ...smtp,
      tls: 'none',
    },
    {
      name: 'submissions',
      here: config.submissionsPort,
      outside: servers.submissions,
      ...smtp,
      tls: 'at-once',
    },
    { name: 'IMAP', here: config.imapPort, outside: servers.imap, ...imap, tls: 'none' },
    { name: 'IMAPS', here: config.imapsPort, outside: servers.imaps, ...imap, tls: 'at-once' },
  ];
}

/** On this machine, or, where another one has that role, under the public name. */
async function isAnswered(config: Config, port: Port, signal: AbortSignal): Promise<boolean> {
  const { tls, say, begins } = port;
  const isGreeted = (greeting: Greeting): boolean =>
    greeting.kind === 'greeted' && greeting.line.startsWith(begins);
  const own = hereOf(config.host);
  const asProxy = readNetworks(config.proxyProtocol).contains(own)
    ? { asProxy: true as const }
    : {};
  if (isGreeted(await greetingOf({ host: own, port: port.here, tls, say, signal, ...asProxy })))
    return true;
  const { host } = mailServers(config);
  if (isLoopback(host)) return false;
  return isGreeted(await greetingOf({ host, port: port.outside, tls, say, signal }));
}

/** Where to knock at what listens to all addresses of this machine. */
function hereOf(host: string): string {
  const isAny = isIP(host) !== 0 && /^[0:.]+$/.test(host);
  if (!isAny) return host;
  return isIP(host) === 6 ? '::1' : '127.0.0.1';
}
