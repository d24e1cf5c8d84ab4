// What every test of the page shares: the built site on a server of its own, and the page as a user meets it.
//
//     import { expect, test } from "../readout.ts";
//
// Each test gets `site`, the built site's server, and `desk`, the page in words of the user. After each test, it is
// checked that nothing was asked of another origin and that the console showed no error.

import { expect, test as base, type Download, type Locator, type Page } from "@playwright/test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./server.mjs";

export { expect } from "@playwright/test";

const ROOT = join(import.meta.dirname, "../..");

/** The built site. */
export const DIST = join(ROOT, "dist");

type Server = Awaited<ReturnType<typeof serve>>;

/** A text that lies beside the project and may be missing: the article's text, or undefined. */
export function sharedArticle(name: string): string | undefined {
  const path = join(ROOT, "../shared/articles", name);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** The page, as a user meets it. */
export class Desk {
  constructor(
    readonly page: Page,
    readonly site: Server,
  ) {}

  /** Opens the page, and waits until the article answers to keys. `query` is the address's, such as `?live=all`. */
  async open(query = ""): Promise<void> {
    await this.page.goto(this.site.url + query);
    await this.ready();
  }

  /** Waits until the article answers to keys. */
  async ready(): Promise<void> {
    await this.page.locator("html[data-ready]").waitFor({ state: "attached" });
  }

  /** Loads the page again, as a reader would. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** The article's element. */
  get article(): Locator {
    return this.page.locator("main");
  }

  /** The sentence that keys act on. */
  get current(): Locator {
    return this.page.locator("main [data-sentence][aria-current=true]");
  }

  /** The live sentence that holds these words. */
  sentence(words: string): Locator {
    return this.page.locator("main [data-sentence]", { hasText: words });
  }

  /** The article's text, as the page holds it: live and dormant alike. */
  text(): Promise<string> {
    return this.article.evaluate((main) => main.textContent ?? "");
  }

  /** The labels on a sentence, in the order of the codebook. */
  async tags(sentence: Locator): Promise<string[]> {
    return ((await sentence.getAttribute("data-tags")) ?? "").split(" ").filter((label) => label !== "");
  }

  /** Does what starts a download, and gives the file's name and its content as JSON. */
  async download(how: () => Promise<unknown>): Promise<{ name: string; json: any }> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), how()]);
    return { name: download.suggestedFilename(), json: JSON.parse(await content(download)) };
  }

  /** Waits until all that was done is saved, by the page's own word. */
  async saved(): Promise<void> {
    await expect(this.page.locator(".kept")).toContainText("Saved in this browser.");
  }

  /** Brings in an article by pasting it, and waits until it is open. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
    await expect.poll(() => this.text()).toBe(text);
  }

  /** Opens the article of the list with this title. */
  async choose(title: string): Promise<void> {
    await this.page.locator(".articles .article", { hasText: title }).click();
    await expect(this.page.locator(".articles .article[aria-current=page]")).toContainText(title);
  }

  /** The current article, through the button "Download JSON". */
  downloadJson(): Promise<{ name: string; json: any }> {
    return this.download(() => this.page.getByRole("button", { name: "Download JSON", exact: true }).click());
  }
}

/** Leaves no room in local storage, as another page of the same origin would. */
export function fillLocalStorage(page: Page): Promise<void> {
  return page.evaluate(() => {
    // In ever smaller pieces, down to the last byte.
    for (let size = 1 << 22, index = 0; size > 0; size = Math.floor(size / 2)) {
      try {
        for (;;) localStorage.setItem(`other-page/${index++}`, "x".repeat(size));
      } catch {
        // No room for this size.
      }
    }
  });
}

/** Takes away what {@link fillLocalStorage} put there. */
export function emptyLocalStorage(page: Page): Promise<void> {
  return page.evaluate(() =>
    Object.keys(localStorage).filter((key) => key.startsWith("other-page/")).forEach((key) => localStorage.removeItem(key)),
  );
}

/** Lets the database refuse further steps, as on a full disk, or take them again. */
export function refuseSteps(page: Page, isFull: boolean): Promise<void> {
  return page.evaluate((isFull) => {
    const store = IDBObjectStore.prototype as any;
    for (const name of ["add", "put"]) {
      store[`real-${name}`] ??= store[name];
      store[name] = function (...args: unknown[]) {
        if (isFull && this.name === "steps") throw new DOMException("full", "QuotaExceededError");
        return store[`real-${name}`].apply(this, args);
      };
    }
  }, isFull);
}

/** What the database holds: texts, and steps with snapshots. */
export function databaseCounts(page: Page): Promise<{ texts: number; steps: number }> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open("readout"));
    const count = (store: string) => done(database.transaction(store).objectStore(store).count());
    const counts = { texts: await count("texts"), steps: await count("steps") };
    database.close();
    return counts;
  });
}

/** The bytes of a download, read as UTF-8. */
export async function content(download: Download): Promise<string> {
  return readFileSync(await download.path(), "utf8");
}

/** What a page did that no page of ours should. Tests that provoke it clear the lists. */
export class Offences {
  readonly errors: string[] = [];
  readonly foreign: string[] = [];

  /** Watches a page; a test that opens further pages adds them. */
  watch(page: Page, origin: string): void {
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol !== "blob:" && url.protocol !== "data:" && url.origin !== origin) {
        this.foreign.push(request.url());
      }
    });
  }

  clear(): void {
    this.errors.length = 0;
    this.foreign.length = 0;
  }
}

export const test = base.extend<{ desk: Desk; offences: Offences }, { site: Server }>({
  site: [
    async ({}, use) => {
      // Under a subpath, as on many hosts: an address written from the root would fail.
      const server = await serve(DIST, "some/where");
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  offences: [
    async ({ page, site }, use) => {
      const offences = new Offences();
      offences.watch(page, new URL(site.url).origin);
      await use(offences);
      expect(offences.foreign, "requests to another origin").toEqual([]);
      expect(offences.errors, "errors on the console").toEqual([]);
    },
    { auto: true },
  ],
  desk: async ({ page, site }, use) => {
    await use(new Desk(page, site));
  },
});
