import type { Language } from '../../core/ground/ids.ts';
import { CONFORMITY } from '../accessibility.ts';
import { html, type Html } from '../html.ts';
import { TEXTS } from '../texts/texts.ts';

/** Where the legal pages lie; reachable without signing in. */
export const LEGAL_PATHS = {
  notice: '/legal',
  privacy: '/privacy',
  accessibility: '/accessibility',
} as const;

/** The links that every page must have: who publishes, what is kept, how accessible it is. */
export function legalLinks(language: Language): Html {
  const words = TEXTS[language].legal;
  return html`
    <a href="${LEGAL_PATHS.notice}">${words.noticeLink}</a>
    <a href="${LEGAL_PATHS.privacy}">${words.privacyLink}</a>
    <a href="${LEGAL_PATHS.accessibility}">${words.accessibilityLink[CONFORMITY]}</a>
  `;
}

/** The foot of a page. */
export function legalFoot(language: Language): Html {
  return html`
    <footer class="foot">${legalLinks(language)}</footer>
  `;
}
