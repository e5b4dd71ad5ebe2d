import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { Uid } from '../../ground/ids.ts';
import { sanitiseMail } from '../../letters/message/html.ts';
import type { SenderProof } from '../delivery/contract.ts';
import { UNPROVEN } from '../delivery/judging/author.ts';
import { bring } from '../mailboxes/testing/letters.ts';
import { karimsMail } from './testing/karims-mail.ts';

const LINK = '<a href="http://a.example/x">b.example</a>';
const LINKS = LINK.repeat(Math.floor(500_000 / LINK.length));
/** The beginning of a PNG: its signature and its first chunk, 24 bytes. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB';

const { town, viewer, inbox } = await karimsMail();

/**
 * The most processor time, in ms, that this thread took between two turns of its event loop: what
 * others wait for, however busy the machine is besides.
 */
function watchLoop(): { stop(): number } {
  let before = process.threadCpuUsage();
  let most = 0;
  const look = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    most = Math.max(most, (user + system) / 1_000);
    before = process.threadCpuUsage();
  };
  const timer = setInterval(look, 1);
  return {
    stop() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

const letter = (html: string): Buffer =>
  Buffer.from(
    `From: Karim <${viewer.address}>\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n` +
      html.replaceAll('</a>', '</a>\r\n'),
  );

it('tells of pictures from elsewhere, and shows those of a writer at once only where it is proven who that is', async () => {
  const { mail } = town.core;
  const receive = async (proof: Partial<{ proof: SenderProof }>): Promise<Uid> => {
    await town.receive('anne@musee.example', ['karim.haddad'], {
      ...proof,
      text: '<p>Bonjour <img src="https://images.example/a.png"></p>',
      subtype: 'html',
    });
    return (await town.rows('karim.haddad'))[0]?.uid as Uid;
  };
  const afar = async (uid: Uid) => (await mail.read(viewer, inbox, uid))?.afar;
  const [first, unproven] = [await receive({}), await receive({ proof: UNPROVEN })];
  expect(await afar(first)).toEqual({ pictures: 1, wanted: 'when-asked', isProven: true });
  expect(await afar(unproven)).toEqual({ pictures: 1, wanted: 'when-asked', isProven: false });
  expect(
    await mail.wantPictures(viewer, { mailbox: inbox, uid: unproven, wanted: 'at-once' }),
  ).toBe(false);
  expect(await mail.wantPictures(viewer, { mailbox: inbox, uid: first, wanted: 'at-once' })).toBe(
    true,
  );
  const [next, nobody] = [await receive({}), await receive({ proof: UNPROVEN })];
  expect((await afar(next))?.wanted).toBe('at-once');
  expect((await afar(nobody))?.wanted).toBe('when-asked');
  expect(
    await mail.formatted(viewer, { mailbox: inbox, uid: next, afar: 'left-out' }),
  ).toMatchObject({
    html: expect.not.stringContaining('<img') as string,
  });
  expect(await mail.formatted(viewer, { mailbox: inbox, uid: next, afar: 'shown' })).toMatchObject({
    html: expect.stringContaining('<img src="https://images.example/a.png"') as string,
  });
  await mail.wantPictures(viewer, { mailbox: inbox, uid: next, wanted: 'when-asked' });
  expect((await afar(first))?.wanted).toBe('when-asked');
});

it(
  'lets nobody wait while one account shows itself a letter of 500 kB of links ten times at once',
  SOAKED,
  async () => {
    const uid = (await bring(town, viewer, inbox, { raw: letter(LINKS) })) as Uid;
    const watch = watchLoop();
    const shown = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const view = await town.core.mail.read(viewer, inbox, uid);
        return {
          view,
          body: await town.core.mail.formatted(viewer, { mailbox: inbox, uid, afar: 'left-out' }),
        };
      }),
    );
    const held = watch.stop();
    const begun = performance.now();
    const then = sanitiseMail(`${LINKS.replaceAll('</a>', '</a>\n')}`, {
      audience: 'adult',
      leavingPath: '/leave',
      cid: () => null,
    });
    const alone = performance.now() - begun;
    console.log(
      `ten letters of 500 kB of links: the event loop was held ${held.toFixed(0)} ms at most; one of them, shown there, would hold it ${alone.toFixed(0)} ms`,
    );
    for (const { view, body } of shown) {
      expect(view?.formattedCharacters).toBeGreaterThan(499_000);
      expect(body?.kind === 'html' && body.html.trim() === then.trim()).toBe(true);
    }
    expect(held).toBeLessThan(Math.max(50, alone / 2));
  },
);

it(
  'shows a picture named ten thousand times as often as fits, and not the whole machine full',
  SOAKED,
  async () => {
    const picture = Buffer.alloc(900_000, 7).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
    const raw = Buffer.from(
      [
        `From: Karim <${viewer.address}>`,
        'Subject: x',
        'Content-Type: multipart/related; boundary=b',
        '',
        '--b',
        'Content-Type: text/html',
        '',
        '<img src="cid:a" alt="moi">\r\n'.repeat(10_000),
        '--b',
        'Content-Type: image/png',
        'Content-ID: <a>',
        'Content-Transfer-Encoding: base64',
        '',
        PNG + picture,
        '--b--',
        '',
      ].join('\r\n'),
    );
    const uid = (await bring(town, viewer, inbox, { raw })) as Uid;
    const body = await town.core.mail.formatted(viewer, { mailbox: inbox, uid, afar: 'left-out' });
    const html = body?.kind === 'html' ? body.html : '';
    const often = html.split('src="data:image/png').length - 1;
    expect(often).toBeGreaterThan(0);
    expect(often).toBeLessThan(20);
    expect(html.split('[moi]').length - 1).toBe(10_000 - often);
  },
);

it(
  'shows how a letter begins, in plain text, where too many are asked for at once',
  SOAKED,
  async () => {
    const words = letter(`<p>Bonjour à tous.</p>${LINK.repeat(1_000)}`);
    const uid = (await bring(town, viewer, inbox, { raw: words })) as Uid;
    const shown = await Promise.all(
      Array.from({ length: 60 }, () =>
        town.core.mail.formatted(viewer, { mailbox: inbox, uid, afar: 'left-out' }),
      ),
    );
    const late = shown.flatMap((one) => (one?.kind === 'late' ? [one.text] : []));
    expect(late.length).toBeGreaterThan(0);
    for (const text of late) expect(text.startsWith('Bonjour à tous.\nb.example')).toBe(true);
    expect(shown.filter((one) => one?.kind === 'html').length).toBe(60 - late.length);
    expect(
      await town.core.mail.formatted(viewer, { mailbox: inbox, uid, afar: 'left-out' }),
    ).toMatchObject({
      kind: 'html',
    });
  },
);
