import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import type { ImapClient } from './imap-client.ts';
import { openImapTown } from './test-town.ts';

/** Whose sessions they are. */
export const WHO = 'claire.lefevre';

/** A letter with LF line ends. */
export const letter = (subject: string, body = 'Bonjour.\n'): string =>
  `From: Claire <claire@x.example>\nSubject: ${subject}\nDate: Tue, 24 Nov 2026 08:00:00 +0000\n\n${body}`;

/** Says a command that must be OK; what was said before that. */
export async function done(client: ImapClient, command: string): Promise<string[]> {
  const lines = await client.run(command);
  expect(lines.at(-1), command).toMatch(/^OK/);
  return lines.slice(0, -1);
}

/** Says a command; all that was said. */
export const run = (client: ImapClient, command: string): Promise<string[]> => client.run(command);

/**
 * A town at its IMAP door, with an empty mailbox of one teacher's for each test: `box.path`. Put
 * away after the tests of the file.
 */
export async function openCommandsTown() {
  const town = await openImapTown();
  const box = { path: '' };
  let made = 0;
  beforeEach(async () => {
    made += 1;
    box.path = `Essai${made}`;
    await town.core.mailboxes.create(await town.viewer(WHO), box.path, null);
  });
  afterEach(() => town.hangUp());
  afterAll(() => town.close());
  return { town, box, put, opened };

  function put(...subjects: string[]): Promise<void> {
    return town.put(WHO, box.path, ...subjects.map((subject) => letter(subject)));
  }

  /** A session of the owner with the mailbox selected, after these commands. */
  async function opened(...before: string[]): Promise<ImapClient> {
    const client = await town.client(WHO);
    for (const command of before) await done(client, command);
    await done(client, `SELECT ${box.path}`);
    return client;
  }
}
