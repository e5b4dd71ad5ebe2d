import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ESPEAK } from '../../core/letters/voice/testing/espeak.ts';
import { openVoice } from '../../core/letters/voice/voice.ts';
import { WORDS } from '../../core/mail/phrases/drawings.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import { TEXTS } from '../../webmail/texts/texts.ts';
import { sayOnce } from './sentences.ts';

const CHILD = { school: 1, account: 1 } as Viewer;

/** All sentences in a part of the texts: what ends as one, and asks nothing as a title does. */
function sentencesIn(texts: object): string[] {
  return Object.values(texts).flatMap((text: unknown) => {
    if (typeof text === 'object' && text !== null) return sentencesIn(text);
    return typeof text === 'string' && /[.!]$/.test(text) ? [text] : [];
  });
}

it('leaves no sentence of the pages to be said when a child asks for it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'preau-voice-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const done = await sayOnce({ voice: ESPEAK, dataDir }, new AbortController().signal);
  expect(done).toMatchObject({ kept: 0, silent: 0 });
  // Without a program there is nothing but the files.
  const voice = openVoice({ voice: null, dataDir, processes: 1, clock: () => new Date(0) });
  const silent: string[] = [];
  for (const language of ['fr', 'en'] as const) {
    const { seenBy: _ofAdults, ...little } = TEXTS[language].little;
    // a grown-up writes down what a child says
    const { sent: _title, dictation: _byAdults, ...writing } = TEXTS[language].littleWrite;
    for (const words of sentencesIn([little, writing, WORDS[language]])) {
      const spoken = await voice.speak(CHILD, words, language);
      if (spoken.kind !== 'speech') silent.push(words);
    }
  }
  expect(silent).toEqual([]);
});
