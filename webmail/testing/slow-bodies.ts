/**
 * A process of its own that opens many forms and says nothing more: `node slow-bodies.ts <port>
 * <from> <how many>`. Says « sent » once all are out.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { rawLine, slowForm } from './peer.ts';

const [port = '', from = '', count = ''] = process.argv.slice(2);
/** So many are opened before others get a word in. */
const AT_ONCE = 200;
const BREATH_MS = 5;
const HELD_MS = 60_000;

for (let sent = 0; sent < Number(count); sent += 1) {
  rawLine(Number(port), from, slowForm(Number(port)));
  if (sent % AT_ONCE === 0) await pause(BREATH_MS);
}
process.stdout.write('sent\n');
await pause(HELD_MS);
