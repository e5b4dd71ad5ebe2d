import type { Language } from '../../core/ground/ids.ts';
import { TEXTS } from '../texts/texts.ts';

/** The icons of the pages once they are installed; `npm run shots -- icons` draws them anew. */
export const PNG_ICONS = [
  { name: 'icon-192.png', drawing: '../tab.svg', pixels: 192, purpose: 'any' },
  { name: 'icon-512.png', drawing: '../tab.svg', pixels: 512, purpose: 'any' },
  // Whatever shape a phone cuts out of it, the drawing stays whole.
  { name: 'icon-maskable.png', drawing: 'app-maskable.svg', pixels: 512, purpose: 'maskable' },
  // What an iPhone shows, which reads no manifest for it.
  { name: 'touch-icon.png', drawing: 'app-maskable.svg', pixels: 180, purpose: null },
] as const;

/** The name of the manifest in a language. */
export const manifestName = (language: Language): string => `app-${language}.webmanifest`;

/** What a phone or a computer needs to know to install the pages (W3C Web Application Manifest). */
export function manifestIn(language: Language, addressOf: (name: string) => string): string {
  const { brand, app, frame } = TEXTS[language];
  return JSON.stringify({
    id: '/',
    name: brand,
    short_name: brand,
    description: app.description,
    lang: language,
    start_url: '/mail/inbox',
    scope: '/',
    display: 'standalone',
    background_color: '#e8ece7',
    theme_color: '#1d3f35',
    icons: PNG_ICONS.flatMap(({ name, pixels, purpose }) =>
      purpose === null
        ? []
        : [{ src: addressOf(name), sizes: `${pixels}x${pixels}`, type: 'image/png', purpose }],
    ),
    shortcuts: [{ name: frame.write, url: '/write' }],
  });
}
