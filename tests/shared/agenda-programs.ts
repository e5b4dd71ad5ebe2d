import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** vdirsyncer, which reads a feed, and khal, which shows what it brought; both of Debian. */
const PROGRAMS = ['/usr/bin/vdirsyncer', '/usr/bin/khal'] as const;
const [VDIRSYNCER, KHAL] = PROGRAMS;
const run = promisify(execFile);

export const hasAgendaPrograms = (): boolean => PROGRAMS.every((path) => existsSync(path));

/** An agenda on somebody's own computer, in their own zone, that reads one feed. */
export interface Agenda {
  /** Asks the feed again, and keeps what it says. */
  read(): Promise<void>;
  /** All that is there between two days, `2026-11-26 09:00 Échecs`, in the order of its hours. */
  between(from: string, until: string): readonly string[];
  close(): void;
}

/** Subscribes to the feed at `url`, with a folder of its own. */
export async function subscribe(url: string, timeZone: string): Promise<Agenda> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-agenda-'));
  const at = (name: string): string => join(folder, name);
  mkdirSync(at('kept/week'), { recursive: true });
  writeFileSync(at('vdirsyncer'), reading(folder, url));
  writeFileSync(at('khal'), showing(folder, timeZone));
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, LC_ALL: 'C.UTF-8' };
  const ask = (...words: readonly string[]) =>
    run(VDIRSYNCER, ['--config', at('vdirsyncer'), ...words], { env });
  await ask('discover', 'week');
  return {
    async read() {
      await ask('sync', 'week');
    },
    between(from, until) {
      const format = '{start-date} {start-time} {title}';
      const words = ['list', '--format', format, '--day-format', '', from, until];
      const shown = execFileSync(KHAL, ['--config', at('khal'), ...words], { env });
      return String(shown)
        .split('\n')
        .filter((line) => line !== '');
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const reading = (folder: string, url: string): string => `[general]
status_path = "${folder}/status/"
[pair week]
a = "feed"
b = "kept"
collections = null
[storage feed]
type = "http"
url = "${url}"
[storage kept]
type = "filesystem"
path = "${folder}/kept/week"
fileext = ".ics"
`;

const showing = (folder: string, timeZone: string): string => `[calendars]
[[week]]
path = ${folder}/kept/week
[locale]
local_timezone = ${timeZone}
default_timezone = ${timeZone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = ${folder}/khal.db
`;
