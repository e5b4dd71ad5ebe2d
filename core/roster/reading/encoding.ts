interface DecodedText {
  /** Without byte order marks. */
  readonly text: string;
  /** As shown to the person. */
  readonly encoding:
    | 'utf-8'
    | 'utf-16le'
    | 'utf-16be'
    | 'iso-8859-1'
    | 'iso-8859-15'
    | 'windows-1252';
}

/**
 * ISO-8859-15 has Œ, œ and Ÿ where the others have fractions; a fraction beside a letter was one of
 * them.
 */
const FRACTION_IN_WORD = /\p{L}[¼½¾]|[¼½¾]\p{L}/u;
/**
 * Byte order marks, also those that went through a wrong decoding. Several in a row are what
 * several tools leave.
 */
const MARKS = /^(?:\uFEFF|ï»¿)+/;

/**
 * The text of a file: by its byte order mark, else strict UTF-8, else the Western one-byte
 * encodings that ONDE and spreadsheets write. Null where a file says UTF-16 and isn't.
 */
export function decode(bytes: Buffer): DecodedText | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return strictly('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return strictly('utf-16be', bytes);
  return strictly('utf-8', bytes) ?? western(bytes);
}

function strictly(encoding: 'utf-8' | 'utf-16le' | 'utf-16be', bytes: Buffer): DecodedText | null {
  try {
    return {
      text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
        .decode(bytes)
        .replace(MARKS, ''),
      encoding,
    };
  } catch {
    return null;
  }
}

/**
 * Windows-1252 is ISO-8859-1 with letters and signs where that has controls, so one decoder serves
 * both.
 */
function western(bytes: Buffer): DecodedText {
  const text = new TextDecoder('windows-1252').decode(bytes).replace(MARKS, '');
  if (bytes.some((byte) => byte >= 0x80 && byte <= 0x9f)) return { text, encoding: 'windows-1252' };
  if (!FRACTION_IN_WORD.test(text)) return { text, encoding: 'iso-8859-1' };
  return {
    text: new TextDecoder('iso-8859-15').decode(bytes).replace(MARKS, ''),
    encoding: 'iso-8859-15',
  };
}
