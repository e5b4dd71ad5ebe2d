/** A `<symbol>` of one of our files of drawings. */
interface DrawnSymbol {
  readonly id: string;
  /** Empty where it has none. */
  readonly viewBox: string;
  /** What stands between its tags. */
  readonly inside: string;
  /** With its tags. */
  readonly whole: string;
}

const CLOSING = '</symbol>';

/** The symbols of a file of drawings, in their order. */
export function symbolsIn(svg: string): DrawnSymbol[] {
  return svg
    .split('<symbol ')
    .slice(1)
    .map((text) => {
      const [attributes = ''] = text.split('>', 1);
      const end = text.indexOf(CLOSING);
      return {
        id: /(?:^|\s)id="([^"]*)"/.exec(attributes)?.[1] ?? '',
        viewBox: /(?:^|\s)viewBox="([^"]*)"/.exec(attributes)?.[1] ?? '',
        inside: text.slice(attributes.length + 1, end),
        whole: `<symbol ${text.slice(0, end + CLOSING.length)}`,
      };
    });
}
