import { isKeyOf } from '../../core/ground/keys.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { icon, type WithAssets } from './parts.ts';
import type { Visit } from './visit.ts';

const TONE_ICONS = { ok: 'check', wait: 'info', stop: 'warning' } as const;

/**
 * On top of a page: what came of the act before, or what is to be known first. `text` may be
 * paragraphs.
 */
export function banner(
  visit: WithAssets,
  tone: keyof typeof TONE_ICONS,
  text: string | Html,
): Html {
  return html`
    <div class="banner ${tone}" role="status">
      ${icon(visit, TONE_ICONS[tone])}
      <div class="grow">${text}</div>
    </div>
  `;
}

/** What was just done. */
export const doneBanner = (visit: WithAssets, words: string | Html): Html =>
  banner(visit, 'ok', words);

/** What the address says was just done, by its word in it; nothing for one that isn't ours. */
export const saidBanner = (
  visit: WithAssets,
  sentences: Readonly<Record<string, string>>,
  said: unknown,
): Html => (isKeyOf(sentences, said) ? doneBanner(visit, sentences[said] ?? '') : NOTHING);

/** Beside a field: why it wasn't taken. The field names this line's `id` by `aria-describedby`. */
export function fieldTrouble(visit: WithAssets, id: string, words: string | Html): Html {
  return html`
    <p class="err" id="${id}" role="alert">
      ${icon(visit, 'warning')}
      <span>${words}</span>
    </p>
  `;
}

/** A sentence on top of a page that says why something was not done. */
export function alertBanner(visit: Visit, tone: 'wait' | 'stop', sentence: string): Html {
  return html`
    <p class="banner ${tone}" role="alert">
      ${icon(visit, 'warning')}
      <span class="grow">${sentence}</span>
    </p>
  `;
}
