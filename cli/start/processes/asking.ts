/** Questions under way to another process, by number. */
interface Asking<Answer> {
  /** `say` gets the number of the question. Rejects where no answer comes in time. */
  ask(say: (id: number) => void): Promise<Answer>;
  /** One that comes too late is for nobody. */
  answered(id: number, answer: Answer): void;
}

export function openAsking<Answer>(patienceMs: number): Asking<Answer> {
  const open = new Map<number, (answer: Answer) => void>();
  let last = 0;
  return {
    ask(say) {
      const id = ++last;
      return new Promise<Answer>((resolve, reject) => {
        const timer = setTimeout(() => {
          open.delete(id);
          reject(new Error('another process gave no answer'));
        }, patienceMs);
        open.set(id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        say(id);
      });
    },
    answered(id, answer) {
      open.get(id)?.(answer);
      open.delete(id);
    },
  };
}
