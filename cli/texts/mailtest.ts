import type { ReceiversWord } from '../../core/letters/message/receivers-word.ts';
import type { MailTestBegun } from '../../core/town/readiness/contract.ts';

const NOT_BEGUN: Readonly<Record<Exclude<MailTestBegun, 'sent'>, string>> = {
  'not-an-address':
    'Ce n’est pas une adresse : relisez-la lettre par lettre. / That is no address: read it again letter by letter.',
  'of-the-town':
    'Cette adresse est de la ville : la lettre ne sortirait pas. Donnez-en une d’ailleurs. / This address is the town’s own: the letter wouldn’t leave. Give one from elsewhere.',
  'too-many':
    'Vingt lettres d’essai sont parties depuis hier : attendez demain, ou voyez preau mailtest last. / Twenty test letters have left since yesterday: wait until tomorrow, or see preau mailtest last.',
  demo: 'C’est la ville de démonstration : rien ne quitte cette machine. Mettez une vraie ville en service (preau setup). / This is the demo town: nothing leaves this machine. Put a real town into service (preau setup).',
  'no-domain':
    'Le domaine de la ville n’existe pas dehors : réglez PREAU_DOMAIN, puis voyez preau dns. / The town’s domain doesn’t exist outside: set PREAU_DOMAIN, then see preau dns.',
  'no-agent':
    'Il n’y a encore aucun agent à qui une réponse arriverait : preau setup link, ou preau agent add. / There is no agent yet whom an answer would reach: preau setup link, or preau agent add.',
  'no-worker':
    'Préau ne tourne pas : rien ne partirait. Démarrez-le (preau start), puis recommencez. / Préau doesn’t run: nothing would leave. Start it (preau start), then try again.',
};

type Method = 'spf' | 'dkim' | 'dmarc';

/** What to do where a receiver isn't content. */
const TODO: Readonly<Record<Method, string>> = {
  spf: 'SPF : la machine d’où part le courrier n’est pas dans la ligne SPF du domaine. preau dns --check ; derrière un relais, il doit y être. / SPF: the machine that mail leaves from isn’t in the domain’s SPF record. preau dns --check; a relay must be in it.',
  dkim: 'DKIM : pas de signature qui tienne. preau dns --check dit si les clés sont publiées ; si oui, un relais change les lettres : qu’il n’ajoute rien. / DKIM: no signature holds. preau dns --check says whether the keys are published; if so, a relay changes letters: let it add nothing.',
  dmarc:
    'DMARC : ni SPF ni DKIM ne prouvent le domaine de l’expéditeur. Corrigez-les d’abord. / DMARC: neither SPF nor DKIM proves the sender’s domain. Mend them first.',
};

export const MAILTEST_SAYS = {
  notBegun: NOT_BEGUN,
  sent: (waitSeconds: number): string =>
    waitSeconds === 0
      ? 'La lettre d’essai part. Voyez preau mailtest last. / The test letter is leaving. See preau mailtest last.'
      : `La lettre d’essai part ; une réponse est attendue ${waitSeconds} s. Ctrl-C n’arrête que l’attente. / The test letter is leaving; an answer is waited for ${waitSeconds} s. Ctrl-C ends the waiting alone.`,
  never:
    'Aucune lettre d’essai n’est encore partie : preau mailtest ADRESSE. / No test letter has left yet: preau mailtest ADDRESS.',
  due: (reply: string | null): string =>
    reply === null
      ? 'Elle attend encore d’être essayée. Voyez preau doctor. / It still waits to be tried. See preau doctor.'
      : `Pas encore prise : « ${reply} ». Elle est essayée de nouveau d’elle-même ; si cela dure, voyez preau doctor (port 25, relais). / Not taken yet: “${reply}”. It is tried again by itself; where that lasts, see preau doctor (port 25, relay).`,
  taken: (recipient: string, reply: string): string =>
    `✓ Le serveur de ${recipient} l’a prise : / the server of ${recipient} took it: « ${reply} »`,
  refused: (reply: string): string =>
    `✗ Refusée : « ${reply} ». La réponse dit pourquoi ; corrigez, puis recommencez. / Refused: “${reply}”. The answer says why; mend it, then try again.`,
  noAnswer:
    'Aucune réponse encore. Regardez où la lettre est arrivée (boîte ou indésirables), et transférez-la en pièce jointe à postmaster@ ; puis preau mailtest last. / No answer yet. Look where the letter has come (inbox or junk), and forward it as an attachment to postmaster@; then preau mailtest last.',
  noWord:
    'Une réponse est là, mais elle ne dit rien de SPF, DKIM et DMARC. Transférez la lettre reçue en pièce jointe à postmaster@ ; puis preau mailtest last. / An answer is there, but says nothing of SPF, DKIM and DMARC. Forward the letter that came as an attachment to postmaster@; then preau mailtest last.',
  word: ({ receiver, spf, dkim, dmarc }: ReceiversWord): string =>
    `${receiver ?? 'Une messagerie sans nom / a service without a name'} : SPF ${mark(spf)}, DKIM ${mark(dkim)}, DMARC ${mark(dmarc)}`,
  allPass:
    'Ce récepteur nous croit : SPF, DKIM et DMARC tiennent. / This receiver believes us: SPF, DKIM and DMARC hold.',
  todo: TODO,
};

/** Why `--wait` isn't understood. */
export const NO_WAIT = (given: string): string =>
  `--wait : « ${given} » n’est pas une durée comme 30s ou 5m. / is no time such as 30s or 5m.`;

function mark(result: string | null): string {
  if (result === null) return '?';
  return `${result === 'pass' ? '✓' : '✗'} ${result}`;
}
