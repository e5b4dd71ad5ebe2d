import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { wordsOf } from '../message/spoken.ts';
import { makeSpeech, speechFolder } from './made.ts';
import { RATE } from './marks.ts';
import { ESPEAK } from './testing/espeak.ts';
import { openVoice } from './voice.ts';

const viewer = (school: number, account = 1): Viewer =>
  ({ school: school as SchoolId, account: account as AccountId }) as Viewer;
const open = (voice: string | null = ESPEAK, dataDir = '/nowhere') =>
  openVoice({ voice, dataDir, processes: 1, clock: () => new Date(0) });

describe('the voice', () => {
  it('says a sentence and when each word of it begins, in order and before its end', async () => {
    const piece = 'Demain, nous allons voir la mer avec les enfants de la classe.';
    const voice = open();
    const spoken = await voice.speak(viewer(1), piece, 'fr');
    if (spoken.kind !== 'speech') throw new Error(spoken.kind);
    const { audio } = spoken;
    expect(audio.toString('latin1', 0, 4)).toBe('RIFF');
    const marks = await voice.marks(viewer(1), piece, 'fr');
    expect(marks).toHaveLength(wordsOf(piece).length);
    expect([...marks].sort((one, other) => one - other)).toEqual(marks);
    const lengthMs = (audio.length / RATE) * 1_000;
    expect(marks.at(-1)).toBeGreaterThan(lengthMs / 2);
    expect(marks.at(-1)).toBeLessThan(lengthMs);
  });

  it('is no ear for orders: a text that looks like one is words', async () => {
    const voice = open();
    const said = async (text: string) => {
      const spoken = await voice.speak(viewer(1), text, 'fr');
      return spoken.kind === 'speech' ? spoken.audio.length : spoken.kind;
    };
    expect(await said('-w /tmp/x oui')).toBeGreaterThan(8_000);
    expect(await said('<audio src="/etc/passwd"/> oui')).toBeGreaterThan(8_000);
    expect(await said("[[b'O~ZuR]] oui \u0001 200A \0 non")).toBeGreaterThan(8_000);
  });

  it('keeps what a school had said, and gives nothing of it to another', async () => {
    const voice = open();
    const [one, again, elsewhere] = [
      await voice.speak(viewer(1), 'Bonjour Tom', 'fr'),
      await voice.speak(viewer(1, 2), 'Bonjour Tom', 'fr'),
      await voice.speak(viewer(2), 'Bonjour Tom', 'fr'),
    ];
    if (one.kind !== 'speech' || again.kind !== 'speech' || elsewhere.kind !== 'speech')
      throw new Error('silent');
    expect(again.audio).toBe(one.audio);
    expect(elsewhere.audio).not.toBe(one.audio);
  });

  it('has what is everybody’s from its file, said once; anew where it is another voice', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'preau-voice-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    const made = (words: string, program = ESPEAK) =>
      makeSpeech(program, [{ language: 'fr', words }], {
        folder: speechFolder(dataDir),
        signal: new AbortController().signal,
      });
    expect(await made('Merci\u00a0!')).toMatchObject({ made: 1, kept: 0, silent: 0 });
    expect(await made('Merci\u00a0!')).toMatchObject({ made: 0, kept: 1, removed: 0 });
    // As a letter says it, and where nothing could be said any more.
    const spoken = await open(null, dataDir).speak(viewer(1), 'Merci !', 'fr');
    expect(spoken.kind).toBe('speech');
    // At the door nobody is known: what lies there, and nothing else.
    expect((await open(ESPEAK, dataDir).sentence('Merci !', 'fr')).kind).toBe('speech');
    expect(await open(ESPEAK, dataDir).sentence('Bravo !', 'fr')).toEqual({ kind: 'voiceless' });
    expect(await made('Merci\u00a0!', '/bin/false')).toMatchObject({ made: 0, silent: 1 });
    expect(await made('Bravo\u00a0!')).toMatchObject({ made: 1, kept: 0, removed: 1 });
  });

  it('looks for no file of what it keeps in memory', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'preau-voice-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    const voice = open(ESPEAK, dataDir);
    const said = await voice.speak(viewer(1), 'La mer', 'fr');
    const { made } = await makeSpeech(ESPEAK, [{ language: 'fr', words: 'La mer' }], {
      folder: speechFolder(dataDir),
      signal: new AbortController().signal,
    });
    expect(made).toBe(1);
    const again = await voice.speak(viewer(1), 'La mer', 'fr');
    if (said.kind !== 'speech' || again.kind !== 'speech') throw new Error('silent');
    expect(again.audio).toBe(said.audio);
  });

  it('begins what is likely to be asked for: who asks meanwhile gets that very speech', async () => {
    const voice = open();
    voice.prepare(viewer(1), 'Demain, la mer.', 'fr');
    const asked = voice.speak(viewer(1, 2), 'Demain, la mer.', 'fr');
    const [one, again] = [await asked, await voice.speak(viewer(1, 3), 'Demain, la mer.', 'fr')];
    expect(one.kind === 'speech' && again.kind === 'speech' && one.audio === again.audio).toBe(
      true,
    );
    expect(() => open(null).prepare(viewer(1), 'oui', 'fr')).not.toThrow();
  });

  describe('of a command', () => {
    /** A stand-in for a warmer voice: it speaks where it is alone and is told the language. */
    const standIn = (then: string): string => {
      const folder = mkdtempSync(join(tmpdir(), 'preau-stand-in-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      chmodSync(folder, 0o755);
      const script = join(folder, 'voice.sh');
      const alone =
        '[ "$#" = 1 ] && [ "$1" = fr ] && [ "$(grep -c : /proc/net/dev)" = 1 ] || exit 1';
      writeFileSync(script, `${alone}\n${then}\n`, { mode: 0o644 });
      return `/bin/sh ${script} {language}`;
    };

    it('says a sentence out of its standard input alone, without a network; a word of it is lit', async () => {
      const piece = 'Demain; nous $(allons) voir la mer.';
      const voice = open(standIn(`${ESPEAK} -v fr --stdin --stdout; echo oh >&2`));
      const spoken = await voice.speak(viewer(1), piece, 'fr');
      if (spoken.kind !== 'speech') throw new Error(spoken.kind);
      expect(spoken.audio.length).toBeGreaterThan(RATE);
      const marks = await voice.marks(viewer(1), piece, 'fr');
      expect(marks).toHaveLength(wordsOf(piece).length);
      expect(marks[0]).toBe(0);
      expect(marks.toSorted((one, other) => one - other)).toEqual(marks);
    });

    it('is silent where it gives no sound, another kind, or too much', async () => {
      for (const then of ['exit 1', 'echo bonjour', 'cat /dev/zero'])
        expect(await open(standIn(then)).speak(viewer(1), 'oui', 'fr')).toEqual({
          kind: 'voiceless',
        });
    });

    it(
      'ends with all that it began after ten seconds',
      { tags: ['soak'], timeout: 30_000 },
      async () => {
        const begun = performance.now();
        const spoken = await open(standIn('sleep 61 & sleep 61')).speak(viewer(1), 'oui', 'fr');
        expect(spoken).toEqual({ kind: 'voiceless' });
        expect(performance.now() - begun).toBeLessThan(15_000);
      },
    );
  });

  it('is silent without a program, and where one says nothing', async () => {
    expect(await open(null).speak(viewer(1), 'oui', 'fr')).toEqual({ kind: 'voiceless' });
    expect(await open('/bin/false').speak(viewer(1), 'oui', 'fr')).toEqual({ kind: 'voiceless' });
    expect(await open('/nowhere/espeak-ng').speak(viewer(1), 'oui', 'fr')).toEqual({
      kind: 'voiceless',
    });
  });
});
