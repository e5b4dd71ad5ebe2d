import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ready } from '../../e2e/wire.ts';
import { openSink } from '../sink.ts';
import { letAgentsCome } from './agents.ts';
import { seeBackups } from './backups.ts';
import { bootMachine, lacking, type DebianMachine } from './machine.ts';
import { shellLinesUnder } from './readme-lines.ts';
import { DOMAIN, giveSignatures, giveSurroundings, HOST } from './surroundings.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const HEADING = '### On a plain Debian 13';
const ROLES = ['smtp', 'imap', 'web', 'worker'];
/** A role is started within that, however busy the machine. */
const PAGES_MS = 90_000;
/** What systemd's own look at a unit may find at most, on its scale from 0 to 10. */
const MAX_EXPOSURE = 2;
const EICAR_FILE = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

type Say = (line: string) => void;

/**
 * The README's lines for a plain Debian, typed one by one into a fresh one that systemd has booted;
 * then what a town's people would look at: every role runs as its own user and comes back after a
 * kill, pages come over TLS, a letter is taken, a virus is refused, and `preau doctor` finds
 * nothing red. Last, its PostgreSQL is backed up, lost and restored by the lines of
 * docker/backup.md.
 */
export async function plainDebian(say: Say): Promise<boolean> {
  const why = lacking();
  if (why !== null) {
    say(`plain Debian: skipped, ${why}`);
    return true;
  }
  const begun = Date.now();
  const relay = await openSink();
  const machine = await bootMachine();
  try {
    await install(machine, { relay: relay.url, say });
    await seeRoles(machine, say);
    await seeMail();
    await seeItComeBack(machine);
    await seeBackups(machine, say);
    say(`plain Debian: ok, ${Math.round((Date.now() - begun) / 1_000)} s`);
    return true;
  } catch (error) {
    say(`plain Debian: NOT RIGHT: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    await machine.stop();
    await relay.close();
  }
}

async function install(
  machine: DebianMachine,
  { relay, say }: { readonly relay: string; readonly say: Say },
): Promise<void> {
  const bundle = join(machine.root, 'preau.bundle');
  execFileSync('git', ['-C', PROJECT, 'bundle', 'create', '--quiet', bundle, 'HEAD']);
  let signed = false;
  for (const line of shellLinesUnder(HEADING, join(PROJECT, 'README.md'))) {
    const begun = Date.now();
    if (line.startsWith('preau doctor')) await askDoctor(machine, { signed, say });
    else {
      const told = await machine.must(
        line.replace('git clone URL', 'git clone --quiet /preau.bundle'),
      );
      if (line.startsWith('preau setup')) say(`  agents came: ${await letAgentsCome(told)}`);
    }
    say(`  ${((Date.now() - begun) / 1_000).toFixed(1)} s: ${line}`);
    if (line.startsWith('apt-get install')) signed = await giveSignatures(machine);
    if (line.includes('preau.target')) await seePages(machine);
    if (line.includes('install.sh')) await giveSurroundings(machine, relay);
  }
}

interface DoctorLine {
  readonly id: string;
  readonly state: string;
  readonly found: { readonly en: string };
}

/** Nothing is red; without freshclam's signatures that one line is, and must be. */
async function askDoctor(
  machine: DebianMachine,
  { signed, say }: { readonly signed: boolean; readonly say: Say },
): Promise<void> {
  const { output } = await machine.run('preau doctor --json');
  const { lines } = JSON.parse(output) as { readonly lines: readonly DoctorLine[] };
  const red = lines.filter(({ state }) => state === 'red');
  const counted = (state: string) => lines.filter((line) => line.state === state).length;
  say(`  doctor: ${['green', 'amber', 'red', 'grey'].map((s) => `${s} ${counted(s)}`).join(', ')}`);
  const expected = signed ? [] : ['mail.signatures'];
  if (red.map(({ id }) => id).join() !== expected.join())
    throw new Error(`red: ${red.map(({ id, found }) => `${id}: ${found.en}`).join('\n')}`);
}

async function seeRoles(machine: DebianMachine, say: Say): Promise<void> {
  for (const role of ROLES) {
    const shown = await machine.must(`systemctl show preau@${role} -p ActiveState -p User`);
    if (!/ActiveState=active/.test(shown) || !/User=preau/.test(shown))
      throw new Error(`preau@${role}: ${shown}`);
  }
  const judged = await machine.must('systemd-analyze security --no-pager preau@web');
  const exposure = Number(/exposure level for preau@web.service: ([\d.]+)/.exec(judged)?.[1]);
  say(`  systemd-analyze security: ${exposure} of 10 (at most ${MAX_EXPOSURE})`);
  if (!(exposure <= MAX_EXPOSURE)) throw new Error(judged);
}

/** The pages over TLS, with the certificate that the deploy hook brought; waits until they come. */
async function seePages(machine: DebianMachine): Promise<void> {
  const ca = readFileSync(join(machine.root, 'root/lineage/ca.pem'));
  const deadline = Date.now() + PAGES_MS;
  for (;;) {
    const status = await askPages(ca).catch((error: unknown) => String(error));
    if (typeof status === 'number' && status < 400) return;
    if (Date.now() > deadline) throw new Error(`https://${HOST}/ answers ${status}`);
    await sleep(500);
  }
}

function askPages(ca: Buffer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port: 443, servername: HOST, ca, path: '/', headers: { host: HOST } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    )
      .on('error', reject)
      .end();
  });
}

/** A letter to the agents is taken, the test virus refused. */
async function seeMail(): Promise<void> {
  const taken = await send('A letter.');
  const refused = await send(EICAR_FILE);
  if (!taken.startsWith('250') || !/^55\d[ -].*Eicar/.test(refused))
    throw new Error(`a letter: ${taken}, a virus: ${refused}`);
}

async function send(text: string): Promise<string> {
  const wire = await ready(25, null);
  try {
    await wire.say('MAIL FROM:<somebody@elsewhere.example>');
    await wire.say(`RCPT TO:<postmaster@${DOMAIN}>`);
    await wire.say('DATA');
    const head = [
      'From: somebody@elsewhere.example',
      `To: postmaster@${DOMAIN}`,
      'Subject: From outside',
      `Message-ID: <${text.length}@elsewhere.example>`,
      `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    ];
    return await wire.say([...head, '', text, '.'].join('\r\n'));
  } finally {
    wire.cut();
  }
}

/** A role that is killed comes back by itself, and takes mail again. */
async function seeItComeBack(machine: DebianMachine): Promise<void> {
  await machine.must('systemctl kill --signal=SIGKILL preau@smtp');
  const deadline = Date.now() + PAGES_MS;
  for (;;) {
    const shown = await machine.must('systemctl show preau@smtp -p NRestarts -p ActiveState');
    if (/NRestarts=[1-9]/.test(shown) && /ActiveState=active/.test(shown)) break;
    if (Date.now() > deadline) throw new Error(`preau@smtp was killed: ${shown}`);
    await sleep(200);
  }
  while (!(await send('A letter after the kill.').catch(() => '')).startsWith('250'))
    if (Date.now() > deadline) throw new Error('preau@smtp takes no mail after it was killed');
    else await sleep(500);
}
