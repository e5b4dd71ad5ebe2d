import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown } from '../../../tests/shared/town.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { NIGHT } from '../../ground/testing/night.ts';
import { EICAR } from '../../letters/scan/testing/letters.ts';
import { listSites } from '../sites/testing/list.ts';
import { tellDaily, tidyOld } from './digest.ts';

const town = await openTestTown();
afterAll(() => town.close());

/** Before the town's day: the database writes rows by the machine's. */
const daysAgo = (days: number) => new Date(town.clock.now.getTime() - days * DAY_MS);
const STRANGER = 'camille@musee.example';
const refused = async (local: string) =>
  (await town.core.quarantine.refused(await town.viewer(local))).map(
    ({ subject, why, to }) => `${subject}, ${why}, ${to}`,
  );
const digests = async (local: string) =>
  (await town.rows(local)).filter(({ subject }) => subject.includes('refusé'));

it('what was refused for what is in it is told to whom it was meant for, once a school day, for 30 days', async () => {
  const virus = { name: 'plan.bin', bytes: EICAR };
  const program = { name: 'plan.exe', bytes: Buffer.from('MZ') };
  const to = ['claire.lefevre'];
  const answers = [
    await town.receive(STRANGER, to, { subject: 'Virus', file: virus }),
    await town.receive(STRANGER, to, { subject: 'Programme', file: program }),
    await town.receive(STRANGER, ['lina.moreau'], { subject: 'Enfant', file: virus }),
    await town.send('karim.haddad', to, { subject: 'Interne', file: virus }),
  ];
  expect(answers.map(({ kind }) => kind)).toEqual(['infected', 'denied', 'infected', 'infected']);
  const both = ['Programme, file-kind, Claire Lefèvre', 'Virus, malware, Claire Lefèvre'];
  expect(await refused('claire.lefevre')).toEqual(both);
  expect(await refused('mamadou.diallo')).toEqual(both);
  expect(await refused('karim.haddad')).toEqual([]);
  expect(await refused('lina.moreau')).toEqual([]);
  expect(await refused('hugues.armand')).toEqual([]);

  await tellDaily(town.parts);
  expect(await digests('claire.lefevre')).toHaveLength(0); // in class
  town.clock.now = new Date('2026-11-24T16:00:00Z');
  await tellDaily(town.parts);
  await tellDaily(town.parts);
  expect(await digests('claire.lefevre')).toHaveLength(1);
  await town.admin.query('update refused_letter set at = $1', [daysAgo(90)]);
  await tidyOld(town.parts, NIGHT);
  expect(await refused('claire.lefevre')).toEqual([]);
  expect(await town.faults()).toEqual([]);
});

describe('what waits for a grown-up’s word', () => {
  const told = async (local: string) =>
    (await town.rows(local))
      .map(({ subject }) => subject)
      .filter((subject) => /attend|rendu/.test(subject));
  const writes = (subject: string) =>
    town.send('claire.lefevre', ['karim.haddad'], {
      subject,
      text: 'http://interdit.example',
      via: 'web',
    });
  beforeAll(() => listSites(town.core, { adult: ['interdit.example'] }));

  it('is counted once a day of the school, and back with its writer after 30 days', async () => {
    town.clock.now = new Date('2026-11-28T16:00:00Z'); // a Saturday
    await writes('Un');
    await writes('Deux');
    await tellDaily(town.parts);
    expect(await told('mamadou.diallo')).toEqual([]);
    town.clock.now = new Date('2026-11-30T16:00:00Z');
    await Promise.all([tellDaily(town.parts), tellDaily(town.parts)]);
    expect(await told('mamadou.diallo')).toEqual(['2 messages attendent votre accord']);
    expect(await told('karim.haddad')).toEqual([]);
    await town.admin.query('update hold set created_at = $1', [daysAgo(90)]);
    await tidyOld(town.parts, NIGHT);
    expect((await told('claire.lefevre')).toSorted()).toEqual([
      'Message rendu : Deux',
      'Message rendu : Un',
    ]);
    expect(await town.core.moderation.waiting(await town.viewer('mamadou.diallo'))).toEqual([]);
    expect(await town.faults()).toEqual([]);
  });

  it('is an agent’s to decide in a school that they have opened, and stands in the journals', async () => {
    const hugues = await town.viewer('hugues.armand');
    await writes('Trois');
    expect(await town.core.moderation.waiting(hugues)).toEqual([]);
    await town.admin.query(
      `insert into agent_act (agent_address_id, act, school_id, reason)
      values ($1, 'open-school', 1, 'La direction est absente')`,
      [hugues.addressId],
    );
    const [held, ...more] = await town.core.moderation.waiting(hugues);
    expect(more).toEqual([]);
    expect(held).toMatchObject({ subject: 'Trois', site: 'interdit.example' });
    expect(held?.otherSchool).toMatch(/Tilleuls/);
    if (held === undefined) return;
    expect((await town.letGo(hugues, held.school, held.id))?.sent).toBe(1);
    const { rows } = await town.admin.query(
      "select reason from agent_act where act = 'release-held'",
    );
    expect(rows).toEqual([{ reason: 'La direction est absente' }]);
    expect((await town.core.moderation.history(hugues))[0]?.otherSchool).toMatch(/Tilleuls/);
    await town.admin.query("delete from agent_act where act = 'open-school'");
  });
});
