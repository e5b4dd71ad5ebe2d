import type { ClassId } from '../../../core/ground/ids.ts';
import type { WithPhrases } from '../../../core/mail/phrases/contract.ts';
import { classAnswer, type ClassPart } from '../../components/class-tabs.ts';
import { surroundingsOf } from '../../frame/frame.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { familiesLine } from './class-families.ts';
import { phrasesLine } from './class-phrases.ts';
import { saidOf } from './class-said.ts';
import { switchLines } from './class-switches.ts';
import { settingLine, type SettingLine } from './setting-line.ts';

/** GET /classes/:class/settings: what holds for all of a class, a line each. */
export async function classSettings(
  visit: Visit<ClassPart & WithPhrases<'ofClass'>>,
  id: ClassId,
  said: unknown,
): Promise<Answer> {
  const { teaching, phrases } = visit.core;
  const [details, ownPhrases, surroundings] = await Promise.all([
    teaching.classDetails(visit.viewer, id),
    phrases.ofClass(visit.viewer, id),
    surroundingsOf(visit),
  ]);
  if (details === null) return MISSING;
  const here = atSchool(visit, details);
  const words = here.texts.teaching.settings;
  const writing = [
    ...switchLines(here, details),
    ...(ownPhrases === null ? [] : [phrasesLine(here, id, ownPhrases)]),
  ];
  const teachersOnly = html`
    <p class="soft">${words.teachersOnly}</p>
  `;
  return classAnswer(here, surroundings, {
    tab: 'settings',
    details,
    said: saidOf(here, details, said),
    refused: false,
    content: html`
      <div class="stack">
        ${details.teaches ? NOTHING : teachersOnly}
        <div class="sheet sets">
          ${group(here, words.writing, writing)}
          ${group(here, words.families, familiesLine(here, details))}
        </div>
      </div>
    `,
  });
}

function group(visit: Visit, title: string, lines: readonly SettingLine[]): Html {
  if (lines.length === 0) return NOTHING;
  return html`
    <h2>${title}</h2>
    ${lines.map((one) => settingLine(visit, one))}
  `;
}
