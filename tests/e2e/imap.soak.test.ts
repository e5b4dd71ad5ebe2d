/**
 * Mail programs that people have, against the running whole, each with a password of its own
 * device; those that aren't installed are skipped.
 */
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow, type FetchMessageObject } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, openBrowser } from '../shared/chromium.ts';
import { visit } from './http-visitor.ts';
import { must, startWhole, until, type Whole } from './whole.ts';
import { deliver, letter, ready } from './wire.ts';

const WHO = 'claire.lefevre';
/** Longer than any of them takes on a busy machine. */
const PROGRAM_MS = 45_000;
const FOLDERS = ['Archives', 'Brouillons', 'Corbeille', 'Envoyés', 'INBOX', 'Indésirables'];

let whole: Whole;
let home: string;
let password: string;
beforeAll(async () => {
  whole = await startWhole();
  home = mkdtempSync(join(tmpdir(), 'preau-programs-'));
  const page = await (
    await visit(whole.base, whole.account(WHO))
  ).post('/devices', { name: 'Tous mes programmes', kind: 'other' });
  password = must(
    /class="code-text" aria-label="[^"]*">([^<]+)</.exec(await page.text())?.[1],
    'the password of a device',
  );
});
afterAll(async () => {
  await whole?.stop();
  if (home) rmSync(home, { recursive: true, force: true });
});

const isInstalled = (program: string): boolean =>
  ['/usr/bin', '/usr/local/bin'].some((folder) => existsSync(join(folder, program)));
const name = (program: string, does: string): string =>
  isInstalled(program) ? `${program}: ${does}` : `${program} is not installed: skipped`;
const certificate = (): string => join(whole.dataDir, 'self-signed.pem');

/** Runs a program to its end and gives what it said. Rejects where it says that it failed. */
function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [...args],
      {
        timeout: PROGRAM_MS,
        cwd: home,
        env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8', TERM: 'xterm' },
      },
      (error, out, errors) => {
        if (error) reject(new Error(`${program}: ${error.message}\n${out}${errors}`));
        else resolve(`${out}${errors}`);
      },
    );
    child.stdin?.end();
  });
}

function write(file: string, text: string): string {
  const path = join(home, file);
  writeFileSync(path, text);
  return path;
}

/** What the server has, as one program more. */
async function asImapflow<T>(act: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = new ImapFlow({
    host: 'localhost',
    port: whole.ports.imaps,
    secure: true,
    tls: { ca: readFileSync(certificate()) },
    auth: { user: whole.address(WHO), pass: password },
    logger: false,
  });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.logout();
  }
}

const inInbox = <T>(act: (client: ImapFlow) => Promise<T>): Promise<T> =>
  asImapflow(async (client) => {
    const lock = await client.getMailboxLock('INBOX');
    try {
      return await act(client);
    } finally {
      lock.release();
    }
  });

async function letterFromOutside(subject: string): Promise<void> {
  const wire = await ready(whole.ports.mx);
  const [from, to] = ['marie@example.org', whole.address(WHO)];
  expect(
    await deliver(wire, { from, to: [to] }, letter({ from, to, subject, text: 'Bonjour' })),
  ).toMatch(/^250/);
  wire.cut();
}

it('imapflow: finds its folders, is told of a letter while it idles, in clear only after STARTTLS', async () => {
  await inInbox(async (client) => {
    expect((await client.list()).map(({ path }) => path).toSorted()).toEqual(FOLDERS);
    const before = must(client.mailbox || null, 'an open mailbox').exists;
    const told = new Promise<number>((resolve) => {
      client.once('exists', ({ count }: { readonly count: number }) => resolve(count));
    });
    const idling = client.idle();
    await letterFromOutside('Pendant que vous attendez');
    expect(await told).toBe(before + 1);
    const newest = (await client.fetchOne('*', {
      envelope: true,
      flags: true,
    })) as FetchMessageObject;
    expect([newest.envelope?.subject, newest.flags?.has('\\Seen')]).toEqual([
      'Pendant que vous attendez',
      false,
    ]);
    await idling;
  });
  const clear = new ImapFlow({
    host: 'localhost',
    port: whole.ports.imap,
    secure: false,
    doSTARTTLS: false,
    auth: { user: whole.address(WHO), pass: password },
    logger: false,
  });
  await expect(clear.connect()).rejects.toThrow();
  clear.close();
});

describe('programs of others', () => {
  it.skipIf(!isInstalled('mbsync'))(
    name('mbsync', 'both ways; the second time nothing moves'),
    async () => {
      mkdirSync(join(home, 'mbsync'));
      const config = write(
        'mbsyncrc',
        `IMAPAccount preau
Host localhost
Port ${whole.ports.imaps}
User ${whole.address(WHO)}
Pass "${password}"
TLSType IMAPS
CertificateFile ${certificate()}

IMAPStore far
Account preau

MaildirStore near
Path ${home}/mbsync/
Inbox ${home}/mbsync/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Expunge Both
SyncState *
`,
      );
      const sync = async (): Promise<string> =>
        /Channels: 1 .*/.exec(await run('mbsync', ['-c', config, '-a']))?.[0] ?? '';
      const still = 'Far: +0 *0 #0 -0    Near: +0 *0 #0 -0';
      expect(await sync()).toMatch(/Boxes: 6 {4}Far: \+0 \*0 #0 -0 {4}Near: \+[1-9]\d* /);
      expect(readdirSync(join(home, 'mbsync')).toSorted()).toEqual(FOLDERS);
      expect(await sync()).toContain(still);
      // On this side a message more and one read; on the server one gone.
      const inbox = join(home, 'mbsync/INBOX');
      const unread = must(readdirSync(join(inbox, 'new'))[0], 'an unread message');
      renameSync(join(inbox, 'new', unread), join(inbox, 'cur', `${unread}S`));
      writeFileSync(
        join(inbox, 'new', 'un.deux.trois'),
        'From: moi@example.org\nSubject: =?utf-8?q?D=C3=A9pos=C3=A9?= ici\nMessage-ID: <ici@example.org>\n\nBonjour\n',
      );
      await inInbox((client) => client.messageDelete('1'));
      // what goes is marked first
      expect(await sync()).toMatch(/Far: \+1 \*1 #0 -0 {4}Near: \+0 \*1 #0 -1/);
      expect(await inInbox((client) => client.search({ subject: 'Déposé ici' }))).toHaveLength(1);
      expect(await sync()).toContain(still);
    },
  );

  it.skipIf(!isInstalled('offlineimap'))(
    name('offlineimap', 'everything, and the second time nothing'),
    async () => {
      mkdirSync(join(home, 'offlineimap'));
      const config = write(
        'offlineimaprc',
        `[general]
accounts = A
metadata = ${home}/offlineimap/state
[Account A]
localrepository = L
remoterepository = R
[Repository L]
type = Maildir
localfolders = ${home}/offlineimap/mail
[Repository R]
type = IMAP
remotehost = localhost
remoteport = ${whole.ports.imaps}
ssl = yes
sslcacertfile = ${certificate()}
remoteuser = ${whole.address(WHO)}
remotepass = ${password}
`,
      );
      const copied = async (): Promise<number> =>
        (await run('offlineimap', ['-c', config, '-o', '-u', 'basic']))
          .split('\n')
          .filter((line) => line.startsWith('Copy message')).length;
      const there = await whole.count(
        'select count(*) as n from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id join account a on a.school_id = b.school_id and a.id = b.account_id join address d on d.id = a.address_id where d.local = $1',
        [WHO],
      );
      expect(await copied()).toBe(there);
      expect(await copied()).toBe(0);
    },
  );

  it.skipIf(!isInstalled('neomutt') || !isInstalled('script'))(
    name('neomutt', 'copies all of the inbox to a file, and stars the first'),
    async () => {
      const config = write(
        'muttrc',
        `set folder = "imaps://localhost:${whole.ports.imaps}"
set spoolfile = "+INBOX"
set imap_user = "${whole.address(WHO)}"
set imap_pass = "${password}"
set certificate_file = "${certificate()}"
set ssl_force_tls = yes
set confirmappend = no
set confirmcreate = no
set delete = yes
set move = no
set mbox_type = mbox
set sort = mailbox-order
`,
      );
      const before = await inInbox(async (client) => ({
        first: ((await client.fetchOne('1', { uid: true })) as FetchMessageObject).uid,
        exists: must(client.mailbox || null, 'an open mailbox').exists,
      }));
      const keys = `<tag-pattern>~A<enter><tag-prefix><copy-message>${home}/copy<enter><untag-pattern>~A<enter><first-entry><set-flag>!<quit>`;
      // It wants a terminal, which script gives it.
      await run('script', ['-qec', `neomutt -n -F ${config} -e 'push ${keys}'`, '/dev/null']);
      expect(readFileSync(join(home, 'copy'), 'utf8').match(/^From /gm)).toHaveLength(
        before.exists,
      );
      expect(await inInbox((client) => client.search({ flagged: true }, { uid: true }))).toContain(
        before.first,
      );
    },
  );

  it.skipIf(!isInstalled('curl'))(
    name('curl', 'one message, a search, and no way in with a wrong password'),
    async () => {
      const curl = (path: string, ...more: readonly string[]): Promise<string> =>
        run('curl', [
          '-sS',
          '--cacert',
          certificate(),
          '-u',
          `${whole.address(WHO)}:${password}`,
          `imaps://localhost:${whole.ports.imaps}/${path}`,
          ...more,
        ]);
      const [uid] = (await inInbox((client) =>
        client.search({ subject: 'Pendant que vous attendez' }, { uid: true }),
      )) as number[];
      expect(await curl(`INBOX;UID=${uid}`)).toMatch(/^Subject: Pendant que vous attendez\r?$/m);
      expect(await curl('INBOX', '-X', 'UID SEARCH SUBJECT attendez')).toContain(`* SEARCH ${uid}`);
      await expect(curl('INBOX', '-u', `${whole.address(WHO)}:non`)).rejects.toThrow(
        /denied|login|authentication/i,
      );
    },
  );
});

/** What an autoconfig says, read by a browser's own XML; it runs there. */
const settingsIn = (text: string) => {
  const xml = new DOMParser().parseFromString(text, 'text/xml');
  const textOf = (parent: Element, tag: string): string =>
    parent.querySelector(tag)?.textContent ?? '';
  const serversOf = (kind: string): string[][] =>
    [...xml.querySelectorAll(`clientConfig > emailProvider > ${kind}`)].map((server) => [
      server.getAttribute('type') ?? '',
      ...['hostname', 'port', 'socketType', 'authentication', 'username'].map((tag) =>
        textOf(server, tag),
      ),
    ]);
  return {
    errors: xml.querySelectorAll('parsererror').length,
    root: xml.documentElement.tagName,
    version: xml.documentElement.getAttribute('version'),
    domains: [...xml.querySelectorAll('emailProvider > domain')].map(
      (domain) => domain.textContent,
    ),
    named:
      textOf(xml.documentElement, 'displayName') !== '' &&
      textOf(xml.documentElement, 'displayShortName') !== '',
    incoming: serversOf('incomingServer'),
    outgoing: serversOf('outgoingServer'),
  };
};

it.skipIf(!hasChromium())(
  'Thunderbird’s settings: what Mozilla’s autoconfig 1.1 asks for, and doors that open',
  async () => {
    const answer = await fetch(
      `${whole.base}/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=${encodeURIComponent(whole.address(WHO))}`,
    );
    const browser = await openBrowser();
    try {
      const page = await (await browser.newContext()).newPage();
      const found = await page.evaluate(settingsIn, await answer.text());
      const { imap, imaps, submission, submissions } = whole.ports;
      const [, host = ''] = found.incoming[0] ?? [];
      const server = (type: string, port: number, socket: string): string[] => [
        type,
        host,
        String(port),
        socket,
        'password-cleartext',
        '%EMAILADDRESS%',
      ];
      expect(found).toEqual({
        errors: 0,
        root: 'clientConfig',
        version: '1.1',
        domains: [whole.town.domain],
        named: true,
        incoming: [server('imap', imaps, 'SSL'), server('imap', imap, 'STARTTLS')],
        outgoing: [server('smtp', submissions, 'SSL'), server('smtp', submission, 'STARTTLS')],
      });
    } finally {
      await browser.close();
    }
    await until(
      'the inbox, by the settings found',
      () => inInbox(async (client) => client.usable),
      5_000,
    );
  },
);
