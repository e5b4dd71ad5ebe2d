/** What an honest server says of itself, and the DNS of it, and this one doesn't. */
export type ServerSign = 'without-name' | 'unknown';
