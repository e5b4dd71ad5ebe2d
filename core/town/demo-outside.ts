import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DemoOutside, OutsideMail } from './jobs/contract.ts';

/** Messages that are kept; older ones make room. */
const MAX_KEPT = 200;
/** Bytes of all kept messages together. */
const MAX_KEPT_BYTES = 256 * 1024 * 1024;

/**
 * A file's name says when it came, so that names in order are messages in order, and how many bytes
 * it holds.
 */
const FILE = /^(\d{13})-[0-9a-f]{8}-(\d{1,10})\.mail$/;
const ENVELOPE = z.object({ sender: z.string(), recipients: z.array(z.string()) });

/**
 * Opens the folder of what left for outside in a demo. One file a message: its envelope on the
 * first line, then the message as it was received. `keep` resolves once the file is there in whole;
 * a message larger than everything is not refused, it stands alone.
 */
export function openDemoOutside(dataDir: string): DemoOutside {
  const folder = join(dataDir, 'outside');
  return {
    async keep({ sender, recipients, raw }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = `${Date.now()}-${randomBytes(4).toString('hex')}-${raw.length}.mail`;
      const coming = join(folder, `${name}.coming`);
      const file = await open(coming, 'wx', 0o600);
      try {
        await file.writeFile(
          Buffer.concat([Buffer.from(`${JSON.stringify({ sender, recipients })}\n`), raw]),
        );
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(coming, join(folder, name));
      await makeRoom(folder);
    },
    async list() {
      const mails: OutsideMail[] = [];
      for (const name of await names(folder)) {
        const mail = await readMail(folder, name);
        if (mail !== null) mails.push(mail);
      }
      return mails;
    },
  };
}

async function names(folder: string): Promise<readonly string[]> {
  const all = await readdir(folder).catch((): string[] => []);
  return all
    .filter((name) => FILE.test(name))
    .sort()
    .reverse();
}

async function makeRoom(folder: string): Promise<void> {
  let bytes = 0;
  for (const [index, name] of (await names(folder)).entries()) {
    bytes += Number(FILE.exec(name)?.[2]);
    if (index > 0 && (index >= MAX_KEPT || bytes > MAX_KEPT_BYTES))
      await rm(join(folder, name), { force: true });
  }
}

/** Null where it made room between being listed and being read. */
async function readMail(folder: string, name: string): Promise<OutsideMail | null> {
  const bytes = await readFile(join(folder, name)).catch(() => null);
  if (bytes === null) return null;
  const end = bytes.indexOf('\n');
  const envelope = ENVELOPE.parse(JSON.parse(bytes.subarray(0, end).toString('utf8')));
  return {
    id: name,
    at: new Date(Number(FILE.exec(name)?.[1])),
    ...envelope,
    raw: bytes.subarray(end + 1),
  };
}
