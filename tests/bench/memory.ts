import { print, rounded } from './figures.ts';
import type { Ours } from './ours.ts';
import { pssParts } from './processes.ts';

const MIB = 1_048_576;
/** Spaces of V8's heap where what was just made lives; the others hold what has stayed. */
const YOUNG: readonly string[] = ['new', 'new_large_object'];

/**
 * What holds our memory: of node its heap, young and old, as V8 has set it apart (not all of it was
 * ever touched), what lies outside it, and the rest, which is the C library's, stacks and compiled
 * code of Node's own; of PostgreSQL the pages that all its processes share, and what each has
 * besides.
 */
export async function printMemoryParts({ pids, webPort }: Ours, when: string): Promise<void> {
  const node = pssParts([pids.node], [pids.postgres]);
  const postgres = pssParts([pids.postgres]);
  const heap = await heapOf(webPort);
  print({
    figure: 'memory parts (PSS)',
    when,
    node_processes: node.processes,
    node_own_mib: node.own_mib,
    node_young_mib: heap.young,
    node_old_mib: heap.old,
    node_buffers_mib: heap.buffers,
    node_programs_mib: node.files_mib,
    postgres_processes: postgres.processes,
    postgres_shared_mib: postgres.shared_mib,
    postgres_own_mib: postgres.own_mib,
    postgres_programs_mib: postgres.files_mib,
  });
}

/** Of all processes that serve, by their own figures. */
async function heapOf(
  webPort: number,
): Promise<Readonly<Record<'young' | 'old' | 'buffers', number>>> {
  const text = await (await fetch(`http://127.0.0.1:${webPort}/metrics`)).text();
  const heap = { young: 0, old: 0, buffers: 0 };
  for (const line of text.split('\n')) {
    const bytes = Number(line.slice(line.lastIndexOf(' ') + 1));
    if (line.startsWith('preau_nodejs_external_memory_bytes')) heap.buffers += bytes;
    if (!line.startsWith('preau_nodejs_heap_space_size_total_bytes{')) continue;
    const isYoung = YOUNG.some((space) => line.includes(`space="${space}"`));
    heap[isYoung ? 'young' : 'old'] += bytes;
  }
  return {
    young: rounded(heap.young / MIB),
    old: rounded(heap.old / MIB),
    buffers: rounded(heap.buffers / MIB),
  };
}
