import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { readProxyHeads } from '../../../ground/behind-proxy.ts';
import { openLog } from '../../../ground/log.ts';
import { ESPEAK } from '../../../letters/voice/testing/espeak.ts';
import { makeSelfSigned } from '../../certificate/self-signed.ts';
import { askAll } from '../ask-all.ts';
import { MACHINE, type DiskSpace } from '../machine.ts';
import { DOMAIN, HOST, partsOf, told, townConfig } from '../testing/asking.ts';
import { CHAINS } from '../testing/chain.ts';
import { openNameServer, type Zone } from '../testing/name-server.ts';
import { openTimeServer } from '../testing/time-server.ts';

const closes: (() => void)[] = [];
afterEach(() => {
  for (const close of closes.splice(0)) close();
});

/** A server that greets everybody with one line; `null`: with none. */
async function greeter(line: string | null, at = 0): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    if (line !== null) socket.end(`${line}\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  closes.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function names(zone: Zone): Promise<{ resolver: string }> {
  const server = await openNameServer(zone);
  closes.push(() => server.close());
  return { resolver: server.address };
}

describe('port 25 from outside', () => {
  const zone = { [HOST]: ['A 127.0.0.1'] };

  it.each([
    { line: `220 ${DOMAIN} ESMTP Preau`, state: 'green', says: 'répond par l’accueil de Préau' },
    { line: '220 mx.ancien.fr ESMTP Postfix', state: 'red', says: 'ce n’est pas Préau' },
  ])('$line: $state', async ({ line, state, says }) => {
    const smtpPort = await greeter(line);
    const parts = partsOf(townConfig(), { ...(await names(zone)), smtpPort });
    const found = expect.stringContaining(says);
    expect(await told(parts, 'network.from-outside')).toMatchObject({ state, found });
  });

  it('is red where nothing listens, and green once it does', async () => {
    const smtpPort = await greeter(null);
    closes.pop()?.();
    const parts = partsOf(townConfig(), { ...(await names(zone)), smtpPort });
    expect(await told(parts, 'network.from-outside')).toMatchObject({
      state: 'red',
      found: expect.stringContaining('Rien n’écoute'),
      todo: expect.stringContaining('PREAU_MX_PORT'),
    });
    await greeter(`220 ${DOMAIN} ESMTP Preau`, smtpPort);
    expect(await told(parts, 'network.from-outside')).toMatchObject({ state: 'green' });
  });

  it('is no more than a doubt where nobody answers: some networks have no way back', async () => {
    const smtpPort = await greeter(null);
    const parts = partsOf(townConfig(), { ...(await names(zone)), smtpPort });
    const begun = performance.now();
    expect(await told(parts, 'network.from-outside')).toMatchObject({
      state: 'amber',
      todo: expect.stringContaining('d’un autre réseau'),
    });
    expect(performance.now() - begun).toBeLessThan(9_000);
  });
});

describe('mail to outside', () => {
  it('is green with a relay that answers, red with one that doesn’t', async () => {
    const port = await greeter('220 relais.ville.fr ESMTP');
    const parts = partsOf(townConfig({ PREAU_SMARTHOST: `smtp://127.0.0.1:${port}` }));
    expect(await told(parts, 'network.to-outside')).toMatchObject({ state: 'green' });
    closes.pop()?.();
    expect(await told(parts, 'network.to-outside')).toMatchObject({
      state: 'red',
      found: expect.stringContaining(`127.0.0.1:${port} ne prend pas de courrier`),
      todo: expect.stringContaining('PREAU_SMARTHOST'),
    });
    await greeter('554 no', port);
    expect(await told(parts, 'network.to-outside')).toMatchObject({
      state: 'red',
      found: expect.stringContaining('(« 554 no »)'),
    });
  });

  it('without a relay, is green where a server of the world answers, red where none does', async () => {
    const smtpPort = await greeter('220 mx.monde.example ESMTP');
    const zone = {
      'monde.example': ['MX 10 mx.monde.example.'],
      'mx.monde.example': ['A 127.0.0.1'],
    };
    const outsideDomains = ['muet.example', 'monde.example'];
    const parts = partsOf(townConfig(), { ...(await names(zone)), smtpPort, outsideDomains });
    expect(await told(parts, 'network.to-outside')).toMatchObject({
      state: 'green',
      found: expect.stringContaining('ouvert (monde.example répond)'),
    });
    const alone = { ...parts, beyond: { ...parts.beyond, outsideDomains: ['muet.example'] } };
    expect(await told(alone, 'network.to-outside')).toMatchObject({
      state: 'red',
      found: expect.stringContaining('fermé (essayé : muet.example)'),
      todo: expect.stringContaining('PREAU_SMARTHOST'),
    });
  });
});

describe('the ports of the service', () => {
  it('names those that nobody answers, and knows a stranger by what they say', async () => {
    const smtp = `220 ${DOMAIN} ESMTP Preau`;
    const [web, mx, imap] = [
      await greeter('HTTP/1.1 200 OK'),
      await greeter(smtp),
      await greeter('* OK Preau'),
    ];
    const parts = partsOf(
      townConfig({
        PREAU_PUBLIC_URL: 'http://127.0.0.1',
        PREAU_WEB_PORT: String(web),
        PREAU_MX_PORT: String(mx),
        PREAU_IMAP_PORT: String(imap),
        ...Object.fromEntries(
          ['SUBMISSION', 'SUBMISSIONS', 'IMAPS'].map((name) => [`PREAU_${name}_PORT`, '0']),
        ),
      }),
    );
    expect(await told(parts, 'network.ports')).toMatchObject({ state: 'green' });
    closes.splice(1, 1)[0]?.();
    expect(await told(parts, 'network.ports')).toMatchObject({
      state: 'red',
      found: `Personne ne répond : MX ${mx}.`,
    });
    await greeter('HTTP/1.1 400 Bad Request', mx);
    expect(await told(parts, 'network.ports')).toMatchObject({ state: 'red' });
    closes.pop()?.();
    await greeter(smtp, mx);
    expect(await told(parts, 'network.ports')).toMatchObject({ state: 'green' });
  });
});

describe('the ports of the service behind a proxy on its own machine', () => {
  const proxied = { PREAU_PROXY_PROTOCOL: '127.0.0.1', PREAU_PUBLIC_URL: 'http://127.0.0.1' };

  /** Takes nobody whom no proxy brings; gives its port. */
  async function behind(server: Server | HttpServer): Promise<string> {
    const log = openLog({ level: 'silent' });
    readProxyHeads(server, { config: townConfig(proxied), log });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closes.push(() => server.close());
    return String((server.address() as AddressInfo).port);
  }

  it('are asked as that proxy asks, which says first whom it brings', async () => {
    const secret = makeSelfSigned(DOMAIN, { from: new Date(0), until: new Date() });
    const config = townConfig({
      ...proxied,
      PREAU_MX_PORT: await behind(createServer((socket) => socket.end('220 town ESMTP\r\n'))),
      PREAU_IMAPS_PORT: await behind(createTlsServer(secret, (socket) => socket.end('* OK\r\n'))),
      PREAU_WEB_PORT: await behind(createHttpServer((_request, reply) => reply.end())),
      ...Object.fromEntries(
        ['SUBMISSION', 'SUBMISSIONS', 'IMAP'].map((name) => [`PREAU_${name}_PORT`, '0']),
      ),
    });
    expect(await told(partsOf(config), 'network.ports')).toMatchObject({ state: 'green' });
  });
});

describe('the certificate', () => {
  const IN_TIME = new Date('2026-12-01T12:00:00Z');

  /** Asks with this chain in the file that the variable names. */
  async function shown(pem: string, id: string, now = IN_TIME) {
    const config = townConfig();
    const tlsCertFile = join(config.dataDir, 'fullchain.pem');
    writeFileSync(tlsCertFile, pem);
    return told({ ...partsOf({ ...config, tlsCertFile }), clock: () => now }, id);
  }

  it.each([
    { chain: 'whole', id: 'certificate.trust', state: 'green', says: 'signé par' },
    { chain: 'unsigned', id: 'certificate.trust', state: 'amber', says: 'rien ne répond' },
    { chain: 'whole', id: 'certificate.names', state: 'green', says: `au nom de ${HOST}` },
    { chain: 'other', id: 'certificate.names', state: 'red', says: `au nom de ${HOST}` },
  ] as const)('$id of one that is $chain: $state', async ({ chain, id, state, says }) => {
    const found = expect.stringContaining(says);
    expect(await shown(CHAINS[chain], id)).toMatchObject({ state, found });
  });

  it.each([
    { now: '2026-12-01T12:00:00Z', state: 'green', says: 'encore 61 jours' },
    { now: '2027-01-20T12:00:00Z', state: 'amber', says: 'encore 11 jours' },
    { now: '2027-01-30T12:00:00Z', state: 'red', says: 'encore 1 jour.' },
    { now: '2027-02-02T12:00:00Z', state: 'red', says: 'est fini' },
  ])('its end, seen on $now: $says', async ({ now, state, says }) => {
    const found = expect.stringContaining(says);
    expect(await shown(CHAINS.whole, 'certificate.end', new Date(now))).toMatchObject({
      state,
      found,
    });
  });

  it('is red where it signed itself, outside the demo', async () => {
    const made = makeSelfSigned(DOMAIN, { from: new Date(0), until: new Date('2030-01-01') });
    expect(await shown(made.cert, 'certificate.trust')).toMatchObject({
      state: 'red',
      found: expect.stringContaining('s’est signé lui-même'),
      todo: expect.stringContaining('PREAU_TLS_CERT'),
    });
    const demo = townConfig({ PREAU_PUBLIC_URL: 'http://127.0.0.1:8080' });
    writeFileSync(join(demo.dataDir, 'demo.json'), '{}');
    writeFileSync(join(demo.dataDir, 'self-signed.pem'), made.cert);
    expect(await told(partsOf(demo), 'certificate.trust')).toMatchObject({ state: 'grey' });
  });

  it('is red where there is none, or what is there can’t be read', async () => {
    expect(await told(partsOf(townConfig()), 'certificate.end')).toMatchObject({ state: 'red' });
    expect(await shown('not a certificate', 'certificate.end')).toMatchObject({
      state: 'red',
      found: expect.stringContaining('pas de certificat lisible'),
    });
  });
});

describe('the certificate of the pages, as a browser sees it', () => {
  const YEARS = { from: new Date(0), until: new Date('2095-01-01') };
  const SETTINGS = [`autoconfig.${DOMAIN}`, `autodiscover.${DOMAIN}`, `mta-sts.${DOMAIN}`];
  const zone = Object.fromEntries([HOST, ...SETTINGS].map((name) => [name, ['A 127.0.0.1']]));

  /** Pages that show a certificate of its own to each name; those of `believed` are trusted. */
  async function served(believed: readonly string[], until = YEARS.until) {
    const made = new Map(
      [HOST, ...SETTINGS].map((name) => [name, makeSelfSigned(name, { ...YEARS, until })]),
    );
    const server = createTlsServer({
      SNICallback: (name, done) => done(null, createSecureContext(made.get(name) ?? {})),
    });
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closes.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const authorities = believed.flatMap((name) => made.get(name)?.cert ?? []);
    const config = townConfig({ PREAU_PUBLIC_URL: `https://${HOST}:${port}` });
    return partsOf(config, { ...(await names(zone)), authorities });
  }
  const ask = async (...given: Parameters<typeof served>) =>
    told(await served(...given), 'certificate.pages');

  it('is green where it is believed, under the names of settings too', async () =>
    expect(await ask([HOST, ...SETTINGS])).toMatchObject({ state: 'green' }));

  it('is amber where mail programs can’t set themselves', async () =>
    expect(await ask([HOST])).toMatchObject({
      state: 'amber',
      found: expect.stringContaining(`pas ${SETTINGS.join(', ')}`),
    }));

  it('is amber where other servers can’t read our policy (RFC 8461 §3.3)', async () =>
    expect(await ask([HOST, ...SETTINGS.slice(0, 2)])).toMatchObject({
      state: 'amber',
      found: `Les pages sont en ordre, mais pas mta-sts.${DOMAIN} : les autres serveurs ne lisent pas notre règle MTA-STS.`,
    }));

  it('is red where a browser refuses it, and says why', async () => {
    expect(await ask(SETTINGS)).toMatchObject({
      state: 'red',
      found: expect.stringContaining('il s’est signé lui-même'),
    });
    expect(await ask([HOST], new Date('2020-01-01'))).toMatchObject({
      state: 'red',
      found: expect.stringContaining('il est fini'),
    });
  });

  it('is red where nothing answers', async () => {
    const parts = await served([HOST]);
    closes.at(-2)?.();
    closes.splice(-2, 1);
    expect(await told(parts, 'certificate.pages')).toMatchObject({
      state: 'red',
      found: expect.stringContaining('Rien ne répond en HTTPS'),
      todo: expect.stringContaining('PREAU_HTTPS_PORT'),
    });
  });
});

describe('the virus scanner', () => {
  const NOW = new Date('2026-11-26T12:00:00Z');
  const asked = async (version: string, id: string) => {
    const port = await greeter(`${version}\0`);
    const config = townConfig({ PREAU_CLAMD: `tcp://127.0.0.1:${port}` });
    return told({ ...partsOf(config), clock: () => NOW }, id);
  };

  it.each([
    { made: '/27827/Thu Nov 26 09:12:00 2026', state: 'green', says: 'ont 2 heures' },
    { made: '/27824/Mon Nov 23 09:12:00 2026', state: 'amber', says: 'ont 3 jours' },
    { made: '/27800/Sun Nov  1 09:12:00 2026', state: 'red', says: 'ont 25 jours' },
    { made: '', state: 'red', says: 'que le virus d’essai' },
  ])('signatures $made: $state', async ({ made, state, says }) => {
    const found = expect.stringContaining(says);
    expect(await asked(`ClamAV 1.4.6${made}`, 'mail.signatures')).toMatchObject({ state, found });
  });

  it('is red where it is away, or another program has its port', async () => {
    expect(await asked('ClamAV 1.4.6', 'mail.scanner')).toMatchObject({ state: 'green' });
    expect(await asked('SSH-2.0-OpenSSH_9.2', 'mail.scanner')).toMatchObject({ state: 'red' });
    const away = partsOf(townConfig({ PREAU_CLAMD: 'unix:/nowhere/clamd.sock' }));
    expect(await told(away, 'mail.scanner')).toMatchObject({
      state: 'red',
      found: 'L’antivirus ne répond pas.',
      todo: expect.stringContaining('PREAU_CLAMD'),
    });
    expect(await told(away, 'mail.signatures')).toMatchObject({ state: 'grey' });
    expect(await told(partsOf(townConfig()), 'mail.scanner')).toMatchObject({ state: 'red' });
  });
});

describe('the voice', () => {
  const asked = (program: string) =>
    told(partsOf(townConfig({ PREAU_VOICE: program })), 'machine.voice');

  it('speaks, says nothing, or isn’t there', async () => {
    expect(await asked(ESPEAK)).toMatchObject({ state: 'green' });
    expect(await asked('/bin/true')).toMatchObject({
      state: 'amber',
      todo: expect.stringContaining('espeak-ng'),
    });
    expect(await told(partsOf(townConfig()), 'machine.voice')).toMatchObject({ state: 'amber' });
  });
});

describe('the machine', () => {
  const room = (freeBytes: number): DiskSpace => ({ freeBytes, totalBytes: 100e9 });
  const SEEN = [
    { free: 40e9, state: 'green' },
    { free: 9e9, state: 'amber' },
    { free: 2e9, state: 'red' },
  ] as const;

  it.each(SEEN)(
    'a disk or a memory with $free bytes free of 100e9: $state',
    async ({ free, state }) => {
      const machine = { ...MACHINE, disk: async () => room(free), memory: () => room(free) };
      const parts = partsOf(townConfig(), { machine });
      expect(await told(parts, 'machine.disk')).toMatchObject({ state });
      expect(await told(parts, 'machine.memory')).toMatchObject({ state });
    },
  );

  it('reads the real ones, also of a folder that isn’t there yet', async () => {
    const disk = await MACHINE.disk('/tmp/not/there/yet');
    for (const { freeBytes, totalBytes } of [disk, MACHINE.memory()]) {
      expect(freeBytes).toBeGreaterThan(0);
      expect(totalBytes).toBeGreaterThanOrEqual(freeBytes);
      expect(totalBytes).toBeLessThan(1e15);
    }
  });

  it('holds its clock against the world’s, where a time server answers', async () => {
    let offMs = 0;
    const timeServer = await openTimeServer(() => ({ timeMs: Date.now() - offMs }));
    const parts = partsOf(townConfig(), { timeServer });
    expect(await told(parts, 'machine.world-clock')).toMatchObject({ state: 'green' });
    offMs = 5_000;
    expect(await told(parts, 'machine.world-clock')).toMatchObject({
      state: 'amber',
      found: expect.stringMatching(/avance de [45],\d s/),
    });
    offMs = -90_000;
    expect(await told(parts, 'machine.world-clock')).toMatchObject({
      state: 'red',
      found: expect.stringMatching(/retarde de (89|90),\d s/),
    });
    timeServer.close();
    expect(await told(parts, 'machine.world-clock')).toMatchObject({ state: 'grey' });
  });

  it('says its version', async () =>
    expect(await told(partsOf(townConfig()), 'machine.version')).toMatchObject({ state: 'green' }));
});

it('the demo’s accounts are red once others can come', async () => {
  const town = townConfig();
  expect(await told(partsOf(town), 'people.demo')).toMatchObject({ state: 'green' });
  writeFileSync(join(town.dataDir, 'demo.json'), '{}');
  expect(await told(partsOf(town), 'people.demo')).toMatchObject({
    state: 'red',
    todo: expect.stringContaining('--no-demo'),
  });
  const here = { ...town, publicUrl: 'http://127.0.0.1:8080' };
  expect(await told(partsOf(here), 'people.demo')).toMatchObject({ state: 'grey' });
});

it('a check that throws is a red line with a sentence and no stack; the rest is asked', async () => {
  const machine = {
    ...MACHINE,
    disk: () => Promise.reject(new Error('ENOTREADY at /secret/path')),
    memory: () => {
      throw new TypeError('x is not a function');
    },
  };
  const parts = partsOf(townConfig(), { machine });
  const { groups } = await askAll(parts, (id) => id.startsWith('machine.'));
  const lines = new Map(groups[0]?.lines.map((line) => [line.id, line]));
  for (const id of ['machine.disk', 'machine.memory'])
    expect(lines.get(id)).toMatchObject({
      state: 'red',
      found: { fr: 'Cette vérification a échoué.', en: 'This check has failed.' },
    });
  expect(lines.get('machine.version')).toMatchObject({ state: 'green' });
  expect(JSON.stringify(groups)).not.toMatch(/secret|TypeError|not a function/);
});

it('without a database says so once where it is the cause, and elsewhere what it hinders', async () => {
  const { groups } = await askAll(partsOf(townConfig()), (id) =>
    /^(database|people)\.(?!demo)/.test(id),
  );
  const lines = groups.flatMap((group) => group.lines);
  expect(lines.filter(({ state }) => state !== 'red')).toEqual([]);
  expect(lines.filter(({ found }) => found.fr.includes('n’a pas d’adresse'))).toHaveLength(1);
  expect(lines.filter(({ found }) => found.fr.startsWith('Pas vérifié'))).toHaveLength(9);
});
