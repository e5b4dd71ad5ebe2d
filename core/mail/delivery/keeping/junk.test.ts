import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestTown, type TownLetter } from '../../../../tests/shared/town.ts';
import type { MailboxId } from '../../../ground/ids.ts';

/** A controller that calls everything with « gagnez » junk, and hears what it is taught. */
const taught: string[] = [];
let isSilent = false;
const rspamd = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString();
    if (request.url === '/learnham') taught.push(text);
    if (isSilent) return response.destroy();
    const action = text.includes('gagnez') ? 'add header' : 'greylist';
    return response.end(JSON.stringify({ action, score: 0 }));
  });
});
await new Promise<void>((done) => rspamd.listen(0, '127.0.0.1', done));
const { port } = rspamd.address() as AddressInfo;
const town = await openTestTown({ env: { PREAU_RSPAMD: `http://127.0.0.1:${port}` } });
afterAll(async () => {
  await town.close();
  rspamd.close();
});

const STRANGER = 'camille@musee.example';

async function where(subject: string): Promise<string> {
  for (const use of ['inbox', 'junk'] as const)
    if ((await town.rows('claire.lefevre', use)).some((row) => row.subject === subject)) return use;
  return 'nowhere';
}

async function comes(
  from: string,
  letter: Partial<TownLetter> & { subject: string },
): Promise<string> {
  await town.receive(from, ['claire.lefevre'], letter);
  return where(letter.subject);
}

describe('a letter from outside', () => {
  it('comes into Indésirables where it imitates the town, says why, and comes back for good', async () => {
    const before = taught.length;
    const from = `secretariat@${town.address('x').slice(2).replace('preau', 'prneau')}`;
    expect(await comes(STRANGER, { subject: 'Une visite' })).toBe('inbox');
    expect(await comes(from, { subject: 'Votre boîte est pleine' })).toBe('junk');
    const claire = await town.viewer('claire.lefevre');
    const [row] = await town.rows('claire.lefevre', 'junk');
    if (row === undefined) throw new Error('no junk');
    expect(row).toMatchObject({ firstTime: false });
    const shown = await town.core.mail.read(claire, row.mailbox, row.uid);
    expect(shown?.junkSigns).toEqual(['domain-alike']);
    expect(await town.core.mail.notJunk(claire, row.mailbox, row.uid)).toBe(true);
    expect(await town.core.mail.notJunk(claire, row.mailbox, row.uid)).toBe(false);
    expect(taught).toHaveLength(before + 1);
    expect(await where('Votre boîte est pleine')).toBe('inbox');
    expect(await comes(from, { subject: 'Encore elle' })).toBe('inbox');
    const proof = { authentication: 'none', headers: '', server: [] } as const;
    expect(await comes(from, { subject: 'Un faussaire', proof })).toBe('junk');
    expect(await town.faults()).toEqual([]);
  });

  it('is learned from where a mail program moves it, as on the pages', async () => {
    const from = `mairie@${town.address('x').slice(2).replace('preau', 'praeu')}`;
    const claire = await town.viewer('claire.lefevre');
    const at = async (use: 'inbox' | 'junk' | 'archive' | 'trash') => town.mailbox(claire, use);
    const rowOf = async (use: 'inbox' | 'junk', subject: string) =>
      (await town.rows('claire.lefevre', use)).filter((row) => row.subject === subject);
    const [inbox, junk, trash] = [await at('inbox'), await at('junk'), await at('trash')];
    const carry = async (subject: string, to: MailboxId) => {
      const use = to === junk ? 'inbox' : 'junk';
      const [row] = await rowOf(use, subject);
      const uid = row?.uid ?? 0;
      const { mailboxes } = town.core;
      const moved = await mailboxes.move(claire, row?.mailbox ?? junk, {
        uids: [{ from: uid, to: uid }],
        to,
      });
      expect(moved.kind).toBe('done');
    };
    const before = taught.length;
    expect(await comes(from, { subject: 'A' })).toBe('junk');
    await carry('A', trash);
    expect(await comes(from, { subject: 'B' })).toBe('junk');
    await carry('B', inbox);
    expect(taught).toHaveLength(before + 1);
    expect(await comes(from, { subject: 'C' })).toBe('inbox');
    await carry('C', junk);
    expect(await comes(from, { subject: 'D' })).toBe('junk');
    const [row] = await rowOf('junk', 'D');
    const uid = row?.uid ?? 0;
    await town.core.mailboxes.store(claire, junk, {
      uids: [{ from: uid, to: uid }],
      change: 'add',
      flags: ['$NotJunk'],
      unchangedSince: null,
    });
    expect(await comes(from, { subject: 'E' })).toBe('inbox');
    expect(taught).toHaveLength(before + 2);
    expect(await town.faults()).toEqual([]);
  });

  it('is sorted for each reader by whom they know; the town’s postmaster gets all', async () => {
    const from = '"Karim Haddad" <k.h@mail.example>';
    const proof = { authentication: 'none', headers: '', server: [] } as const;
    const letter = { header: { from }, proof } as const;
    await town.send('claire.lefevre', ['k.h@mail.example']);
    expect(await comes('k.h@mail.example', { ...letter, subject: 'En son nom' })).toBe('junk');
    await town.receive('k.h@mail.example', ['postmaster'], { ...letter, subject: 'Plainte' });
    expect((await town.rows('hugues.armand')).some(({ subject }) => subject === 'Plainte')).toBe(
      true,
    );
  });

  it('is asked of rspamd, and goes on without it', async () => {
    expect(await comes(STRANGER, { subject: 'Loterie', text: 'gagnez !' })).toBe('junk');
    isSilent = true;
    expect(await comes(STRANGER, { subject: 'Loterie 2', text: 'gagnez !' })).toBe('inbox');
    isSilent = false;
  });
});
