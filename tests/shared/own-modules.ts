import { isBuiltin, registerHooks, setSourceMapsSupport } from 'node:module';

/** `./name.ts` and `../name.ts`: how our files import one another. */
const OURS = /^\.{1,2}\/.*\.ts$/;
/** What vitest adds to a test file's address, so that it is loaded again in a worker that stays. */
const ONCE_MORE = /\?vitest=\d+$/;
/** How the address of a module that Node brings begins. */
const BROUGHT = 'node:';

/**
 * Where Node looks for our modules, in a worker of tests. A file of ours lies where its import
 * says, so nothing is looked up, and what Node brings lies in it; so vitest isn't told of each
 * import, which it asks only to run what a change touches. A run loads each test file once: under
 * its own address, so that what Node has made of it is kept for the next run. Types are blanked,
 * not cut out, so that no stack needs a source map.
 */
registerHooks({
  resolve(specifier, context, next) {
    if (OURS.test(specifier) && context.parentURL !== undefined)
      return {
        url: new URL(specifier, context.parentURL).href,
        format: 'module-typescript',
        shortCircuit: true,
      };
    if (isBuiltin(specifier))
      return {
        url: specifier.startsWith(BROUGHT) ? specifier : BROUGHT + specifier,
        format: 'builtin',
        shortCircuit: true,
      };
    return next(specifier.replace(ONCE_MORE, ''), context);
  },
});
setSourceMapsSupport(false);
