/**
 * Signatures of one message that are looked at; whoever signs puts theirs on top (RFC 6376 §5.6).
 * Honest mail has up to four or five.
 */
export const MAX_SIGNATURES = 8;
/**
 * One signature, with its name. A key of 4096 bits and every field of a message signed twice make
 * 2,000; mailauth's time grows with the square of the spaces in it.
 */
export const MAX_SIGNATURE_BYTES = 3_072;

const SIGNATURE = /^(?:dkim-signature|arc-seal|arc-message-signature)[ \t]*:/i;
const DKIM_SIGNATURE = /^dkim-/i;
/** The end of a field is a line break that no folding follows (RFC 5322 §2.2.3). */
const FIELD_END = /\r?\n(?![ \t])/;
const HEADER_END = /\r?\n\r?\n/;

/**
 * A message without the signatures that are too many or too long. Each may ask for a hash of its
 * own over the whole body (`l=`) and for a key of its own: a verifier may bound its work (RFC 6376
 * §6.1). What is left away proves nothing, and can't be a reason to doubt.
 */
export function withFewSignatures(raw: Buffer): Buffer {
  const text = raw.toString('latin1');
  const end = HEADER_END.exec(text)?.index ?? text.length;
  const fields = text.slice(0, end).split(FIELD_END);
  let count = 0;
  const kept = fields.filter((field) => {
    if (!SIGNATURE.test(field)) return true;
    if (field.length > MAX_SIGNATURE_BYTES) return false;
    if (!DKIM_SIGNATURE.test(field)) return true;
    count += 1;
    return count <= MAX_SIGNATURES;
  });
  if (kept.length === fields.length) return raw;
  return Buffer.concat([Buffer.from(kept.join('\r\n'), 'latin1'), raw.subarray(end)]);
}
