import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { rawLetter } from '../../../tests/shared/town.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { Outcome } from '../../rules/outcome.ts';
import { MORNING, openAcceptTown, said } from './testing/accept-town.ts';

const { town, allHolds, count, change } = await openAcceptTown();

/** Somebody must be there. */
function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nobody is there');
  return value;
}

const { stopPupilMail } = town.core.moderation;
type Stopping = Parameters<typeof stopPupilMail>;
const stop = (who: Stopping[0], place: Stopping[1], reason: string) =>
  stopPupilMail(who, place, { stopped: true, reason, until: null });
const letRun = (who: Stopping[0], place: Stopping[1], reason: string) =>
  stopPupilMail(who, place, { stopped: false, reason, until: null });

describe('what stops mail', () => {
  it('is a pause, until it is over', async () => {
    await change(
      `update account set paused_until = '2026-11-25T00:00:00Z' where display_name = 'Lina Moreau'`,
    );
    expect(said(await town.send('lina.moreau', ['claire.lefevre']))).toBe('denied sending-paused');
    town.clock.now = new Date('2026-11-25T00:00:01Z');
    expect(said(await town.send('lina.moreau', ['claire.lefevre']))).toBe('accepted');
    await change(`update account set paused_until = null where display_name = 'Lina Moreau'`);
  });
  it('is the hour’s rate: thirty for a child, a list counting once', async () => {
    for (let sent = 0; sent < 30; sent += 1)
      expect(said(await town.send('adele.vidal', ['ce1-a.tilleuls']))).toBe('accepted');
    expect(said(await town.send('adele.vidal', ['lina.moreau']))).toBe('denied too-many-messages');
    await town.admin.query(`update sending set at = at - interval '1 hour'`);
    expect(said(await town.send('adele.vidal', ['lina.moreau']))).toBe('accepted');
  });
  it('is the day’s new children: sixty for an adult, who may go on with those they know and with classes', async () => {
    const teacher = await town.viewer('claire.lefevre');
    expect(said(await town.send('claire.lefevre', ['lina.moreau']))).toBe('accepted');
    await town.admin.query(
      'insert into contact (school_id, from_address_id, to_address_id) select $1, $2, 900000 + n from generate_series(1, 60) n',
      [teacher.school, teacher.addressId],
    );
    expect(said(await town.send('claire.lefevre', ['adele.vidal']))).toBe(
      'denied too-many-new-people',
    );
    expect(said(await town.send('claire.lefevre', ['lina.moreau']))).toBe('accepted');
    expect(said(await town.send('claire.lefevre', ['ce1-a.tilleuls']))).toBe('accepted');
    await town.admin.query(
      `update contact set first_at = first_at - interval '1 day' where to_address_id > 900000`,
    );
    expect(said(await town.send('claire.lefevre', ['adele.vidal']))).toBe('accepted');
  });
  it('is the switch of a school, for its pupils, at once and back', async () => {
    const head = await town.viewer('mamadou.diallo');
    expect(await stop(head, head.school, '')).toBe('done');
    expect(said(await town.send('lina.moreau', ['claire.lefevre']))).toBe(
      'denied pupil-mail-stopped',
    );
    expect(said(await town.send('claire.lefevre', ['lina.moreau']))).toBe(
      'denied pupil-mail-stopped',
    );
    expect(said(await town.send('claire.lefevre', ['karim.haddad']))).toBe('accepted');
    expect(said(await town.send('samuel.okafor', ['julie.robin']))).toBe('accepted');
    expect(await letRun(head, head.school, '')).toBe('done');
    expect(said(await town.send('lina.moreau', ['claire.lefevre']))).toBe('accepted');
  });
  it('is the switch of the town, for all pupils', async () => {
    const agent = await town.viewer('hugues.armand');
    expect(await stop(agent, agent.school, ' ')).toBe('missing');
    expect(await stop(agent, agent.school, 'Un message circule partout')).toBe('done');
    expect(said(await town.send('samuel.okafor', ['julie.robin']))).toBe(
      'denied pupil-mail-stopped',
    );
    expect(await letRun(agent, agent.school, 'C’est réglé')).toBe('done');
    expect(said(await town.send('samuel.okafor', ['julie.robin']))).toBe('accepted');
    expect(
      await count(
        `agent_act where act = 'stop-pupil-mail' and reason = 'Un message circule partout'`,
      ),
    ).toBe(1);
  });
  it('is a school’s switch in an agent’s hands once they have opened it, by the reason they gave there', async () => {
    const [agent, head] = [await town.viewer('hugues.armand'), await town.viewer('mamadou.diallo')];
    expect(await stop(agent, head.school, 'x')).toBe('missing');
    await town.core.classes.open(agent, head.school, 'La directrice est injoignable');
    expect(await stop(agent, head.school, '')).toBe('done');
    expect(said(await town.send('lina.moreau', ['claire.lefevre']))).toBe(
      'denied pupil-mail-stopped',
    );
    expect(await letRun(agent, head.school, '')).toBe('done');
    expect(
      await count(
        `agent_act where act = 'let-pupil-mail-run' and reason = 'La directrice est injoignable'`,
      ),
    ).toBe(1);
    expect(
      await count(
        `audit where act = 'let-pupil-mail-run' and school_id = ${head.school}
          and actor_address_id = ${agent.addressId} and not subject ? 'commune'`,
      ),
    ).toBe(1);
  });
  it('is a commune’s switch, for the pupils of its schools alone, in the journals of each', async () => {
    const agent = await town.viewer('hugues.armand');
    const { rows } = await town.admin.query<{ commune: number }>(
      'select commune_id as commune from school where id = 1',
    );
    const place = { commune: rows[0]?.commune ?? 0 };
    const wish = { stopped: true, reason: 'Une rumeur circule', until: null };
    const { moderation } = town.core;
    for (const who of [await town.viewer('mamadou.diallo'), await town.viewer('lina.moreau')])
      expect(await moderation.stopPupilMail(who, place, wish)).toBe('missing');
    expect(await moderation.stopPupilMail(agent, place, { ...wish, reason: ' ' })).toBe('missing');
    expect(await moderation.stopPupilMail(agent, { commune: 4_711 }, wish)).toBe('missing');
    expect(await moderation.stopPupilMail(agent, place, wish)).toBe('done');
    expect(said(await town.send('lina.moreau', ['claire.lefevre']))).toBe(
      'denied pupil-mail-stopped',
    );
    const { rows: elsewhere } = await town.admin.query<{ local: string }>(`
      select d.local
      from account a join address d on d.id = a.address_id join school s on s.id = a.school_id
      where a.role = 'pupil' and s.commune_id <> ${place.commune}
      order by a.id
      limit 1
    `);
    const other = must(elsewhere[0]?.local);
    expect(said(await town.send('hugues.armand', [other]))).toBe('accepted');
    expect(await count(`agent_act where act = 'stop-commune-mail'`)).toBe(1);
    expect(
      await count(
        `audit a join school s on s.id = a.school_id where act = 'stop-pupil-mail'
          and s.commune_id = ${place.commune} and subject ? 'commune'`,
      ),
    ).toBe(await count(`school where commune_id = ${place.commune}`));
    expect(await moderation.stopPupilMail(agent, place, { ...wish, stopped: false })).toBe('done');
    expect(said(await town.send('lina.moreau', ['claire.lefevre']))).toBe('accepted');
  });
  it('ends by itself at the moment that was said, by the clock of the place', async () => {
    const head = await town.viewer('mamadou.diallo');
    const { moderation } = town.core;
    const stop = (day: string, time: string) =>
      moderation.stopPupilMail(head, head.school, {
        stopped: true,
        reason: '',
        until: { day, time },
      });
    for (const [day, time] of [
      ['2026-11-24', '09:59'],
      ['2026-11-23', '23:00'],
      ['2026-02-30', '07:00'],
      ['2029-01-01', '07:00'],
      ['lundi', '07:00'],
      ['2026-11-30', '7 h'],
      ['2026-11-30', ''],
    ] as const)
      expect(await stop(day, time), `${day} ${time}`).toBe('bad-end');
    expect(said(await town.send('lina.moreau', ['claire.lefevre']))).toBe('accepted');
    expect(await stop('2026-11-30', '07:00')).toBe('done');
    for (const [at, then] of [
      ['2026-11-30T05:59:59Z', 'denied pupil-mail-stopped'],
      ['2026-11-30T06:00:00Z', 'accepted'],
    ] as const) {
      town.clock.now = new Date(at);
      expect(said(await town.send('lina.moreau', ['claire.lefevre']))).toBe(then);
    }
    town.clock.now = MORNING;
    await moderation.stopPupilMail(head, head.school, { stopped: false, reason: '', until: null });
  });
  it('is no switch for a teacher, a pupil, the head of another school, nor for a school that isn’t there', async () => {
    const [teacher, pupil, head] = [
      await town.viewer('claire.lefevre'),
      await town.viewer('lina.moreau'),
      await town.viewer('beatrice.vasseur'),
    ];
    for (const viewer of [teacher, pupil, head])
      expect(await stop(viewer, teacher.school, 'x')).toBe('missing');
    expect(
      await town.core.moderation.stopPupilMail(head, 4_711 as typeof head.school, {
        stopped: true,
        reason: 'x',
        until: null,
      }),
    ).toBe('missing');
  });
  it('is a full mailbox: for now, for good after three days, and for nobody of the message', async () => {
    await change(`update account set quota_bytes = 10 where display_name = 'Julie Robin'`);
    const before = (await town.rows('karim.haddad')).length;
    const send = async (): Promise<Outcome> =>
      town.send('claire.lefevre', ['karim.haddad', 'julie.robin'], { via: 'web' });
    expect(await send()).toEqual({
      kind: 'mailbox-full',
      address: town.address('julie.robin'),
      permanent: false,
    });
    town.clock.now = new Date(MORNING.getTime() + 2.9 * DAY_MS);
    expect(await send()).toMatchObject({ kind: 'mailbox-full', permanent: false });
    town.clock.now = new Date(MORNING.getTime() + 3.1 * DAY_MS);
    expect(await send()).toMatchObject({ kind: 'mailbox-full', permanent: true });
    expect(await town.rows('karim.haddad')).toHaveLength(before);
    await allHolds();
    expect(said(await town.send('mamadou.diallo', ['equipe.tilleuls']))).toBe('accepted');
    await change(`update account set quota_bytes = 5000000000 where display_name = 'Julie Robin'`);
    expect(said(await send())).toBe('accepted');
  });
  it('is a file for the role, and a letter too long', async () => {
    const file = { name: 'jeu.exe', bytes: Buffer.from('MZ\0\0 not really') };
    expect(said(await town.send('lina.moreau', ['claire.lefevre'], { file }))).toBe(
      'denied file-kind',
    );
    expect(said(await town.receive('a@dehors.example', ['claire.lefevre'], { file }))).toBe(
      'denied file-kind',
    );
    expect(
      await town.send('lina.moreau', ['claire.lefevre'], {
        text: 'x'.repeat(70).concat('\r\n').repeat(150_000),
      }),
    ).toEqual({ kind: 'too-big', limitBytes: 10_000_000 });
  });
  it('is malware, even when the rules would refuse as well', async () => {
    const eicar = Buffer.from(
      'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*',
    );
    expect(
      (
        await town.send('lina.moreau', ['claire.lefevre'], {
          file: { name: 'dessin.txt', bytes: eicar },
        })
      ).kind,
    ).toBe('infected');
  });
  it('is a stream that breaks: nothing was received', async () => {
    const before = await count('message');
    const viewer = await town.viewer('claire.lefevre');
    const broken = new Readable({
      read() {
        this.push(rawLetter(viewer.address, [town.address('lina.moreau')]));
        this.destroy(new Error('cut'));
      },
    });
    await expect(
      town.core.delivery.accept(
        {
          sender: { kind: 'account', viewer },
          recipients: [town.address('lina.moreau')],
          via: 'submission',
          peer: null,
          session: 't',
          trace: '',
        },
        broken,
      ),
    ).rejects.toThrow('cut');
    expect(await count('message')).toBe(before);
  });
});
