/** What an encoded form brought, or that it is more than `mostFields`. */
export interface EncodedFields {
  readonly values: ReadonlyMap<string, readonly string[]> | 'too-many';
}

/**
 * Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1), as every browser sends it. How many
 * fields there are is asked first: half a million names without a value would hold all others for
 * half a second. What is no encoding stays as it came.
 */
export function encodedFields(body: string, mostFields: number): EncodedFields {
  const pairs = body.split('&', mostFields + 1);
  if (pairs.length > mostFields) return { values: 'too-many' };
  const values = new Map<string, string[]>();
  for (const pair of pairs.filter((one) => one !== '')) {
    const [name = ''] = pair.split('=', 1);
    const known = values.get(decoded(name));
    const value = decoded(pair.slice(name.length + 1));
    if (known === undefined) values.set(decoded(name), [value]);
    else known.push(value);
  }
  return { values };
}

function decoded(text: string): string {
  const spaced = text.split('+').join(' ');
  try {
    return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
  } catch {
    return spaced;
  }
}
