import { classesOf, ownClass, membersNow, type OwnClass } from '../../directory/own-classes.ts';
import type { AccountId, ClassId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { countBrowsers } from '../../store/people/class-browsers.ts';
import { codeStates, lastSheets, levelsOfClasses } from '../../store/people/code-states.ts';
import type { CodeState } from '../../store/people/contract.ts';
import type { CodeParts } from '../codes/code-parts.ts';
import { advised } from '../codes/first-codes.ts';
import { printSheet, resetCode } from '../codes/sheets.ts';
import { activate, checkCode } from './activate.ts';
import { browser, closeBrowsers, openBrowser, signInByPictures } from './class-door.ts';
import type { CodeClass, CodePupil, Codes } from './contract.ts';

/** Everything about codes on paper, pictures and the computers of a class. */
export function openCodes(parts: CodeParts): Codes {
  return {
    classes: (viewer) => classes(parts, viewer),
    pupils: (viewer, classId) => pupils(parts, viewer, classId),
    printSheet: (viewer, order) => printSheet(parts, viewer, order),
    resetCode: (viewer, reset) => resetCode(parts, viewer, reset),
    openBrowser: (viewer, classId, token) => openBrowser({ parts, viewer }, classId, token),
    closeBrowsers: (viewer, classId) => closeBrowsers(parts, viewer, classId),
    browser: (token) => browser(parts, token),
    signInByPictures: (token, given) => signInByPictures(parts, token, given),
    checkCode: (address, code, from) => checkCode(parts, { address, code, from }),
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
      for (const { schoolClass } of own)
        browsers.set(schoolClass.id, await countBrowsers(tx, schoolClass.id, now));
      return { levels: await levelsOfClasses(tx), sheets: await lastSheets(tx), browsers };
    });
    const names = await parts.directory.byId(
      [...known.sheets.values()].flatMap(({ by }) => by ?? []),
      { maxAgeMs: 60_000 },
    );
    for (const one of own) {
      const sheet = known.sheets.get(one.schoolClass.id);
      const by =
        sheet && sheet.by !== null
          ? (one.roster.people.get(sheet.by)?.displayName ?? names.get(sheet.by)?.address)
          : null;
      all.push({
        ...(await classOf(parts, one)),
        advised: advised(known.levels.get(one.schoolClass.id) ?? []),
        lastSheet: sheet ? { at: sheet.at, by: by || null } : null,
        browsers: known.browsers.get(one.schoolClass.id) ?? 0,
      });
    }
  }
  return all;
}

async function classOf(
  parts: CodeParts,
  own: OwnClass,
): Promise<Omit<CodeClass, 'advised' | 'lastSheet' | 'browsers'>> {
  const { id, name, cover } = own.schoolClass;
  return {
    id,
    school: own.school,
    schoolName: own.roster.school.name,
    timeZone: own.roster.school.timeZone,
    name,
    cover,
    pupils: (await membersNow(parts, own)).length,
  };
}

async function pupils(
  parts: CodeParts,
  viewer: Viewer,
  classId: ClassId,
): Promise<CodePupil[] | null> {
  const own = await ownClass(parts, viewer, classId);
  if (!own) return null;
  const children = await membersNow(parts, own);
  const states = new Map<AccountId, CodeState>();
  for (const [home, members] of Map.groupBy(children, (member) => member.home))
    for (const [account, state] of await parts.store.read(home, (tx) =>
      codeStates(
        tx,
        members.map(({ person }) => person.account),
      ),
    ))
      states.set(account, state);
  return children.map(({ person: { account, displayName, address, face } }) => ({
    account,
    face: { kind: 'child', name: displayName, address, face, cover: own.schoolClass.cover },
    code: states.get(account) ?? null,
  }));
}
