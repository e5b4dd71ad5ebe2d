/**
 * Whatever a form can't be dealt with for, what was typed into it comes back.
 */
import type { LightMyRequestResponse } from 'fastify';
import { afterEach, expect, it, vi } from 'vitest';
import { Fault } from '../../core/ground/fault.ts';
import { whileShut } from '../../tests/shared/shut-database.ts';
import { guest, HOST, type Guest } from '../testing/guest.ts';
import { openTownPages } from '../testing/served.ts';
import { MAX_FILES } from './forms.ts';

const WORDS = 'Deux heures <b>de travail</b>';
const SHOWN = 'Deux heures &lt;b&gt;de travail&lt;/b&gt;</textarea>';

const { town, app, enter } = await openTownPages({ PREAU_MAX_MESSAGE: '65536' });
const LINA = town.address('lina.moreau');
const claire = await enter('claire.lefevre');
afterEach(() => vi.restoreAllMocks());

interface Sending {
  readonly path?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly files?: readonly number[];
  readonly who?: Guest;
}

/** A form with files as a browser sends it, the files behind or before the fields. */
async function sendForm(
  { path = '/write', fields = {}, files = [], who = claire }: Sending,
  filesFirst = false,
): Promise<LightMyRequestResponse> {
  const form = new FormData();
  const put = (): void => {
    for (const [name, value] of Object.entries({
      act: 'send',
      to: LINA,
      subject: 'Long',
      text: WORDS,
      ...fields,
    }))
      form.append(name, value);
  };
  if (!filesFirst) put();
  for (const bytes of files)
    form.append('file', new Blob([Buffer.alloc(bytes, 'a')], { type: 'text/plain' }), 'gros.txt');
  if (filesFirst) put();
  const packed = new Response(form);
  const cookie = [...who.cookies].map((one) => one.join('=')).join('; ');
  return app.inject({
    method: 'POST',
    url: path,
    headers: { host: HOST, cookie, 'content-type': packed.headers.get('content-type') ?? '' },
    payload: Buffer.from(await packed.arrayBuffer()),
  });
}

it.each([{ filesFirst: false }, { filesFirst: true }])(
  'a file too big is left out with a sentence, the letter stays a draft (files first: $filesFirst)',
  async ({ filesFirst }) => {
    const answer = await sendForm(
      { fields: { csrf: await claire.csrf('/write') }, files: [10, 70_000, 20] },
      filesFirst,
    );
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Ce fichier est trop gros');
    expect(answer.body).toContain(SHOWN);
    const draft = /name="draft" value="(\d+)"/.exec(answer.body)?.[1] ?? '';
    const kept = (await claire.get(`/write/${draft}`)).body;
    expect(kept).toContain(SHOWN);
    expect(kept.match(/gros\.txt/g)?.length).toBeGreaterThanOrEqual(2);
  },
);

it.each<{
  when: string;
  status: number;
  says: string;
  send: () => Promise<LightMyRequestResponse>;
}>([
  {
    when: 'more files than a form may bring',
    status: 200,
    says: 'fichiers à la fois, pas plus',
    send: async () =>
      sendForm({
        fields: { csrf: await claire.csrf('/write') },
        files: Array<number>(MAX_FILES + 1).fill(3),
      }),
  },
  {
    when: 'a form with a wrong token',
    status: 403,
    says: 'n’est pas parti',
    send: () => sendForm({ fields: { csrf: 'x' }, files: [3] }),
  },
  {
    when: 'nobody signed in any more',
    status: 403,
    says: 'n’est pas parti',
    send: () => sendForm({ who: guest(app) }),
  },
  {
    when: 'the database away while the answer is kept',
    status: 503,
    says: 'fait une pause',
    send: async () => {
      const csrf = await claire.csrf('/write');
      vi.spyOn(town.core.mail, 'mailboxes').mockRejectedValueOnce(
        new Fault('store-down', 'in this test', { transient: true }),
      );
      return claire.post('/mail/inbox/1/reply', { csrf, text: WORDS });
    },
  },
  {
    when: 'the database away before anybody knows who asks',
    status: 503,
    says: 'fait une pause',
    send: () => whileShut(town, () => sendForm({ files: [3] })),
  },
  {
    when: 'a title that no browser sends',
    status: 400,
    says: 'comprise',
    send: async () =>
      sendForm({ fields: { csrf: await claire.csrf('/write'), subject: 'a\u0007b' } }),
  },
  {
    when: 'an answer to a message that is gone',
    status: 404,
    says: 'n’existe pas',
    send: async () =>
      claire.post('/mail/inbox/999999/reply', {
        csrf: await claire.csrf('/mail/inbox'),
        text: WORDS,
      }),
  },
  {
    when: 'a word to a child whose message is held no longer',
    status: 404,
    says: 'déjà été décidé',
    send: async () =>
      claire.post('/held/1/999/give-back', { csrf: await claire.csrf('/mail/inbox'), note: WORDS }),
  },
])('$when: $status, and the text', async ({ status, says, send }) => {
  const answer = await send();
  expect(answer.statusCode).toBe(status);
  expect(answer.body).toContain(says);
  expect(answer.body).toContain(SHOWN);
});

it.each([
  { where: 'a word beside what was handed in', path: '/boxes/1/2/back', field: 'word' },
  { where: 'what a new box asks', path: '/cupboards/1/1/box', field: 'asks' },
  { where: 'a signature', path: '/settings/signature', field: 'signature' },
  { where: 'a dictation', path: '/write/voice/1', field: 'words' },
])('$where comes back too, signed out or with an old token', async ({ path, field }) => {
  for (const who of [guest(app), claire]) {
    const answer = await who.post(path, { csrf: 'x', [field]: WORDS, password: 'des billes' });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain(SHOWN);
    expect(answer.body).not.toContain('des billes');
  }
});

it('gives the title back as well', async () => {
  expect((await sendForm({ fields: { csrf: 'x', subject: 'Sortie "de" jeudi' } })).body).toContain(
    'readonly value="Sortie &quot;de&quot; jeudi"',
  );
});

it('takes a title pasted out of a table', async () => {
  const answer = await claire.post('/write', {
    csrf: await claire.csrf('/write'),
    act: 'save',
    to: LINA,
    subject: 'a\tb',
    text: WORDS,
  });
  expect(answer.headers.location).toBe('/mail/drafts');
});

it('gives nothing back where nothing was typed', async () => {
  expect((await guest(app).post('/write', { csrf: 'x' })).headers.location).toBe('/signin');
  const answer = await claire.post('/language', { csrf: 'x' });
  expect(answer.statusCode).toBe(403);
  expect(answer.body).not.toContain('<textarea');
});
