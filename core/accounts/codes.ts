import type { ClassId, Viewer } from '../core.ts';
import { countBrowsers } from '../store/class-browsers.ts';
import { codeStates, lastSheets, levelsOfClasses } from '../store/codes.ts';
import { activate, checkCode } from './activate.ts';
import { browser, closeBrowsers, openBrowser, signInByPictures } from './class-door.ts';
import type { CodeParts } from './code-parts.ts';
import { classesOf, membersNow, ownClass, type OwnClass } from './code-rights.ts';
import type { CodeClass, CodeKind, CodePupil, Codes } from './material.ts';
import { printSheet, resetCode } from './sheets.ts';

/** Levels whose children learn to read: a class with one of them signs in by pictures. */
const BY_PICTURES: ReadonlySet<string> = new Set(['TPS', 'PS', 'MS', 'GS', 'CP', 'CE1']);

/** Everything about codes on paper, pictures and the computers of a class. */
export function openCodes(parts: CodeParts): Codes {
  return {
    classes: (viewer) => classes(parts, viewer),
    pupils: (viewer, classId) => pupils(parts, viewer, classId),
    printSheet: (viewer, order) => printSheet(parts, viewer, order),
    resetCode: (viewer, reset) => resetCode(parts, viewer, reset),
    openBrowser: (viewer, classId, token) => openBrowser(parts, viewer, classId, token),
    closeBrowsers: (viewer, classId) => closeBrowsers(parts, viewer, classId),
    browser: (token) => browser(parts, token),
    signInByPictures: (token, given) => signInByPictures(parts, token, given),
    checkCode: (address, code, from) => checkCode(parts, address, code, from),
    activate: (given, from) => activate(parts, given, from),
  };
}

async function classes(parts: CodeParts, viewer: Viewer): Promise<CodeClass[]> {
  const bySchool = Map.groupBy(await classesOf(parts, viewer), ({ school }) => school);
  const now = parts.clock();
  const all: CodeClass[] = [];
  for (const [school, own] of bySchool) {
    const known = await parts.store.read(school, async (tx) => {
      const browsers = new Map<ClassId, number>();
      for (const { schoolClass } of own) browsers.set(schoolClass.id, await countBrowsers(tx, schoolClass.id, now));
      return { levels: await levelsOfClasses(tx), sheets: await lastSheets(tx), browsers };
    });
    const names = await parts.directory.byId([...known.sheets.values()].map(({ by }) => by), { maxAgeMs: 60_000 });
    for (const one of own) {
      const sheet = known.sheets.get(one.schoolClass.id);
      const by = sheet && (one.roster.people.get(sheet.by)?.displayName ?? names.get(sheet.by)?.address ?? '');
      all.push({
        ...classOf(one, now), advised: advised(known.levels.get(one.schoolClass.id) ?? []),
        lastSheet: sheet ? { at: sheet.at, by: by ?? '' } : null, browsers: known.browsers.get(one.schoolClass.id) ?? 0,
      });
    }
  }
  return all;
}

function classOf({ school, roster, schoolClass }: OwnClass, now: Date): Omit<CodeClass, 'advised' | 'lastSheet' | 'browsers'> {
  const { id, name, cover } = schoolClass;
  return { id, school, schoolName: roster.school.name, name, cover, pupils: membersNow(roster, id, { role: 'pupil', now }).length };
}

function advised(levels: readonly string[]): CodeKind {
  return levels.some((level) => BY_PICTURES.has(level)) ? 'pictures' : 'activation';
}

async function pupils(parts: CodeParts, viewer: Viewer, classId: ClassId): Promise<CodePupil[] | null> {
  const own = await ownClass(parts, viewer, classId);
  if (!own) return null;
  const children = membersNow(own.roster, classId, { role: 'pupil', now: parts.clock() });
  const states = await parts.store.read(own.school, (tx) => codeStates(tx, children.map(({ account }) => account)));
  return children.map(({ account, displayName, address, face }) => ({
    account, face: { kind: 'child', name: displayName, address, face, cover: own.schoolClass.cover }, code: states.get(account) ?? null,
  }));
}
