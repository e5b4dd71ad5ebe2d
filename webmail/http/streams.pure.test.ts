import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Core } from '../../core/core.ts';
import { MAIL_PAGES } from '../routes/mail-routes.ts';
import { startWebmail } from '../server.ts';
import { rawLine } from '../testing/peer.ts';
import { openTown } from '../testing/town.ts';
import { SESSION_COOKIE } from './guard.ts';

const LINA = 'lina@ecoles.preau.test';
/** More news than the sockets of both sides hold. */
const MOST_NEWS = 2_000_000;
const AT_ONCE = 100;

it('ends a stream that nobody reads once too much waits for it', async () => {
  const town = await openTown();
  const viewer = town.people.get(LINA);
  if (viewer === undefined) throw new Error('no Lina');
  let announce: Parameters<Core['events']['subscribe']>[1] | null = null;
  const events: Core['events'] = {
    subscribe(_viewer, heard) {
      announce = heard;
      return () => {
        announce = null;
      };
    },
  };
  const web = await startWebmail({ ...town.core, events }, MAIL_PAGES);
  const cookie = `${SESSION_COOKIE}=${await town.core.accounts.openSession(viewer, { kind: 'password', mark: '' })}`;
  const deaf = rawLine(
    web.port,
    '127.0.0.1',
    `GET /events HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nCookie: ${cookie}\r\n\r\n`,
  );
  await expect.poll(deaf.heard).toMatch(/^HTTP\/1\.1 200 [^]*nosniff[^]*no-store[^]*event-stream/);
  deaf.socket.pause();
  let news = 0;
  for (; news < MOST_NEWS && announce !== null; news += 1) {
    (announce as (only: Parameters<NonNullable<typeof announce>>[0]) => void)({
      mailbox: 1 as never,
      modseq: news,
    });
    if (news % AT_ONCE === 0) await turn();
  }
  expect(announce).toBeNull();
  expect(news).toBeGreaterThan(10 * AT_ONCE); // a reader who is late by little keeps theirs
  deaf.socket.destroy();
  await web.close();
});
