import { askedOf, AskedWrong } from './asked.ts';
import { close, readSources, sum, tests } from './steps.ts';

askedOf(([asked]) => {
  if (asked === undefined) return;
  throw new AskedWrong(`${asked}: nothing can be said here; npm test has --day=NAME`);
});
// What a change must pass before anything else, on a machine without servers: both at once, so that
// the second core isn't idle while the one or the other needs only the first.
close(
  sum(
    await Promise.all([
      readSources(),
      tests('pure tests', ['--project', 'pure', '--tags-filter=!soak']),
    ]),
  ),
);
