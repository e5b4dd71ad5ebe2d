import { TOWN } from '../../../ground/ids.ts';
import { dropSchoolImport, listSchoolImports } from '../../../store/town/school-imports.ts';
import { changing, isActing, type TownParts } from '../parts.ts';
import { applyImport } from './apply.ts';
import type { SchoolImports } from './contract.ts';
import { choose, nameColumns, uploadFile } from './give.ts';
import { showImport } from './show.ts';
import { undoImport } from './undo.ts';

const MOST_SHOWN = 20;

export function openSchoolImports(parts: TownParts): SchoolImports {
  const { store } = parts;
  return {
    async list(by) {
      if (!(await isActing(parts, by))) return null;
      const rows = await store.read(TOWN, (tx) => listSchoolImports(tx, MOST_SHOWN));
      return rows.map(({ id, fileName, createdAt, appliedAt, undoneAt }) => ({
        id,
        file: fileName,
        at: undoneAt ?? appliedAt ?? createdAt,
        state: stateOf({ appliedAt, undoneAt }),
      }));
    },
    upload: (by, file) => uploadFile(parts, by, file),
    show: async (by, id) => ((await isActing(parts, by)) ? showImport(parts, id) : null),
    nameColumns: (by, id, columns) => nameColumns(parts, by, { id, columns }),
    choose: (by, id, choices) => choose(parts, by, { id, choices }),
    apply: (by, id, seen) => applyImport(parts, by, { id, seen }),
    async discard(by, id) {
      const gone = await changing(parts, by, async (tx) => dropSchoolImport(await tx.in(TOWN), id));
      return gone === true;
    },
    undo: (by, id) => undoImport(parts, by, id),
  };
}

function stateOf({
  appliedAt,
  undoneAt,
}: {
  readonly appliedAt: Date | null;
  readonly undoneAt: Date | null;
}): 'open' | 'applied' | 'undone' {
  if (undoneAt !== null) return 'undone';
  return appliedAt === null ? 'open' : 'applied';
}
