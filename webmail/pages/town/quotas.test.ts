/** The page of how much room there is in mailboxes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { axeFaults, pageFaults } from '../../../tests/shared/page-faults.ts';
import { text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { openPages } from '../../testing/pages.ts';

const AGENT = 'hugues.armand';
const { town, visits } = await openPages();
beforeAll(async () => {
  for (let n = 0; n < 3; n += 1) await town.send('claire.lefevre', ['lina.moreau'], { via: 'web' });
  await town.admin.query(`
    update account a set quota_bytes = 1.1 * used, own_quota_bytes = 1.1 * used
    from (select account_id, sum(bytes) as used from mailbox group by account_id) b
    where b.account_id = a.id and display_name = 'Lina Moreau'
  `);
});

async function opened(): Promise<PlainPage> {
  const page = await visits.read(AGENT, '/agents/quotas');
  return page;
}

async function ofRole(size: string, reason: string): Promise<string> {
  const page = await opened();
  await page.selectOption('#role', 'guardian');
  await page.selectOption('#school', '2');
  await page.fill('#role-size', size);
  await page.fill('#role-reason', reason);
  await page.click('form[action="/agents/quotas"] button.main');
  return text(page, 'main');
}

async function ofPerson(address: string, size: string): Promise<string> {
  const page = await opened();
  await page.fill('#address', address);
  await page.fill('#person-size', size);
  await page.fill('#person-reason', 'Projet de film');
  await page.click('form[action="/agents/quotas/person"] button.main');
  return text(page, 'main');
}

describe('room in mailboxes', () => {
  it('names whose is nearly full, and leads to changing theirs', async () => {
    const page = await opened();
    const words = await text(page, 'main');
    expect(words).toContain('1 boîte presque pleine');
    expect(words).toContain('Lina Moreau 90 %');
    await page.click('text=Changer Lina Moreau');
    expect(await page.inputValue('#address')).toBe('lina.moreau@ecoles.preau.test');
  });

  it('is said of a role in a school, with a reason that the journal has', async () => {
    const words = await ofRole('1 000', 'Beaucoup de photos');
    expect(words).toContain('C’est changé');
    expect(words).toContain('Familles, École Pasteur : 1 000 Mo');
    const page = await visits.read(AGENT, '/agents/trail');
    const journal = await text(page, 'main');
    expect(journal).toContain('a donné 1000 Mo à chaque boîte (familles).');
    expect(journal).toContain('Raison : Beaucoup de photos');
  });

  it('is said of a person', async () => {
    expect(await ofPerson('karim.haddad', '7000')).toContain('C’est changé');
    expect(await ofPerson('karim.haddad', '')).toContain('C’est changé');
  });

  const sizes = sliced(5, ['9', '-200', '20,5', 'beaucoup', '99999999']);
  it.each(sizes.some)('isn’t « %s »', isnt);
  it.each(sizes.rest)('isn’t « %s » either', SOAKED, isnt);

  async function isnt(size: string): Promise<void> {
    expect(await ofRole(size, 'Essai')).toContain('un nombre entier de mégaoctets');
    expect(await ofPerson('karim.haddad', size)).toContain('un nombre entier de mégaoctets');
  }

  it('needs a reason, and somebody of the town', async () => {
    expect(await ofRole('300', ' ')).toContain('Écrivez pourquoi');
    expect(await ofPerson('personne', '300')).toContain('Personne de la ville');
    expect(await ofPerson('<b>@x', '300')).toContain('Personne de la ville');
  });

  it.skipIf(!hasChromium())(
    'stands on a phone, in both lights, without a fault',
    SOAKED,
    async () => {
      const page = await visits.enter(AGENT, {
        at: '/agents/quotas',
        viewport: { width: 320, height: 640 },
      });
      expect(await pageFaults(page, 'quotas')).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axeFaults(page, 'quotas, dark')).toEqual([]);
    },
  );
});
