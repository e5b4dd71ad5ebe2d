/**
 * The board of a class, a school and the town by each role, in pages and in a mail program; and a
 * notice that a pupil proposes.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { axeFaults } from '../shared/page-faults.ts';
import { text } from '../shared/plain/page.ts';
import { SOAKED } from '../shared/slice.ts';
import { devicePassword } from './http-visitor.ts';
import type { Story } from './story.ts';

const run = promisify(execFile);
const CURL = '/usr/bin/curl';
/** « Partagés/Panneau/CE1 A » as a URL has it, in modified UTF-7 (RFC 3501 §5.1.3). */
const BOARD = 'Partag%26AOk-s%2FPanneau%2FCE1%20A';

/** Has them hang up, read, propose. */
export function hangUp(story: Story): void {
  const { enter, read } = story;

  it('a notice hangs for a class and its families, is seen by each, and nowhere else', async () => {
    const claire = await read('claire.lefevre');
    await claire.click('nav >> text=Mes classes');
    await claire.click('.class-tabs >> text=Panneau');
    const page = new URL(claire.url()).pathname;
    await claire.click('main >> text=Punaiser');
    await claire.fill('#title', 'On plante des bulbes');
    await claire.fill('#text', 'Chaque enfant apporte un bulbe.');
    expect(await axeFaults(claire)).toEqual([]);
    await claire.click('main button >> text=Punaiser');
    await claire.waitForSelector('text=C’est punaisé.');
    expect(await axeFaults(claire)).toEqual([]);

    const lina = await read('lina.moreau');
    await lina.waitForSelector('.banner:has-text("Sur le panneau")');
    await lina.goto(`${story.whole.base}/boards`);
    if (!lina.url().endsWith('/1')) await lina.click('main >> text=CE1 A');
    const notice = lina.locator('.notice:has-text("On plante des bulbes")');
    await notice.locator('button:has-text("J’ai lu")').click();
    await lina.waitForSelector('.notice:has-text("bulbes") >> text=Tu l’as lu');
    expect(await axeFaults(lina)).toEqual([]);

    const samira = await read('samira.benali');
    await samira.goto(new URL(lina.url()).href);
    expect(await text(samira)).toContain('Chaque enfant apporte un bulbe.');
    for (const local of ['karim.haddad', 'ondine.le-bihan', 'hugues.armand']) {
      const other = await read(local);
      expect((await other.goto(lina.url()))?.status(), local).toBe(404);
    }
    const again = await read('claire.lefevre');
    await again.goto(`${story.whole.base}${page}`);
    expect(await text(again, '.notice:has-text("bulbes")')).toMatch(
      /Vu par 1 sur 24 élèves.*Vu par 1 sur 24 familles/s,
    );
  });

  it('a notice is kept as it is written: whoever leaves finds it', SOAKED, async () => {
    const claire = await enter('claire.lefevre');
    await claire.goto(`${story.whole.base}/boards/1/1`);
    await claire.click('main >> text=Punaiser');
    await claire.fill('#title', 'On plante des arbres');
    await claire.fill('#text', 'Chaque enfant apporte une bêche.');
    await claire.waitForSelector('[data-kept]:not([hidden])');
    await claire.reload();
    expect(await claire.inputValue('#text')).toBe('Chaque enfant apporte une bêche.');
    expect(await axeFaults(claire)).toEqual([]);
  });

  it.skipIf(!existsSync(CURL))('a board is read in a mail program', async () => {
    const { whole } = story;
    const password = await devicePassword(whole.base, whole.account('samira.benali'));
    const curl = async (path: string, ...more: readonly string[]): Promise<string> => {
      const { stdout } = await run(CURL, [
        ...['-sS', '--cacert', join(whole.dataDir, 'self-signed.pem')],
        ...['-u', `${whole.address('samira.benali')}:${password}`],
        `imaps://localhost:${whole.ports.imaps}/${path}`,
        ...more,
      ]);
      return stdout;
    };
    const [, uid = ''] = /SEARCH (\d+)/.exec(await curl(BOARD, '-X', 'UID SEARCH ALL')) ?? [];
    const letter = await curl(`${BOARD};UID=${uid}`);
    expect(letter).toMatch(/^From: .*claire\.lefevre@/ms);
    expect(letter).not.toMatch(/^(?:To|Cc): .*@/m);
    await expect(curl(BOARD, '-X', 'UID STORE 1:* +FLAGS (\\Deleted)')).rejects.toThrow();
  });

  it('a head hangs something up for the team, an agent for everybody, and each reads theirs', async () => {
    const post = async (local: string, title: string, team: boolean): Promise<void> => {
      const page = await read(local);
      await page.goto(`${story.whole.base}/boards/${local === 'hugues.armand' ? 0 : 1}/new`);
      await page.fill('#title', title);
      await page.fill('#text', 'À lire avant vendredi.');
      await page.setChecked('input[value="pupils"]', !team);
      await page.setChecked('input[value="families"]', !team);
      await page.setChecked('input[value="team"]', true);
      await page.click('main button >> text=Punaiser');
      expect(await text(page)).toContain('C’est punaisé.');
    };
    await post('mamadou.diallo', 'Conseil des maîtres', true);
    await post('hugues.armand', 'Les cantines de la ville', false);
    const seen = async (local: string, board: number): Promise<boolean[]> => {
      const page = await read(local);
      await page.goto(`${story.whole.base}/boards/${board}`);
      const shown = await text(page);
      return ['Conseil des maîtres', 'Les cantines de la ville'].map((one) => shown.includes(one));
    };
    expect([await seen('karim.haddad', 1), await seen('karim.haddad', 0)]).toEqual([
      [true, false],
      [false, true],
    ]);
    for (const local of ['lina.moreau', 'samira.benali', 'julie.robin'])
      expect(await seen(local, 0), local).toEqual([false, true]);
    expect(await seen('lina.moreau', 1)).toEqual([false, false]);
  });

  it('a pupil proposes a notice, and a teacher lets it onto the board', SOAKED, async () => {
    const lina = await enter('lina.moreau');
    await lina.goto(`${story.whole.base}/boards/1/1`);
    await lina.click('text=Je propose une annonce');
    await lina.fill('#title', 'Qui veut lire avec moi ?');
    await lina.fill('#text', 'Venez jeudi sous le préau.');
    await lina.waitForSelector('[data-kept]:not([hidden])');
    expect(await axeFaults(lina)).toEqual([]);
    await lina.click('main button >> text=Proposer à Madame Lefèvre');
    await lina.waitForSelector('text=C’est proposé.');
    const claire = await enter('claire.lefevre');
    await claire.click('nav >> text=En attente');
    expect(await axeFaults(claire)).toEqual([]);
    await claire.click('.idea:has-text("Qui veut lire") button:has-text("Punaiser")');
    await claire.waitForSelector('text=C’est punaisé.');
    const adele = await read('adele.vidal');
    await adele.goto(`${story.whole.base}/boards/1/1`);
    expect(await text(adele)).toMatch(/Qui veut lire avec moi \?.*Lina/s);
  });
}
