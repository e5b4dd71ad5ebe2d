import type { SchoolId } from '../../../ground/ids.ts';
import {
  askedIn,
  proposedAnswer,
  type Answer,
  type Choice,
  type Marks,
} from '../../../roster/doubts.ts';
import { townSchools } from '../../../store/schools/roster-imports.ts';
import { questionsOf, schoolsWithQuestions } from '../../../store/schools/roster-questions.ts';
import type { SchoolTx } from '../../../store/store.ts';
import type { RosterParts } from '../parts.ts';
import type { Evidence } from './evidence.ts';
import { MOST_OPEN } from './keep.ts';
import { keptOf } from './kept.ts';

/** A line that may mean one of several people, with all that tells them apart. */
export interface OpenQuestion {
  readonly id: number;
  readonly kind: 'pupil' | 'guardian' | 'adult';
  /** As the file writes it. */
  readonly name: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly className: string | null;
  /** Null where only hashes of it are left. */
  readonly evidence: Evidence | null;
  readonly choices: readonly OpenChoice[];
  /** What mail, telephone or postal address speak for; nothing is done by itself. */
  readonly proposed: Answer | null;
  readonly askedAt: Date;
  /** The day it lapses. */
  readonly expiresAt: Date;
}

/** Somebody whom the line may mean. */
export interface OpenChoice {
  readonly id: number;
  readonly name: string;
  readonly className: string | null;
  readonly address: string | null;
  /** Whether they are of this school. */
  readonly here: boolean;
  /** The children of a guardian, the guardians of a child. */
  readonly family: readonly string[];
  /** What the file says of them, where they stand in it too. */
  readonly evidence: Evidence | null;
  readonly marks: Marks;
}

/** A school with its open questions. */
export interface SchoolQuestions {
  readonly school: { readonly id: SchoolId; readonly slug: string; readonly name: string };
  readonly questions: readonly OpenQuestion[];
}

/** The open questions of one school, or of all that have some, by the school's name. */
export async function schoolQuestions(
  { store, secret }: Pick<RosterParts, 'store' | 'secret'>,
  asked: SchoolId | null,
): Promise<readonly SchoolQuestions[]> {
  return store.town(async (tx) => {
    const open = new Set(await schoolsWithQuestions(tx));
    const schools = (await townSchools(tx)).filter(
      ({ id }) => open.has(id) && (asked === null || id === asked),
    );
    const all: SchoolQuestions[] = [];
    for (const { id, slug, name } of schools)
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
  { id, name, className, address, here, family, sameAs, marks }: Choice,
  evidence: Readonly<Record<string, Evidence>>,
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
