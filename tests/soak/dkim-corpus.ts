import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A message of Mail::DKIM's corpus, and what that verifier says of it. */
export interface DkimCase {
  readonly name: string;
  readonly raw: Buffer;
  /** Whether a signature of it holds. */
  readonly passes: boolean;
  /** Signed with SHA-1, which proves nothing any more (RFC 8301 §3.1), whatever Perl says. */
  readonly isSha1: boolean;
}

/** The corpus with its own DNS: names and the TXT record that each has. */
export interface DkimCorpus {
  readonly cases: readonly DkimCase[];
  readonly records: ReadonlyMap<string, string>;
}

const EXPECTED = /^\s*test_email\(\s*"([^"]+)",\s*"([^"]+)"/gm;

/** Reads `t/corpus` of the unpacked source package, whose test says what each message is. */
export function readDkimCorpus(folder: string): DkimCorpus {
  const test = readFileSync(join(folder, 'verifier.t'), 'utf8');
  const cases = [...test.matchAll(EXPECTED)].flatMap(([, name = '', result]) => {
    const path = join(folder, 'corpus', name);
    if (!existsSync(path)) return [];
    const raw = readFileSync(path);
    const isSha1 = /^\s*(?:DKIM-Signature:)?[^\n]*\ba=rsa-sha1\b/im.test(raw.toString('latin1'));
    return [{ name, raw, passes: result === 'pass', isSha1 }];
  });
  return { cases, records: recordsIn(readFileSync(join(folder, 'FAKE_DNS.dat'), 'utf8')) };
}

function recordsIn(zone: string): Map<string, string> {
  const lines = zone.split('\n').filter((line) => line.trim() !== '' && !/^\s*[#;]/.test(line));
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name = '', value = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
      return value === 'NXDOMAIN' || value.startsWith('~~') ? [] : [[name.toLowerCase(), value]];
    }),
  );
}

/** The folder `t` of the package among those unpacked in `folder`; null where it isn't there. */
export function dkimFolder(folder: string): string | null {
  const found = readdirSync(folder)
    .map((name) => join(folder, name, 't'))
    .find((path) => existsSync(join(path, 'corpus')));
  return found ?? null;
}
