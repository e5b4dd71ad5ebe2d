import type { Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { answersOf, photoMarks, type AnswerRow } from '../../store/papers/answers.ts';
import { paperChildren, type VersionRow } from '../../store/papers/papers.ts';
import { answerLine, saysOf, signerOf, slipOf, textOf } from './asked-papers.ts';
import type { CheckedSignature, PaperEvidence } from './contract.ts';
import type { PaperRef } from './contract/slips.ts';
import { paperOn } from './desk.ts';
import { evidenceText, type CarriedSignature } from './evidence-file.ts';
import type { PaperParts } from './parts.ts';
import {
  canonicalSignature,
  canonicalSlip,
  signatureHash,
  slipHash,
  type Signature,
} from './slip.ts';

/** All that was ever signed of a paper, each signature reckoned again from what is kept. */
export async function evidence(
  parts: PaperParts,
  viewer: Viewer,
  ref: PaperRef,
): Promise<PaperEvidence | null> {
  const found = await paperOn(parts, viewer, ref);
  if (found === null) return null;
  const { desk, paper } = found;
  const { school } = desk.roster;
  const { answers, children, photos } = await parts.store.read(school.id, async (tx) => ({
    answers: await answersOf(tx, [ref.paper]),
    children: await paperChildren(tx, [ref.paper]),
    photos: await photoMarks(tx, ref.paper),
  }));
  const names = new Map(children.map(({ pupil, name }) => [pupil, name]));
  const versions = [...paper.older, paper.now];
  const looked = answers.map((row) => {
    const childName = names.get(row.pupil) ?? '';
    const words = versions.find(({ version }) => version === row.version);
    const photo = photos.get(row.id) ?? null;
    return lookAt(desk.roster, { ...row, photo }, { words, childName });
  });
  return {
    ref,
    schoolName: school.name,
    timeZone: school.timeZone,
    authorName: paper.row.authorName,
    about: paper.row.about,
    texts: versions.map((row) => ({ ...textOf(row), letterHash: row.letterHash })),
    signatures: looked.map(({ checked }) => checked),
    file: evidenceText(looked.flatMap(({ carried }) => carried ?? [])),
  };
}

/** A signature reckoned again from what is kept, and as a sheet carries it. */
function lookAt(
  roster: Roster,
  row: AnswerRow,
  { words, childName }: { readonly words: VersionRow | undefined; readonly childName: string },
): { readonly checked: CheckedSignature; readonly carried: CarriedSignature | null } {
  const checked = { childName, answer: answerLine(row), hash: row.hash };
  if (words === undefined) return { checked: { ...checked, isWhole: false }, carried: null };
  const slip = slipOf(roster, words, { id: row.pupil, name: childName });
  const signature: Signature = {
    slip,
    letter: words.letterHash,
    signer: signerOf(row),
    says: saysOf(row),
    note: row.note,
    at: row.at,
    way: row.way,
    by: row.by,
    photo: row.photo,
  };
  return {
    checked: {
      ...checked,
      isWhole: slipHash(slip) === row.slipHash && signatureHash(signature) === row.hash,
    },
    carried: {
      slip: canonicalSlip(slip),
      signature: canonicalSignature(signature),
      hash: row.hash,
    },
  };
}
