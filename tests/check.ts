import { close, readSources, sum, tests } from './steps.ts';

// What a change must pass before anything else, on a machine without servers.
close(
  sum([
    await readSources(),
    await tests('pure tests', ['--project', 'pure', '--tags-filter=!soak']),
  ]),
);
