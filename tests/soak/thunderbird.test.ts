/**
 * Debian's Thunderbird against the running whole, as a person uses it: settings found, read,
 * answer, move, search; and what it makes of a refusal and of a letter that is held.
 */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grainyPng } from '../../core/letters/message/testing/documents.ts';
import { visit, type HttpVisitor } from '../e2e/http-visitor.ts';
import { must, startWhole, type Whole } from '../e2e/whole.ts';
import {
  hasThunderbird,
  launchThunderbird,
  openNames,
  type Thunderbird,
} from '../shared/thunderbird.ts';
import { thunderbirdActs, type ThunderbirdActs } from './thunderbird-acts.ts';

const TEACHER = 'claire.lefevre';
const COLLEAGUE = 'karim.haddad';
/** Two of the demo's class that holds first letters. */
const [PUPIL, FRIEND] = ['octave.schmitt', 'kenza.rahmani'];
/** nsMsgSocketType: TLS from the first byte. */
const SSL = 3;

let whole: Whole;
let names: Server;
let thunderbird: Thunderbird;
let acts: ThunderbirdActs;

/** From our pages: a bold day, a list, a link, a picture in the text. */
async function sendFormatted(writer: HttpVisitor, to: string): Promise<void> {
  const words =
    '<div>Pour <b>vendredi</b> :</div><ul><li>du bleu</li><li>des bouchons</li></ul>' +
    '<div>Le <a href="https://musee.example/">site du musée</a></div>';
  const letter = {
    to,
    subject: 'Du bleu pour vendredi',
    text: 'Du bleu pour vendredi',
    html: words,
  };
  const picture = {
    field: 'file',
    name: 'ciel.png',
    type: 'image/png',
    bytes: grainyPng(320, 200),
  };
  const kept = await writer.give('/write', { ...letter, act: 'attach' }, [picture]);
  const page = await writer.text(kept.headers.get('location') ?? '');
  const hidden = Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
  const [, cid = ''] = /data-cid="([^"]+)"/.exec(page) ?? [];
  const html = `${words}<div><img data-cid="${cid}" src="/" alt="Un soleil"></div>`;
  const sent = await writer.post('/write', { ...hidden, ...letter, html, act: 'send' });
  expect(sent.status).toBe(303);
}

describe.skipIf(!hasThunderbird())(
  'in Thunderbird (skipped where Debian’s thunderbird is not installed: apt-get install thunderbird)',
  { shuffle: false },
  () => {
    beforeAll(async () => {
      whole = await startWhole();
      names = await openNames(whole.base);
      thunderbird = await launchThunderbird((names.address() as AddressInfo).port);
      acts = thunderbirdActs(thunderbird);
      const pem = readFileSync(join(whole.dataDir, 'self-signed.pem'), 'utf8');
      const [, certificate] = /-----BEGIN CERTIFICATE-----([^-]+)/.exec(pem) ?? [];
      for (const port of [whole.ports.imaps, whole.ports.submissions])
        await acts.trust('127.0.0.1', port, must(certificate, 'certificate').replace(/\s/g, ''));
    });
    afterAll(async () => {
      await thunderbird?.close();
      names?.close();
      await whole?.stop();
    });

    it.each([TEACHER, PUPIL])('finds the settings of %s by itself', async (local) => {
      expect(await acts.addAccount(whole.account(local))).toEqual({
        by: 'xml-from-isp-http',
        incoming: ['127.0.0.1', whole.ports.imaps, SSL],
        outgoing: ['127.0.0.1', whole.ports.submissions, SSL],
      });
    });

    it('signs in and finds the folders by their use', async () => {
      expect(await acts.specialFolders(whole.address(TEACHER))).toEqual({
        Inbox: 'INBOX',
        SentMail: 'Envoyés',
        Drafts: 'Brouillons',
        Trash: 'Corbeille',
        Junk: 'Indésirables',
        Archive: 'Archives',
      });
    });

    it('sends, reads, answers, finds and moves', async () => {
      const me = whole.address(TEACHER);
      const letter = { to: me, subject: 'Le renard', text: 'Il est revenu dans la cour.' };
      expect(await acts.write(me, letter)).toEqual({ kind: 'sent' });
      expect(await acts.read(me, 'Le renard')).toContain(letter.text);
      expect(await acts.answer(me, 'Le renard', 'Merci !')).toEqual({ kind: 'sent' });
      expect(await acts.arrives(me, 'Re: Le renard')).toBe('Re: Le renard');
      expect((await acts.search(me, 'Inbox', 'revenu')).toSorted()).toEqual([
        'Le renard',
        'Re: Le renard',
      ]);
      await acts.move(me, 'Re: Le renard', 'Archive');
      // It shows a move at once, and tells the server a moment later.
      await expect
        .poll(() => acts.search(me, 'Archive', 'Merci'), { timeout: 30_000, interval: 500 })
        .toEqual(['Re: Le renard']);
    });

    it('shows a letter with a little formatting as it was typed', async () => {
      const me = whole.address(TEACHER);
      await sendFormatted(await visit(whole.base, whole.account(COLLEAGUE)), me);
      expect(await acts.look(me, 'Du bleu pour vendredi')).toEqual({
        bold: [['vendredi', '700']],
        items: [
          ['du bleu', 'disc'],
          ['des bouchons', 'disc'],
        ],
        links: ['https://musee.example/'],
        picture: 320,
      });
    });

    it('shows its plain words to who has chosen plain text, and they read well by themselves', async () => {
      const me = whole.address(TEACHER);
      const { lines, formatted } = await acts.lookPlain(me, 'Du bleu pour vendredi');
      expect(lines).toEqual([
        'Pour vendredi :',
        '- du bleu',
        '- des bouchons',
        '',
        'Le site du musée <https://musee.example/>',
        '[Un soleil]',
      ]);
      expect(formatted).toBe(0);
    });

    it('shows why a letter is refused, once, without a second full stop', async () => {
      const refused = await acts.write(whole.address(TEACHER), {
        to: whole.address('noe.lopez'),
        subject: 'Bonjour',
        text: 'Bonjour Noé',
      });
      const says = refused.kind === 'refused' ? refused.says : refused.kind;
      expect(
        says.match(/Cette adresse n'existe pas ou ne recoit pas vos messages\./g),
      ).toHaveLength(1);
      expect(says).not.toMatch(/\.\s*\./);
    });

    it('a letter that is held looks sent, and its writer is told in the inbox', async () => {
      const me = whole.address(PUPIL);
      const letter = { to: whole.address(FRIEND), subject: 'La cabane', text: 'Tu viens ?' };
      expect(await acts.write(me, letter)).toEqual({ kind: 'sent' });
      expect(await acts.arrives(me, 'La cabane')).toBe(
        'Ton message n’est pas encore parti : La cabane',
      );
    });
  },
);
