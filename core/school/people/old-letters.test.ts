import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { unpack } from '../../roster/reading/archive.ts';
import { openPeopleTown } from './testing/people-town.ts';

const { town } = await openPeopleTown();

/** What a mail program may say of when a letter came (RFC 9051 §6.3.12). */
const LONG_AGO = new Date('1960-05-01T00:00:00Z');

it('a letter from before 1970 is taken along like any other', async () => {
  const helene = await town.viewer('helene.bertin');
  const { mailboxes, mail, people } = town.core;
  const raw = Buffer.from('Subject: Vieux\r\n\r\nBonjour\r\n');
  const received = await mailboxes.receive(helene, Readable.from([raw]));
  if (received.kind !== 'done') throw new Error(received.kind);
  const inbox = (await mail.mailboxes(helene)).find(({ use }) => use === 'inbox');
  if (inbox === undefined) throw new Error('no inbox');
  await mailboxes.append(helene, inbox.id, [
    { letter: received.value, flags: [], internalDate: LONG_AGO },
  ]);
  const { body } = await people.takeOwnAlong(helene);
  const paths: string[] = [];
  unpack({ name: 'a.zip', bytes: await buffer(body) }, (path) => {
    paths.push(path);
    return false;
  });
  expect(paths).toContainEqual(expect.stringContaining('1960-05-01'));
});
