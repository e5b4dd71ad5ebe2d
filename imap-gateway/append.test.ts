/**
 * What APPEND keeps and what it doesn't, and what a shared mailbox shows to others: over real
 * sockets.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOAKED } from '../tests/shared/slice.ts';
import type { ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';
import { APPEND_MESSAGES } from './wire/limits.ts';

const EICAR = [
  'X5O!P%@AP[4\\PZX54(P^)7CC)7}$',
  'EICAR-STANDARD-ANTIVIRUS-TEST-FILE',
  '!$H+H*',
].join('');
const letter = (body: string, from = 'claire.lefevre@ecoles.preau.test'): string =>
  `From: ${from}\r\nTo: claire.lefevre@ecoles.preau.test\r\nSubject: Essai\r\n\r\n${body}\r\n`;

let town: ImapTown;
beforeAll(async () => {
  town = await openImapTown();
});
afterAll(() => town.close());

const append = async (client: ImapClient, message: string, mailbox = 'INBOX'): Promise<string> =>
  (await client.run(`APPEND ${mailbox} {${Buffer.byteLength(message)}+}\r\n${message}`)).at(-1) ??
  '';
const total = async (client: ImapClient, mailbox = 'INBOX'): Promise<number> =>
  Number(/MESSAGES (\d+)/.exec((await client.run(`STATUS ${mailbox} (MESSAGES)`)).join())?.[1]);

describe('APPEND', () => {
  it('keeps no virus, and says so', async () => {
    const client = await town.client('claire.lefevre');
    const before = await total(client);
    expect(await append(client, letter(EICAR))).toMatch(/^NO \[CANNOT\] .*virus/);
    expect(await total(client)).toBe(before);
  });
  it('of several keeps all or none', async () => {
    const client = await town.client('claire.lefevre');
    const before = await total(client);
    const [good, bad] = [letter('bonjour'), letter(EICAR)];
    expect(
      (await client.run(`APPEND INBOX {${good.length}+}\r\n${good} {${bad.length}+}\r\n${bad}`)).at(
        -1,
      ),
    ).toMatch(/^NO \[CANNOT\]/);
    expect(await total(client)).toBe(before);
  });
  it('takes so many at once and no more', SOAKED, async () => {
    const client = await town.client('claire.lefevre');
    await client.run('CREATE Beaucoup');
    const message = letter('court');
    const appended = async (count: number): Promise<string> =>
      (
        await client.run(`APPEND Beaucoup${` {${message.length}+}\r\n${message}`.repeat(count)}`)
      ).at(-1) ?? '';
    expect(await appended(APPEND_MESSAGES + 1)).toMatch(/^NO \[LIMIT\]/);
    expect(await total(client, 'Beaucoup')).toBe(0);
    expect(await appended(APPEND_MESSAGES)).toMatch(
      new RegExp(`^OK \\[APPENDUID \\d+ 1:${APPEND_MESSAGES}\\]`),
    );
  });
  it('of which only half comes keeps nothing', async () => {
    const [client, other] = [
      await town.client('claire.lefevre'),
      await town.client('claire.lefevre'),
    ];
    const before = await total(other);
    client.send(`a APPEND INBOX {1000+}\r\n${letter('la moitié')}`);
    await wait(50);
    client.cut();
    await wait(100);
    expect(await total(other)).toBe(before);
  });
  it('sends nothing, whoever it says it is for and from', async () => {
    const [client, lina] = [await town.client('claire.lefevre'), await town.viewer('lina.moreau')];
    const inboxOfLina = async (): Promise<number | undefined> =>
      (await town.core.mail.mailboxes(lina)).find(({ use }) => use === 'inbox')?.total;
    const [before, sent] = [await inboxOfLina(), await total(client, 'Envoy&AOk-s')];
    expect(
      await append(
        client,
        letter('je suis la directrice', 'mamadou.diallo@ecoles.preau.test').replace(
          'To: claire.lefevre',
          'To: lina.moreau',
        ),
        'Envoy&AOk-s',
      ),
    ).toMatch(/^OK/);
    expect([await inboxOfLina(), await total(client, 'Envoy&AOk-s')]).toEqual([before, sent + 1]);
  });
  it('tells a session that has the mailbox open at once', async () => {
    const client = await town.client('claire.lefevre');
    await client.run('SELECT Archives');
    const message = letter('pour plus tard');
    expect(
      (await client.run(`APPEND Archives {${message.length}+}\r\n${message}`)).slice(-2),
    ).toEqual([
      expect.stringMatching(/^\* 1 EXISTS|^\* 0 RECENT/),
      expect.stringMatching(/^OK \[APPENDUID \d+ \d+\]/),
    ]);
  });
});

describe('a shared mailbox', () => {
  it('stands below Partagés, with the rights that were given and no more', async () => {
    const [owner, reader] = [
      await town.client('claire.lefevre'),
      await town.client('mamadou.diallo'),
    ];
    await owner.run('CREATE Tableau');
    await append(owner, letter('à lire'), 'Tableau');
    expect(await reader.run('LIST "" Partag&AOk-s/*')).toEqual([expect.stringMatching(/^OK/)]);
    await owner.run(`SETACL Tableau ${town.address('mamadou.diallo')} lr`);
    const listed = await reader.run('LIST "" Partag&AOk-s/*');
    const name = /"\/" (.*Tableau"?)/.exec(listed.join('\n'))?.[1] ?? '';
    expect(name).toMatch(/Partag&AOk-s\/Claire .*\/Tableau/);
    expect((await reader.run(`MYRIGHTS ${name}`))[0]).toBe(`* MYRIGHTS ${name} "lr"`);
    expect(await total(reader, name)).toBe(1);
    expect(await append(reader, letter('non'), name)).toMatch(/^NO \[NOPERM\]/);
    expect((await reader.run(`DELETE ${name}`)).at(-1)).toMatch(/^NO \[(NOPERM|CANNOT)\]/);
    expect(
      (await reader.run(`SETACL ${name} ${town.address('mamadou.diallo')} lrswipkxtea`)).at(-1),
    ).toMatch(/^NO \[NOPERM\]/);
    const [roots = '', quota = ''] = await reader.run(`GETQUOTAROOT ${name}`);
    const root =
      /"Partagés\/Claire [^/"]*"$|\{\d+\}\r\nPartagés\/Claire [^/]*$/.exec(roots)?.[0] ?? '';
    expect(quota.startsWith(`* QUOTA ${root} (STORAGE `) && root !== '').toBe(true);
    expect(await reader.run(`GETQUOTA ${root.replace('}', '+}')}`)).toEqual([
      quota,
      expect.stringMatching(/^OK/),
    ]);
    await owner.run(`DELETEACL Tableau ${town.address('mamadou.diallo')}`);
    expect(await reader.run('LIST "" Partag&AOk-s/*')).toEqual([expect.stringMatching(/^OK/)]);
    expect((await reader.run(`STATUS ${name} (MESSAGES)`)).at(-1)).toMatch(/^NO \[NONEXISTENT\]/);
  });
});

it('a scanner that gives no answer is NO [UNAVAILABLE]: nothing is kept', async () => {
  const silent = await openImapTown({ clamd: 'tcp://127.0.0.1:9' });
  try {
    const client = await silent.client('claire.lefevre');
    const before = await total(client);
    expect(await append(client, letter('bonjour'))).toMatch(/^NO \[UNAVAILABLE\]/);
    expect(await total(client)).toBe(before);
  } finally {
    await silent.close();
  }
});
