import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyRefused, whyUnreached } from '../../cli/texts/old-mail-outcomes.ts';
import { hasDovecot, startDovecot, type Dovecot } from '../../tests/shared/dovecot.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { bringAll, OldServerUnreachable, type AccountOutcome } from './bring.ts';
import type { Journey } from './map-file.ts';
import type { OldServer } from './old-server.ts';

const CORPORA = fileURLToPath(new URL('../../../shared/corpora', import.meta.url));
const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';
const DEEP = 'Projets/2025/Classe verte/Rapports/Brouillons de juin/Photos/Jour 1/Matin';
const MOST = 120;

const letter = (subject: string, text = 'Bonjour') =>
  Buffer.from(
    `From: a@ancien.test\r\nTo: b@ancien.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replaceAll(' ', '.')}@ancien.test>\r\nDate: Mon, 1 Sep 2025 08:00:00 +0200\r\n\r\n${text}\r\n`,
  );

describe.skipIf(!hasDovecot())(
  'the mail of an old Dovecot (skipped where dovecot-imapd is not installed, or without root)',
  () => {
    let town: TestTown;
    let old: Dovecot;
    let server: OldServer;
    const filled = { clefevre: 0 };

    beforeAll(async () => {
      [town, old] = await Promise.all([openTestTown(), startDovecot()]);
      server = {
        host: '127.0.0.1',
        port: old.port,
        security: 'none',
        anyCertificate: true,
        admin: null,
      };
      await fill();
    });
    afterAll(async () => {
      await old.stop();
      await town.close();
    });

    async function oldClient(user: string): Promise<ImapFlow> {
      const client = new ImapFlow({
        host: '127.0.0.1',
        port: old.port,
        secure: false,
        doSTARTTLS: false,
        auth: { user, pass: old.password },
        logger: false,
        disableAutoIdle: true,
      });
      await client.connect();
      return client;
    }

    /**
     * Two old mailboxes: deep folders, every flag, dates of long ago, mail of the corpora where
     * they are, a virus.
     */
    async function fill(): Promise<void> {
      const client = await oldClient('clefevre');
      for (const path of ['Envoyés', DEEP, 'A/B']) await client.mailboxCreate(path);
      const add = async (
        path: string,
        raw: Buffer,
        flags: string[] = [],
        at = new Date('2019-06-03T06:00:00Z'),
      ) => {
        await client.append(path, raw, flags, at);
        filled.clefevre += 1;
      };
      await add('INBOX', letter('lu et suivi'), ['\\Seen', '\\Flagged', '$Forwarded']);
      await add('INBOX', letter('pas lu'));
      await add('Sent', letter('envoyé'), ['\\Seen']);
      await add(DEEP, letter('tout au fond'));
      await add('A/B', letter('virus', EICAR));
      for (const raw of corpusMail()) await add('A/B', raw);
      await client.mailboxCreate('Public/Panneau');
      await client.append('Public/Panneau', letter('à tous')); // nobody's own: it isn't brought
      await client.logout();
      await fillInbox('mdiallo', 30);
    }

    /** An old mailbox of so many letters, every other one read. */
    async function fillInbox(user: string, many: number): Promise<void> {
      const client = await oldClient(user);
      for (let n = 0; n < many; n += 1)
        await client.append(
          'INBOX',
          letter(`numéro ${n}`),
          n % 2 ? ['\\Seen'] : [],
          new Date(Date.UTC(2020, 0, 1 + n)),
        );
      await client.logout();
    }

    function corpusMail(): Buffer[] {
      const folder = join(CORPORA, 'mime-mimekit');
      if (!existsSync(folder)) {
        process.stderr.write(
          'imap-gateway/legacy/legacy.test.ts: the corpora are not here, mail of our own alone\n',
        );
        return [];
      }
      return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.eml') || name.endsWith('.txt'))
        .slice(0, MOST)
        .map((name) => readFileSync(join(folder, name)))
        .filter((raw) => raw.length < 1_000_000 && raw.length > 0);
    }

    const JOURNEYS: readonly Journey[] = [
      {
        line: 2,
        user: 'clefevre',
        password: 'ancien',
        address: 'claire.lefevre@ecoles.preau.test',
      },
      { line: 3, user: 'mdiallo', password: 'ancien', address: 'mamadou.diallo@ecoles.preau.test' },
    ];

    function bring(
      journeys: readonly Journey[],
      given: {
        readonly server?: OldServer;
        readonly dryRun?: boolean;
        readonly signal?: AbortSignal;
        readonly messagesDone?: (messages: number) => void;
      } = {},
    ): Promise<AccountOutcome[]> {
      return bringAll({
        core: town.core,
        server: given.server ?? server,
        journeys,
        parallel: 2,
        pausesMs: [10, 10],
        dryRun: given.dryRun ?? false,
        signal: given.signal ?? new AbortController().signal,
        accountDone: () => undefined,
        messagesDone: given.messagesDone ?? (() => undefined),
      });
    }

    const tallyOf = (outcome: AccountOutcome | undefined) => {
      if (outcome?.kind !== 'brought') throw new Error(JSON.stringify(outcome));
      return outcome.tally;
    };

    async function messages(local: string): Promise<number> {
      const viewer = await town.viewer(local);
      return (await town.core.mailboxes.list(viewer)).reduce(
        (sum, one) => sum + (one.kind === 'mailbox' ? one.total : 0),
        0,
      );
    }

    it('counts, and brings nothing, in a dry run', async () => {
      await Promise.all([fillInbox('essai1', 4), fillInbox('essai2', 3)]);
      const [one, two] = JOURNEYS.map((journey, at) => ({ ...journey, user: `essai${at + 1}` }));
      const before = await messages('claire.lefevre');
      const counted = await bring([one!, two!], { dryRun: true });
      expect(counted.map((each) => tallyOf(each).brought)).toEqual([4, 3]);
      expect(await messages('claire.lefevre')).toBe(before);
    });

    it('is cut, goes on, and has each message once; a second run moves nothing', async () => {
      await fillInbox('coupe', 30);
      const journeys = [{ ...JOURNEYS[1]!, user: 'coupe' }];
      const before = await messages('mamadou.diallo');
      const cut = new AbortController();
      await expect(
        bring(journeys, {
          signal: cut.signal,
          messagesDone: () => cut.abort(new Error('cut')),
        }),
      ).rejects.toThrow('cut');
      const both = await Promise.all([bring(journeys), bring(journeys)]);
      expect(
        both.map(([one]) => tallyOf(one).brought).reduce((sum, many) => sum + many, 0),
      ).toBeLessThanOrEqual(30);
      expect(await messages('mamadou.diallo')).toBe(before + 30);
      const [again] = await bring(journeys);
      expect(tallyOf(again)).toMatchObject({ brought: 0, known: 30, refused: [] });
    });

    it('keeps folders, special uses, flags and dates; says what was refused; all of it scanned and marked as brought', async () => {
      const [claire] = await bring(JOURNEYS.slice(0, 1));
      const tally = tallyOf(claire);
      process.stdout.write(
        `old mail: ${tally.brought} of ${filled.clefevre} brought, ${tally.refused.length} refused (${[...new Set(tally.refused.map(({ why }) => why.kind))].join(', ')})\n`,
      );
      expect(tally.brought + tally.refused.length).toBe(filled.clefevre);
      expect(tally.refused.some(({ why }) => why.kind === 'infected')).toBe(true);
      const viewer = await town.viewer('claire.lefevre');
      const listed = await town.core.mailboxes.list(viewer);
      expect(
        listed.filter((one) => one.kind === 'mailbox' && one.subscribed).map(({ path }) => path),
      ).toEqual(expect.arrayContaining([DEEP, 'A/B']));
      expect(listed.some(({ path }) => path === 'Sent' || path === 'Drafts')).toBe(false);
      const flags = async (path: string, column: 'flags' | 'internalDates') => {
        const box = await town.core.mailboxes.find(viewer, path);
        if (!box) throw new Error(path);
        const rows: (string | number)[] = [];
        for await (const batch of town.core.mailboxes.fetch(viewer, box.id, {
          uids: [{ from: 1, to: 4_294_967_295 }],
          columns: { flags: true, internalDate: true },
        }))
          rows.push(...batch[column]);
        return rows;
      };
      expect(
        (await flags('INBOX', 'flags')).some(
          (one) =>
            typeof one === 'string' &&
            ['\\Seen', '\\Flagged', '$Forwarded'].every((flag) => one.split(' ').includes(flag)),
        ),
      ).toBe(true);
      expect(await flags(DEEP, 'internalDates')).toEqual([Date.parse('2019-06-03T06:00:00Z')]);
      const { rows } = await town.admin.query<{ origin: string }>(
        "select distinct origin from message where header_id = '<tout.au.fond@ancien.test>'",
      );
      expect(rows).toEqual([{ origin: 'brought' }]);
      const deep = await town.core.mailboxes.find(viewer, DEEP);
      expect(await town.core.mail.read(viewer, deep?.id as never, 1 as never)).toMatchObject({
        state: 'brought',
        because: { kind: 'brought' },
      });
      expect(await town.faults()).toEqual([]);
    });

    it('keeps apart two old accounts that come to one address, though their folders were made in the same second', async () => {
      for (const user of ['jumeau1', 'jumeau2']) {
        const client = await oldClient(user);
        await client.append('INBOX', letter(`de ${user}`));
        await client.logout();
      }
      const lists = ['jumeau1', 'jumeau2'].map((user) =>
        join(old.maildir(user), 'dovecot-uidlist'),
      );
      const same = /V(\d+)/.exec(readFileSync(lists[0] ?? '', 'utf8'))?.[1] ?? '';
      for (const index of readdirSync(old.maildir('jumeau2')).filter((name) =>
        name.startsWith('dovecot.index'),
      ))
        rmSync(join(old.maildir('jumeau2'), index));
      writeFileSync(
        lists[1] ?? '',
        readFileSync(lists[1] ?? '', 'utf8').replace(/V\d+/, `V${same}`),
      );
      const brought: number[] = [];
      for (const user of ['jumeau1', 'jumeau2'])
        brought.push(
          tallyOf(
            (
              await bring([
                { line: 2, user, password: old.password, address: town.address('mamadou.diallo') },
              ])
            )[0],
          ).brought,
        );
      expect(brought).toEqual([1, 1]);
    });

    it('makes the folders of one account once, where two runs make them at once', async () => {
      const client = await oldClient('ensemble');
      for (let n = 0; n < 8; n += 1) {
        await client.mailboxCreate(`Ensemble ${n}`);
        await client.append(`Ensemble ${n}`, letter(`ensemble ${n}`));
      }
      await client.logout();
      const journey = {
        line: 2,
        user: 'ensemble',
        password: old.password,
        address: town.address('mamadou.diallo'),
      };
      const all = await Promise.all([1, 2, 3].map(() => bring([journey])));
      expect(all.map(([one]) => tallyOf(one).refused)).toEqual([[], [], []]);
      expect(all.map(([one]) => tallyOf(one).brought).reduce((sum, many) => sum + many, 0)).toBe(8);
    });

    it.each([{ kind: 'authzid' }, { kind: 'master', separator: '*' }] as const)(
      'an administrator signs in for all, by $kind',
      async (way) => {
        await bring(JOURNEYS.slice(1));
        const [one] = await bring(
          [
            {
              line: 2,
              user: 'mdiallo',
              password: null,
              address: 'mamadou.diallo@ecoles.preau.test',
            },
          ],
          { server: { ...server, admin: { ...old.admin, way } } },
        );
        expect(tallyOf(one)).toMatchObject({ brought: 0, known: 30 });
      },
    );

    it('says whose password is refused, which address is nobody’s, and which server is silent', async () => {
      expect(
        await bring([
          { ...JOURNEYS[0]!, password: 'faux' },
          { ...JOURNEYS[1]!, address: 'personne@ecoles.preau.test' },
        ]),
      ).toMatchObject([{ kind: 'sign-in-refused' }, { kind: 'no-such-address' }]);
    });

    it.each([
      ['a port where nobody listens', { port: 1 }, 'silent'],
      ['TLS where there is none', { security: 'tls' }, 'no-tls'],
      ['STARTTLS where there is none', { security: 'starttls' }, 'no-starttls'],
    ] as const)('begins nothing, and waits for nothing, with %s', async (_when, given, trouble) => {
      const begun = Date.now();
      const failed = await bring(JOURNEYS, { server: { ...server, ...given } }).catch(
        (error: unknown) => error,
      );
      expect(failed).toBeInstanceOf(OldServerUnreachable);
      expect(failed).toMatchObject({ trouble });
      expect(whyUnreached(trouble, server)).toContain('127.0.0.1');
      expect(Date.now() - begun).toBeLessThan(8_000);
    });

    it('passes over a letter whose file is broken there, and says so', async () => {
      await fillInbox('abime', 4);
      const folder = join(old.maildir('abime'), 'cur');
      const file = readdirSync(folder).toSorted()[1] ?? '';
      truncateSync(join(folder, file), 10);
      const journey = { line: 1, user: 'abime', password: old.password };
      const [outcome] = await bring([{ ...journey, address: town.address('mamadou.diallo') }]);
      const { brought, refused } = tallyOf(outcome);
      expect({ brought, refused }).toMatchObject({
        brought: 3,
        refused: [{ folder: 'INBOX', why: { kind: 'unreadable' } }],
      });
    });

    it("passes over a folder that the old server doesn't open, and says so", async () => {
      const client = await oldClient('ferme');
      await client.mailboxCreate('Ouvert');
      await client.mailboxCreate('Fermé');
      await client.append('Ouvert', letter('ouvert'));
      await client.logout();
      const folder = readdirSync(old.maildir('ferme')).find((name) => name.startsWith('.F')) ?? '';
      chownSync(join(old.maildir('ferme'), folder), 0, 0);
      chmodSync(join(old.maildir('ferme'), folder), 0o700);
      const [outcome] = await bring([
        { line: 1, user: 'ferme', password: old.password, address: town.address('mamadou.diallo') },
      ]);
      const tally = tallyOf(outcome);
      expect(tally.brought).toBe(1);
      expect(tally.refused).toMatchObject([{ folder: 'Fermé', uid: 0, why: { kind: 'closed' } }]);
      expect(tally.refused.map(whyRefused)).toEqual([
        'l’ancien serveur n’ouvre pas ce dossier / the old server does not open this folder',
      ]);
    });
  },
);
