import { keysOf, recordOf } from '../../core/ground/keys.ts';
import type { WithAssets } from '../frame/parts.ts';
import type { attributes, Html } from '../html.ts';
import { field, fieldsOf, type Form } from '../http/forms.ts';
import { bareLine, choiceField, lineField, textField, tick, type FormField } from './field.ts';

/** One field of a form: how it is read, and what HTML is told of it. */
interface FieldShape {
  /** `maxlength`; what is longer all the same is read, for core to say so. */
  readonly most?: number;
  /** Nobody says so: what is longer is left out. */
  readonly isCut?: true;
  readonly isRequired?: true;
  /** Characters that are read at all, where it may be long (`LONG_FIELD_CHARS`). */
  readonly reads?: number;
  /** A text of some lines: white space at its ends is its own, and a line ends by `\n`. */
  readonly isText?: true;
  /** A password: white space at its ends is its own. No page gives it back. */
  readonly isSecret?: true;
  /** What HTML wants to know besides: `type`, `autocomplete` … */
  readonly as?: Parameters<typeof attributes>[0];
}

/** A form as it is shown: what stands in its fields, and what is wrong with some of them. */
export interface Filled<Name extends string> {
  readonly typed: Readonly<Record<Name, string>>;
  /** Sentences, each below its field. */
  readonly wrong?: Readonly<Partial<Record<Name, string | Html | undefined>>>;
  /** Fields that a line elsewhere on the page speaks of, by the id of that line. */
  readonly wrongBy?: Readonly<Partial<Record<Name, string | null>>>;
}

/** What a page says of a field: its words, its look, what holds on this page alone. */
type About = Pick<FormField, 'id' | 'label' | 'hint' | 'hintBy' | 'ends' | 'box' | 'look' | 'as'>;

/** The fields of a form on a page. */
export interface ShownFields<Name extends string> {
  line(name: Name, about: About): Html;
  /** Of which something else is the label: it says `for` this id. */
  bare(name: Name, about: Omit<About, 'label' | 'hint'> & { readonly id: string }): Html;
  text(name: Name, about: About): Html;
  choice(name: Name, about: About, options: Parameters<typeof choiceField>[2]): Html;
  /** For a component of its own. */
  filled(name: Name, about: About): FormField;
}

/**
 * A form as a value: the names of its fields stand here alone, with how long each may be. What is
 * read from it, and what was typed and is given back with what is wrong, goes by them.
 */
export function formOf<Name extends string>(shapes: Readonly<Record<Name, FieldShape>>) {
  const each = (value: (name: Name) => string) => recordOf<Name, string>(keysOf(shapes), value);

  return {
    /** With nothing in it but what is said. */
    blank: (values?: Readonly<Partial<Record<Name, string>>>): Filled<Name> => ({
      typed: each((name) => values?.[name] ?? ''),
    }),
    /** What somebody has typed. */
    typedIn: (form: Pick<Form, 'fields'>): Readonly<Record<Name, string>> =>
      each((name) => {
        const { most, isCut, reads, isText, isSecret }: FieldShape = shapes[name];
        const typed = field(form, name, reads);
        const line = isSecret === true ? typed : typed.trim();
        const value = isText === true ? typed.replace(/\r\n?/g, '\n') : line;
        return isCut === true ? value.slice(0, most) : value;
      }),
    /**
     * Its fields, filled. The first that is wrong is where one types next, whatever its page would
     * begin with; of those that one line speaks of, the first that is to be typed anew.
     */
    shown(visit: WithAssets, { typed, wrong, wrongBy }: Filled<Name>): ShownFields<Name> {
      const valueOf = (name: Name) => {
        const { isSecret }: FieldShape = shapes[name];
        return isSecret === true ? '' : typed[name];
      };
      const isWrong = (name: Name) => (wrong?.[name] ?? wrongBy?.[name] ?? null) !== null;
      const wrongs = keysOf(shapes).filter(isWrong);
      const firstWrong =
        wrongs.find((name) => wrong?.[name] != null || valueOf(name) === '') ?? wrongs[0];
      const focusOf = (name: Name) =>
        firstWrong === undefined ? {} : { autofocus: name === firstWrong };
      const filled = <Some extends Omit<About, 'label'>>(name: Name, about: Some) => {
        const { most, isRequired, as }: FieldShape = shapes[name];
        return {
          ...about,
          name,
          value: valueOf(name),
          wrong: wrong?.[name] ?? null,
          wrongBy: wrongBy?.[name] ?? null,
          as: {
            maxlength: most ?? null,
            required: isRequired ?? null,
            ...as,
            ...about.as,
            ...focusOf(name),
          },
        };
      };
      return {
        line: (name, about) => lineField(visit, filled(name, about)),
        bare: (name, about) => bareLine(filled(name, about)),
        text: (name, about) => textField(visit, filled(name, about)),
        choice: (name, about, options) => choiceField(visit, filled(name, about), options),
        filled,
      };
    },
  };
}

/**
 * Boxes as a value: several may be ticked (`checkbox`), or one of them (`radio`). What is read from
 * a form is among `values`, and what was ticked is given back ticked.
 */
export const boxesOf = <Value extends string | number>(
  type: 'checkbox' | 'radio',
  name: string,
  values: readonly Value[],
) => ({
  tickedIn: (form: Pick<Form, 'fields'>): readonly Value[] => {
    const ticked = new Set(fieldsOf(form, name));
    return values.filter((value) => ticked.has(String(value)));
  },
  shown: (
    ticked: readonly (string | number)[],
    words: (value: Value) => string | Html,
    look?: string,
  ): readonly Html[] =>
    values.map((value) =>
      tick({
        type,
        name,
        value,
        isOn: ticked.includes(value),
        words: words(value),
        ...(look === undefined ? {} : { look }),
      }),
    ),
});

/** Whether something of it wasn't taken: its page is answered by 422 (RFC 9110 §15.5.21). */
export const isRefused = ({ wrong = {}, wrongBy = {} }: Filled<string>): boolean =>
  [...Object.values(wrong), ...Object.values(wrongBy)].some((one) => one != null);

/** What core says of fields by their names, each in the sentence of its page. */
export const sentencesOf = (
  why: readonly string[],
  words: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(why.map((one) => [one, words[one]]));
