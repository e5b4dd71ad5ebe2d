import { MINUTE_MS } from '../../../core/ground/spans.ts';
import { actsForTown } from '../../../core/rules/viewer.ts';
import type {
  StandingChoice,
  StandingUndo,
  WithStandingMail,
} from '../../../core/town/town/standing-mail/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { accountIdOf, countOf, numberOf, schoolIdOf } from '../../ids.ts';
import { dateIn } from './restored.ts';

const PATH = '/restored';
const KINDS = ['sent', 'unseen', 'refused', 'no-log'] as const;
const WRONG: Answer = { kind: 'wrong' };

/** POST /restored/release and /restored/drop: one, all of an age, all of a kind. */
export async function decideStanding(
  visit: Visit<WithStandingMail>,
  act: 'release' | 'drop',
  form: Form,
): Promise<Answer> {
  if (!actsForTown(visit.viewer)) return MISSING;
  const which = chosen(form, visit.now);
  if (which === null) return WRONG;
  const done = await visit.core.standingMail[act](visit.viewer, which);
  if (done === null) return MISSING;
  const count = String(done.count);
  // A word on an account isn't taken back by its letters, and its writer is told of those dropped.
  if (which.kind === 'stopped')
    return went({ said: act === 'release' ? 'released' : 'droppedAndTold', count });
  const said = act === 'release' ? 'released' : 'dropped';
  return went({ said, count, at: done.at.toISOString() });
}

/** POST /restored/undo: all of one decision, or one letter that was dropped. */
export async function undoStanding(visit: Visit<WithStandingMail>, form: Form): Promise<Answer> {
  if (!actsForTown(visit.viewer)) return MISSING;
  const at = dateIn(field(form, 'at'));
  const letter = letterIn(field(form, 'which'));
  const which: StandingUndo | null = at === null ? letter : { kind: 'decision', at };
  if (which === null) return WRONG;
  const count = await visit.core.standingMail.undo(visit.viewer, which);
  return count === null ? MISSING : went({ said: 'undone', count: String(count) });
}

/** POST /restored/log: what a log of the service says of the letters that wait. */
export async function readGivenLog(visit: Visit<WithStandingMail>, form: Form): Promise<Answer> {
  if (!actsForTown(visit.viewer)) return MISSING;
  const [file] = form.files;
  if (file === undefined) return went({ trouble: 'missing' });
  const read = await visit.core.standingMail.readLog(visit.viewer, linesOf(file.bytes));
  if (read === null) return MISSING;
  if (read.kind === 'no-line') return went({ trouble: 'noLine' });
  const [from, until] = [read.from.toISOString(), read.until.toISOString()];
  return went({ said: 'log', count: String(read.seen), from, until });
}

/** One after the other: a large file isn't taken apart at once. */
function* linesOf(bytes: Buffer): Generator<string> {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf('\n', from);
    const to = end < 0 ? bytes.length : end;
    yield bytes.toString('utf8', from, to);
    from = to + 1;
  }
}

function went(said: Readonly<Record<string, string>>): Answer {
  return { kind: 'go', to: `${PATH}?${new URLSearchParams(said).toString()}` };
}

function chosen(form: Form, now: Date): StandingChoice | null {
  const age = field(form, 'age');
  if (age !== '') {
    const minutes = age === '0' ? 0 : countOf(age);
    return minutes === null
      ? null
      : { kind: 'before', before: new Date(now.getTime() - minutes * MINUTE_MS) };
  }
  const which = field(form, 'which');
  const says = KINDS.find((one) => one === which);
  if (says !== undefined) return { kind: 'log-says', says };
  return stoppedIn(which) ?? letterIn(which);
}

/** `stopped-3-17`: school 3, account 17. */
function stoppedIn(text: string): Extract<StandingChoice, { kind: 'stopped' }> | null {
  const [, first, second] = /^stopped-(\d+)-(\d+)$/.exec(text) ?? [];
  const [school, account] = [schoolIdOf(first), accountIdOf(second)];
  return school === null || account === null ? null : { kind: 'stopped', school, account };
}

/** `3-17`: school 3, row 17. */
function letterIn(text: string): Extract<StandingChoice, { kind: 'one' }> | null {
  const [first, second, ...more] = text.split('-');
  const [school, row] = [schoolIdOf(first), numberOf(second)];
  return school === null || row === null || more.length > 0 ? null : { kind: 'one', school, row };
}
