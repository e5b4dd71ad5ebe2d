import { describe, expect, it } from 'vitest';
import { done, openCommandsTown, run, WHO } from './testing/commands-town.ts';

const { town, box, put, opened } = await openCommandsTown();

describe('NOTIFY (RFC 5465)', () => {
  it('tells of other mailboxes and of the selected one between commands', async () => {
    await put('un');
    const other = `${box.path}/Autre`;
    await town.core.mailboxes.create(await town.viewer(WHO), other, null);
    const client = await opened();
    const asked = await done(
      client,
      `NOTIFY SET STATUS (selected (MessageNew (UID BODY.PEEK[HEADER.FIELDS (SUBJECT)]) MessageExpunge)) (subtree ${box.path} (MessageNew MessageExpunge MailboxName))`,
    );
    expect(asked).toEqual([
      expect.stringMatching(new RegExp(`^\\* STATUS ${other} \\(MESSAGES 0 UIDNEXT 1 `)),
    ]);
    const second = await opened();
    await done(second, `COPY 1 ${other}`);
    expect(await client.response()).toMatch(
      new RegExp(`^\\* STATUS ${other} \\(MESSAGES 1 UIDNEXT 2 `),
    );
    await done(second, `COPY 1 ${box.path}`);
    expect(await client.response()).toBe('* 2 EXISTS');
    expect(await client.response()).toBe(
      '* 2 FETCH (UID 2 BODY[HEADER.FIELDS (SUBJECT)] {15}\r\nSubject: un\r\n\r\n)',
    );
    await done(second, `CREATE ${box.path}/Neuf`);
    // Only a name that was told can be told to be old.
    expect(await client.response(10_000)).toContain(`${box.path}/Neuf`);
    await done(second, `RENAME ${box.path}/Neuf ${box.path}/Vieux`);
    expect(await client.response(10_000)).toContain(`"OLDNAME" (${box.path}/Neuf)`);
    expect(await done(client, 'NOTIFY NONE')).toEqual([]);
    await done(second, `COPY 1 ${other}`);
    expect(await client.response(150)).toBe('silence');
    // §4: IDLE says no more than NOTIFY was asked for.
    client.send('i IDLE\r\n');
    expect(await client.response()).toBe('+ idling');
    await done(second, `COPY 1 ${box.path}`);
    expect(await client.response(150)).toBe('silence');
    client.send('DONE\r\n');
  });

  it('is a NOOP, brings along what came while a command ran, and names flags by UID', async () => {
    await put('un');
    const [client, second] = [await opened(), await opened()];
    await done(second, `COPY 1 ${box.path}`);
    expect(
      await done(client, 'NOTIFY SET (SELECTED (MessageNew (UID) MessageExpunge FlagChange))'),
    ).toEqual(['* 2 EXISTS', '* 2 FETCH (UID 2)']);
    await done(second, 'STORE 1 +FLAGS (\\Flagged)');
    expect(await client.response()).toBe('* 1 FETCH (UID 1 FLAGS (\\Flagged))');
  });

  it('tells of a board that somebody else shares, by their events (§5.9: while it is shared)', async () => {
    const owner = await town.client(WHO);
    await done(owner, `SETACL ${box.path} ${town.address('mamadou.diallo')} lrs`);
    const reader = await town.client('mamadou.diallo');
    const [line = ''] = await done(reader, `LIST "" "*${box.path}"`);
    const name = line.replace(/^.* "\/" /, '');
    await done(
      reader,
      `NOTIFY SET (subtree ${name.replace(`/${box.path}`, '')} (MessageNew MessageExpunge FlagChange MailboxName MailboxMetadataChange))`,
    );
    await put('un');
    expect(await reader.response()).toMatch(/^\* STATUS .* \(MESSAGES 1 UIDNEXT 2 /);
    await done(owner, `SELECT ${box.path}`);
    await done(owner, 'STORE 1 +FLAGS (\\Flagged)');
    expect(await reader.response()).toMatch(/^\* STATUS .* HIGHESTMODSEQ 3\)$/);
    await done(
      owner,
      `SETMETADATA ${box.path} (/shared/comment "Sorties" /private/comment "pour moi")`,
    );
    expect(await reader.response()).toMatch(/^\* STATUS .* HIGHESTMODSEQ 4\)$/);
    expect(await reader.response()).toBe(`* METADATA ${name} /shared/comment`);
    await done(owner, `RENAME ${box.path} ${box.path}-neuf`);
    expect(await reader.response()).toBe(
      `* LIST (\\HasNoChildren \\Subscribed) "/" ${name.replace(box.path, `${box.path}-neuf`)} ("OLDNAME" (${name}))`,
    );
    await done(owner, `SETACL ${box.path}-neuf ${town.address('mamadou.diallo')} l`);
    await done(owner, `COPY 1 ${box.path}-neuf`); // nothing is told of it: the reader may list it only
    await done(owner, `DELETEACL ${box.path}-neuf ${town.address('mamadou.diallo')}`);
    expect(await reader.response()).toContain('* LIST (\\NonExistent)');
    await done(owner, `DELETE ${box.path}-neuf`);
    expect(await reader.response(150)).toBe('silence');
  });

  it('of what may be listed but not read it says \\NoAccess and no count (§3.1)', async () => {
    const owner = await town.client(WHO);
    await put('un');
    await done(owner, `SETACL ${box.path} ${town.address('mamadou.diallo')} l`);
    const reader = await town.client('mamadou.diallo');
    const [line = ''] = await done(reader, `LIST "" "*${box.path}"`);
    expect(
      await done(
        reader,
        `NOTIFY SET STATUS (mailboxes ${line.replace(/^.* "\/" /, '')} (MessageNew MessageExpunge))`,
      ),
    ).toEqual([line.replace('\\HasNoChildren', '\\NoAccess')]);
    await done(owner, `DELETE ${box.path}`);
  });

  it('tells of annotations of the account that another program sets, not of its own', async () => {
    const [client, second] = [await town.client(WHO), await town.client(WHO)];
    await done(
      client,
      'NOTIFY SET (personal (ServerMetadataChange MailboxMetadataChange MailboxName))',
    );
    await done(client, `SETMETADATA "" (/private/comment "a")`);
    await done(client, `SETMETADATA ${box.path} (/private/comment "a")`);
    await done(client, `CREATE ${box.path}/Moi`);
    await done(second, `SETMETADATA "" (/private/comment "b" /private/vendor/x "c")`);
    expect(await client.response()).toBe('* METADATA "" /private/comment /private/vendor/x');
    await done(second, `SETMETADATA ${box.path} (/private/comment NIL)`);
    expect(await client.response()).toBe(`* METADATA ${box.path} /private/comment`);
    expect(await client.response(150)).toBe('silence');
  });

  it("refuses what it can't watch", async () => {
    const client = await town.client(WHO);
    expect(
      await run(
        client,
        'NOTIFY SET (personal (AnnotationChange MessageNew MessageExpunge FlagChange))',
      ),
    ).toEqual([
      expect.stringMatching(
        /^NO \[BADEVENT \(MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange MailboxMetadataChange ServerMetadataChange\)\]/,
      ),
    ]);
  });
});
