import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { TownPlan } from '../../core/roster/town-plan.ts';
import { MOVER } from './hand-written.ts';

/**
 * What scripts outside the project read about the demo town; `school` is a slug, an account's
 * `classes` are class addresses.
 */
const DEMO_JSON = z.object({
  domain: z.string(),
  schools: z.array(z.object({ slug: z.string(), name: z.string() })),
  accounts: z.array(
    z.object({
      address: z.string(),
      password: z.string(),
      role: z.enum(['pupil', 'teacher', 'head', 'staff', 'guardian', 'agent']),
      school: z.string(),
      classes: z.array(z.string()),
      displayName: z.string(),
    }),
  ),
  classes: z.array(z.object({ address: z.string(), school: z.string(), name: z.string() })),
});
export type DemoJson = z.infer<typeof DEMO_JSON>;

/**
 * A plan as demo.json says it. The town itself (school 0) is no school: its agents name it, the
 * list of schools doesn't.
 */
export function demoJsonOf(
  plan: TownPlan,
  { domain, password }: { domain: string; password: string },
): DemoJson {
  const classesOf = currentClasses(plan);
  const address = (local: string) => `${local}@${domain}`;
  return {
    domain,
    schools: plan.schools.filter(({ id }) => id !== 0).map(({ slug, name }) => ({ slug, name })),
    accounts: plan.schools.flatMap(({ slug, accounts }) =>
      accounts.map((account) => ({
        address: address(account.local),
        password,
        role: account.role,
        school: slug,
        classes: (classesOf.get(account.local) ?? []).map(address),
        displayName: account.displayName,
      })),
    ),
    classes: plan.schools.flatMap(({ slug, classes }) =>
      classes.map(({ local, name }) => ({ address: address(local), school: slug, name })),
    ),
  };
}

function currentClasses(plan: TownPlan): Map<string, string[]> {
  const classes = new Map<string, string[]>();
  for (const { person, classLocal } of plan.schools.flatMap(({ memberships }) => memberships)) {
    const own = classes.get(person) ?? [];
    own.push(person === MOVER.pupil && classLocal === MOVER.from ? MOVER.to : classLocal);
    classes.set(person, own);
  }
  return classes;
}

/** Both in one, `more` after what `first` has; a school that comes twice is the later one. */
export function joined(first: DemoJson | null, more: DemoJson): DemoJson {
  if (first === null) return more;
  const again = new Set(more.schools.map(({ slug }) => slug));
  return {
    domain: more.domain,
    schools: [...first.schools.filter(({ slug }) => !again.has(slug)), ...more.schools],
    accounts: [...first.accounts.filter(({ school }) => !again.has(school)), ...more.accounts],
    classes: [...first.classes.filter(({ school }) => !again.has(school)), ...more.classes],
  };
}

const pathIn = (dataDir: string) => join(dataDir, 'demo.json');

/** Null where there is none, or none that can be read. */
export async function readDemoJson(dataDir: string): Promise<DemoJson | null> {
  try {
    return DEMO_JSON.parse(JSON.parse(await readFile(pathIn(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

/** Whole or not at all: a script that waits for the file never reads half of it. Gives its path. */
export async function writeDemoJson(dataDir: string, json: DemoJson): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const path = pathIn(dataDir);
  await writeFile(`${path}.new`, `${JSON.stringify(json)}\n`);
  await rename(`${path}.new`, path);
  return path;
}
