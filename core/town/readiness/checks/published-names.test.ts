import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openNames } from '../../../ground/names.ts';
import { dnsRecords } from '../dns-records.ts';
import { published } from '../published.ts';
import { DOMAIN, HOST, partsOf, told, townConfig } from '../testing/asking.ts';
import { openNameServer, type NameServer, type Zone } from '../testing/name-server.ts';

/** The zone that `preau dns` asks for, and the server's address. */
function rightZone(): Zone {
  const zone: Zone = { [HOST]: ['A 192.0.2.7'] };
  for (const { name, type, value } of dnsRecords(townConfig())) {
    const owner = name.replace(/\.$/, '');
    zone[owner] = [...(zone[owner] ?? []), `${type} ${value}`];
  }
  return zone;
}

let server: NameServer;
beforeAll(async () => {
  server = await openNameServer({});
});
afterAll(() => server.close());
beforeEach(() => Object.assign(server, { zone: rightZone(), mute: false }));

const ask = (id: string, env: Readonly<Record<string, string>> = {}) =>
  told(partsOf(townConfig(env), { resolver: server.address }), id);

/** One name of the zone with other records; null takes it out. */
function publish(name: string, records: readonly string[] | null): void {
  const { [name]: _was, ...rest } = server.zone;
  server.zone = records === null ? rest : { ...rest, [name]: records };
}

describe('what the world sees of the domain, each broken and mended', () => {
  it.each([
    { id: 'names.host', break: [HOST, null], state: 'red', says: 'n’a pas d’adresse' },
    { id: 'names.mx', break: [DOMAIN, null], state: 'red', says: 'n’a pas de ligne MX' },
    {
      id: 'names.mx',
      break: [DOMAIN, ['MX 10 mx.ancien.fr.']],
      state: 'red',
      says: 'va ailleurs : mx.ancien.fr.',
    },
    {
      id: 'names.mx',
      break: [DOMAIN, ['MX 20 courrier.ville.fr.', 'MX 5 mx.ancien.fr.']],
      state: 'red',
      says: 'va ailleurs : mx.ancien.fr., courrier.ville.fr.',
    },
    { id: 'names.spf', break: [DOMAIN, ['TXT "bonjour"']], state: 'red', says: 'Aucune ligne SPF' },
    {
      id: 'names.spf',
      break: [DOMAIN, ['TXT "v=spf1 mx ~all"']],
      state: 'amber',
      says: 'd’autres que nous : v=spf1 mx ~all',
    },
    {
      id: 'names.spf',
      break: [DOMAIN, ['TXT "v=spf1 ip4:192.0.2.1 -all"']],
      state: 'red',
      says: 'n’autorise pas ce serveur',
    },
    {
      id: 'names.spf',
      break: [DOMAIN, ['TXT "v=spf1 mx -all"', 'TXT "v=spf1 -all"']],
      state: 'red',
      says: '2 lignes SPF',
    },
    {
      id: 'names.dmarc',
      break: [`_dmarc.${DOMAIN}`, null],
      state: 'red',
      says: 'Aucune ligne DMARC',
    },
    {
      id: 'names.dmarc',
      break: [`_dmarc.${DOMAIN}`, ['TXT "v=DMARC1; p=none"']],
      state: 'amber',
      says: 'pas encore refuser les faux : v=DMARC1; p=none',
    },
    {
      id: 'names.autoconfig',
      break: [`autoconfig.${DOMAIN}`, ['A 192.0.2.99']],
      state: 'amber',
      says: `réglages : autoconfig.${DOMAIN}.`,
    },
    {
      id: 'names.transport',
      break: [`_mta-sts.${DOMAIN}`, ['TXT "v=STSv1; id=1"']],
      state: 'amber',
      says: `nous arrive chiffré : _mta-sts.${DOMAIN}.`,
    },
    {
      id: 'names.srv',
      break: [`_imaps._tcp.${DOMAIN}`, ['SRV 0 1 143 courrier.ville.fr.']],
      state: 'amber',
      says: `lire ou envoyer : _imaps._tcp.${DOMAIN}.`,
    },
  ] as const)('$id: $says', async ({ id, break: [name, records], state, says }) => {
    publish(name, records);
    const broken = await ask(id);
    expect(broken).toMatchObject({ state, found: expect.stringContaining(says) });
    expect(broken.todo).not.toBeNull();
    server.zone = rightZone();
    expect(await ask(id)).toMatchObject({ state: 'green', todo: null });
  });

  it('takes a policy that says more, and an address in the place of an alias', async () => {
    publish(`_dmarc.${DOMAIN}`, ['TXT "v=DMARC1; p=reject; rua=mailto:dmarc@ville.fr"']);
    publish(`autoconfig.${DOMAIN}`, ['A 192.0.2.7']);
    expect(await ask('names.dmarc')).toMatchObject({ state: 'green' });
    expect(await ask('names.autoconfig')).toMatchObject({ state: 'green' });
  });

  it('says within its time that nobody answers, and what to do', async () => {
    server.mute = true;
    expect(await ask('names.mx')).toMatchObject({
      state: 'red',
      found: `Le DNS ne répond pas à la question de ${DOMAIN}.`,
      todo: expect.stringContaining('PREAU_RESOLVER'),
    });
  });

  it('says of each record what stands in its place, for who copies them', async () => {
    publish(`_dmarc.${DOMAIN}`, null);
    publish(DOMAIN, ['MX 10 mx.ancien.fr.', 'TXT "v=spf1 mx -all"']);
    const names = openNames([server.address]);
    const records = dnsRecords(townConfig());
    const seen = await Promise.all(records.map((record) => published(names, record)));
    expect(seen.slice(0, 3)).toMatchObject([
      { type: 'MX', state: 'other', found: ['mx.ancien.fr.'] },
      { type: 'TXT', state: 'published', found: ['"v=spf1 mx -all"'] },
      { type: 'TXT', state: 'missing', found: [] },
    ]);
    expect(new Set(seen.slice(3).map(({ state }) => state))).toEqual(new Set(['published']));
  });
});

describe('the public name', () => {
  it.each([
    {
      url: 'http://127.0.0.1:8080',
      says: 'annoncées à http://127.0.0.1:8080, que cette machine seule atteint',
    },
    { url: 'https://192.0.2.7', says: 'et non un nom' },
    { url: 'http://courrier.ville.fr', says: 'sans chiffrement' },
  ])('$url: $says; what needs it waits', async ({ url, says }) => {
    const env = { PREAU_PUBLIC_URL: url };
    expect(await ask('names.public', env)).toMatchObject({
      state: 'red',
      found: expect.stringContaining(says),
    });
    expect(await ask('names.mx', env)).toMatchObject({
      state: 'grey',
      found: 'Attend le nom public.',
    });
    expect(await ask('names.public')).toMatchObject({ state: 'green' });
  });
});
