/** What a run was told on its line, as `read` finds it; a sentence that it throws ends the run. */
export function askedOf<T>(read: (args: readonly string[]) => T): T {
  try {
    return read(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof AskedWrong)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/** Something on the line that isn't understood; its message says what can be said. */
export class AskedWrong extends Error {
  override readonly name = 'AskedWrong';
}
