import { describe, expect, it } from 'vitest';
import { done, openCommandsTown, run, WHO } from './testing/commands-town.ts';

const { town, box, put, opened } = await openCommandsTown();

describe('CONDSTORE and QRESYNC (RFC 7162)', () => {
  it('tells MODSEQ with every change, once asked for', async () => {
    await put('un');
    const [one, other] = [await opened('ENABLE CONDSTORE'), await opened()];
    await done(other, 'STORE 1 +FLAGS (\\Seen)');
    expect((await done(one, 'NOOP'))[0]).toMatch(
      /^\* 1 FETCH \(UID 1 FLAGS \(\\Seen\) MODSEQ \(\d+\)\)$/,
    );
    expect(await done(one, 'FETCH 1 (FLAGS) (CHANGEDSINCE 1)')).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(FLAGS \(\\Seen\) MODSEQ \(\d+\)\)$/),
    ]);
  });

  it('marks as read only what it sends (§3.1.4.1)', async () => {
    await put('un', 'deux');
    const client = await opened('ENABLE CONDSTORE');
    const lines = await done(client, 'STATUS ' + box.path + ' (HIGHESTMODSEQ)');
    const [, modseq] = /HIGHESTMODSEQ (\d+)/.exec(lines.join('\n')) ?? [];
    expect(await done(client, `UID FETCH 1:* (BODY[]) (CHANGEDSINCE ${modseq})`)).toEqual([]);
    await done(await opened(), 'STORE 2 +FLAGS (\\Flagged)');
    const sent = await done(client, `UID FETCH 1:* (BODY[TEXT]) (CHANGEDSINCE ${modseq})`);
    expect(sent.filter((line) => line.includes('BODY[TEXT]'))).toEqual([
      expect.stringMatching(/^\* 2 FETCH/),
    ]);
    expect(await done(client, 'FETCH 1:2 (FLAGS)')).toEqual([
      '* 1 FETCH (FLAGS ())',
      '* 2 FETCH (FLAGS (\\Flagged \\Seen))',
    ]);
  });

  it('tells what a client has missed, in SELECT and in UID FETCH', async () => {
    await put('un', 'deux', 'trois', 'quatre');
    const before = await opened('ENABLE QRESYNC');
    const lines = await done(before, `SELECT ${box.path}`);
    const [, validity] = /UIDVALIDITY (\d+)/.exec(lines.join('\n')) ?? [];
    const [, modseq] = /HIGHESTMODSEQ (\d+)/.exec(lines.join('\n')) ?? [];
    expect(lines[0]).toMatch(/^\* OK \[CLOSED\]/);
    const other = await opened();
    await done(other, 'STORE 1,3 +FLAGS (\\Deleted)');
    await done(other, 'EXPUNGE');
    await done(other, 'STORE 1 +FLAGS (\\Seen)');
    await put('cinq');
    expect(await done(before, 'NOOP')).toEqual([
      '* VANISHED 1,3',
      '* 3 EXISTS',
      expect.stringMatching(/^\* 1 FETCH \(UID 2 FLAGS \(\\Seen\) MODSEQ \(\d+\)\)$/),
    ]);
    const back = await town.client(WHO);
    await done(back, 'ENABLE QRESYNC');
    const missed = await done(back, `SELECT ${box.path} (QRESYNC (${validity} ${modseq} 1:4))`);
    expect(missed).toContain('* 3 EXISTS');
    expect(missed).toContain('* VANISHED (EARLIER) 1,3');
    expect(missed.filter((line) => line.includes(' FETCH '))).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(UID 2 FLAGS \(\\Seen\) MODSEQ/),
    ]);
    expect(await done(back, `UID FETCH 1:* (FLAGS) (CHANGEDSINCE ${modseq} VANISHED)`)).toEqual([
      '* VANISHED (EARLIER) 1,3',
      expect.stringMatching(/^\* 1 FETCH \(UID 2 FLAGS \(\\Seen\) MODSEQ/),
      expect.stringMatching(/^\* 3 FETCH \(UID 5 FLAGS \(\) MODSEQ/),
    ]);
    const stale = await done(back, `SELECT ${box.path} (QRESYNC (1 ${modseq}))`);
    expect(stale.join('\n')).not.toContain('VANISHED');
  });
});

describe('what a client that counts by MODSEQ must hear (RFC 7162)', () => {
  it('QRESYNC and VANISHED come after ENABLE QRESYNC only, and what was selected stays (§3.2.3)', async () => {
    await put('un');
    const client = await opened();
    expect(await run(client, `SELECT ${box.path} (QRESYNC (1 1))`)).toEqual([
      expect.stringMatching(/^BAD QRESYNC/),
    ]);
    expect(await run(client, 'UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)')).toEqual([
      expect.stringMatching(/^BAD VANISHED/),
    ]);
    expect(await done(client, 'FETCH 1 (UID)')).toEqual(['* 1 FETCH (UID 1)']);
  });

  it.each([
    'ENABLE QRESYNC',
    'ENABLE CONDSTORE',
    'FETCH 1 (MODSEQ)',
    'STATUS INBOX (HIGHESTMODSEQ)',
    'SEARCH MODSEQ 1',
    'STORE 1 (UNCHANGEDSINCE 1) +FLAGS (\\Flagged)',
    'FETCH 1 (FLAGS) (CHANGEDSINCE 1)',
  ])(
    '%s, the first of its kind, tells HIGHESTMODSEQ of what is selected (§3.1), a second not',
    async (command) => {
      await put('un');
      const client = await opened();
      const highest = async (): Promise<number> =>
        (await run(client, command)).filter((line) => line.startsWith('* OK [HIGHESTMODSEQ'))
          .length;
      expect([await highest(), await highest()]).toEqual([1, 0]);
    },
  );

  it("every FETCH that it didn't ask for has UID and MODSEQ from then on, that of \\Seen too (§3.2.4)", async () => {
    await put('un', 'deux');
    const client = await opened('ENABLE CONDSTORE');
    expect(await done(client, 'STORE 1 +FLAGS (\\Flagged)')).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(UID 1 FLAGS \(\\Flagged\) MODSEQ \(\d+\)\)$/),
    ]);
    expect(await done(client, 'STORE 1 +FLAGS.SILENT (\\Answered)')).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(UID 1 MODSEQ \(\d+\)\)$/),
    ]);
    expect(await done(client, 'FETCH 2 (BODY[TEXT]<0.3>)')).toEqual([
      expect.stringMatching(
        /^\* 2 FETCH \(UID 2 MODSEQ \(\d+\) BODY\[TEXT\]<0> \{3\}\r\nBon FLAGS \(\\Seen\)\)$/,
      ),
    ]);
    expect(await done(client, 'FETCH 2 (BODY[TEXT]<0.3>)')).toEqual([
      '* 2 FETCH (BODY[TEXT]<0> {3}\r\nBon)',
    ]);
  });

  it('counts from before what is gone untold, should the connection end there (§3.2, §6)', async () => {
    await put('un', 'deux', 'trois');
    const client = await opened('ENABLE QRESYNC');
    const [, before = ''] =
      /HIGHESTMODSEQ (\d+)/.exec((await done(client, `SELECT ${box.path}`)).join('\n')) ?? [];
    const other = await opened();
    await done(other, 'STORE 1 +FLAGS.SILENT (\\Deleted)');
    await done(other, 'EXPUNGE');
    await new Promise((resolve) => {
      setTimeout(resolve, 60);
    });
    const stored = await done(client, 'STORE 3 +FLAGS (\\Flagged)');
    expect(stored.filter((line) => !/^\* (?:3 FETCH \(UID 3 |OK )/.test(line))).toEqual([]);
    expect(stored.at(-1)).toContain(`* OK [HIGHESTMODSEQ ${before}]`);
    expect((await done(client, 'SEARCH ALL')).at(-1)).toContain(`* OK [HIGHESTMODSEQ ${before}]`);
    // §3.2.10.2: numbers are asked for
    expect((await done(client, 'UID SEARCH 3')).at(-1)).toContain(`* OK [HIGHESTMODSEQ ${before}]`);
    const noop = await done(client, 'NOOP');
    expect(noop[0]).toBe('* VANISHED 1');
    expect(Number(/HIGHESTMODSEQ (\d+)/.exec(noop.at(-1) ?? '')?.[1])).toBeGreaterThan(
      Number(before),
    );
  });

  it('an annotation moves the MODSEQ of its mailbox (§3.2)', async () => {
    const client = await town.client(WHO);
    const modseq = async (): Promise<number> =>
      Number(
        /HIGHESTMODSEQ (\d+)/.exec(
          (await done(client, `STATUS ${box.path} (HIGHESTMODSEQ)`)).join(),
        )?.[1],
      );
    const before = await modseq();
    await done(client, `SETMETADATA ${box.path} (/private/comment "un")`);
    expect(await modseq()).toBe(before + 1);
  });
});
