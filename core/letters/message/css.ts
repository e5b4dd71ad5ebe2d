/**
 * Inline styles of mail: properties that colour and space, with values that can't load, cover or
 * hide the page around.
 */

const PROPERTIES = new Set(
  `color background-color font font-family font-size font-style font-weight font-variant line-height letter-spacing
  text-align text-decoration text-indent text-transform vertical-align white-space word-break overflow-wrap direction
  margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left
  border border-top border-right border-bottom border-left border-color border-style border-width border-radius border-collapse border-spacing
  width max-width min-width height max-height list-style-type display table-layout`.split(/\s+/),
);
/** No backslash (escapes hide words), no colon or slash (addresses), no `<`, `@`, `!`, `*`. */
const VALUE = /^[#%.,'"()\w\s-]{1,200}$/u;
/**
 * The only functions: colours. Anything else could load (url, image-set), read (attr, var, env) or
 * compute.
 */
const FUNCTIONS = /^(?:rgb|rgba|hsl|hsla)$/i;
const DISPLAY =
  /^(?:none|block|inline|inline-block|list-item|table|table-row|table-cell|table-row-group)$/i;
/** Declarations read of one attribute; characters too. */
const MAX_DECLARATIONS = 60;
const MAX_CHARACTERS = 4_096;

/**
 * The declarations of a `style` attribute that are kept, or an empty string. An attribute that is
 * not plain is dropped whole.
 */
export function keptStyle(style: string): string {
  if (style.length > MAX_CHARACTERS || /[\\@<>{}]|\/\*/.test(style)) return '';
  return style
    .split(';')
    .slice(0, MAX_DECLARATIONS)
    .map(keptDeclaration)
    .filter((kept) => kept !== '')
    .join(';');
}

function keptDeclaration(declaration: string): string {
  const colon = declaration.indexOf(':');
  const property = declaration.slice(0, colon).trim().toLowerCase();
  const value = declaration
    .slice(colon + 1)
    .replace(/\s{0,9}!\s{0,9}important\s{0,9}$/i, '')
    .trim();
  if (colon < 0 || !PROPERTIES.has(property) || !VALUE.test(value)) return '';
  const functions = value
    .split('(')
    .slice(0, -1)
    .map((before) => /(?<![\w-])[\w-]*$/.exec(before.trimEnd())?.[0] ?? '');
  if (functions.some((name) => !FUNCTIONS.test(name))) return '';
  // a negative margin covers what stands beside
  if (property.startsWith('margin') && /-\d/.test(value)) return '';
  if (property === 'display' && !DISPLAY.test(value)) return '';
  return `${property}:${value.replaceAll('"', "'")}`;
}
