import { chargeOf, type Charge, type RightsParts } from '../../directory/charge.ts';
import { byHome, concernedBy, peopleOf } from '../../directory/people-of.ts';
import { Fault } from '../../ground/fault.ts';
import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { withFreshRoster } from '../../mail/delivery/judging/fresh-roster.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAgentAct, writeAudit } from '../../store/audit.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import { lockSchool } from '../../store/schools/class-acts.ts';
import { lockImports } from '../../store/schools/import-lock.ts';
import type { SchoolTx, TownTx } from '../../store/store.ts';
import type { ClassActed, ClassTrouble } from './contract.ts';

/**
 * Held mail that waits for teachers of these classes is asked about anew: its children may have
 * another teacher now.
 */
type Reassign = (school: SchoolId, classes: readonly ClassId[]) => Promise<void>;

export interface ClassParts extends RightsParts {
  readonly mailEvents: MailEvents;
  readonly domain: string;
  readonly reassign: Reassign;
}

/** What an act will do, decided on the roster as it was read. */
interface Deed {
  readonly kind: 'deed';
  readonly act: string;
  /** Ids only. `people` are the addresses of those whom it concerns. */
  readonly subject: Readonly<Record<string, unknown>>;
  readonly classes: readonly ClassId[];
  readonly pupils: readonly AddressId[];
  /** The class that a page shows next. */
  readonly shows: ClassId | null;
  /**
   * Whether it gives out an address: imports do too, and all who do take turns in the whole town.
   */
  readonly turn: 'school' | 'addresses';
  readonly write: (tx: SchoolTx, town: TownTx) => Promise<void | { readonly class: ClassId }>;
}

export type DeedOutcome =
  | Deed
  | { readonly kind: 'trouble'; readonly why: ClassTrouble }
  | { readonly kind: 'missing' };

export const NOT_THERE = { kind: 'missing' } as const;

export function trouble(why: ClassTrouble): {
  readonly kind: 'trouble';
  readonly why: ClassTrouble;
} {
  return { kind: 'trouble', why };
}

/**
 * Every change of classes goes this way: whose right it is, what it will do, then in one
 * transaction the change with who did it and why. Somebody may have changed the school meanwhile:
 * then it is decided anew. After the commit held mail finds its teachers and the change is
 * announced; were this process killed in between, what is held would wait for the head, who sees
 * all of it.
 */
export function act(
  parts: ClassParts,
  { viewer, school }: { readonly viewer: Viewer; readonly school: SchoolId },
  decide: (charge: Charge) => Promise<DeedOutcome> | DeedOutcome,
): Promise<ClassActed> {
  return withFreshRoster(async () => {
    const charge = await chargeOf(parts, viewer, school);
    if (!charge) return NOT_THERE;
    const deed = await decide(charge);
    if (deed.kind !== 'deed') return deed;
    const made = await carryOut(parts, charge, deed);
    const classes = made === null ? deed.classes : [...deed.classes, made];
    await afterwards(parts, charge, { classes, pupils: deed.pupils });
    return { kind: 'done', class: made ?? deed.shows };
  });
}

async function carryOut(
  { store }: ClassParts,
  { school, roster, by, reason }: Charge,
  deed: Deed,
): Promise<ClassId | null> {
  return store.town(async (tx) => {
    if (deed.turn === 'addresses') await lockImports(tx);
    const here = await tx.in(school);
    if ((await lockSchool(here)) !== roster.school.version)
      throw new Fault('roster-moved', `school ${school}`, { transient: true });
    const made = await deed.write(here, tx);
    const inSchool = await tx.in(school);
    await writeAudit(
      inSchool,
      by,
      deed.act,
      made ? { ...deed.subject, class: made.class } : deed.subject,
    );
    if (reason !== null) await writeAgentAct(tx, { by, act: deed.act, school, reason });
    return made?.class ?? null;
  });
}

async function afterwards(
  { directory, mailEvents, reassign }: ClassParts,
  { school, roster, day }: Charge,
  { classes, pupils }: Pick<Deed, 'classes' | 'pupils'>,
): Promise<void> {
  await reassign(school, classes);
  const after = (await directory.rosters([school], { maxAgeMs: 0 })).get(school) ?? roster;
  const concerned = new Set(
    [roster, after].flatMap((one) => [...concernedBy(one, { classes, pupils }, day)]),
  );
  for (const [home, accounts] of byHome((await peopleOf(directory, concerned)).values()))
    mailEvents.announce(home, accounts);
}
