/** What `preau doctor` says besides its lines, whose sentences are core's. */
export const DOCTOR_TEXTS = {
  sum: ({
    green,
    amber,
    red,
    grey,
  }: Readonly<Record<'green' | 'amber' | 'red' | 'grey', number>>) => ({
    fr: `Bons : ${green}, à voir : ${amber}, rouges : ${red}, hors compte : ${grey}.`,
    en: `Good: ${green}, to be looked at: ${amber}, red: ${red}, not counted: ${grey}.`,
  }),
  noLanguage: (given: string) =>
    `--language : fr ou en est attendu (« ${given} »). / fr or en is expected.`,
  noCheck: (given: string, known: readonly string[]) =>
    `--only : « ${given} » n’est pas une vérification ; il y a ${known.join(', ')}. / “${given}” is no check; there are those.`,
};
