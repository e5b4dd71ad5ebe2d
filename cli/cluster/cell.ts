import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { DOMAIN } from '../../core/ground/config-values.ts';
import { CELL_WRONG } from '../texts/cluster.ts';

/** Three machines: any one may burn, and the two that are left agree without it. */
const MACHINES = 3;
/** A name that stands in file names, in PostgreSQL's and in etcd's settings. */
const NAME = /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/;

const text = (test: (raw: string) => boolean, sentence: string) =>
  z.string(CELL_WRONG.missing).refine(test, sentence);

const MACHINE_OF_CELL = z.strictObject({
  name: text((raw) => NAME.test(raw), CELL_WRONG.name),
  address: text((raw) => isIPv4(raw), CELL_WRONG.address),
});

const SHARED = z.strictObject({
  address: text(isWithPrefix, CELL_WRONG.shared),
  interface: text((raw) => /^[\w.-]{1,15}$/.test(raw), CELL_WRONG.interface),
});

const CELL = z
  .strictObject({
    cell: text((raw) => NAME.test(raw), CELL_WRONG.name),
    domain: text((raw) => DOMAIN.test(raw), CELL_WRONG.domain),
    host: text((raw) => DOMAIN.test(raw), CELL_WRONG.domain),
    machines: z.array(MACHINE_OF_CELL, CELL_WRONG.missing).length(MACHINES, CELL_WRONG.three),
    shared: SHARED.nullable().default(null),
    backups: text((raw) => /^\/[\w./-]+$/.test(raw), CELL_WRONG.folder),
  })
  .superRefine(({ machines }, faults) => {
    for (const key of ['name', 'address'] as const) {
      const values = machines.map((one) => one[key]);
      const again = values.findIndex((one, at) => values.indexOf(one) < at);
      if (again >= 0)
        faults.addIssue({
          code: 'custom',
          path: ['machines', again, key],
          message: CELL_WRONG.twice,
        });
    }
  });

/** What `cell.json` says of the three machines that are one service together. */
export type Cell = z.infer<typeof CELL>;
export type CellMachine = Cell['machines'][number];

/** The cell, or a sentence for each fault, with the place in the file where it stands. */
export function readCell(
  json: unknown,
): { readonly cell: Cell } | { readonly faults: readonly string[] } {
  const read = CELL.safeParse(json);
  if (read.success) return { cell: read.data };
  return {
    faults: read.error.issues.flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys')
        return [CELL_WRONG.at(issue.path.join('.'), issue.message)];
      return issue.keys.map((key) =>
        CELL_WRONG.at([...issue.path, key].join('.'), CELL_WRONG.unknown),
      );
    }),
  };
}

function isWithPrefix(raw: string): boolean {
  const [address = '', prefix = ''] = raw.split('/');
  return isIPv4(address) && /^([1-9]|[12]\d|3[0-2])$/.test(prefix);
}
