import { agentComes } from '../../e2e/agent-door.ts';
import { launchChromium } from '../../shared/chromium.ts';
import { HOST } from './surroundings.ts';

const PASSWORD = 'trois marrons et deux billes';
/** « address », then « Code : … » on the line below, as the set-up prints them. */
const PRINTED = /, (\S+@\S+)\n\s+Code : ([^,\s]+)/g;

/** The agents come by the codes that `preau setup --file` printed; gives how many. */
export async function letAgentsCome(printed: string): Promise<number> {
  const papers = [...printed.matchAll(PRINTED)].map(([, address = '', code = '']) => ({
    address,
    code,
    password: PASSWORD,
  }));
  const browser = await launchChromium([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]);
  try {
    for (const paper of papers) {
      // Its own context: nobody's session is left for the next. The authority is the soak's own.
      const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'fr-FR' });
      await agentComes(await context.newPage(), `https://${HOST}`, paper);
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return papers.length;
}
