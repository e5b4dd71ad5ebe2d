/** What a demo has to show: a letter, a paper, a notice, a drawing of each kind. */
import { expect, it } from 'vitest';
import { text } from '../shared/plain/page.ts';
import type { Story } from './story.ts';

/** While it is as it was made. */
export function showDemo(story: Story): void {
  /** What the page says to this one at an address. */
  const said = async (local: string, path: string, part?: string): Promise<string> => {
    const page = await story.read(local);
    await page.goto(`${story.whole.base}${path}`);
    return text(page, part);
  };

  it('has letters for a child and for the little ones, begun and held ones, a paper, notices, drawings', async () => {
    const lina = await said('lina.moreau', '/mail/inbox');
    expect(lina).toContain('Bonjour Lina, tu as 2 nouveaux messages.');
    expect(lina).toMatch(/aux billes.*c’est jeudi.*Mon exposé sur les escargots.*1 fichier/s);
    expect(lina).toContain('Sur le panneau : 1 nouvelle annonce.');
    expect(lina).not.toContain('Nos questions pour vous');
    expect(await said('claire.lefevre', '/mail/drafts')).toContain('Accompagner au musée');
    expect(await said('claire.lefevre', '/papers')).toContain('3 sur 24');
    expect(await said('claire.lefevre', '/boards/1/1')).toMatch(/bouchons.*mots de la semaine/s);
    expect(await said('sylvie.caradec', '/mail/inbox')).toMatch(/Malo Tanguy.*Tom Moreau/s);
    expect(await said('awa.ba', '/mail/inbox')).toContain('Nouvelle lettre : Lila');
    expect(await said('karine.moreau', '/walls')).toMatch(
      /CE1 A.*, 4 dessins et voix accrochés.*GS.*, 3 dessins et voix accrochés/s,
    );
    const held = await story.whole.rows<{ rule: string }>(
      "select distinct rule from hold where state = 'waiting' order by rule",
    );
    expect(held.map(({ rule }) => rule)).toEqual([
      'approved-correspondent',
      'first-contact',
      'link-moderated',
    ]);
  });
}
