import { icon } from '../frame/parts.ts';
import type { Visit } from '../frame/visit.ts';
import { attributes, html, type Html } from '../html.ts';

interface FileField {
  readonly label: string;
  /** What is asked for, under the field; empty where the label says it. */
  readonly hint: string;
  readonly name: 'file' | 'files';
  /** Endings or media types, as HTML's `accept` has them. */
  readonly accept: string;
  readonly multiple?: true;
  /** A script puts into it what is spoken or drawn on the page. */
  readonly takesMade?: true;
  /** And has all of it until it goes: no other script takes it out. */
  readonly keepsMade?: true;
}

/**
 * A file to be given. It is chosen by a button like the others, never by the browser's own; the
 * button turns green once one is chosen, and a script says its name. Where none was, the page says
 * so by itself: a browser's bubble would hang beside a field that nobody sees.
 */
export function fileField(visit: Visit, field: FileField): Html {
  const { label, hint, name, accept } = field;
  const multiple = field.multiple === true;
  const words = multiple ? visit.texts.chooseFiles : visit.texts.chooseFile;
  return html`
    <div class="field" role="group" aria-labelledby="fl" aria-describedby="fh">
      <span class="lab" id="fl">${label}</span>
      <span class="upload">
        <input
          class="vh"
          type="file"
          id="f"
          name="${name}"
          accept="${accept}"
          data-named
          ${attributes({
            multiple,
            'data-files': field.takesMade === true,
            'data-keeps': field.keepsMade === true,
          })}
        />
        <label class="btn" for="f">${icon(visit, 'attach')}${words}</label>
        <output></output>
      </span>
      <p class="hint" id="fh">${hint}</p>
    </div>
  `;
}
