import type { WithAccounts } from '../../../core/entry/accounts/contract.ts';
import type { AddressId } from '../../../core/ground/ids.ts';
import type { WithPapers } from '../../../core/school/papers/contract.ts';
import type {
  Frame,
  Occasion,
  PaperRef,
  PaperText,
  Says,
  SlipRef,
} from '../../../core/school/papers/contract/slips.ts';
import type { FramePart } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, fileSize, hour } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/** What these pages ask of core. */
export type PapersPart = FramePart & WithPapers & WithAccounts<'proof' | 'proveAgain'>;

/** Who may have families to ask: those who teach or head. */
export const asksFamilies = ({ viewer }: Pick<Visit, 'viewer'>): boolean =>
  viewer.role === 'teacher' || viewer.heads;

/** Where a paper lies among the pages. */
export const paperPath = ({ school, paper }: PaperRef): string => `/papers/${school}/${paper}`;
/** Where a child's slip of it lies. */
export const slipPath = (ref: SlipRef): string => `${paperPath(ref)}/${ref.child}`;

/** A slip by the names in its path. */
export interface SlipNames extends PaperRef {
  readonly pupil: AddressId;
}

export const slipRefOf = ({ school, paper, pupil }: SlipNames): SlipRef => ({
  school,
  paper,
  child: pupil,
});

/** An answer in a word or two: « oui », the option, the words themselves. */
export function saidWords({ texts }: Pick<Visit, 'texts'>, frame: Frame, says: Says): string {
  if (says.kind === 'words') return says.text;
  if (says.kind !== 'option') return texts.papers.says[says.kind];
  const { question } = frame;
  return question.kind === 'choice' ? (question.options[says.option] ?? '') : '';
}

/** « jeudi 26 novembre, de 8 h 30 à 16 h 30 ». */
function occasionWords(visit: Visit, { day, lastDay, from, to }: Occasion): string {
  const { language } = visit.viewer;
  const { texts } = visit;
  const days = [day, ...(lastDay === null ? [] : [lastDay])].map((one) =>
    calendarDay(language, one),
  );
  const at = (time: string): string => hour({ ...visit.clock, timeZone: 'UTC' }, timeOf(time));
  const hours = [
    ...(from === null ? [] : [`${texts.papers.write.from} ${at(from)}`]),
    ...(to === null ? [] : [`${texts.papers.write.toHour} ${at(to)}`]),
  ].join(' ');
  return [days.join(' – '), hours].filter((one) => one !== '').join(', ');
}

const timeOf = (time: string): Date => new Date(`2000-01-01T${time}:00Z`);

/** What is signed besides its words: when, where, for how much. */
export function frameLines(visit: Visit, frame: Frame): readonly (readonly [string, string])[] {
  const words = visit.texts.papers.family;
  return [
    ...(frame.occasion === null
      ? []
      : [[words.when, occasionWords(visit, frame.occasion)] as const]),
    ...(frame.place === '' ? [] : [[words.where, frame.place] as const]),
    ...(frame.price === '' ? [] : [[words.price, frame.price] as const]),
  ];
}

/** What is signed besides its words, as lines of a page. */
export function frameList(visit: Visit, frame: Frame): Html {
  const lines = frameLines(visit, frame);
  return lines.length === 0
    ? NOTHING
    : html`
        <dl class="facts">
          ${lines.map(
            ([name, value]) => html`
              <dt>${name}</dt>
              <dd>${value}</dd>
            `,
          )}
        </dl>
      `;
}

/** The letter above the line: its paragraphs, and its files. */
export function letterBody(visit: Visit, ref: PaperRef, { body, files, version }: PaperText): Html {
  return html`
    <div class="in letter plain">
      ${body
        .trim()
        .split(/\n{2,}/)
        .map(
          (paragraph) => html`
            <p>
              ${paragraph.split('\n').map(
                (line, at) => html`
                  ${at === 0 ? NOTHING : BREAK}${line}
                `,
              )}
            </p>
          `,
        )}
      ${files.map(
        (file, place) => html`
          <p>
            <a class="file" href="${paperPath(ref)}/files/${version}/${place + 1}" download>
              ${file.name}
              <span class="small soft">${fileSize(visit.viewer.language, file.sizeBytes)}</span>
            </a>
          </p>
        `,
      )}
    </div>
  `;
}

const BREAK = html`
  <br />
`;
