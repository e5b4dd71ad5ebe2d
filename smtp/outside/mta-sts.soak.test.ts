/**
 * MTA-STS with what the world runs: the policy comes over HTTPS from where the DNS says, and
 * Postfix takes the letter. Knot and unbound are the DNS; Node believes the web server's
 * certificate because the test says so, and of the rest nothing is made up.
 */
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeSelfSigned } from '../../core/town/certificate/self-signed.ts';
import { hasPostfix, startPostfix, type Postfix } from '../../tests/shared/postfix.ts';
import { hasSigningDns, startSignedZone, type SignedZone } from '../../tests/shared/signed-zone.ts';
import { systemResolver } from '../sender-authentication.ts';
import { deliverAlone, loopbackWorld } from '../testing/loopback-world.ts';
import { openPolicies } from './policies.ts';

const HOST = '127.0.0.1';
/** RFC 8461 §3.3: HTTPS, and no other port; an address that nobody else has. */
const WEB = '127.0.53.12';
const HTTPS = 443;
const VALID = { from: new Date(0), until: new Date('2095-01-01') };
/** Postfix shows one certificate, for this name: what `cinema.test` calls it is another. */
const THEATRE = 'theatre.test';
const CINEMA = 'cinema.test';
const PAIR = makeSelfSigned(`mx1.${THEATRE}`, VALID);
const FROM = 'claire@ecoles.test';

const policyOf = (domain: string, mode = 'enforce', mx = `mx1.${domain}`): string =>
  `version: STSv1\r\nmode: ${mode}\r\nmx: ${mx}\r\nmax_age: 604800\r\n`;

const zoneOf = (id: string): readonly string[] => [
  '@ IN MX 10 mx1',
  `mx1 IN A ${HOST}`,
  `mta-sts IN A ${WEB}`,
  `_mta-sts IN TXT "v=STSv1; id=${id};"`,
];

/** The web servers of all domains: `policies` is what they say, by their name. */
interface PolicyHost {
  readonly policies: Map<string, string>;
  /** Names that were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

async function openPolicyHost(domains: readonly string[]): Promise<PolicyHost> {
  const policies = new Map<string, string>();
  const asked: string[] = [];
  const believed = getCACertificates('default');
  const pairs = new Map(
    domains.map((domain) => {
      const name = `mta-sts.${domain}`;
      return [name, makeSelfSigned(name, VALID)] as const;
    }),
  );
  setDefaultCACertificates([...believed, ...[...pairs.values()].map(({ cert }) => cert)]);
  const [first] = pairs.values();
  const server: Server = createServer(
    {
      ...first,
      SNICallback(name, done) {
        const pair = pairs.get(name);
        done(null, pair === undefined ? undefined : createSecureContext(pair));
      },
    },
    ({ url, headers: { host = '' } }, response) => {
      asked.push(host);
      const policy = url === '/.well-known/mta-sts.txt' ? policies.get(host) : undefined;
      response.writeHead(policy === undefined ? 404 : 200, { 'content-type': 'text/plain' });
      response.end(policy);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(HTTPS, WEB, resolve);
  });
  return {
    policies,
    asked,
    async close() {
      setDefaultCACertificates(believed);
      if (!server.listening) return;
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

describe.runIf(hasPostfix() && hasSigningDns())('a policy of MTA-STS before Postfix', () => {
  let postfix: Postfix;
  let dns: SignedZone;
  let web: PolicyHost;
  /** What this service remembers of policies over a restart. */
  let folder: string;

  beforeAll(async () => {
    const pem = `${PAIR.key}${PAIR.cert}`;
    const name = `mx1.${THEATRE}`;
    postfix = await startPostfix(HOST, { domain: THEATRE, others: [CINEMA], name, pem });
    dns = await startSignedZone({
      signed: { 'signed.test.': [] },
      plain: { [`${THEATRE}.`]: zoneOf('1'), [`${CINEMA}.`]: zoneOf('1') },
    });
  }, 60_000);
  afterAll(async () => {
    await dns.stop();
    await postfix.stop();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'preau-policies-'));
    web = await openPolicyHost([THEATRE, CINEMA]);
    return web.close;
  });

  /** By a service that has just begun: only its folder knows of policies. */
  async function deliver(subject: string, domain: string) {
    const world = {
      ...loopbackWorld(dns.address, { port: postfix.port, authorities: [PAIR.cert] }),
      policies: openPolicies(folder, systemResolver([dns.address])),
    };
    const recipient = `lucie@${domain}`;
    const raw = `From: ${FROM}\r\nTo: ${recipient}\r\nSubject: ${subject}\r\n\r\nBonjour\r\n`;
    return await deliverAlone(world, { sender: FROM, recipient }, Buffer.from(raw));
  }

  /** The letters of a subject that Postfix has, once it has one that was given to it later. */
  async function arrived(subject: string): Promise<number> {
    const last = `last-${subject}`;
    expect(await deliver(last, THEATRE)).toMatchObject({ kind: 'taken' });
    const count = (one: string) =>
      postfix.letters().filter((letter) => letter.includes(`Subject: ${one}\n`)).length;
    await expect.poll(() => count(last), { timeout: 20_000 }).toBe(1);
    return count(subject);
  }

  it('is fetched, and the letter goes to the certificate that it asks for', async () => {
    web.policies.set(`mta-sts.${THEATRE}`, policyOf(THEATRE));
    expect(await deliver('right', THEATRE)).toMatchObject({ kind: 'taken' });
    expect(web.asked).toEqual([`mta-sts.${THEATRE}`]);
    expect(await arrived('right')).toBe(1);
    const letter = postfix.letters().find((one) => one.includes('Subject: right\n'));
    expect(letter).toMatch(/using TLSv1\.3 with cipher/);
  });

  it('puts the letter off where the certificate is another’s, and says so', async () => {
    web.policies.set(`mta-sts.${CINEMA}`, policyOf(CINEMA));
    expect(await deliver('wrong', CINEMA)).toEqual({
      kind: 'later',
      reply: `451 4.7.5 mx1.${CINEMA} does not prove who it is`,
    });
    expect(await arrived('wrong')).toBe(0);
  });

  it('puts it off where the server is none of those that it names', async () => {
    web.policies.set(`mta-sts.${THEATRE}`, policyOf(THEATRE, 'enforce', `mx9.${THEATRE}`));
    expect(await deliver('unnamed', THEATRE)).toEqual({
      kind: 'later',
      reply: `451 4.7.5 The policy of ${THEATRE} allows none of its MX`,
    });
    expect(web.asked).toHaveLength(1);
  });

  it('asks for nothing while its domain only tries it', async () => {
    web.policies.set(`mta-sts.${CINEMA}`, policyOf(CINEMA, 'testing'));
    expect(await deliver('testing', CINEMA)).toMatchObject({ kind: 'taken' });
    expect(web.asked).toHaveLength(1);
    expect(await arrived('testing')).toBe(1);
  });

  it('is held to while its web server is away, whatever the DNS says then', async () => {
    web.policies.set(`mta-sts.${CINEMA}`, policyOf(CINEMA));
    expect(await deliver('before', CINEMA)).toMatchObject({ kind: 'later' });
    await web.close();
    dns.publish(`${CINEMA}.`, zoneOf('2'));
    expect(await deliver('changed', CINEMA)).toMatchObject({ kind: 'later' });
    dns.publish(`${CINEMA}.`, ['@ IN MX 10 mx1', `mx1 IN A ${HOST}`]);
    expect(await deliver('gone', CINEMA)).toMatchObject({ kind: 'later' });
    // Who never saw it is held by nothing: it was the folder that knew.
    folder = mkdtempSync(join(tmpdir(), 'preau-policies-'));
    expect(await deliver('unseen', CINEMA)).toMatchObject({ kind: 'taken' });
    dns.publish(`${CINEMA}.`, zoneOf('3'));
    expect(await arrived('changed')).toBe(0);
    expect(await arrived('gone')).toBe(0);
  });

  it('is not believed from a web server that doesn’t prove its name', async () => {
    web.policies.set(`mta-sts.${CINEMA}`, policyOf(CINEMA));
    setDefaultCACertificates([PAIR.cert]);
    expect(await deliver('stranger', CINEMA)).toMatchObject({ kind: 'taken' });
    expect(web.asked).toEqual([]);
  });
});
