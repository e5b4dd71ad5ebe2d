import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';

/** A setting of a class on one line; it opens in its place. */
export interface SettingLine {
  /** Names its title, for what it opens. */
  readonly id: string;
  readonly drawing: string;
  readonly title: string;
  /** What holds now, in a few words. */
  readonly now: string;
  /** What it opens; null for whoever sees it and doesn't set it. */
  readonly inside: Html | null;
}

/** One of a list of settings, of which one is open at a time where the browser knows how. */
export function settingLine(visit: Visit, one: SettingLine): Html {
  const line = html`
    ${icon(visit, one.drawing)}
    <b id="${one.id}">${one.title}</b>
    <span class="holds">${one.now}</span>
  `;
  if (one.inside === null)
    return html`
      <p class="set">${line}</p>
    `;
  return html`
    <details name="setting">
      <summary class="set">
        ${line}
        <span class="go-on">
          <span>${visit.texts.teaching.settings.change}</span>
          ${icon(visit, 'down')}
        </span>
      </summary>
      <div class="inside stack">${one.inside}</div>
    </details>
  `;
}
