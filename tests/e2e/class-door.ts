import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { downloaded } from '../shared/downloaded.ts';
import type { AnyPage, PlainPage } from '../shared/plain/page.ts';

/** A child on a class's sheet of codes. */
interface PictureCode {
  /** The first name. */
  readonly name: string;
  /** The three pictures, in words, in their order. */
  readonly pictures: readonly string[];
}

/** Has an adult's page make the sheet of a class of little ones anew: the codes before are void. */
export async function codesOnPaper(
  adult: Page | PlainPage,
  base: string,
  className: string,
): Promise<readonly PictureCode[]> {
  await adult.goto(`${base}/codes`);
  // Who has one class alone is led to it.
  const isOnly = /\/codes\/\d+$/.test(adult.url());
  if (!isOnly) await adult.click(`.books .cahier:has-text("${className}")`);
  const replaces = adult.locator('input[name=replace]');
  if ((await replaces.count()) > 0) await replaces.setChecked(true);
  const { bytes } = await downloaded(adult, 'text=Fichier pour publipostage');
  const rows = parse<Record<string, string>>(bytes, { bom: true, columns: true });
  return rows.map(({ Élève: name = '', Code: code = '' }) => ({
    name: name.split(' ')[0] ?? name,
    pictures: code.split(', '),
  }));
}

/** Lets a class in on this browser: its teacher goes, and its children's names stand there. */
export async function openClass(adult: AnyPage, base: string, className: string): Promise<void> {
  await adult.goto(`${base}/codes`);
  // Who has one class alone is led to it.
  const isOnly = /\/codes\/\d+$/.test(adult.url());
  if (!isOnly) await adult.click(`.books .cahier:has-text("${className}")`);
  await adult.click('form[action$="/open"] button');
  await adult.waitForURL('**/class/*');
}

/** A child touches their name and then their pictures. */
export async function touchPictures(page: AnyPage, { name, pictures }: PictureCode): Promise<void> {
  await page.click(`.names a:has-text("${name}") >> nth=0`);
  for (const picture of pictures) await page.click(`.code button:has-text("${picture}")`);
}
