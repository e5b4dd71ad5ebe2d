import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Fault } from '../../../core/ground/fault.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

let town: TestTown;
let visits: Visits;
beforeAll(async () => {
  town = await openTestTown();
  visits = await openVisits(town, () => town.clock.now);
});
afterAll(async () => {
  await visits.close();
  await town.close();
});

it('all files in one ends where one of them can’t be read, and nothing else ends', async () => {
  const unheard = vi.fn<(error: unknown) => void>();
  process.on('unhandledRejection', unheard);
  const away = vi
    .spyOn(town.core.mail, 'download')
    .mockRejectedValue(new Fault('body-away', 'the store is away', { transient: true }));
  await town.send('samira.benali', ['claire.lefevre'], {
    subject: 'Le programme',
    file: { name: 'programme.txt', bytes: Buffer.from('Lundi : piscine.\n') },
  });
  const [letter] = await town.rows('claire.lefevre');
  const page = await visits.read('claire.lefevre');
  await expect(page.get(`/mail/inbox/${letter?.uid}/files.zip`)).rejects.toThrow(/./);
  expect(away).toHaveBeenCalledOnce();
  away.mockRestore();
  const whole = await page.get(`/mail/inbox/${letter?.uid}/files.zip`);
  expect((await whole.body()).toString('latin1')).toMatch(/^PK.*programme\.txt.*Lundi : piscine/s);
  expect(unheard).not.toHaveBeenCalled();
  process.off('unhandledRejection', unheard);
});
