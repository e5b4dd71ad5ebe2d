/** From here on a ZIP can say when a file was last changed (APPNOTE 4.4.6). */
const FIRST_MS = Date.UTC(1980, 0, 1);

/**
 * The moment of a file as its ZIP says it, the first it knows for older ones: letters may be of any
 * year (RFC 9051 §2.3.3), and yazl 3.3.1 throws for those before 1970 where nobody catches it.
 */
export const zipMoment = (at: Date): Date => new Date(Math.max(at.getTime(), FIRST_MS));
