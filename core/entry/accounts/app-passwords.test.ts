import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { verified } from '../../../tests/shared/passwords.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { APP_PASSWORD_BITS, readAppPassword } from './app-password-text.ts';
import type { SignIn } from './contract.ts';

let town: TestTown;
let claire: Viewer;
beforeAll(async () => {
  town = await openTestTown();
  claire = await town.viewer('claire.lefevre');
});
afterAll(() => town.close());

const signIn = (
  local: string,
  password: string,
  way: 'web' | 'submission' | 'imap' = 'imap',
): Promise<SignIn> =>
  town.core.accounts.signIn(town.address(local), password, { ip: '192.0.2.7', way });

async function made(viewer: Viewer, name: string) {
  const answer = await town.core.appPasswords.make(viewer, name);
  if (answer.kind !== 'made') throw new Error(answer.kind);
  return answer;
}

describe('the password of a device', () => {
  it('has more than 128 bits, and its school before them', async () => {
    expect(APP_PASSWORD_BITS).toBeGreaterThan(128);
    expect((await made(claire, 'Bits')).text).toMatch(/^1(-[a-hjkmnp-z]{5}){6}$/);
  });
  it('opens mail programs for its owner, typed with spaces or capitals too, and never the pages', async () => {
    const { text, id } = await made(claire, 'Téléphone');
    for (const typed of [text, text.toUpperCase(), text.replaceAll('-', ' '), ` ${text} `]) {
      expect(await signIn('claire.lefevre', typed)).toMatchObject({
        kind: 'welcome',
        appPassword: id,
        viewer: { account: claire.account },
      });
    }
    expect(await signIn('claire.lefevre', text, 'submission')).toMatchObject({ kind: 'welcome' });
    expect(await signIn('claire.lefevre', text, 'web')).toEqual({ kind: 'no-match' });
    expect(await signIn('mamadou.diallo', text)).toEqual({ kind: 'no-match' });
    expect(await signIn('claire.lefevre', text.replace(/^1/, '2'))).toEqual({ kind: 'no-match' });
    await town.admin.query('delete from throttle');
  });
  it('is kept as a hash alone, listed by name, and its use is seen', async () => {
    const { text } = await made(claire, 'Ordinateur');
    await signIn('claire.lefevre', text);
    expect(await town.core.appPasswords.list(claire)).toContainEqual(
      expect.objectContaining({ name: 'Ordinateur', lastUsedAt: town.clock.now }),
    );
    const { rows } = await town.admin.query<{ all: string }>(
      "select string_agg(p::text, ' ') as all from app_password p",
    );
    expect(rows[0]?.all).not.toContain(readAppPassword(text)?.secret);
  });
  it('is over once revoked, for sessions too, and only its owner revokes it', async () => {
    const { id, text } = await made(claire, 'Tablette');
    let heard = 0;
    const stop = town.core.events.subscribe(claire, () => {
      heard += 1;
    });
    const there = () =>
      town.core.accounts.stillSignedIn({
        viewer: claire,
        way: 'imap',
        appPassword: id,
        ownPassword: null,
      });
    expect(await there()).toMatchObject({ account: claire.account });
    expect(await town.core.appPasswords.revoke(await town.viewer('mamadou.diallo'), id)).toBe(
      false,
    );
    expect(await town.core.appPasswords.revoke(claire, id)).toBe(true);
    await expect.poll(() => heard).toBeGreaterThan(0);
    stop();
    expect(await there()).toBeNull();
    expect(await signIn('claire.lefevre', text)).toEqual({ kind: 'no-match' });
    await town.admin.query('delete from throttle');
  });
  it('that a phone goes on to try once revoked makes its owner wait nowhere', SOAKED, async () => {
    const { id, text } = await made(claire, 'Vieux téléphone');
    await town.core.appPasswords.revoke(claire, id);
    for (let tries = 0; tries < 12; tries += 1)
      expect(await signIn('claire.lefevre', text)).toEqual({ kind: 'no-match' });
    expect(await signIn('claire.lefevre', DEMO_PASSWORD, 'web')).toMatchObject({ kind: 'welcome' });
    for (let tries = 0; tries < 12; tries += 1) await signIn('claire.lefevre', `pas-${tries}`);
    expect(await signIn('claire.lefevre', DEMO_PASSWORD, 'web')).toMatchObject({ kind: 'wait' });
    await town.admin.query('delete from throttle');
  });
  it('ends with the account', async () => {
    const lina = await town.viewer('lina.moreau');
    const { id, text } = await made(lina, 'Maison');
    await town.admin.query(
      "begin; set local preau.school = '1'; update account set state = 'suspended' where school_id = 1 and display_name = 'Lina Moreau'; commit",
    );
    expect(await signIn('lina.moreau', text)).toEqual({ kind: 'no-match' });
    expect(
      await town.core.accounts.stillSignedIn({
        viewer: lina,
        way: 'imap',
        appPassword: id,
        ownPassword: null,
      }),
    ).toBeNull();
  });
  it('wants a name, and there are at most twenty', async () => {
    const mamadou = await town.viewer('mamadou.diallo');
    expect(await town.core.appPasswords.make(mamadou, ' \u0000\t ')).toEqual({ kind: 'nameless' });
    for (let n = 0; n < 20; n += 1) await made(mamadou, `Appareil ${n}`);
    expect(await town.core.appPasswords.make(mamadou, 'encore un')).toEqual({
      kind: 'too-many',
      most: 20,
    });
  });
  it('costs no slow hash', async () => {
    const { text } = await made(claire, 'Banc');
    const hashes = async (password: string) => {
      const before = verified.length;
      expect(await signIn('claire.lefevre', password)).toMatchObject({ kind: 'welcome' });
      return verified.length - before;
    };
    expect([await hashes(text), await hashes(DEMO_PASSWORD)]).toEqual([0, 1]);
  });
});
