import type { FastifyInstance } from 'fastify';
import { afterAll } from 'vitest';
import type { Writing } from '../../core/mail/writing/contract.ts';
import type { Outcome } from '../../core/rules/outcome.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { SESSION_COOKIE } from '../http/guard.ts';
import { EMPTY } from '../pages/writing/writing-page.ts';
import { DEMO_PAGES, PAGES } from '../routes/routes.ts';
import { startWebmail, webmail } from '../server.ts';
import { guest, type Guest } from './guest.ts';

/**
 * A town of one's own and its pages on a port of their own, without a browser; put away after the
 * tests of the file.
 */
export async function serveTown(): Promise<{ readonly town: TestTown; readonly base: string }> {
  const town = await openTestTown();
  const web = await startWebmail(town.core, PAGES);
  afterAll(async () => {
    await web.close();
    await town.close();
  });
  return { town, base: `http://127.0.0.1:${web.port}` };
}

interface TownPages {
  readonly town: TestTown;
  readonly app: FastifyInstance;
  /** Somebody with a session, which core makes: the door has tests of its own. */
  enter(local: string): Promise<Guest>;
  /** Writes a letter on the pages and sends it. */
  write(local: string, to: readonly string[], rest: Partial<Writing>): Promise<Outcome>;
  /** Where the newest letter of somebody's inbox stands. */
  newest(local: string): Promise<string>;
}

/** The same without a port: pages are asked for by injection. */
export async function openTownPages(
  env: Readonly<Record<string, string>> = {},
): Promise<TownPages> {
  const town = await openTestTown({ env });
  const app = await webmail(town.core, DEMO_PAGES, { clock: () => town.clock.now });
  afterAll(async () => {
    await app.close();
    await town.close();
  });
  return {
    town,
    app,
    async enter(local) {
      const somebody = guest(app);
      somebody.cookies.set(SESSION_COOKIE, await town.enter(await town.viewer(local)));
      return somebody;
    },
    async write(local, to, rest) {
      const [{ writings }, viewer] = [town.core, await town.viewer(local)];
      const writing = { ...EMPTY, to: to.map(town.address), ...rest };
      const { ref } = await writings.save(viewer, writing, { previous: null, add: [], drop: [] });
      return writings.send(viewer, ref);
    },
    newest: async (local) => `/mail/inbox/${(await town.rows(local))[0]?.uid}`,
  };
}
