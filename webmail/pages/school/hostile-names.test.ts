/** Folders are named by mail programs, and shown by the pages. */
import { expect, it } from 'vitest';
import { serveTown } from '../../testing/served.ts';

const NAME = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

const { town, base } = await serveTown();

it('markup in a folder’s name stays text, in its own page and beside others', async () => {
  const claire = await town.viewer('claire.lefevre');
  const made = await town.core.mailboxes.create(claire, NAME.replaceAll('/', ''), null);
  if (made.kind !== 'done') throw new Error(made.kind);
  const cookie = `__Host-preau=${await town.enter(claire)}`;
  const pages = await Promise.all(
    [`/mail/${made.value.id}`, '/mail/inbox'].map(async (path) => {
      const answer = await fetch(`${base}${path}`, { headers: { cookie } });
      expect(answer.status, path).toBe(200);
      return answer.text();
    }),
  );
  for (const page of pages) expect(page).not.toMatch(/<script>|<img src=x/);
  expect(pages[0]).toContain('&lt;script&gt;');
});
