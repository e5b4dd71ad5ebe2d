import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MORNING } from '../../../tests/shared/town-database.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openDirectory } from '../../directory/directory.ts';
import { ownFormatted, readFormatted } from '../../letters/message/format/read-html.ts';
import { plainOf } from '../../letters/message/format/words.ts';
import { writeHtml } from '../../letters/message/format/write-html.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { OwnAbsence } from '../../store/people/contract.ts';
import type { OwnHours, Presence } from './contract.ts';
import { openPresence } from './presence.ts';
import { ABSENCE } from './testing/absent.ts';

const DAY = { from: '08:00', to: '18:00' };
const WEEK: OwnHours = [DAY, DAY, DAY, DAY, DAY, null, null];

let town: TestTown;
let claire: Viewer;
let lina: Viewer;
beforeAll(async () => {
  town = await openTestTown();
  claire = await town.viewer('claire.lefevre');
  lina = await town.viewer('lina.moreau');
});
beforeEach(() => {
  town.clock.now = MORNING;
});
afterAll(() => town.close());

/** As a process sees it that has looked at no roster yet: a known one may be a second old. */
const afresh = (): Presence =>
  openPresence({ ...town.parts, directory: openDirectory(town.store) });

describe('what an adult says of themselves', () => {
  it('is kept as plain text and plain days, and nobody’s but theirs', async () => {
    const { presence } = town.core;
    expect(await presence.of(claire)).toMatchObject({ signature: '', hours: null, absence: null });
    const signed = '\r\n\r\nClaire Lefèvre  \r\nCE1 A\u0007, École des Tilleuls\r\n\r\n';
    expect(await presence.saveSignature(claire, { text: signed })).toBe('saved');
    expect(await presence.saveHours(claire, WEEK)).toBe('saved');
    expect(await presence.saveAbsence(claire, { ...ABSENCE, isOn: false })).toBe('saved');
    expect(await presence.of(claire)).toMatchObject({
      signature: 'Claire Lefèvre\nCE1 A, École des Tilleuls',
      hours: WEEK,
      absence: { ...ABSENCE, isOn: false },
    });
  });

  it('is nothing for a pupil', async () => {
    const { presence } = town.core;
    expect(await presence.of(lina)).toBeNull();
    expect(await presence.saveSignature(lina, { text: 'Lina la reine' })).toBe('not-theirs');
    expect(await presence.saveHours(lina, WEEK)).toBe('not-theirs');
    expect(await presence.savePortrait(lina, 'papi')).toBe('not-theirs');
    expect(await presence.saveAbsence(lina, ABSENCE)).toBe('not-theirs');
  });

  it('costs no time, whoever sends 60,000 spaces and how many lines', async () => {
    const { presence } = town.core;
    const spaces = `.${' '.repeat(60_000)}.${'\n'.repeat(60_000)}.`;
    const begun = process.cpuUsage();
    for (const [viewer, said] of [[lina, 'not-theirs'] as const, [claire, 'too-long'] as const]) {
      expect(await presence.saveSignature(viewer, { text: spaces })).toBe(said);
      expect(await presence.saveAbsence(viewer, { ...ABSENCE, words: spaces })).toBe(said);
      expect(await presence.saveAbsence(viewer, { ...ABSENCE, outsideWords: spaces })).toBe(said);
    }
    expect(process.cpuUsage(begun).user).toBeLessThan(200_000);
  });

  it('is kept without the spaces and lines around it, as many as are let in', async () => {
    const { presence } = town.core;
    const inside = `A${' '.repeat(500)}B`;
    const lines = '\r\n'.repeat(300);
    expect(
      await presence.saveSignature(claire, { text: `${lines} ${inside}\t \n  C ${lines}` }),
    ).toBe('saved');
    expect(await presence.of(claire)).toMatchObject({ signature: ` ${inside}\n  C` });
    await presence.saveSignature(claire, { text: '' });
  });

  it.each<{ what: string; wish: Partial<OwnAbsence>; said: string }>([
    { what: 'a day of no month', wish: { from: '2026-11-31' }, said: 'bad-days' },
    {
      what: 'an end before its beginning',
      wish: { until: '2026-11-23' },
      said: 'ends-before-it-begins',
    },
    { what: 'days that are over', wish: { from: '2026-11-01', until: '2026-11-20' }, said: 'over' },
    { what: 'years of it', wish: { until: '2028-11-24' }, said: 'bad-days' },
    { what: 'no words', wish: { words: ' \n ' }, said: 'no-words' },
    { what: 'no words for outside', wish: { outside: 'own' }, said: 'no-outside-words' },
    { what: 'a novel', wish: { words: 'x'.repeat(2001) }, said: 'too-long' },
  ])('is refused by name where it can’t be: $what', async ({ wish, said }) => {
    expect(await town.core.presence.saveAbsence(claire, { ...ABSENCE, ...wish })).toBe(said);
  });
});

describe('hours of one’s own', () => {
  it('silence notices outside them, on the school’s clock, and promise nothing else', async () => {
    const { presence } = town.core;
    await presence.saveHours(claire, WEEK);
    const told = async (at: string): Promise<boolean> => {
      town.clock.now = new Date(at);
      return afresh().mayBeTold(claire);
    };
    expect(await told('2026-11-24T08:00Z')).toBe(true);
    expect(await told('2026-11-24T17:00Z')).toBe(false);
    expect((await town.send('lina.moreau', ['claire.lefevre'])).kind).toBe('accepted');
    expect(await told('2026-11-28T09:00Z')).toBe(false);
    expect(await afresh().mayBeTold(lina)).toBe(true);
    await presence.saveHours(claire, null);
    expect(await afresh().mayBeTold(claire)).toBe(true);
  });

  it('are shown to families and pupils, of who works at a school, and to nobody else', async () => {
    const { presence } = town.core;
    await presence.saveHours(claire, WEEK);
    const asked = [claire.address, lina.address, 'musee@example.org'];
    expect([...(await afresh().shownHours(lina, asked))]).toEqual([[claire.address, WEEK]]);
    expect(await afresh().shownHours(claire, asked)).toEqual(new Map());
  });

  it('are refused where they are none', async () => {
    const upsideDown = WEEK.with(0, { from: '18:00', to: '08:00' });
    expect(await town.core.presence.saveHours(claire, upsideDown)).toBe('bad-hours');
  });
});

describe('a signature', () => {
  const SIGNED = '\n\n-- \nClaire Lefèvre\nCE1 A';

  it('stands below what is begun and above what is quoted, and leaves after its line', async () => {
    const { presence, writings } = town.core;
    await presence.saveSignature(claire, { text: 'Claire Lefèvre\nCE1 A' });
    expect(await writings.signature(claire)).toEqual({ text: SIGNED });
    await town.send('karim.haddad', [claire.address], {
      subject: 'Préau',
      text: 'Qui surveille ?',
    });
    const [row] = await town.rows('claire.lefevre');
    const begun = row && (await writings.answer(claire, row, 'writer'));
    expect(begun?.writing.text).toMatch(
      /^\n\n-- \nClaire Lefèvre\nCE1 A\n\n.*Karim Haddad a écrit :\n> Qui surveille \?/s,
    );
    const text = `Moi.${begun?.writing.text}`;
    const { ref } = await writings.save(
      claire,
      { to: [], cc: [], subject: '', answers: 'sender', answerTo: null, ...begun?.writing, text },
      { previous: null, add: [], drop: [] },
    );
    // Taken up again it is what it was: the signature in it is its text, and isn't put there twice.
    expect((await writings.draft(claire, ref))?.text.trimEnd()).toBe(text.trimEnd());
    expect((await writings.send(claire, ref)).kind).toBe('accepted');
    const [got] = await town.rows('karim.haddad');
    expect(got?.preview).toBe('Moi.');
    const karim = await town.viewer('karim.haddad');
    const raw = got && (await town.core.mail.original(karim, got.mailbox, got.uid));
    expect(raw?.toString('latin1')).toMatch(/Moi\.\r\n\r\n--(?: |=20)\r\nClaire/);
  });

  it('keeps a little formatting and nothing else, and stands so between words', async () => {
    const { presence, writings, templates } = town.core;
    const html = [
      '<div><br></div><div style="color:red"><b>Claire</b> Lefèvre</div>',
      '<div><a href="https://ecole.example/">notre site</a><script>alert(1)</script></div>',
      '<div><img src="https://traceur.example/x.png" alt="logo"><img src="cid:a@b" alt="cœur"></div>',
    ].join('');
    expect(await presence.saveSignature(claire, { text: 'autre', html })).toBe('saved');
    const kept = [
      '<div><b>Claire</b> Lefèvre</div>',
      '<div><a href="https://ecole.example/">notre site</a></div>',
      '<div>[cœur]</div>\n',
    ].join('\n');
    const plain = 'Claire Lefèvre\nnotre site <https://ecole.example/>\n[cœur]';
    expect(await presence.of(claire)).toMatchObject({ signature: plain, signatureHtml: kept });
    const signed = await writings.signature(claire, { above: 'Oui.', below: '\n\n> Qui ?' });
    expect(signed.text).toBe(`Oui.\n\n-- \n${plain}\n\n> Qui ?`);
    const read = readFormatted(signed.html ?? '');
    expect(plainOf(read)).toBe(signed.text);
    expect(ownFormatted(writeHtml(read))).toEqual(read);
    const made = await templates.save(claire, {
      id: null,
      school: null,
      title: 'Signé',
      subject: '',
      ...signed,
      signature: (await writings.signature(claire, { below: '\n\n> Qui ?' })).text,
    });
    const offered = (await templates.offered(claire))?.own.find(({ title }) => title === 'Signé');
    expect([made.kind, offered?.text, offered?.html]).toEqual(['saved', 'Oui.', undefined]);
    const long = { text: '', html: `<div>${'<b>a</b><i>b</i>'.repeat(499)}</div>` };
    expect(await presence.saveSignature(claire, long)).toBe('saved');
    expect(await presence.saveSignature(claire, { ...long, html: long.html.repeat(2) })).toBe(
      'too-long',
    );
    await presence.saveSignature(claire, { text: 'Claire' });
    expect(await presence.of(claire)).toMatchObject({ signature: 'Claire', signatureHtml: null });
  });

  it('is no pupil’s, and nobody’s who has none', async () => {
    const { presence, writings } = town.core;
    expect(await writings.signature(lina)).toEqual({ text: '' });
    await presence.saveSignature(claire, { text: '' });
    expect(await writings.signature(claire)).toEqual({ text: '' });
  });
});
