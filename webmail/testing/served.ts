import { afterAll } from 'vitest';
import { openTestTown, type TestTown } from '../../core/testing/town.ts';
import { PAGES } from '../routes/routes.ts';
import { startWebmail } from '../server.ts';

/**
 * A town of one's own and its pages on a port of their own, without a browser; put away after the
 * tests of the file.
 */
export async function serveTown(): Promise<{ readonly town: TestTown; readonly base: string }> {
  const town = await openTestTown();
  const web = await startWebmail(
    { ...town.core, config: { ...town.core.config, webPort: 0, publicUrl: 'http://127.0.0.1:0' } },
    PAGES,
  );
  afterAll(async () => {
    await web.close();
    await town.close();
  });
  return { town, base: `http://127.0.0.1:${web.port}` };
}
