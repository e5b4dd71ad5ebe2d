import type { Thunderbird } from '../shared/thunderbird.ts';

/** An account as Thunderbird has set it up by the settings that it found. */
interface FoundSettings {
  /** Which of its ways found them. */
  readonly by: string;
  readonly incoming: readonly [host: string, port: number, socketType: number];
  readonly outgoing: readonly [host: string, port: number, socketType: number];
}

interface ThunderbirdAccount {
  readonly address: string;
  readonly displayName: string;
  readonly password: string;
}

/** Sending ended by the window closing, or by a dialog that says why not. */
type Sending = { readonly kind: 'sent' } | { readonly kind: 'refused'; readonly says: string };

/** What somebody sees of a letter's formatting, as computed by the window. */
interface SeenFormatting {
  readonly bold: readonly (readonly [words: string, weight: string])[];
  readonly items: readonly (readonly [words: string, marker: string])[];
  readonly links: readonly string[];
  /** How many pixels wide its picture came. */
  readonly picture: number;
}

/** A letter in plain words. */
interface SeenPlain {
  readonly lines: readonly string[];
  /** This HTML stands in it all the same. */
  readonly formatted: number;
}

/** The most that any act may take, in Thunderbird's own waiting. */
const ACT_MS = 90_000;

/** What the bodies below share: waiting, the account's folders, a compose window's way. */
const SHARED = `
  const { setTimeout: later } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const pause = (ms) => new Promise((go) => later(go, ms));
  const until = async (what, ask) => {
    const end = Date.now() + ${ACT_MS};
    for (;;) {
      const value = await ask();
      if (value !== null && value !== undefined && value !== false) return value;
      if (Date.now() > end) throw new Error("not in time: " + what);
      await pause(50);
    }
  };
  const accountOf = (address) => MailServices.accounts.accounts.find(
    (one) => one.defaultIdentity?.email === address);
  const folderOf = (address, flag) => until("folder " + flag, () =>
    accountOf(address).incomingServer.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags[flag]));
  const mainWindow = Services.wm.getMostRecentWindow("mail:3pane");
  /** Not told of by IDLE alone, which has its own tests; an update may wait for one that runs. */
  const refresh = (folder) => Promise.race([pause(5000), new Promise((done) => {
    folder.QueryInterface(Ci.nsIMsgImapMailFolder).updateFolderWithListener(mainWindow.msgWindow, {
      OnStartRunningUrl() {},
      OnStopRunningUrl: () => done(),
    });
  })]);
  /** Thunderbird keeps the « Re: » of a subject as a flag. */
  const subjectOf = (one) =>
    (one.flags & Ci.nsMsgMessageFlags.HasRe ? "Re: " : "") + one.mime2DecodedSubject;
  const messageIn = (folder, subject) => until(subject, async () => {
    for (const one of folder.messages) if (subjectOf(one).includes(subject)) return one;
    await refresh(folder);
    return null;
  });
  /** A letter of the inbox, opened in the window: its page, once it has words. */
  const opened = async (address, subject) => {
    const inbox = await folderOf(address, "Inbox");
    const letter = await messageIn(inbox, subject);
    const tab = mainWindow.document.getElementById("tabmail");
    const pane = await until("the mail tab", () => tab.currentAbout3Pane);
    pane.displayFolder(inbox);
    await until("its list", () => pane.gViewWrapper?.displayedFolder === inbox);
    const row = await until("its row", () => {
      const at = pane.gDBView.findIndexOfMsgHdr(letter, true);
      return at < pane.gDBView.rowCount ? { at } : null;
    });
    pane.threadTree.selectedIndex = row.at;
    const browser = () => tab.currentAboutMessage?.getMessagePaneBrowser();
    return until("its text", () => {
      const shown = tab.currentAboutMessage?.gMessage;
      if (!shown || !subjectOf(shown).includes(subject)) return null;
      // The page of the letter before stands a while longer; each begins with its subject.
      const page = browser()?.contentDocument;
      return page?.body?.textContent.includes(subject) ? page : null;
    });
  };
  /** The window's own button; what it answers is the window gone, or a dialog's words. */
  const send = async (compose) => {
    let says = null;
    const onDialog = (dialog) => {
      says = dialog.document.getElementById("infoBody").textContent;
      later(() => dialog.document.getElementById("commonDialog").acceptDialog(), 0);
    };
    Services.obs.addObserver(onDialog, "common-dialog-loaded");
    try {
      Services.tm.dispatchToMainThread(() => compose.goDoCommand("cmd_sendNow"));
      await until("sent or refused", () => compose.closed || says !== null);
      if (says === null) return { kind: "sent" };
      await until("the window writes again", () => !compose.gSendLocked);
      compose.close();
      return { kind: "refused", says };
    } finally {
      Services.obs.removeObserver(onDialog, "common-dialog-loaded");
    }
  };
  const composed = async (open) => {
    const before = new Set(Services.wm.getEnumerator("msgcompose"));
    open();
    const compose = await until("a window to write in", () =>
      [...Services.wm.getEnumerator("msgcompose")].find((one) => !before.has(one)));
    await until("its editor", () => compose.composeEditorReady);
    return compose;
  };
  const write = (compose, text) => {
    compose.gMsgCompose.editor.QueryInterface(Ci.nsIHTMLEditor).insertText(text);
  };
`;

export type ThunderbirdActs = ReturnType<typeof thunderbirdActs>;

/** What a person does in Thunderbird, each by the parts that its own buttons press. */
export function thunderbirdActs(thunderbird: Thunderbird) {
  const act = <T>(body: string, ...args: readonly unknown[]): Promise<T> =>
    thunderbird.run<T>(`${SHARED}${body}`, ...args);
  return {
    /** Accepts the certificate that the town made itself, given as base64 of its DER. */
    trust: (host: string, port: number, certificate: string) =>
      act<null>(
        `
        const [host, port, base64] = args;
        const certificate = Cc["@mozilla.org/security/x509certdb;1"]
          .getService(Ci.nsIX509CertDB).constructX509FromBase64(base64);
        Cc["@mozilla.org/security/certoverride;1"].getService(Ci.nsICertOverrideService)
          .rememberValidityOverride(host, port, {}, certificate, false);
      `,
        ...[host, port, certificate],
      ),
    /** Looks for the settings of an address as its account hub does, and sets the account up. */
    addAccount: ({ address, displayName, password }: ThunderbirdAccount) =>
      act<FoundSettings>(
        `
        const [address, name, password] = args;
        const from = (name) => ChromeUtils.importESModule(
          "resource:///modules/accountcreation/" + name + ".sys.mjs");
        const config = await from("FetchConfig").FetchConfig.fromISP(
          address.split("@")[1], address, new AbortController().signal);
        from("AccountConfig").AccountConfig.replaceVariables(config, name, address, password);
        config.rememberPassword = true;
        await from("CreateInBackend").CreateInBackend.createAccountInBackend(config);
        const server = ({ hostname, port, socketType }) => [hostname, port, socketType];
        return {
          by: config.subSource,
          incoming: server(config.incoming),
          outgoing: server(config.outgoing),
        };
      `,
        ...[address, displayName, password],
      ),
    /** The special folders as the server names them, by Thunderbird's flag. */
    specialFolders: (address: string) =>
      act<Readonly<Record<string, string>>>(
        `
        const [address] = args;
        const found = {};
        await refresh(await folderOf(address, "Inbox"));
        for (const flag of ["Inbox", "SentMail", "Drafts", "Trash", "Junk", "Archive"])
          found[flag] = (await folderOf(address, flag)).name;
        return found;
      `,
        address,
      ),
    /** Opens a letter of the inbox in the window and gives the text that is seen. */
    read: (address: string, subject: string) =>
      act<string>('return (await opened(...args)).body.textContent.trim();', ...[address, subject]),
    /** The same, and what is seen of its formatting. */
    look: (address: string, subject: string) =>
      act<SeenFormatting>(
        `
        const page = await opened(...args);
        const style = (one) => page.defaultView.getComputedStyle(one);
        const picture = page.querySelector("img");
        await until("its picture", () => picture.complete && picture.naturalWidth > 0);
        return {
          bold: [...page.querySelectorAll("b")].map((one) => [one.textContent, style(one).fontWeight]),
          items: [...page.querySelectorAll("li")].map((one) =>
            [one.textContent, style(one).listStyleType]),
          links: [...page.querySelectorAll("a")].map(({ href }) => href),
          picture: picture.naturalWidth,
        };
      `,
        ...[address, subject],
      ),
    /** The same as « Corps du message en : texte seul » shows it. */
    lookPlain: (address: string, subject: string) =>
      act<SeenPlain>(
        `
        await opened(...args);
        Services.prefs.setBoolPref("mailnews.display.prefer_plaintext", true);
        Services.prefs.setIntPref("mailnews.display.html_as", 1);
        const about = mainWindow.document.getElementById("tabmail").currentAboutMessage;
        about.ReloadMessage();
        const page = await until("its plain words", () => {
          const shown = about.getMessagePaneBrowser().contentDocument;
          return shown?.querySelector(".moz-text-plain, .moz-text-flowed") ? shown : null;
        });
        for (const pref of ["prefer_plaintext", "html_as"])
          Services.prefs.clearUserPref("mailnews.display." + pref);
        const words = page.querySelector(".moz-text-plain, .moz-text-flowed");
        return {
          lines: words.innerText.trim().split("\\n").map((line) => line.trimEnd()),
          formatted: page.querySelectorAll("b, li, .moz-text-html").length,
        };
      `,
        ...[address, subject],
      ),
    write: (
      address: string,
      letter: { readonly to: string; readonly subject: string; readonly text: string },
    ) =>
      act<Sending>(
        `
        const [address, letter] = args;
        const fields = Cc["@mozilla.org/messengercompose/composefields;1"]
          .createInstance(Ci.nsIMsgCompFields);
        fields.to = letter.to;
        fields.subject = letter.subject;
        const params = Cc["@mozilla.org/messengercompose/composeparams;1"]
          .createInstance(Ci.nsIMsgComposeParams);
        params.type = Ci.nsIMsgCompType.New;
        params.format = Ci.nsIMsgCompFormat.Default;
        params.identity = accountOf(address).defaultIdentity;
        params.composeFields = fields;
        const compose = await composed(() =>
          MailServices.compose.OpenComposeWindowWithParams(null, params));
        write(compose, letter.text);
        return send(compose);
      `,
        ...[address, letter],
      ),
    answer: (address: string, subject: string, text: string) =>
      act<Sending>(
        `
        const [address, subject, text] = args;
        const inbox = await folderOf(address, "Inbox");
        const letter = await messageIn(inbox, subject);
        const compose = await composed(() => MailServices.compose.OpenComposeWindow(
          null, letter, inbox.getUriForMsg(letter), Ci.nsIMsgCompType.ReplyToSender,
          Ci.nsIMsgCompFormat.Default, accountOf(address).defaultIdentity, null, null));
        write(compose, text);
        return send(compose);
      `,
        ...[address, subject, text],
      ),
    /** Moves a letter of the inbox into the folder with this flag, as dragging it does. */
    move: (address: string, subject: string, flag: 'Archive' | 'Trash') =>
      act<null>(
        `
        const [address, subject, flag] = args;
        const inbox = await folderOf(address, "Inbox");
        const target = await folderOf(address, flag);
        const letter = await messageIn(inbox, subject);
        await new Promise((done, fail) => MailServices.copy.copyMessages(
          inbox, [letter], target, true, {
            QueryInterface: ChromeUtils.generateQI(["nsIMsgCopyServiceListener"]),
            onStartCopy() {}, onProgress() {}, setMessageKey() {}, getMessageId: () => null,
            onStopCopy: (status) => (Components.isSuccessCode(status) ? done() : fail(status)),
          }, mainWindow.msgWindow, true));
        await messageIn(target, subject);
      `,
        ...[address, subject, flag],
      ),
    /** Subjects that the server finds in a folder by a word of the text (SEARCH BODY). */
    search: (address: string, flag: 'Inbox' | 'Archive', word: string) =>
      act<readonly string[]>(
        `
        const [address, flag, word] = args;
        const folder = await folderOf(address, flag);
        await refresh(folder);
        const session = Cc["@mozilla.org/messenger/searchSession;1"]
          .createInstance(Ci.nsIMsgSearchSession);
        session.addScopeTerm(Ci.nsMsgSearchScope.onlineMail, folder);
        const term = session.createTerm();
        term.attrib = Ci.nsMsgSearchAttrib.Body;
        term.op = Ci.nsMsgSearchOp.Contains;
        const value = term.value;
        value.attrib = term.attrib;
        value.str = word;
        term.value = value;
        session.appendTerm(term);
        const found = [];
        await new Promise((done) => {
          session.registerListener({
            onSearchHit: (letter) => found.push(subjectOf(letter)),
            onSearchDone: () => done(),
            onNewSearch() {},
          });
          session.search(mainWindow.msgWindow);
        });
        return found;
      `,
        ...[address, flag, word],
      ),
    /** Subjects of the inbox once one of them holds these words. */
    arrives: (address: string, words: string) =>
      act<string>(
        `
        const [address, words] = args;
        const inbox = await folderOf(address, "Inbox");
        return subjectOf(await messageIn(inbox, words));
      `,
        ...[address, words],
      ),
  };
}
