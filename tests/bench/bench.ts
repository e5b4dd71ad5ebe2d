/**
 * `npm run bench` measures what the mail paths take, `npm run bench -- web` what the pages do,
 * `npm run bench -- outbound` how mail leaves, `npm run bench -- growth` with what all that grows,
 * `npm run bench -- beside` what mail pays for the proof of isolation beside it,
 * `npm run bench -- uploads` what it pays for files that are brought into cupboards,
 * `npm run bench -- --against COMMIT` whether this tree is slower than another. Each says in its
 * own file what more it can be told.
 */
const [, , which] = process.argv;
if (process.argv.includes('--against')) await import('./against.ts');
else if (which === 'web') await import('./web.ts');
else if (which === 'outbound') await import('./outbound.ts');
else if (which === 'growth') await import('./growth.ts');
else if (which === 'beside') await import('./beside.ts');
else if (which === 'uploads') await import('./uploads.ts');
else await import('./delivery.ts');
