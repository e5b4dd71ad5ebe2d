import type { Language } from '../../../core/ground/ids.ts';
import { keysOf } from '../../../core/ground/keys.ts';
import type { ReadinessLine, SeenReport } from '../../../core/town/readiness/contract.ts';
import type { DayFigures } from '../../../core/town/town/contract.ts';

/** How a part of the service, or all of it, stands. */
export type Tone = 'ok' | 'wait' | 'stop' | 'later';

/** The parts that an agent knows the service by, and the checks that tell of each. */
const PARTS = {
  arrival: ['network.ports', 'names.mx', 'network.from-outside'],
  sending: ['network.to-outside', 'mail.late', 'names.spf'],
  pages: ['network.ports', 'certificate.pages'],
  imap: ['network.ports', 'certificate.trust'],
  database: ['database.'],
  scanner: ['mail.scanner', 'mail.signatures'],
  backup: ['backup.'],
  certificates: ['certificate.'],
  work: ['mail.queue', 'mail.worker', 'mail.events', 'mail.nights'],
} as const;
type Part = keyof typeof PARTS;

/** Without these no letter arrives or leaves. */
const MAIL_STOPS: ReadonlySet<string> = new Set([
  'database.answers',
  'mail.scanner',
  'mail.queue',
  'mail.worker',
  'mail.late',
]);

/** What stands at the top of an agent's home: one of three sentences. */
export type HomeVerdict =
  | { readonly kind: 'calm' }
  | { readonly kind: 'waiting'; readonly things: number }
  | { readonly kind: 'stopped'; readonly since: Date; readonly things: number };

const linesOf = ({ groups }: Pick<SeenReport, 'groups'>): readonly ReadinessLine[] =>
  groups.flatMap(({ lines }) => lines);

const isLeft = ({ state }: ReadinessLine): boolean => state === 'amber' || state === 'red';

/** What is left to do of what is looked at: a way to a child before all else, then the worst. */
export function leftIn(report: Pick<SeenReport, 'groups'>): readonly ReadinessLine[] {
  const rank = ({ id, state }: ReadinessLine): number => {
    if (state !== 'red') return 2;
    return id === 'database.isolation' ? 0 : 1;
  };
  return linesOf(report)
    .filter(isLeft)
    .toSorted((one, other) => rank(one) - rank(other));
}

/** `things` is all that waits for an agent, lines of the report among them. */
export function verdictOf(
  report: SeenReport,
  { lateSince, things }: Pick<DayFigures, 'lateSince'> & { readonly things: number },
): HomeVerdict {
  const stops = leftIn(report).filter(({ id, state }) => state === 'red' && MAIL_STOPS.has(id));
  if (stops.length > 0) {
    const since = stops.flatMap(({ id }) => {
      const seen = report.redSince.get(id) ?? report.at;
      return id === 'mail.late' && lateSince !== null && lateSince < seen ? [lateSince] : [seen];
    });
    const first = since.sort((one, other) => one.getTime() - other.getTime())[0] ?? report.at;
    return { kind: 'stopped', since: first, things };
  }
  return things === 0 ? { kind: 'calm' } : { kind: 'waiting', things };
}

/** Each part with the worst that its checks say; `later` where nothing of it can be asked here. */
export function partsOf(report: Pick<SeenReport, 'groups'>): readonly {
  readonly part: Part;
  readonly tone: Tone;
}[] {
  const lines = linesOf(report);
  return keysOf(PARTS).map((part) => {
    const own = lines.filter(({ id }) =>
      PARTS[part].some((name) => (name.endsWith('.') ? id.startsWith(name) : id === name)),
    );
    return { part, tone: worstOf(own) };
  });
}

function worstOf(lines: readonly ReadinessLine[]): Tone {
  const states = new Set(lines.map(({ state }) => state));
  if (states.has('red')) return 'stop';
  if (states.has('amber')) return 'wait';
  return states.has('green') ? 'ok' : 'later';
}

/** The page on which a line of the report is put right. */
export function placeOf(id: string): string {
  if (id === 'people.agents') return '/agents';
  if (id === 'database.isolation') return '/agents/isolation';
  if (id === 'mail.nights') return '/agents/nights';
  if (id === 'town.report-contact') return '/reports#who';
  if (id === 'people.codes') return '/setup/pupils';
  if (id === 'people.rosters') return '/roster';
  if (id === 'people.heads') return '/school';
  if (id === 'mail.test-letter') return '/setup/trial';
  const [group] = id.split('.');
  if (group === 'names' || group === 'certificate') return '/setup/domain';
  return group === 'town' ? '/setup/town' : '/setup/trial#rd';
}

/** « 37 026 », “37,026”. */
export const numberIn = (language: Language, value: number): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB').format(value);
