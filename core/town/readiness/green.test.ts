/** A town that lacks nothing: every check that is built is green, and the list says so to all. */

import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openNames } from '../../ground/names.ts';
import { VERSION } from '../../ground/version.ts';
import { ESPEAK } from '../../letters/voice/testing/espeak.ts';
import { requireSecret } from '../../store/secret-mark.ts';
import { makeSelfSigned } from '../certificate/self-signed.ts';
import { noteProof } from '../isolation/isolation.ts';
import { night } from '../isolation/testing/night.ts';
import { openQueue, type Queue } from '../jobs/queue.ts';
import { keepHeads } from '../journals/heads.ts';
import type { Signing } from '../signing/contract.ts';
import { openSigning } from '../signing/signing.ts';
import { linesOf } from './ask-all.ts';
import { noteRecord } from './backup/record.ts';
import type { Readiness } from './contract.ts';
import { dnsRecords, keyRecords } from './dns-records.ts';
import { MACHINE } from './machine.ts';
import { openReadiness } from './readiness.ts';
import type { LetterParts } from './surroundings.ts';
import { HOST, partsOf, told } from './testing/asking.ts';
import { madeRepository, rightRecord } from './testing/backups.ts';
import { CHAINS } from './testing/chain.ts';
import { openNameServer, type NameServer, type Zone } from './testing/name-server.ts';
import { openTimeServer } from './testing/time-server.ts';

const DOMAIN = 'ecoles.ville.fr';
const AGENT = 'hugues.armand';
const closes: (() => void)[] = [];
let town: TestTown;
let names: NameServer;
let queue: Queue;
let parts: LetterParts;
let readiness: Readiness;
let signing: Signing;

beforeAll(async () => {
  town = await openTestTown({ env: { PREAU_VOICE: ESPEAK } });
  town.clock.now = new Date();
  names = await openNameServer({});
  queue = openQueue({ databaseUrl: town.databaseUrl, redisUrl: null }, () => {});
  signing = openSigning({
    ...town.parts,
    names: openNames([names.address]),
    secret: Buffer.alloc(32),
    domain: DOMAIN,
  });
  parts = await rightParts();
  names.zone = rightZone(parts.config.domain);
  for (const { name, value } of keyRecords(await signing.keys()))
    names.zone[name.replace(/\.$/, '')] = [`TXT ${value}`];
  await signing.tend();
  readiness = openReadiness(parts);
  await rightTown();
  await noteProof(town.store, night(town.clock.now));
  await keepHeads(town.store, parts.config.dataDir, town.clock.now);
  await town.admin.query(
    `insert into night_job (name, known_at, begun_at, ended_at, result, done_at)
     values ('tidying', now(), now(), now(), 'done', now())`,
  );
});
afterAll(async () => {
  for (const close of closes) close();
  names.close();
  await queue.close();
  await town.close();
});

/** Pages in HTTPS, with a certificate for each name under which somebody comes. */
async function pages(): Promise<{ readonly port: number; readonly authorities: string[] }> {
  const valid = { from: new Date(0), until: new Date('2095-01-01') };
  const known = [
    HOST,
    ...['autoconfig', 'autodiscover', 'mta-sts'].map((name) => `${name}.${DOMAIN}`),
  ];
  const made = new Map(known.map((name) => [name, makeSelfSigned(name, valid)]));
  const server = createTlsServer({
    SNICallback: (name, done) => done(null, createSecureContext(made.get(name) ?? {})),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closes.push(() => server.close());
  const authorities = [...made.values()].map(({ cert }) => cert);
  return { port: (server.address() as AddressInfo).port, authorities };
}

async function rightParts(): Promise<LetterParts> {
  const relay = await greeter('220 relais.ville.fr ESMTP');
  const made = new Date()
    .toUTCString()
    .replace(/^(\w+), (\d+) (\w+) (\d+) (\S+).*$/, '$1 $3 $2 $5 $4');
  const clamd = await greeter(`ClamAV 1.4.6/27827/${made}\0`);
  const mx = await greeter(`220 ${DOMAIN} ESMTP Preau`);
  const { port, authorities } = await pages();
  const { config } = town.core;
  const tlsCertFile = join(config.dataDir, 'fullchain.pem');
  writeFileSync(tlsCertFile, CHAINS.lasting);
  const outside = {
    resolver: names.address,
    authorities,
    smtpPort: mx,
    timeServer: { host: '127.0.0.1', port: await timeServer() },
    machine: {
      disk: async () => ({ freeBytes: 9e11, totalBytes: 1e12 }),
      memory: () => ({ freeBytes: 9e9, totalBytes: 16e9 }),
      isThere: MACHINE.isThere,
      isOneDisk: async () => false,
    },
  };
  const ports = {
    webPort: await greeter('HTTP/1.1 200 OK'),
    mxPort: mx,
    submissionPort: mx,
    submissionsPort: 0,
    imapPort: await greeter('* OK Preau'),
    imapsPort: 0,
  };
  const right = {
    ...config,
    ...ports,
    domain: DOMAIN,
    publicUrl: `https://${HOST}:${port}`,
    tlsCertFile,
    clamd: `tcp://127.0.0.1:${clamd}`,
    smarthost: `smtp://127.0.0.1:${relay}`,
    backup: madeRepository(),
  };
  noteRecord(config.dataDir, rightRecord(new Date()));
  return {
    ...partsOf(right, outside),
    store: town.store,
    directory: town.parts.directory,
    freshRows: { hurry: () => {} },
    signing,
    queueAnswers: queue.answers,
    clock: () => new Date(),
  };
}

async function greeter(line: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(`${line}\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closes.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function timeServer(): Promise<number> {
  const server = await openTimeServer(() => ({ timeMs: Date.now() }));
  closes.push(() => server.close());
  return server.port;
}

function rightZone(domain: string): Zone {
  const zone: Zone = { [HOST]: ['A 127.0.0.1'] };
  for (const { name, type, value } of dnsRecords({ ...parts.config, domain })) {
    const owner = name.replace(/\.$/, '');
    zone[owner] = [...(zone[owner] ?? []), `${type} ${value}`];
  }
  return zone;
}

/** Every agent protected, the town told, a worker alive, a test letter taken. */
async function rightTown(): Promise<void> {
  const contacts = Object.fromEntries(
    ['organisation', 'representative', 'postalAddress', 'phone', 'mail', 'dataOfficer', 'host'].map(
      (name) => [name, 'x'],
    ),
  );
  await town.admin.query(`update town set postmaster = 'secours@ailleurs.fr', contacts = $1`, [
    JSON.stringify(contacts),
  ]);
  await town.admin.query(
    `insert into second_factor (school_id, account_id, secret, confirmed_at, last_step)
     select 0, id, 'x', now(), 0 from account where school_id = 0 and role = 'agent'`,
  );
  await town.admin.query(
    `update town set report_contact_address_id = (select id from address where local = $1 limit 1)`,
    ['karim.haddad'],
  );
  await town.admin.query(`insert into heartbeat values ('worker', now(), $1)`, [VERSION]);
  await readiness.sendTestLetter(await town.viewer(AGENT), 'lucie@exemple.fr');
  await town.admin.query(
    `update outbox set state = 'sent', finished_at = now(), last_reply = '250 ok'`,
  );
  await town.admin.query(
    `insert into school_holiday (zone, name, from_date, until_date, by_hand)
     select holiday_zone, 'Vacances', current_date + 10, current_date + 20, true from town`,
  );
  await town.admin.query('delete from due');
  await town.admin.query(
    `insert into site_list (source, loaded_at, entries, is_current) values ('x', now(), 1, true)`,
  );
  await requireSecret(parts.config.databaseUrl ?? '', parts.config.secretFile);
}

describe('a town that lacks nothing', () => {
  it('is green in every line that counts, for every process', async () => {
    const report = await readiness.report(await town.viewer(AGENT), 'anew');
    const lines = report === null ? [] : linesOf(report);
    const left = lines.filter(({ state }) => state === 'amber' || state === 'red');
    expect(left.map(({ id, found }) => `${id}: ${found.fr}`)).toEqual([]);
    expect(await readiness.isGreen()).toBe(true);
    expect(await openReadiness(parts).isGreen()).toBe(true);
    expect(lines.filter(({ state }) => state === 'grey')).toEqual([]);
  });

  it('is green no more once something breaks, until it is mended', async () => {
    const agent = await town.viewer(AGENT);
    const right = names.zone;
    names.zone = { ...right, [DOMAIN]: ['MX 10 mx.ancien.fr.'] };
    await readiness.report(agent, 'anew');
    expect(await readiness.isGreen()).toBe(false);
    names.zone = right;
    await readiness.report(agent, 'anew');
    expect(await readiness.isGreen()).toBe(true);
  });

  it('is red where a key that signs is no longer published, and says what to do', async () => {
    const right = names.zone;
    const [key] = await signing.keys();
    names.zone = { ...right, [key?.name ?? '']: ['TXT "v=DKIM1; k=rsa; p=AAAA"'] };
    expect(await told(parts, 'names.dkim')).toMatchObject({
      state: 'red',
      found: `Des clés qui signent ne sont plus publiées : ${key?.name}.`,
      todo: expect.stringContaining('preau dns'),
    });
    names.zone = right;
    expect(await told(parts, 'names.dkim')).toMatchObject({ state: 'green' });
  });

  it('says of a school’s own domain what its zone lacks', async () => {
    await town.admin.query(`update school set domain = 'jules-ferry.fr' where id = 1`);
    expect(await told(parts, 'names.schools')).toMatchObject({
      state: 'red',
      found: expect.stringContaining(
        'jules-ferry.fr MX, jules-ferry.fr TXT, _dmarc.jules-ferry.fr TXT',
      ),
    });
    names.zone = { ...names.zone, ...rightZone('jules-ferry.fr') };
    expect(await told(parts, 'names.schools')).toMatchObject({ state: 'green' });
    await town.admin.query('update school set domain = null');
  });
});
