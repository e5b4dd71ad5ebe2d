import type { Language } from '../../core/ground/ids.ts';
import { icon } from '../frame/parts.ts';
import { attributes, html, type Html } from '../html.ts';
import { TEXTS } from '../texts/texts.ts';

/** Who listens: whom the server doesn't know yet it says nothing. */
interface Listener {
  readonly asset: (name: string) => string;
  readonly viewer: { readonly language: Language };
  readonly hasVoice: boolean;
}

/**
 * Reads a part of the page aloud; a script shows it where there is a voice. `speaks` is the
 * language of what is said, where that isn't the page's.
 */
export function listenButton(
  { asset, viewer, hasVoice }: Listener,
  part: `#${string}`,
  speaks: Language = viewer.language,
): Html {
  return html`
    <button
      class="btn listen"
      type="button"
      data-listen="${part}"
      data-speaks="${speaks}"
      data-by="${asset('aloud.js')}"
      ${attributes({ 'data-served': hasVoice })}
      hidden
    >
      ${icon({ asset }, 'sound')}${TEXTS[viewer.language].box.listen}
    </button>
  `;
}
