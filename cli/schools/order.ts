import type { SchoolColumns } from '../../core/roster/school-directory/columns.ts';
import type { Flags } from '../flags.ts';
import { refused } from '../refused.ts';
import { WRONG } from '../texts/schools.ts';

/** What `preau schools import` was asked. */
export interface SchoolsOrder {
  readonly act: 'dry-run' | 'apply';
  /** Names or INSEE codes; null: those that are here. */
  readonly communes: readonly string[] | 'all' | null;
  readonly columns: SchoolColumns | null;
  /** `YYYY-MM-DD`. */
  readonly closeOn: string | null;
}

const COLUMNS = ['uai', 'name', 'commune', 'communeCode', 'type', 'state', 'sector'] as const;

/** Throws a `Fault` 'configuration' with a sentence for flags that can't be together. */
export function orderOf(flags: Flags): SchoolsOrder {
  if ((flags['apply'] === true) === (flags['dry-run'] === true)) throw refused(WRONG.dryRunOrApply);
  const { communes, columns } = flags;
  const closeOn = flags['close-on'];
  return {
    act: flags['apply'] === true ? 'apply' : 'dry-run',
    communes: typeof communes === 'string' ? communesOf(communes) : null,
    columns: typeof columns === 'string' ? columnsOf(columns) : null,
    closeOn: typeof closeOn === 'string' ? closeOn : null,
  };
}

function communesOf(text: string): SchoolsOrder['communes'] {
  if (/^(all|toutes)$/i.test(text.trim())) return 'all';
  return text
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function columnsOf(text: string): SchoolColumns {
  const pairs = text.split(',').map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    return [name.trim(), rest.join('=').trim()] as const;
  });
  const wrong = pairs.find(
    ([name, header]) => header === '' || !COLUMNS.some((column) => column === name),
  );
  const of = new Map(pairs);
  const [uai, name, commune] = [of.get('uai'), of.get('name'), of.get('commune')];
  if (wrong !== undefined || uai === undefined || name === undefined || commune === undefined)
    throw refused(WRONG.columns(wrong?.join('=') ?? text));
  return {
    uai,
    name,
    commune,
    communeCode: of.get('communeCode') ?? null,
    type: of.get('type') ?? null,
    state: of.get('state') ?? null,
    sector: of.get('sector') ?? null,
  };
}
