/** Elements of a page without a browser, in the words of Playwright’s locators. */
import type { Document, Element } from 'domhandler';
import {
  CannotDo,
  choose,
  fill,
  giveFiles,
  labelled,
  tick,
  valueOf,
  type PlainFile,
  type Submission,
} from './forms.ts';
import { closest, found, isShown, linesOf, textOf } from './markup.ts';
import { press, pressEnter } from './press.ts';

export type OptionChoice = string | { readonly label: string };

/** What may be asked of elements with a browser and without one. */
export interface AnyLocator {
  count(): Promise<number>;
  first(): AnyLocator;
  nth(at: number): AnyLocator;
  locator(selector: string): AnyLocator;
  allTextContents(): Promise<string[]>;
  allInnerTexts(): Promise<string[]>;
  textContent(): Promise<string | null>;
  getAttribute(name: string): Promise<string | null>;
  inputValue(): Promise<string>;
  isChecked(): Promise<boolean>;
  isVisible(): Promise<boolean>;
  click(): Promise<void>;
}

/** The page in which a locator looks, as it is when something is asked. */
interface Ground {
  markup(): Document;
  url(): URL;
  /** Goes where a press leads. */
  follow(led: Submission): Promise<void>;
}

export class PlainLocator implements AnyLocator {
  readonly #ground: Ground;
  readonly #selector: string;

  constructor(ground: Ground, selector: string) {
    this.#ground = ground;
    this.#selector = selector;
  }

  get #all(): readonly Element[] {
    return found(this.#ground.markup(), this.#selector);
  }
  /** The one that is meant. */
  get #one(): Element {
    const [one, ...more] = this.#all;
    const where = `${this.#selector} on ${this.#ground.url().href}`;
    if (one === undefined) throw new CannotDo(`nothing is ${where}`);
    if (more.length > 0) throw new CannotDo(`${1 + more.length} elements are ${where}`);
    return one;
  }
  /** The field that is meant, by itself or by its label. */
  get #field(): Element {
    const one = this.#one;
    const label = closest(one, ({ name }) => name === 'label');
    return (label === null ? null : labelled(label)) ?? one;
  }

  first(): PlainLocator {
    return this.nth(0);
  }
  nth(at: number): PlainLocator {
    return this.locator(`nth=${at}`);
  }
  locator(selector: string): PlainLocator {
    return new PlainLocator(this.#ground, `${this.#selector} >> ${selector}`);
  }
  async all(): Promise<readonly PlainLocator[]> {
    return this.#all.map((_, at) => this.nth(at));
  }

  async count(): Promise<number> {
    return this.#all.length;
  }
  async allTextContents(): Promise<string[]> {
    return this.#all.map(textOf);
  }
  async allInnerTexts(): Promise<string[]> {
    return this.#all.map(linesOf);
  }
  async textContent(): Promise<string> {
    return textOf(this.#one);
  }
  async getAttribute(name: string): Promise<string | null> {
    return this.#one.attribs[name] ?? null;
  }
  async inputValue(): Promise<string> {
    return valueOf(this.#field);
  }
  async isChecked(): Promise<boolean> {
    return 'checked' in this.#field.attribs;
  }
  async isVisible(): Promise<boolean> {
    return this.#all.length > 0 && isShown(this.#one);
  }

  async click(): Promise<void> {
    await this.#go(press(this.#one, this.#ground.url()));
  }
  async press(key: string): Promise<void> {
    if (key !== 'Enter') throw new CannotDo(`${key} does nothing without script`);
    await this.#go(pressEnter(this.#one, this.#ground.url()));
  }
  async #go(led: Submission | null): Promise<void> {
    if (led !== null) await this.#ground.follow(led);
  }
  async fill(value: string): Promise<void> {
    fill(this.#field, value);
  }
  async setChecked(isOn: boolean): Promise<void> {
    tick(this.#field, isOn);
  }
  async selectOption(wanted: OptionChoice): Promise<void> {
    choose(this.#field, wanted);
  }
  async setInputFiles(files: PlainFile | readonly PlainFile[]): Promise<void> {
    giveFiles(this.#field, 'name' in files ? [files] : files);
  }
}
