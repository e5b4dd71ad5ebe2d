import type { ShownSchoolImport } from '../../core/town/town/school-imports/contract.ts';
import { SAYS } from '../texts/schools.ts';

type Preview = Extract<ShownSchoolImport, { kind: 'preview' }>;

/** What a file would change, a line each, for a terminal. */
export function linesOf({ plan }: Preview): string[] {
  const schools = plan.schools.flatMap((one): string[] => {
    switch (one.kind) {
      case 'new':
        return [SAYS.made(one)];
      case 'changed':
        return [SAYS.changed(one.uai, one.school.name, `${one.name}, ${one.commune.name}`)];
      case 'closed':
        return [SAYS.closed(one.uai, one.school.name, one.closesOn)];
      case 'unchanged':
        return [];
    }
  });
  return [...schools, ...plan.doubts.map(({ line, name, why }) => SAYS.doubt(line, name, why))];
}

/** What a file would change, as scripts read it. */
export function factsOf({ counts, plan, aside, lines }: Preview) {
  return {
    lines,
    counts,
    communes: plan.communes.map(({ name, code, schools, isTaken }) => ({
      name,
      code,
      schools,
      taken: isTaken,
    })),
    schools: plan.schools.map((one) =>
      one.kind === 'new'
        ? { kind: one.kind, uai: one.uai, slug: one.slug, name: one.name }
        : { kind: one.kind, uai: one.uai, slug: one.school.slug, name: one.school.name },
    ),
    doubts: plan.doubts,
    aside: { ...aside, ...plan.aside },
  };
}
