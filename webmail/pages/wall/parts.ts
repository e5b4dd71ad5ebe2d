import type { ClassId, SchoolId } from '../../../core/ground/ids.ts';
import type { WithTeaching } from '../../../core/school/teaching/contract.ts';
import type { Gift, GiftRef, WallRef, WithWalls } from '../../../core/school/wall/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import { faceOf } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { shortDate } from '../../frame/when.ts';
import { html, type Html } from '../../html.ts';

/** What these pages ask of core. */
export type WallPart = FramePart & WithWalls;
/** That of a class's teacher stands among its tabs. */
export type WallDeskPart = WallPart & WithTeaching<'classDetails'>;

/** A wall by the names in its path. */
export interface WallNames {
  readonly school: SchoolId;
  readonly class: ClassId;
}

export const wallRefOf = ({ school, class: classId }: WallNames): WallRef => ({ school, classId });

/** Where a wall lies among the pages. */
export const wallPath = ({ school, classId }: WallRef): string => `/walls/${school}/${classId}`;

/** Where a gift lies. */
export const giftPath = ({ school, item }: GiftRef): string => `/gifts/${school}/${item}`;

/** « Dessin de Tom », « Voix de Tom ». */
export const giftName = ({ texts }: Visit, { kind, author }: Gift): string =>
  kind === 'drawing' ? texts.walls.drawingOf(author.name) : texts.walls.voiceOf(author.name);

/** Whose something is, and since when, below it. */
export const byWhom = (visit: Visit, { author, at }: Pick<Gift, 'author' | 'at'>): Html => html`
  <p>
    ${faceOf(visit, author)}
    <span>
      <b>${author.name}</b>
      <br />
      <span class="small soft">${shortDate(visit.clock, 'child', at)}</span>
    </span>
  </p>
`;
