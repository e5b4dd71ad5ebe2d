/**
 * The doors of the running whole: SMTP from outside and from mail programs, two schools, and parts
 * that stop answering.
 */
import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { dial } from '../../smtp/testing/wire-client.ts';
import { SOAKED } from '../shared/slice.ts';
import { uidsIn, visit } from './http-visitor.ts';
import type { Story } from './story.ts';
import { infected } from './virus.ts';
import { until } from './whole.ts';
import { deliver, letter, ready, type WireAccount } from './wire.ts';

const STRANGER = 'marie@example.org';

const WELL = { status: 200, database: 'up', scanner: 'up', queue: 'up', events: 'up' };

/** What the tests of the doors ask of a whole, once it runs. */
function askedOf(story: Story) {
  const stored = (subject: string) =>
    story.whole.count('select count(*) as n from message where subject = $1', [subject]);
  const subjectsOf = async (local: string) =>
    (await visit(story.whole.base, story.whole.account(local))).text('/mail/inbox');

  /** One small message through a door; null is the MX. */
  async function send(as: WireAccount | null, to: string, subject: string): Promise<string> {
    const wire = await ready(
      as === null ? story.whole.ports.mx : story.whole.ports.submissions,
      as,
    );
    const from = as === null ? STRANGER : as.address;
    const reply = await deliver(
      wire,
      { from, to: [to] },
      letter({ from, to, subject, text: 'Bonjour' }),
    );
    wire.cut();
    return reply;
  }

  const health = async (): Promise<Record<string, string | number>> => {
    const answer = await fetch(`${story.whole.base}/healthz`);
    return { status: answer.status, ...((await answer.json()) as Record<string, string>) };
  };

  /** What RCPT says of each, with the address itself made equal. */
  async function refusals(as: WireAccount | null, locals: readonly string[]): Promise<string[]> {
    const wire = await ready(
      as === null ? story.whole.ports.mx : story.whole.ports.submissions,
      as,
    );
    await wire.say(`MAIL FROM:<${as?.address ?? STRANGER}>`);
    const replies: string[] = [];
    for (const local of locals)
      replies.push(
        (await wire.say(`RCPT TO:<${story.whole.address(local)}>`)).replaceAll(
          story.whole.address(local),
          'X',
        ),
      );
    wire.cut();
    return replies;
  }
  return { stored, subjectsOf, send, health, refusals };
}

/** Mail and pages of two schools, while clamd is away, and once it is back. */
export function knockAtDoors(story: Story): void {
  const { stored, subjectsOf, send, health, refusals } = askedOf(story);

  describe('a part that stops answering', () => {
    it('clamd away: 451 at the doors, a draft that waits on the pages, nothing kept; back: mail is taken again by itself', async () => {
      const socket = story.whole.services().clamd.replace(/^unix:/, '');
      const lina = await visit(story.whole.base, story.whole.account('lina.moreau'));
      // A folder where its socket was: it is ended, its open sessions with it, and can't be started
      // again before the folder is gone.
      rmSync(socket);
      mkdirSync(socket);
      process.kill(story.whole.services().clamdPid, 'SIGKILL');
      try {
        await until('the scanner is away', async () => (await health())['scanner'] === 'down');
        expect(await send(null, story.whole.address('claire.lefevre'), 'Sans scanner')).toMatch(
          /^451[- ]4\.3\.0 /,
        );
        expect(
          await send(
            story.whole.account('noe.garnier'),
            story.whole.address('lina.moreau'),
            'Sans scanner',
          ),
        ).toMatch(/^451[- ]4\.3\.0 /);
        const answer = await lina.post('/write', {
          act: 'send',
          to: story.whole.address('noe.garnier'),
          subject: 'Attend un peu',
          text: 'Coucou',
        });
        expect(answer.status).toBe(202);
        expect(await answer.text()).toContain('Ton message attend un peu.');
        expect(await lina.text('/mail/drafts')).toContain('Part bientôt');
        expect(await stored('Sans scanner')).toBe(0);
        expect(await subjectsOf('noe.garnier')).not.toContain('Attend un peu');
        expect(await health()).toEqual({ ...WELL, status: 503, scanner: 'down' });
      } finally {
        rmdirSync(socket);
      }
      await until('the scanner is back', async () => (await health())['scanner'] === 'up', 20_000);
      expect(
        await send(null, story.whole.address('claire.lefevre'), 'Le scanner est revenu'),
      ).toMatch(/^250/);
      expect(await health()).toEqual(WELL);
    });
  });

  describe('from outside', () => {
    it('a teacher gets a stranger’s mail, on the page in the same moment', async () => {
      expect(await send(null, story.whole.address('claire.lefevre'), 'De Marie')).toMatch(
        /^250 2\.0\.0 /,
      );
      expect(await subjectsOf('claire.lefevre')).toContain('De Marie');
    });

    it('a child, a parent, a list and nobody are one to a stranger', async () => {
      const replies = await refusals(null, [
        'lina.moreau',
        'karine.moreau',
        'ce1-a.tilleuls',
        'eleves.tilleuls',
        'nobody.at-all',
      ]);
      expect(new Set(replies).size).toBe(1);
      expect(replies[0]).toMatch(/^550[- ]5\.1\.1 /);
    });

    it('a virus is refused at the door with its name, however it is wrapped, and nothing is kept', async () => {
      const before = await story.whole.count('select count(*) as n from message');
      const teacher = story.whole.address('claire.lefevre');
      const lina = story.whole.account('lina.moreau');
      const wrong: string[] = [];
      for (const as of [null, lina]) {
        const wire = await ready(
          as === null ? story.whole.ports.mx : story.whole.ports.submissions,
          as,
        );
        const from = as?.address ?? STRANGER;
        for (const { how, raw } of infected(from, teacher)) {
          const reply = await deliver(wire, { from, to: [teacher] }, raw);
          if (!/^550[- ]5\.7\.\d /.test(reply) || !/eicar/i.test(reply))
            wrong.push(`${as === null ? 'mx' : 'submission'}, ${how}: ${reply}`);
        }
        wire.cut();
      }
      expect(wrong).toEqual([]);
      expect(await story.whole.count('select count(*) as n from message')).toBe(before);
    });
  });

  describe('from mail programs', () => {
    it.each(['STARTTLS', 'TLS from the first byte'])(
      'a teacher sends with nodemailer, %s, to a class and to outside',
      async (how) => {
        const karim = story.whole.account('karim.haddad');
        const secure = how !== 'STARTTLS';
        const transport = createTransport({
          host: '127.0.0.1',
          port: secure ? story.whole.ports.submissions : story.whole.ports.submission,
          secure,
          requireTLS: true,
          auth: { user: karim.address, pass: karim.password },
          tls: { rejectUnauthorized: false },
        });
        const to = [story.whole.address('ce1-ce2.tilleuls'), 'papeterie@example.org'];
        const sent = await transport.sendMail({
          from: karim.address,
          to,
          subject: `Par ${how}`,
          text: 'Bonjour à tous',
          attachments: [{ filename: 'liste.txt', content: 'cahier, règle' }],
        });
        transport.close();
        expect(sent.response).toMatch(/^250 2\.0\.0 /);
        expect(await subjectsOf('jade.morel')).toContain(`Par ${how}`);
        const director = await visit(story.whole.base, story.whole.account('mamadou.diallo'));
        await until('it has left for outside', async () =>
          (await director.text('/demo/outside')).includes(`Par ${how}`),
        );
      },
    );

    it('a password is not asked for before TLS', async () => {
      const wire = await dial(story.whole.ports.submission);
      await wire.reply();
      expect(await wire.say('EHLO client.example')).not.toContain('AUTH');
      expect(await wire.say('AUTH PLAIN AGEAYg==')).toMatch(/^538 /);
      expect(await wire.say('STARTTLS')).toMatch(/^220 /);
      await wire.startTls();
      expect(await wire.say('EHLO client.example')).toMatch(/AUTH [^\n]*PLAIN/);
      wire.cut();
    });

    it('a pupil is refused a pupil of another class with the child’s sentence, and nobody of the message gets it', async () => {
      const lina = story.whole.account('lina.moreau');
      const wire = await ready(story.whole.ports.submissions, lina);
      expect(await wire.say(`MAIL FROM:<${lina.address}>`)).toMatch(/^250/);
      expect(await wire.say(`RCPT TO:<${story.whole.address('noe.garnier')}>`)).toMatch(/^250/);
      expect(await wire.say(`RCPT TO:<${story.whole.address('jade.morel')}>`)).toMatch(
        /^550[- ]5\.7\.1 [^]*Jade est en CE1-CE2\. Toi, tu es en CE1 A/,
      );
      expect(await wire.say('DATA')).toMatch(/^550[- ]5\.7\.1 [^]*Jade/);
      wire.cut();
    });

    it('nobody writes as somebody else', async () => {
      const lina = story.whole.account('lina.moreau');
      const wire = await ready(story.whole.ports.submissions, lina);
      const to = [story.whole.address('noe.garnier')];
      expect(
        await deliver(wire, { from: story.whole.address('claire.lefevre'), to }, Buffer.from('')),
      ).toMatch(/^553[- ]5\.7\.1/);
      const raw = letter({
        from: story.whole.address('claire.lefevre'),
        to: to[0] ?? '',
        subject: 'De la maîtresse',
        text: 'Pas de devoirs',
      });
      expect(await deliver(wire, { from: lina.address, to }, raw)).toMatch(/^553[- ]5\.7\.1/);
      wire.cut();
      expect(await stored('De la maîtresse')).toBe(0);
    });
  });

  describe('two schools', () => {
    it('to a teacher of another school, children, parents, lists and nobody are one', async () => {
      const replies = await refusals(story.whole.account('nora.belkacem'), [
        'lina.moreau',
        'karine.moreau',
        'ce1-a.tilleuls',
        'familles.tilleuls',
        'nobody.at-all',
      ]);
      expect(new Set(replies).size).toBe(1);
      expect(replies[0]).toMatch(/^550[- ]5\.1\.1 /);
    });

    it('numbers of another school’s pages lead nowhere, to read and to act', async () => {
      const nora = await visit(story.whole.base, story.whole.account('nora.belkacem'));
      const boxes = await story.whole.rows<{ id: string }>(
        'select b.id from mailbox b join account a on a.school_id = b.school_id and a.id = b.account_id where b.school_id = 1 order by b.id limit 3',
      );
      const classes = await story.whole.rows<{ id: string }>(
        'select id from class where school_id = 1 order by id limit 3',
      );
      const holds = await story.whole.rows<{ school_id: number; id: string }>(
        "select school_id, id from hold where state = 'waiting'",
      );
      expect([boxes.length, classes.length, holds.length].every((count) => count > 0)).toBe(true);
      const paths = [
        ...boxes.flatMap(({ id }) => [
          `/mail/${id}`,
          `/mail/${id}/1`,
          `/mail/${id}/1/body`,
          `/mail/${id}/1/file/2`,
          `/mail/${id}/1/reply`,
        ]),
        ...classes.flatMap(({ id }) => [`/classes/${id}/write`, `/classes/${id}/families`]),
      ];
      const open: string[] = [];
      for (const path of paths) if ((await nora.get(path)).status !== 404) open.push(path);
      const acts = boxes
        .slice(0, 10)
        .flatMap(({ id }) => [`/mail/${id}/1/mark`, `/mail/${id}/1/move`, `/mail/${id}/1/report`]);
      for (const path of acts)
        if ((await nora.post(path, { mark: 'flagged', to: 'trash' })).status !== 404)
          open.push(`POST ${path}`);
      expect(open).toEqual([]);
      // One answer to who comes too late and to whose it isn't: it says nothing of the number.
      for (const { school_id: school, id } of [...holds, { school_id: 1, id: '999999' }])
        for (const act of ['release', 'give-back']) {
          const decided = await nora.post(`/held/${school}/${id}/${act}`, {});
          expect([decided.status, decided.headers.get('location')]).toEqual([
            303,
            '/held?said=already',
          ]);
        }
      expect(
        await story.whole.count("select count(*) as n from hold where state = 'waiting'"),
      ).toBe(holds.length);
    });

    it('looking for people finds no child, parent or list of another school', async () => {
      const nora = await visit(story.whole.base, story.whole.account('nora.belkacem'));
      const page = await nora.text('/write');
      // A parent with a child in each school is of both.
      const ofBoth = new Set(
        (
          await story.whole.rows<{ local: string }>(
            'select a.local from guardianship g join address a on a.id = g.guardian_address_id where g.school_id = 2',
          )
        ).map(({ local }) => story.whole.address(local)),
      );
      const others = story.whole.town.accounts.filter(
        ({ school, role, address }) =>
          school === 'tilleuls' &&
          (role === 'pupil' || role === 'guardian') &&
          !ofBoth.has(address),
      );
      expect(others.length).toBeGreaterThan(100);
      expect(others.filter(({ address }) => page.includes(address))).toEqual([]);
      const kept = await nora.post('/write', { act: 'save', to: [], subject: 'À qui', text: '' });
      expect(kept.status).toBe(303);
      const [draft] = uidsIn(await nora.text('/mail/drafts'));
      const found = await nora.text(`/write/${draft}?find=moreau`);
      expect(others.filter(({ address }) => found.includes(address))).toEqual([]);
    });
  });

  describe('a part that stops answering, again', () => {
    it('what waited for the scanner has left by itself', async () => {
      const [lina, noe] = [
        await visit(story.whole.base, story.whole.account('lina.moreau')),
        await visit(story.whole.base, story.whole.account('noe.garnier')),
      ];
      // Its next attempt is half a minute away.
      await story.whole.rows("update due set at = now() where kind = 'draft'");
      await until(
        'the draft has left',
        async () => (await noe.text('/mail/inbox')).includes('Attend un peu'),
        40_000,
      );
      expect(await lina.text('/mail/sent')).toContain('Attend un peu');
      expect(await lina.text('/mail/drafts')).not.toContain('Attend un peu');
    }, 60_000);

    it('clamd killed: it is started again, and mail is taken again', SOAKED, async () => {
      process.kill(story.whole.services().clamdPid, 'SIGKILL');
      expect(await send(null, story.whole.address('claire.lefevre'), 'Pendant la chute')).toMatch(
        /^(451|250)[- ]/,
      );
      await until(
        'mail is taken again',
        async () =>
          (await send(null, story.whole.address('claire.lefevre'), 'Après la chute')).startsWith(
            '250',
          ),
        25_000,
      );
    });
  });
}

/** What is last of all: nobody is signed in to a database that was killed. */
export function killTheDatabase(story: Story): void {
  const { stored, send, health } = askedOf(story);

  it('PostgreSQL killed: 451 and a page that says so, named by /healthz; then everything is back, and what was taken is there', async () => {
    const claire = await visit(story.whole.base, story.whole.account('claire.lefevre'));
    expect(await send(null, story.whole.address('claire.lefevre'), 'Juste avant')).toMatch(/^250/);
    process.kill(story.whole.services().postgresPid, 'SIGKILL');
    const asked = Promise.all([
      claire.get('/mail/inbox'),
      send(null, story.whole.address('claire.lefevre'), 'Pendant'),
    ]);
    await until(
      '/healthz names the database',
      async () => (await health())['database'] === 'down',
      15_000,
    );
    const [page, reply] = await asked;
    expect([200, 503]).toContain(page.status);
    expect(reply).toMatch(/^(250|451)[- ]/);
    await until('all is well again', async () => (await health()).status === 200, 25_000);
    await until(
      'the page is back',
      async () => (await claire.get('/mail/inbox')).status === 200,
      10_000,
    );
    expect(await claire.text('/mail/inbox')).toContain('Juste avant');
    expect(await stored('Pendant')).toBe(reply.startsWith('250') ? 1 : 0);
  }, 60_000);
}
