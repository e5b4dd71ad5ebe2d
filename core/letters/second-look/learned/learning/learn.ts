/**
 * `npm run learn`: makes the weights anew from the sentences, after having tried how they do on
 * themes that were kept out of learning, a third of them at a time.
 */
import { writeFileSync } from 'node:fs';
import { FILE, LEARNED_FROM, packed } from '../weights.ts';
import { examples, sums } from './examples.ts';
import { weightsFrom } from './regression.ts';
import { byKind, triedOnKeptOut } from './trial.ts';

const all = examples();
const tried = triedOnKeptOut(all);
for (const { kind, count, found } of byKind(tried))
  process.stdout.write(`${kind}: ${((found / count) * 100).toFixed(1)} % of ${count} kept out\n`);
writeFileSync(FILE, packed(weightsFrom(all)));
writeFileSync(LEARNED_FROM, `${sums.said()}\n${sums.readInPart()}\n${sums.read()}\n`);
