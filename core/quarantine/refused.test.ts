import { afterAll, expect, it } from 'vitest';
import { EICAR } from '../scan/testing/letters.ts';
import { openTestTown } from '../testing/town.ts';
import { tellAndTidy } from './digest.ts';

const town = await openTestTown();
afterAll(() => town.close());

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

  await tellAndTidy(town.parts);
  expect(await digests('claire.lefevre')).toHaveLength(0); // in class
  town.clock.now = new Date('2026-11-24T16:00:00Z');
  await tellAndTidy(town.parts);
  await tellAndTidy(town.parts);
  expect(await digests('claire.lefevre')).toHaveLength(1);
  await town.admin.query("update refused_letter set at = at - interval '90 days'");
  await tellAndTidy(town.parts);
  expect(await refused('claire.lefevre')).toEqual([]);
  expect(await town.faults()).toEqual([]);
});
