import { Parser, type Handler } from 'htmlparser2';

/**
 * The parser's stack costs its depth at every element, so a document deeper than this is given up.
 */
const MOST_DEPTH = 1_000;
const PIECE_CHARACTERS = 8_192;

/** The parser tells of these parts of an HTML text alone. */
type Listener = Pick<Partial<Handler>, 'onopentag' | 'ontext' | 'onclosetag'>;

/**
 * One pass of htmlparser2 over a text, nothing fetched, in a time that grows with its length alone.
 * `depth` is how deep its elements lie in one another; `isWhole` says that it was read to its end,
 * and no deeper than elements may lie.
 */
export function parseHtml(
  html: string,
  listener: Listener,
): { readonly depth: number; readonly isWhole: boolean } {
  let open = 0;
  let depth = 0;
  const parser = new Parser({
    ...listener,
    onopentagname() {
      depth = Math.max(depth, ++open);
    },
    onclosetag(name, isImplied) {
      open--;
      listener.onclosetag?.(name, isImplied);
    },
  });
  for (let at = 0; at < html.length; at += PIECE_CHARACTERS) {
    parser.write(html.slice(at, at + PIECE_CHARACTERS));
    if (depth > MOST_DEPTH) return { depth, isWhole: false };
  }
  parser.end();
  return { depth, isWhole: true };
}
