import { afterAll, describe, expect, it } from 'vitest';
import { openTestTown } from '../../../tests/shared/town.ts';
import { NIGHT } from '../../ground/testing/night.ts';
import type { Scanner } from '../../letters/scan/clamd.ts';
import { releaseHold } from '../delivery/holding/release.ts';
import { listSites } from '../sites/testing/list.ts';
import { rescan, type RescanPoint } from './rescan.ts';

const town = await openTestTown();
// Letters come by the database's clock.
town.clock.now = new Date();
afterAll(() => town.close());

const STRANGER = 'camille@musee.example';
const KNOWN_NOW = 'QUI-SE-SAIT-DEMAIN';

/** The scanner of tomorrow: the real one, and one signature more. */
const tomorrow: Scanner = {
  ...town.parts.scanner,
  scan: async (message, who) =>
    Buffer.isBuffer(message) && message.includes(Buffer.from(KNOWN_NOW).toString('base64'))
      ? { kind: 'infected', signature: 'Win.Test.Tomorrow' }
      : town.parts.scanner.scan(message, who),
};
const partsOf = (scanner: Scanner) => ({ ...town.parts, scanner });
const look = (scanner = tomorrow) => rescan(partsOf(scanner), NIGHT);

const file = (words: string) => ({ name: 'plan.txt', bytes: Buffer.from(words) });
const subjects = async (local: string) => (await town.rows(local)).map(({ subject }) => subject);

describe('what is known to be harmful since it came', () => {
  it('is taken out of every mailbox; a notice stands there, the head and the journal know', async () => {
    await town.receive(STRANGER, ['claire.lefevre', 'karim.haddad'], {
      subject: 'Le plan',
      file: file(KNOWN_NOW),
    });
    await town.receive(STRANGER, ['claire.lefevre'], { subject: 'Le vrai', file: file('bon') });
    await town.receive(STRANGER, ['claire.lefevre'], { subject: 'Sans fichier', text: KNOWN_NOW });
    const claire = await town.viewer('claire.lefevre');
    const [row] = (await town.rows('claire.lefevre')).filter((one) => one.subject === 'Le plan');
    if (row === undefined) throw new Error('not there');
    await town.core.mail.markRead(claire, { mailbox: row.mailbox, uid: row.uid, by: 'message' });
    expect((await look()).taken).toBe(1);
    for (const local of ['claire.lefevre', 'karim.haddad']) {
      expect(await subjects(local)).not.toContain('Le plan');
      expect(await subjects(local)).toContain('Un message a été retiré : Le plan');
    }
    expect(await subjects('claire.lefevre')).toEqual(
      expect.arrayContaining(['Le vrai', 'Sans fichier']),
    );
    expect(await subjects('mamadou.diallo')).toContain(
      'Un message dangereux a été retiré : Le plan',
    );
    const { rows } = await town.admin.query(
      "select subject from audit where act = 'take-out' order by id desc limit 1",
    );
    expect(rows).toEqual([{ subject: { copies: 2 } }]);
    expect((await look()).taken).toBe(0);
    expect(await town.faults()).toEqual([]);
  });

  it('stays where it is while the scanner is silent, and past seven days', async () => {
    await town.receive(STRANGER, ['claire.lefevre'], { subject: 'Vieux', file: file(KNOWN_NOW) });
    const silent: Scanner = {
      ...tomorrow,
      scan: async () => ({ kind: 'silent', why: 'down' }),
      ping: async () => false,
    };
    await expect(look(silent)).rejects.toThrow('scanner-down');
    await town.admin.query("update message set received_at = received_at - interval '8 days'");
    expect(await look()).toEqual({ letters: 0, taken: 0, silent: 0 });
    expect(await subjects('claire.lefevre')).toContain('Vieux');
  });

  it('is found behind a letter on which the scanner gives no answer, which is named', async () => {
    const bad = await town.receive(STRANGER, ['claire.lefevre'], {
      subject: 'Muet',
      file: file('MUET'),
    });
    expect(bad.kind).toBe('accepted');
    const breaking: Scanner = {
      ...tomorrow,
      scan: async (message, who) =>
        Buffer.isBuffer(message) && message.includes(Buffer.from('MUET').toString('base64'))
          ? { kind: 'silent', why: 'no-answer' }
          : tomorrow.scan(message, who),
    };
    await town.receive(STRANGER, ['claire.lefevre'], { subject: 'Après', file: file(KNOWN_NOW) });
    expect(await look(breaking)).toMatchObject({ taken: 1, silent: 1 });
    expect(await subjects('claire.lefevre')).not.toContain('Après');
    // it went down with the scanner: the next try goes on behind it, and asks for it at its end
    const points: RescanPoint[] = [];
    const reached = async (point: RescanPoint) => void points.push(point);
    await town.receive(STRANGER, ['claire.lefevre'], { subject: 'Encore', file: file(KNOWN_NOW) });
    const down = { ...breaking, ping: async () => false };
    await expect(rescan(partsOf(down), NIGHT, { reached })).rejects.toThrow('scanner-down');
    const from = points.at(-1);
    if (from === undefined) throw new Error('nothing was reached');
    expect(await rescan(partsOf(down), NIGHT, { from })).toMatchObject({ taken: 1, silent: 1 });
    expect(await rescan(partsOf(tomorrow), NIGHT, { from })).toMatchObject({ taken: 0, silent: 0 });
    expect(await subjects('claire.lefevre')).toContain('Muet');
  });

  it('isn’t let go any more: what waits is scanned again, and its reader’s head may decide too', async () => {
    await listSites(town.core, { phishing: ['banque.example'] });
    await town.receive(STRANGER, ['claire.lefevre'], {
      subject: 'Retenu',
      text: 'http://banque.example',
      file: file(KNOWN_NOW),
    });
    const head = await town.viewer('mamadou.diallo');
    const held = (await town.core.moderation.waiting(head)).find((one) => one.subject === 'Retenu');
    if (held === undefined) throw new Error('not there');
    expect(held).toMatchObject({ isPutBefore: false, site: 'banque.example' });
    const decision = '00000000-0000-4000-8000-000000000001';
    await town.admin.query(
      `update hold set wish = 'release', decision = $1, decided_by = $2, effect_at = now()
      where id = $3`,
      [decision, head.addressId, held.id],
    );
    const releaser = { by: head.addressId, decision, reason: '' };
    const came = await releaseHold(partsOf(tomorrow), {
      school: held.school,
      id: held.id,
      releaser,
    });
    expect(came?.refused.map(({ rule }) => rule)).toEqual(['malware']);
  });
});
