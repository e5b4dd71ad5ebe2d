import { plural } from './plural-en.ts';
import type { searchFr } from './search-fr.ts';

/** Words of the search of all one's mail. Part of `en.ts`. */
export const searchEn: typeof searchFr = {
  title: 'Search the messages',
  titled: (words) => `Search: ${words}`,
  label: { child: 'Find a message', adult: 'Search the messages' },
  go: 'Search',
  wipe: 'Clear the search',
  back: { child: 'What you found', adult: 'Found' },
  count: (count) => (count === 0 ? 'No message' : plural(count, 'message', 'messages')),
  newest: (count) => `The newest ${count}`,
  within: (messages, conversations) =>
    `${messages}, ${plural(conversations, 'conversation', 'conversations')}`,
  hits: ' messages found',
  everywhere: 'in all folders',
  nothing: {
    child: 'No message has these words. Try one word only, or a first name.',
    adult: 'No message has all these words. Try a single word, a name or an address.',
  },
  type: {
    child: 'Write a word or a first name.',
    adult: 'Write one or more words, a name or an address.',
  },
  hint: 'The search reads the subject, the text, the names and the attachments of your messages.',
  thrown: (count) => `${plural(count, 'message', 'messages')} in the bin and junk`,
  seeThrown: 'Search there too',
  lies: (folder) => `In ${folder}`,
  filters: 'Filters of the search',
  people: 'People',
  without: (condition) => `Remove “${condition}”`,
  unread: {
    day: (text) => `“${text}” is no day that is understood. Write 5/11, November or yesterday.`,
    folder: (text) => `None of your folders is called “${text}”.`,
  },
  chip: {
    from: (name) => `From ${name}`,
    to: (name) => `To ${name}`,
    file: (name) => `File ${name}`,
    anyFile: 'With a file',
    before: (day) => `Before ${day}`,
    since: (day) => `Since ${day}`,
    in: (name) => `In ${name}`,
    subject: (words) => `Subject ${words}`,
    phrase: (words) => `“${words}”`,
    not: (condition) => `Without ${condition}`,
    askFrom: 'From…',
    askIn: 'In…',
  },
  yes: 'yes',
  september: 'September',
};
