/**
 * Columns whose text is the message's own: ready for the wire when it is stored, the same for all
 * who have it, and never changed.
 */
export type TextColumn = 'preview' | 'envelope' | 'body' | 'bodyStructure' | 'emailId' | 'threadId';

/**
 * Ready texts that a process has read recently, by message: who lists a mailbox twice, and a class
 * that lists the same letter, read them once. What is looked up here comes from entries that the
 * asker has just read, in their own school, so that nothing is given away.
 */
export interface ReadyTexts {
  of(column: TextColumn): ReadonlyTexts;
  /** Remembers what was read together; the memory goes in the order it came. */
  remember(column: TextColumn, ids: readonly number[], texts: readonly string[]): void;
}

interface ReadonlyTexts {
  get(id: number): string | undefined;
}

/**
 * `keep`: how many characters of all columns together stay. Pieces of one answer hold all of it, so
 * they come and go together: no piece outlives its half.
 */
export function openReadyTexts({ keep }: { readonly keep: number }): ReadyTexts {
  let young = new Map<TextColumn, Map<number, string>>();
  let old = young;
  let characters = 0;
  return {
    of(column) {
      const [first, second] = [young.get(column), old.get(column)];
      return { get: (id) => first?.get(id) ?? second?.get(id) };
    },
    remember(column, ids, texts) {
      const length = texts.reduce((sum, text) => sum + text.length, 0);
      if (length > keep / 2) return;
      if (characters + length > keep / 2) {
        old = young;
        young = new Map();
        characters = 0;
      }
      characters += length;
      const map = young.get(column) ?? new Map<number, string>();
      young.set(column, map);
      ids.forEach((id, index) => {
        map.set(id, texts[index] ?? '');
      });
    },
  };
}
