/** How many types a file claims, and why each of them holds. */
interface Claims {
  readonly count: number;
  readonly why: string;
}

/**
 * Where a type is claimed and not checked, by `as` or of what `JSON.parse` gives. None stands where
 * something comes from outside: rows, JSON, the wire and what a library tells are read.
 * `tidy.test.ts` holds this list.
 */
export const CLAIMS: Readonly<Record<string, Claims>> = {
  'cli/backup/repository/key.ts': { count: 2, why: 'The brand of what was checked right before.' },
  'cli/demo/schools.ts': { count: 1, why: 'The made-up town counts its schools itself.' },
  'cli/demo/seed.ts': { count: 1, why: 'A constant of the made-up town.' },
  'core/ground/ids.ts': {
    count: 6,
    why: 'Ids that stand for nobody, and the brand of what was checked right before.',
  },
  'core/ground/json.ts': {
    count: 2,
    why: 'The brand of a text that was made right there, and the value that the brand names.',
  },
  'core/ground/keys.ts': {
    count: 2,
    why: 'Keys of a record that stands in the source: none but those of its type are there.',
  },
  'core/ground/sandbox/serve.ts': {
    count: 1,
    why: 'What a job is given was held against its type where it was asked for (sandbox.ts).',
  },
  'core/letters/message/wire.ts': {
    count: 2,
    why: 'A byte before the end of the bytes: each byte of a letter goes through here.',
  },
  'core/mail/parsing/turns.ts': {
    count: 1,
    why: 'The digest itself refuses memory that is shared.',
  },
  'core/roster/class-switches.ts': {
    count: 1,
    why: 'The value was found right before in the list of its name.',
  },
  'core/school/imports/seal.ts': {
    count: 1,
    why: 'What opens was sealed under the same label by the function above, with a key of ours.',
  },
  'core/store/large-copies-worker.ts': {
    count: 1,
    why: 'What the thread was made with, typed where that is done (large-copies.ts).',
  },
  'core/store/mail/uid-ranges.ts': {
    count: 1,
    why: 'Numbers that our own query has put between commas; whose they are its column says.',
  },
  'core/store/own.ts': {
    count: 3,
    why: 'Kysely knows the columns of one table; for any, the methods around say what it is.',
  },
  'core/store/pipeline.ts': {
    count: 3,
    why: 'Parts of the driver that its types leave out, and rows as Kysely types its statements.',
  },
  'core/store/queue-pool.ts': {
    count: 1,
    why: 'A pool of pg, which is what BullMQ asks for by overloads that its type doesn’t name.',
  },
  'core/town/jobs/worker.ts': {
    count: 1,
    why: 'The kind of row says whose id it is; a wrong one finds no row that is due.',
  },
  'smtp/sender-authentication.ts': {
    count: 1,
    why: 'Node’s answers, as mailauth reads them; its type leaves out those to MX.',
  },
  'webmail/http/route.ts': {
    count: 1,
    why: 'The names in the path, each read by its reader right before.',
  },
};
