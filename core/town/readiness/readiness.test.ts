import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openLog } from '../../ground/log.ts';
import { openMetrics } from '../../ground/metrics.ts';
import { DAY_MS, MINUTE_MS } from '../../ground/spans.ts';
import { dayInWords } from '../../roster/days.ts';
import { requireSecret } from '../../store/secret-mark.ts';
import { openStore } from '../../store/store.ts';
import { openQueue } from '../jobs/queue.ts';
import { noteRecord } from './backup/record.ts';
import { checkHealth } from './health.ts';
import { watchHearing } from './hearing.ts';
import type { ReadinessParts } from './surroundings.ts';
import { HOST, partsOf, told, type FrenchLine } from './testing/asking.ts';
import { madeRepository, rightRecord } from './testing/backups.ts';
import { tellAgentsOfTrouble } from './trouble-notices.ts';

const AGENT = 'hugues.armand';
const OUTSIDE = 'lucie@exemple.fr';

let town: TestTown;
let parts: ReadinessParts;
beforeAll(async () => {
  town = await openTestTown();
  const config = { ...town.core.config, publicUrl: `https://${HOST}` };
  parts = { ...partsOf(config), store: town.store, clock: () => town.clock.now };
});
afterAll(() => town.close());

const ask = (id: string, other: Partial<ReadinessParts> = {}): Promise<FrenchLine> =>
  told({ ...parts, ...other }, id);

/** One thing broken in the database, seen, mended, and seen again. */
async function brokenAndMended(
  id: string,
  { breaks, mends, says }: { breaks: string; mends: string; says: Partial<FrenchLine> },
): Promise<void> {
  await town.admin.query(breaks);
  expect(await ask(id)).toMatchObject(says);
  await town.admin.query(mends);
  expect(await ask(id)).toMatchObject({ state: 'green', todo: null });
}

const saying = (words: string): string => expect.stringContaining(words) as string;

describe('the database', () => {
  it('is red where nobody answers at its address', async () => {
    expect(await ask('database.answers')).toMatchObject({
      state: 'green',
      found: saying('PostgreSQL 17'),
    });
    const away = openStore('postgres://x:y@127.0.0.1:1/z', { onError: () => {} });
    expect(await ask('database.answers', { store: away })).toMatchObject({
      state: 'red',
      todo: saying('PREAU_DATABASE_URL'),
    });
    expect(await ask('people.heads', { store: away })).toMatchObject({
      state: 'red',
      found: saying('la base de données ne répond pas'),
    });
    await away.close();
  });

  it.each([
    {
      id: 'database.migrations',
      breaks: `comment on schema public is '2026-11-24T1600-school-mail'`,
      mends: '',
      says: { state: 'red', found: saying('étapes'), todo: saying('preau migrate') },
    },
    {
      id: 'database.migrations',
      breaks: `comment on schema public is '2099-01-01T0000-later'`,
      mends: '',
      says: { state: 'red', found: saying('plus récente') },
    },
    {
      id: 'database.roles',
      breaks: 'grant create on schema public to public',
      mends: 'revoke create on schema public from public',
      says: { state: 'red', found: saying('may create in schema public') },
    },
    {
      id: 'database.policies',
      breaks: 'alter table membership no force row level security',
      mends: 'alter table membership force row level security',
      says: { state: 'red', found: saying('table membership lacks') },
    },
  ] as const)('$id: broken by « $breaks »', async ({ id, breaks, mends, says }) => {
    const { rows } = await town.admin.query<{ last: string }>(
      `select obj_description('public'::regnamespace, 'pg_namespace') as last`,
    );
    const comment = `comment on schema public is '${rows[0]?.last}'`;
    await brokenAndMended(id, { breaks, mends: mends === '' ? comment : mends, says });
  });

  it('has the hour that we have', async () => {
    const at = (offMs: number) => ({ clock: () => new Date(Date.now() + offMs) });
    expect(await ask('machine.clock', at(0))).toMatchObject({ state: 'green' });
    expect(await ask('machine.clock', at(5_000))).toMatchObject({ state: 'amber' });
    expect(await ask('machine.clock', at(-60_000))).toMatchObject({
      state: 'red',
      found: saying('retarde de 60'),
    });
  });
});

describe('the key of the service', () => {
  it('is red where its file is gone, holds another one or nothing of use', async () => {
    const { databaseUrl, core } = town;
    const { secretFile } = core.config;
    expect(await ask('machine.key')).toMatchObject({ state: 'grey' });
    await requireSecret(databaseUrl, secretFile);
    expect(await ask('machine.key')).toMatchObject({ state: 'green' });
    const kept = readFileSync(secretFile);
    try {
      for (const garbage of ['short', 'x'.repeat(64)]) {
        writeFileSync(secretFile, garbage);
        expect(await ask('machine.key')).toMatchObject({
          state: 'red',
          found: saying('n’est plus la clé de la base'),
          todo: saying('preau restore files'),
        });
        await expect(requireSecret(databaseUrl, secretFile)).rejects.toThrow('secret.key');
        expect(readFileSync(secretFile, 'utf8')).toBe(garbage);
      }
      rmSync(secretFile);
      expect(await ask('machine.key')).toMatchObject({
        state: 'red',
        found: saying('n’est plus là'),
      });
      await expect(requireSecret(databaseUrl, secretFile)).rejects.toThrow('is gone');
      expect(existsSync(secretFile)).toBe(false);
    } finally {
      writeFileSync(secretFile, kept);
    }
    expect(await ask('machine.key')).toMatchObject({ state: 'green' });
  });
});

describe('the queue and the worker', () => {
  it('is red while the queue is silent', async () => {
    const { databaseUrl } = town;
    const queue = openQueue({ databaseUrl, redisUrl: null }, () => {});
    expect(await ask('mail.queue', { queueAnswers: queue.answers })).toMatchObject({
      state: 'green',
    });
    await queue.close();
    expect(await ask('mail.queue', { queueAnswers: queue.answers })).toMatchObject({
      state: 'red',
    });
    expect(await ask('mail.queue')).toMatchObject({ state: 'red' });
  });

  it('is red until a worker runs, and again once it is silent; another version is told', async () => {
    expect(await ask('mail.worker')).toMatchObject({
      state: 'red',
      found: saying('jamais tourné'),
      todo: saying('--roles worker'),
    });
    const worker = await town.core.jobs.start(null);
    for (let tries = 0; tries < 200 && (await ask('mail.worker')).state !== 'green'; tries += 1)
      await pause(50);
    await worker.close();
    expect(await ask('mail.worker')).toMatchObject({ state: 'green' });
    const later = new Date(town.clock.now.getTime() + 7 * MINUTE_MS);
    expect(await ask('mail.worker', { clock: () => later })).toMatchObject({
      state: 'red',
      found: saying('depuis 7 minutes'),
    });
    expect(await ask('machine.version')).toMatchObject({ state: 'green' });
    await town.admin.query(`update heartbeat set version = '0.0.1'`);
    expect(await ask('machine.version')).toMatchObject({
      state: 'amber',
      found: saying('en 0.0.1'),
    });
    await town.admin.query('delete from heartbeat');
  });

  it('is red while a process hears nothing of new mail, which says so everywhere', async () => {
    const mailEvents = { heard: true, hears: () => mailEvents.heard };
    const metrics = openMetrics();
    const said: string[] = [];
    const log = openLog({ to: { write: (line: string) => void said.push(line) } });
    const clock = () => town.clock.now;
    const hearing = watchHearing({ mailEvents, store: town.store, metrics, log, clock }, 20);
    const figure = async () => /^preau_mail_events_deaf (\d)$/m.exec(await metrics.text())?.[1];
    expect(await figure()).toBe('0');
    expect(await ask('mail.events')).toMatchObject({ state: 'green', todo: null });
    mailEvents.heard = false;
    expect(await figure()).toBe('1');
    const yes = () => Promise.resolve(true);
    expect(
      await checkHealth({
        store: town.store,
        scanner: { ping: yes },
        queue: { answers: yes },
        mailEvents,
      }),
    ).toEqual({ database: 'up', scanner: 'up', queue: 'up', events: 'down' });
    await expect
      .poll(() => ask('mail.events'))
      .toMatchObject({ state: 'red', found: saying('1 processus n’apprend plus') });
    const later = new Date(town.clock.now.getTime() + 2 * MINUTE_MS);
    expect(await ask('mail.events', { clock: () => later })).toMatchObject({ state: 'green' });
    mailEvents.heard = true;
    await expect.poll(() => ask('mail.events')).toMatchObject({ state: 'green' });
    await hearing.close();
    expect(said.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'this process hears nothing of new mail',
      'this process hears of new mail again',
    ]);
  });

  it('counts what has been due for too long', async () => {
    expect(await ask('mail.late')).toMatchObject({ state: 'green' });
    await town.send('claire.lefevre', [OUTSIDE]);
    await town.admin.query(`update due set at = $1`, [town.clock.now]);
    const late = { clock: () => new Date(town.clock.now.getTime() + 10 * MINUTE_MS) };
    expect(await ask('mail.late')).toMatchObject({ state: 'green' });
    const red = {
      state: 'red',
      found: saying('1 lettre pour l’extérieur'),
      todo: saying('les tâches de fond'),
    };
    expect(await ask('mail.late', late)).toMatchObject(red);
    const config = { ...parts.config, smarthost: 'smtp://127.0.0.1:1' };
    expect(await ask('mail.late', { ...late, config })).toMatchObject(red);
    await town.admin.query('delete from due; delete from outbox; delete from message');
    expect(await ask('mail.late', late)).toMatchObject({ state: 'green' });
  });

  it('counts the letters that could not be read', () =>
    brokenAndMended('mail.readable', {
      breaks: `insert into unreadable_letter values (sha256('a'), now())`,
      mends: 'delete from unreadable_letter',
      says: { state: 'amber', found: saying('1 lettre en sept jours'), todo: saying('journal') },
    }));

  it('looks for a list of forbidden sites, and how old it is', async () => {
    const config = { ...parts.config, sites: '/nulle-part' };
    expect(await ask('mail.sites')).toMatchObject({ state: 'amber', todo: saying('PREAU_SITES') });
    await town.core.sites.update({ source: '/nulle-part' }, new AbortController().signal);
    expect(await ask('mail.sites', { config })).toMatchObject({
      state: 'amber',
      found: saying('la source ne se lit pas'),
    });
    await town.admin.query(
      `insert into site_list (source, loaded_at, entries, is_current) values ('x', $1, 7, true)`,
      [town.clock.now],
    );
    expect(await ask('mail.sites', { config })).toMatchObject({
      state: 'green',
      found: saying('7 entrées'),
    });
    const late = {
      config,
      clock: () => new Date(town.clock.now.getTime() + 8 * 1_440 * MINUTE_MS),
    };
    expect(await ask('mail.sites', late)).toMatchObject({
      state: 'amber',
      found: saying('8 jours'),
      todo: saying('La source ne se lit pas'),
    });
    await town.admin.query('delete from site_list; delete from site_update');
  });
});

describe('the town', () => {
  it('says who answers for it, and where it is told of trouble', async () => {
    await town.admin.query('create temporary table kept as table town; delete from town');
    expect(await ask('town.contacts')).toMatchObject({ state: 'red' });
    await town.admin.query('insert into town table kept');
    expect(await ask('town.contacts')).toMatchObject({
      state: 'amber',
      found: saying('la collectivité, qui la représente, son adresse postale'),
      todo: saying('étape « La ville »'),
    });
    expect(await ask('town.postmaster')).toMatchObject({ state: 'amber' });
    const contacts = Object.fromEntries(
      ['organisation', 'representative', 'postalAddress', 'phone', 'mail', 'host'].map((name) => [
        name,
        'x',
      ]),
    );
    const told = (more: object) =>
      town.admin.query('update town set contacts = $1', [JSON.stringify({ ...contacts, ...more })]);
    await told({ dataOfficer: ' ' });
    expect(await ask('town.contacts')).toMatchObject({
      state: 'amber',
      found: 'Manquent aux pages légales : le délégué à la protection des données.',
    });
    await told({ dataOfficer: 'dpo@ville.fr' });
    await town.admin.query(`update town set postmaster = 'secours@ailleurs.fr'`);
    expect(await ask('town.contacts')).toMatchObject({ state: 'green' });
    expect(await ask('town.postmaster')).toMatchObject({ state: 'green' });
  });

  it('knows holidays to come, of its own zone', async () => {
    const { rows } = await town.admin.query<{ zone: string }>(
      'select holiday_zone as zone from town',
    );
    const own = rows[0]?.zone ?? '';
    const other = own === 'A' ? 'B' : 'A';
    const day = (ahead: number): string =>
      new Date(town.clock.now.getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
    const give = (zone: string, from: number, until: number) =>
      town.admin.query(
        'insert into school_holiday (zone, name, from_date, until_date, by_hand) values ($1, $2, $3, $4, true)',
        [zone, 'Vacances', day(from), day(until)],
      );
    await give(own, -20, -5);
    await give(other, 5, 20);
    const none = { state: 'amber', todo: saying('preau holidays import') };
    expect(await ask('town.holidays')).toMatchObject(none);
    // On the last that are known the next ones are not.
    await give(own, -2, 3);
    expect(await ask('town.holidays')).toMatchObject(none);
    await give(own, 30, 40);
    expect(await ask('town.holidays')).toMatchObject({
      state: 'green',
      found: saying(dayInWords(day(30), 'fr')),
    });
    await town.admin.query('delete from school_holiday');
  });
});

describe('schools and people', () => {
  it.each([
    {
      id: 'people.rosters',
      breaks: `update account set state = 'archived' where school_id = 1 and role = 'pupil'`,
      mends: `update account set state = 'active' where school_id = 1 and role = 'pupil'`,
      says: { state: 'amber', found: saying('1 école sur 3 sans élève : École ') },
    },
    {
      id: 'people.codes',
      breaks: `update account set password_hash = null where school_id = 2 and role = 'pupil'`,
      mends: `update account set password_hash = 'x' where school_id = 2 and role = 'pupil'`,
      says: { state: 'amber', found: saying('sans code ni mot de passe : École ') },
    },
    {
      id: 'people.heads',
      breaks: `update account set password_hash = null where school_id = 1 and role = 'head'`,
      mends: `update account set password_hash = 'x' where school_id = 1 and role = 'head'`,
      says: { state: 'amber', found: saying('Directions jamais venues : École ') },
    },
    {
      id: 'people.heads',
      breaks: `update account set role = 'teacher' where school_id = 1 and role = 'head'`,
      mends: `update account set role = 'head' where school_id = 1 and address_id in (select id from address where local = 'mamadou.diallo')`,
      says: { state: 'amber', found: saying('Directions sans direction : École ') },
    },
  ] as const)('$id: broken by « $breaks »', async ({ id, breaks, mends, says }) => {
    expect(await ask(id)).toMatchObject({ state: 'green' });
    await brokenAndMended(id, { breaks, mends, says });
  });

  it('a school that has closed is missing nothing', async () => {
    await town.admin.query(`update account set state = 'archived' where school_id = 3`);
    expect(await ask('people.rosters')).toMatchObject({ state: 'amber' });
    await town.admin.query(`update school set closes_on = '2026-11-24' where id = 3`);
    expect(await ask('people.rosters')).toMatchObject({ state: 'green' });
    await town.admin.query(`update school set closes_on = '2026-11-25' where id = 3`);
    expect(await ask('people.rosters')).toMatchObject({ state: 'amber' });
    await town.admin.query(`update account set state = 'active' where school_id = 3`);
    await town.admin.query(`update school set closes_on = null where id = 3`);
  });

  it('a code that has run out is none', async () => {
    await town.admin.query(
      `insert into code_sheet (school_id, printed_at, format, codes) values (1, now(), 'pdf', 1)`,
    );
    const give = (expires: string) =>
      town.admin.query(
        `with one as (update account set password_hash = null where school_id = 1 and role = 'staff' returning id)
         insert into activation_code (school_id, account_id, sheet_id, code_hash, made_at, expires_at)
         select 1, one.id, s.id, 'x', now(), ${expires} from one, code_sheet s where s.school_id = 1`,
      );
    await give(`date '2020-01-01'`);
    expect(await ask('people.codes')).toMatchObject({ state: 'amber' });
    await town.admin.query(`update activation_code set expires_at = date '2100-01-01'`);
    expect(await ask('people.codes')).toMatchObject({ state: 'green' });
  });

  it('somebody is named to read reports about an adult, and is still there', async () => {
    const asked = async (change: string) => {
      await town.admin.query(change);
      return ask('town.report-contact');
    };
    const close = (state: string) =>
      `update account set state = '${state}' where display_name = 'Karim Haddad'`;
    expect(await asked('select')).toMatchObject({ found: saying('tous les agents') });
    const named = `update town set report_contact_address_id =
      (select id from address where local = 'karim.haddad')`;
    expect(await asked(named)).toMatchObject({ state: 'green' });
    expect(await asked(close('archived'))).toMatchObject({ found: saying('n’a plus de compte') });
    expect(await asked(close('active'))).toMatchObject({ state: 'green' });
  });

  it('every agent has a second factor, and there are two of them', async () => {
    expect(await ask('people.agents')).toMatchObject({
      state: 'red',
      found: saying('sans second facteur'),
      todo: saying('Protéger mon compte'),
    });
    await town.admin.query(
      `insert into second_factor (school_id, account_id, secret, confirmed_at, last_step)
       select 0, id, 'x', now(), 0 from account where school_id = 0 and role = 'agent'`,
    );
    expect(await ask('people.agents')).toMatchObject({ state: 'green' });
    await town.admin.query(
      `update account set state = 'archived' where school_id = 0 and role = 'agent' and face <> 'HA'`,
    );
    expect(await ask('people.agents')).toMatchObject({ state: 'amber', found: saying('Un seul') });
    await town.admin.query(`update account set state = 'archived' where school_id = 0`);
    expect(await ask('people.agents')).toMatchObject({
      state: 'red',
      found: saying('aucun agent'),
    });
    await town.admin.query(`update account set state = 'active' where school_id = 0`);
  });
});

describe('the agents, of the backups', () => {
  const inbox = async (): Promise<readonly string[]> =>
    (await town.rows(AGENT)).map(({ subject }) => subject).filter((one) => /sauvegardes/.test(one));

  it('are told once when they are in trouble, once when they aren’t any more', async () => {
    const config = { ...parts.config, backup: madeRepository() };
    const { signing } = town.core;
    const told = { ...parts, ...town.parts, config, signing, freshRows: { hurry: () => {} } };
    const clock = () => new Date();
    const tell = () => tellAgentsOfTrouble({ ...told, clock });
    const damaged = (kind: 'log-missing' | 'backup-damaged') => ({
      verified: {
        at: clock(),
        seconds: 1,
        trouble: { kind, detail: '000000010000000000000004' },
        olderDamaged: false,
      },
    });
    noteRecord(config.dataDir, rightRecord(clock()));
    await tell();
    expect(await inbox()).toEqual([]);
    noteRecord(config.dataDir, damaged('log-missing'));
    await Promise.all([tell(), tell(), tell()]);
    noteRecord(config.dataDir, damaged('backup-damaged'));
    await tell();
    expect(await inbox()).toEqual(['Les sauvegardes demandent quelqu’un']);
    const { rows } = await town.admin.query<{ text: string; copies: number }>(
      `select convert_from(raw, 'utf8') as text, (select count(*)::integer from message
         where subject = m.subject) as copies
       from message m where subject = 'Les sauvegardes demandent quelqu’un' limit 1`,
    );
    expect(rows[0]?.copies).toBe(3);
    expect(rows[0]?.text).toContain('(000000010000000000000004)');
    expect(rows[0]?.text).toContain('preau backup --full');
    noteRecord(config.dataDir, rightRecord(clock()));
    await tell();
    await tell();
    expect(await inbox()).toEqual([
      'Les sauvegardes sont de nouveau en ordre',
      'Les sauvegardes demandent quelqu’un',
    ]);
  });
});

describe('the report', () => {
  it('is for agents, is kept for half a minute, and asked anew by who wants it', async () => {
    const { readiness } = town.core;
    const agent = await town.viewer(AGENT);
    expect(await readiness.report(await town.viewer('mamadou.diallo'), 'kept')).toBeNull();
    const first = await readiness.report(agent, 'anew');
    expect(await readiness.report(agent, 'kept')).toBe(first);
    expect(await readiness.report(agent, 'anew')).not.toBe(first);
    expect(await readiness.isGreen()).toBe(false);
    expect(first?.groups.map(({ id }) => id)).toEqual([
      'names',
      'network',
      'certificate',
      'mail',
      'town',
      'people',
      'database',
      'backup',
      'machine',
    ]);
  });
});
