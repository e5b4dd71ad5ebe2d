import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Core } from '../../core/core.ts';
import type { ShownSchoolImport } from '../../core/town/town/school-imports/contract.ts';
import { say, type CommandInput } from '../command.ts';
import { EXIT } from '../exits.ts';
import { refused } from '../refused.ts';
import { SAYS, WRONG } from '../texts/schools.ts';
import { withCore } from '../with-core.ts';
import { orderOf, type SchoolsOrder } from './order.ts';
import { factsOf, linesOf } from './report.ts';

type Preview = Extract<ShownSchoolImport, { kind: 'preview' }>;

/**
 * `preau schools import FILE`: gives the exit code. Throws a `Fault` 'configuration' with a
 * sentence for a wrong command line or a file that can't be read.
 */
export function importSchools({ config, flags, signal, path }: CommandInput): Promise<number> {
  const order = orderOf(flags);
  const bytes = bytesOf(path);
  return withCore(config, signal, async ({ schoolImports }) => {
    const { exit, facts, sentence } = await runImport(schoolImports, order, {
      name: basename(path),
      bytes,
    });
    say(flags, facts, sentence);
    return exit;
  });
}

interface Outcome {
  readonly exit: number;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sentence: string;
}

/** Gives, looks at, and applies or forgets a file of schools. */
export async function runImport(
  imports: Core['schoolImports'],
  order: SchoolsOrder,
  file: { readonly name: string; readonly bytes: Buffer },
): Promise<Outcome> {
  const given = await imports.upload('machine', file);
  if (given.kind === 'refused') throw refused(given.sentence);
  if (given.kind === 'missing') throw refused(SAYS.changedMeanwhile);
  try {
    const shown = await previewOf(imports, order, given.id);
    const asked = whatIsAsked(shown);
    if (asked !== null) return { exit: EXIT.stopped, ...factsAnd(shown, 'asked', asked) };
    if (order.act === 'apply') return await apply(imports, shown);
    const exit = shown.changesNothing ? EXIT.nothing : EXIT.done;
    return { exit, ...factsAnd(shown, 'preview', SAYS.notYet) };
  } finally {
    // What was applied stays: only what nobody has applied is forgotten.
    await imports.discard('machine', given.id);
  }
}

/** The preview with all that the order says; its columns named where that is needed. */
async function previewOf(
  imports: Core['schoolImports'],
  { columns, communes, closeOn }: SchoolsOrder,
  id: number,
): Promise<Preview> {
  const show = async (): Promise<ShownSchoolImport | null> => imports.show('machine', id);
  const first = await show();
  if (first?.kind === 'columns') {
    if (columns === null) throw refused(WRONG.columnsNeeded(first.headers));
    const named = await imports.nameColumns('machine', id, columns);
    if (named.kind === 'refused') throw refused(named.sentence);
  }
  const read = preview(await show());
  const all = read.plan.communes.map(({ key }) => key);
  if (communes !== null)
    await imports.choose('machine', id, { communes: communes === 'all' ? all : communes });
  const chosen = preview(await show());
  if (chosen.plan.unknownCommunes.length > 0)
    throw refused(WRONG.unknownCommunes(chosen.plan.unknownCommunes));
  if (closeOn === null) return chosen;
  const closings = Object.fromEntries(
    chosen.plan.schools.flatMap((one) => (one.kind === 'closed' ? [[one.uai, closeOn]] : [])),
  );
  await imports.choose('machine', id, { closings });
  return preview(await show());
}

function preview(shown: ShownSchoolImport | null): Preview {
  if (shown?.kind !== 'preview') throw refused(SAYS.changedMeanwhile);
  return shown;
}

/** A file of which nothing is taken yet: which communes are the town's? */
function whatIsAsked({ plan }: Preview): string | null {
  return plan.communes.some(({ isTaken }) => isTaken) || plan.communes.length === 0
    ? null
    : SAYS.noCommune(plan.communes.map(({ name }) => name));
}

async function apply(imports: Core['schoolImports'], shown: Preview): Promise<Outcome> {
  const applied = await imports.apply('machine', shown.id, shown.seen);
  switch (applied.kind) {
    case 'applied':
      return { exit: EXIT.done, ...factsAnd(shown, 'applied', SAYS.applied) };
    case 'nothing':
      return { exit: EXIT.nothing, ...factsAnd(shown, 'nothing', SAYS.nothing) };
    case 'trouble': {
      const said = SAYS.trouble(applied.shortNames, applied.days);
      return { exit: EXIT.refused, ...factsAnd(shown, 'trouble', said) };
    }
    case 'changed-meanwhile':
    case 'missing':
      return { exit: EXIT.refused, ...factsAnd(shown, applied.kind, SAYS.changedMeanwhile) };
  }
}

function factsAnd(shown: Preview, outcome: string, said: string): Omit<Outcome, 'exit'> {
  return {
    facts: { outcome, ...factsOf(shown) },
    sentence: [...linesOf(shown), SAYS.counts(shown.counts), said].join('\n'),
  };
}

/** `preau schools undo`: the last import, while it can be. */
export function undoSchools({ config, flags, signal }: CommandInput): Promise<number> {
  return withCore(config, signal, async ({ schoolImports }) => {
    const { exit, facts, sentence } = await runUndo(schoolImports);
    say(flags, facts, sentence);
    return exit;
  });
}

export async function runUndo(imports: Core['schoolImports']): Promise<Outcome> {
  const last = (await imports.list('machine'))?.find(({ state }) => state !== 'open');
  const undone = last && (await imports.undo('machine', last.id));
  if (undone?.kind !== 'undone')
    return {
      exit: EXIT.nothing,
      facts: { outcome: 'nothing-to-undo' },
      sentence: SAYS.nothingToUndo,
    };
  const kept = undone.done.kept.map(({ name }) => name);
  return { exit: EXIT.done, facts: { outcome: 'undone', kept }, sentence: SAYS.undone(kept) };
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw refused(WRONG.noSuchFile(path));
  }
}
