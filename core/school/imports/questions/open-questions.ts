import type { SchoolId } from '../../../ground/ids.ts';
import { askedIn, proposedAnswer, type DoubtChoice } from '../../../roster/doubts.ts';
import { townSchools } from '../../../store/schools/roster-imports.ts';
import { questionsOf, schoolsWithQuestions } from '../../../store/schools/roster-questions.ts';
import type { SchoolTx } from '../../../store/store.ts';
import type { RosterParts } from '../parts.ts';
import type { OpenChoice, OpenQuestion, SchoolQuestions } from './contract.ts';
import type { DoubtEvidence } from './evidence.ts';
import { MOST_OPEN } from './keep.ts';
import { keptOf } from './kept.ts';

/** The open questions of one school, or of all that have some, by the school's name. */
export async function schoolQuestions(
  { store, secret, clock }: Pick<RosterParts, 'store' | 'secret' | 'clock'>,
  asked: SchoolId | null,
): Promise<readonly SchoolQuestions[]> {
  return store.town(async (tx) => {
    const open = new Set(await schoolsWithQuestions(tx, clock()));
    const schools = (await townSchools(tx)).filter(
      ({ id }) => open.has(id) && (asked === null || id === asked),
    );
    const all: SchoolQuestions[] = [];
    for (const { id, slug, shownName: name } of schools)
      all.push({
        school: { id, slug, name },
        questions: await openQuestions(secret, await tx.in(id)),
      });
    return all;
  });
}

/** The open questions of a school, in the order of its file. */
export async function openQuestions(
  secret: Buffer,
  tx: SchoolTx,
): Promise<readonly OpenQuestion[]> {
  const rows = await questionsOf(tx, ['open'], MOST_OPEN);
  const kept = rows.length === 0 ? null : await keptOf(secret, tx);
  if (kept === null) return [];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return askedIn(kept.remainder).flatMap(({ key, line, choices, answer }): OpenQuestion[] => {
    const row = byId.get(kept.ids[key] ?? 0);
    if (row === undefined || answer !== null) return [];
    const evidence = kept.evidence[key] ?? null;
    return [
      {
        id: row.id,
        kind: line.kind,
        name: `${line.givenName} ${line.familyName}`,
        givenName: line.givenName,
        familyName: line.familyName,
        className: line.kind === 'pupil' ? line.className : null,
        evidence,
        choices: choices.map((one) => shownChoice(one, kept.evidence)),
        proposed: proposedAnswer(choices),
        askedAt: row.askedAt,
        expiresAt: row.expiresAt,
      },
    ];
  });
}

function shownChoice(
  { id, name, className, address, here, family, sameAs, marks }: DoubtChoice,
  evidence: Readonly<Record<string, DoubtEvidence>>,
): OpenChoice {
  return {
    id,
    name,
    className,
    address,
    here,
    family,
    marks,
    evidence: sameAs === null ? null : (evidence[sameAs.key] ?? null),
  };
}
