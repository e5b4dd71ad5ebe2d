import type { ServedFile } from '../contract.ts';

/** All that a file has been kept as, with its name and kind; null: there is none. */
export async function offered(served: ServedFile | null) {
  if (served === null) return null;
  const { name, mediaType } = served;
  const pieces: Buffer[] = [];
  for await (const piece of served.read()) pieces.push(piece);
  return { name, mediaType, bytes: Buffer.concat(pieces) };
}
