import pg from 'pg';
import { afterAll } from 'vitest';
import type { AccountId, ClassId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { Card, CodeSheet } from '../../codes/contract.ts';
import { DOMAIN, openCodeTown } from './code-town.ts';

export const FROM = { ip: '192.0.2.1' };

export const address = (local: string) => `${local}@${DOMAIN}`;

export function cardOf(cards: readonly Card[], local: string): Card {
  const card = cards.find((one) => one.address === address(local));
  if (card === undefined) throw new Error(`no card for ${local}`);
  return card;
}

export const textOf = ({ code }: Card): string => (code.kind === 'activation' ? code.text : '');

export const picturesOf = ({ code }: Card): readonly string[] =>
  code.kind === 'pictures' ? code.pictures : [];

/**
 * A town whose teacher and head print sheets of codes: CE1 A comes in by pictures, CM2 B by codes
 * on paper. Put away after the tests of the file.
 */
export async function openSheetTown() {
  const town = await openCodeTown();
  const admin = new pg.Client({ connectionString: town.adminUrl });
  await admin.connect();
  const teacher = await town.viewer('claire.lefevre');
  const head = await town.viewer('mamadou.diallo');
  const ce1 = await town.classId(teacher, 'CE1 A');
  const cm2 = await town.classId(head, 'CM2 B');
  afterAll(async () => {
    await admin.end();
    await town.close();
  });
  return { town, admin, teacher, head, ce1, cm2, sheetOf, accountOf, openPc, noCodeInRows };

  async function sheetOf(
    viewer: Viewer,
    classId: ClassId,
    kind: 'pictures' | 'activation',
    families: 'with' | 'without' = 'without',
  ): Promise<CodeSheet> {
    const wish = { class: classId, kind, families, format: 'pdf' } as const;
    const sheet = await town.core.codes.printSheet(viewer, wish);
    if (sheet === null) throw new Error('no sheet');
    return sheet;
  }
  /** The account of a pupil of CE1 A. */
  async function accountOf(local: string): Promise<AccountId> {
    const child = (await town.core.codes.pupils(teacher, ce1))?.find(
      ({ face }) => face.address === address(local),
    );
    if (child === undefined) throw new Error(`no pupil ${local}`);
    return child.account;
  }
  /** Opens CE1 A on a computer, whose token comes back. */
  async function openPc(token: string | null = null): Promise<string> {
    const opened = await town.core.codes.openBrowser(teacher, ce1, token);
    if (opened === null) throw new Error('not opened');
    return opened.token;
  }
  async function noCodeInRows(codes: readonly string[]): Promise<boolean> {
    const { rows } = await admin.query<{ dump: string }>(
      `
        select string_agg(t::text, ' ') as dump
        from (
          select a::text
          from activation_code a
          union all
          select p::text
          from picture_code p
          union all
          select s::text
          from code_sheet s
          union all
          select u::text
          from audit u
        ) t
      `,
    );
    return codes.every((code) => !rows[0]?.dump.includes(code));
  }
}
