import type { SchoolId, TemplateId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';

/** A letter that is written once and used often. */
export interface Template {
  readonly id: TemplateId;
  /** What it is called where it is chosen; it leaves with no letter. */
  readonly title: string;
  readonly subject: string;
  /** Plain text, LF. */
  readonly text: string;
  /**
   * The same with its little formatting (core/letters/message/format), where it has any. In a wish
   * any HTML that a page brings: what `text` says is made of it then.
   */
  readonly html?: string;
}

/** The templates of a school: its head's to make, its adults' to use. */
interface SchoolTemplates {
  readonly school: SchoolId;
  readonly name: string;
  readonly mayChange: boolean;
  readonly templates: readonly Template[];
}

export interface OfferedTemplates {
  readonly own: readonly Template[];
  readonly schools: readonly SchoolTemplates[];
}

export interface TemplateWish extends Omit<Template, 'id'> {
  /** Null: a new one. */
  readonly id: TemplateId | null;
  /** For whom: the viewer alone (null), or a school that they head. */
  readonly school: SchoolId | null;
  /** What is left out where the text ends with it: the next letter has a signature of its own. */
  readonly signature?: string;
}

export type TemplateSaved =
  | { readonly kind: 'saved'; readonly id: TemplateId }
  /** No title, nothing to fill a letter with, or more than one holds. */
  | { readonly kind: 'no-title' | 'empty' | 'too-long' }
  /** There is one of this title, or there are as many as there may be. */
  | { readonly kind: 'title-taken' | 'too-many' }
  /** Not there, or not theirs to change. */
  | { readonly kind: 'missing' };

/** Of a letter, what a template fills: its words as a page brings them, formatted or plain. */
export type FilledWords = Pick<Template, 'subject' | 'text' | 'html'>;

export interface Templates {
  /** Null for pupils and families, who have none. */
  offered(viewer: Viewer): Promise<OfferedTemplates | null>;
  /**
   * A letter with a template in it: its subject where there is none, its words above what is
   * written. Null where it is offered no such template.
   */
  fill(viewer: Viewer, letter: FilledWords, template: TemplateId): Promise<FilledWords | null>;
  save(viewer: Viewer, wish: TemplateWish): Promise<TemplateSaved>;
  /** False: not there, or not theirs to remove. */
  remove(
    viewer: Viewer,
    template: { readonly id: TemplateId; readonly school: SchoolId | null },
  ): Promise<boolean>;
}

/** Letters to begin with: this record of core, or `Name` of it alone. */
export interface WithTemplates<Name extends keyof Templates = keyof Templates> {
  readonly templates: Pick<Templates, Name>;
}
