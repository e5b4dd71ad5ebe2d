/**
 * `npm run bench` measures what the mail paths take, `npm run bench -- web` what the pages do; each
 * says in its own file what more it can be told.
 */
await(process.argv[2] === 'web' ? import('./web.ts') : import('./delivery.ts'));
