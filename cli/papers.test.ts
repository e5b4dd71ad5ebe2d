import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { askPaper } from '../core/school/papers/testing/asked-paper.ts';
import { openTestTown, type TestTown } from '../tests/shared/town.ts';
import { verifyPapers } from './papers-command.ts';

let town: TestTown;
let folder: string;
beforeAll(async () => {
  town = await openTestTown();
  folder = await mkdtemp(join(tmpdir(), 'preau-papers-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await town.close();
});

/** What the command says of a file, and its exit code. */
async function verified(
  bytes: string | null,
): Promise<{ readonly code: number; readonly said: string }> {
  const path = join(folder, 'feuille.pdf');
  if (bytes === null) await rm(path, { force: true });
  else await writeFile(path, bytes);
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const wrong = vi
    .spyOn(console, 'error')
    .mockImplementation((line: string) => void lines.push(line));
  try {
    const { signal } = new AbortController();
    const code = await verifyPapers({ config: town.core.config, flags: {}, signal, path });
    return { code, said: lines.join('\n') };
  } finally {
    log.mockRestore();
    wrong.mockRestore();
  }
}

it('believes what was signed and is in the journal, and nothing else', async () => {
  const claire = await town.viewer('claire.lefevre');
  const asked = await askPaper(town.core, claire, {
    to: [town.address('familles.ce1-a.tilleuls')],
  });
  if (asked.kind !== 'asked') throw new Error(JSON.stringify(asked));
  const samira = await town.viewer('samira.benali');
  const [slip] = await town.core.papers.slips(samira);
  if (!slip) throw new Error('no slip');
  await town.core.papers.answer(samira, slip.ref, {
    version: 1,
    says: { kind: 'yes' },
    note: '',
    number: '',
    way: 'password',
  });
  const sheet = (await town.core.papers.evidence(claire, asked.ref))?.file ?? '';
  expect(await verified(sheet)).toMatchObject({
    code: 0,
    said: expect.stringContaining('Signatures : 1, toutes entières'),
  });
  await town.admin.query(`delete from audit where act = 'paper-sign'`);
  expect(await verified(sheet)).toMatchObject({
    code: 1,
    said: expect.stringMatching(/Samira Benali .* le journal de l’école ne la connaît pas/),
  });
  expect((await verified('%PDF-1.4')).code).toBe(2);
  expect(await verified(null)).toMatchObject({
    code: 2,
    said: expect.stringMatching(/feuille\.pdf ne peut pas être lu/),
  });
});
