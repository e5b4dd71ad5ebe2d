/**
 * One question for all who ask while another is being answered: they wait for that answer, which
 * may be from before they asked, and share the next. Who asks alone waits for nobody.
 */
export function together<Key>(
  ask: (keys: readonly Key[]) => Promise<void>,
): (keys: Iterable<Key>) => Promise<void> {
  let next: { readonly keys: Set<Key>; readonly answered: Promise<void> } | null = null;
  let asked: Promise<unknown> = Promise.resolve();

  function begin(): NonNullable<typeof next> {
    const keys = new Set<Key>();
    const answered = asked.then(() => {
      next = null; // whoever comes from here on is too late for this one
      return ask([...keys]);
    });
    asked = answered.catch(() => {});
    return { keys, answered };
  }

  return (keys) => {
    next ??= begin();
    for (const key of keys) next.keys.add(key);
    return next.answered;
  };
}
