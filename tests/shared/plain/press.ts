/** Where a press leads on a page without script: on a link, a button, a label, Enter in a field. */
import { isTag, type Element } from 'domhandler';
import {
  CannotDo,
  buttonOfEnter,
  formOf,
  kindOf,
  labelled,
  mustBeUsable,
  named,
  submission,
  tick,
  type Submission,
} from './forms.ts';
import { closest, isShown } from './markup.ts';

/** What is asked for by a press, once what it changes on the page is changed; null: nothing. */
type Led = Submission | null;

const isPressed = ({ name, attribs }: Element): boolean =>
  ['button', 'input', 'label', 'select', 'summary', 'textarea'].includes(name) ||
  (name === 'a' && 'href' in attribs);

/** Presses what stands there, or what it stands in. */
export function press(at: Element, page: URL): Led {
  if (!isShown(at)) throw new CannotDo(`${named(at)} is hidden`);
  const pressed = closest(at, isPressed);
  if (pressed === null) throw new CannotDo(`${named(at)} can’t be pressed`);
  if (pressed.name === 'a')
    return { method: 'GET', url: new URL(pressed.attribs['href'] ?? '', page) };
  if (pressed.name === 'summary') return fold(pressed);
  if (pressed.name !== 'label') return pressControl(pressed, page);
  const field = labelled(pressed);
  if (field === null) throw new CannotDo(`${named(pressed)} is for nothing`);
  return pressControl(field, page);
}

/** Enter in a field sends its form as its first button does (HTML standard, 4.10.21.2). */
export function pressEnter(at: Element, page: URL): Led {
  if (at.name !== 'input') return press(at, page);
  mustBeUsable(at);
  const form = formOf(at);
  if (form === null) throw new CannotDo(`${named(at)} is in no form`);
  return submission(form, buttonOfEnter(form), page);
}

function fold(summary: Element): Led {
  const details = summary.parent;
  if (details === null || !isTag(details) || details.name !== 'details')
    throw new CannotDo(`${named(summary)} opens nothing`);
  if ('open' in details.attribs) delete details.attribs['open'];
  else details.attribs['open'] = '';
  return null;
}

function pressControl(control: Element, page: URL): Led {
  mustBeUsable(control);
  switch (kindOf(control)) {
    case 'checkbox':
      tick(control, !('checked' in control.attribs));
      return null;
    case 'radio':
      tick(control, true);
      return null;
    case 'submit': {
      const form = formOf(control);
      if (form === null) throw new CannotDo(`${named(control)} is in no form`);
      return submission(form, control, page);
    }
    case 'button':
    case 'reset':
      throw new CannotDo(`${named(control)} does nothing without script`);
    default:
      return null; // a field that waits for keys
  }
}
