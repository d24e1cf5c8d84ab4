// What the page does when the browser does not keep what it should: the notice says so, and the download holds every tag.
import { emptyLocalStorage, expect, fillLocalStorage, refuseSteps, test } from "../readout.ts";

const tagThree = async (page: import("@playwright/test").Page) => {
  await page.keyboard.press("Home");
  for (const digit of ["1", "2", "3"]) {
    await page.keyboard.press(digit);
    await page.keyboard.press("ArrowDown");
  }
};

/** Three tags on another article, each a step that no snapshot covers. */
const tagFresh = async (desk: import("../readout.ts").Desk, page: import("@playwright/test").Page) => {
  await page.evaluate(() => localStorage.clear());
  await desk.paste("The port\n\nWe will open the port in May. We thank our hosts. We ask the board to meet again.\n");
  await tagThree(page);
  await expect(page.locator("main [data-tags]")).toHaveCount(3);
  await desk.saved();
};

test("refused storage: the notice appears and the download holds every tag", async ({ desk, page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("refused", "SecurityError");
    };
    Object.defineProperty(window, "localStorage", { get: refuse });
    Object.defineProperty(window, "indexedDB", { get: refuse });
  });
  await desk.open();
  await expect(page.locator(".notice[data-level=error]")).toContainText("does not let Readout keep anything");
  await tagThree(page);
  await expect(page.locator("main [data-tags]")).toHaveCount(3);
  const { json } = await desk.download(() => page.locator(".notice").getByRole("button", { name: "Download JSON" }).click());
  expect(json.articles[0].tags).toHaveLength(3);
});

test("storage that fills to the last byte: work goes on in memory, the notice says so, and it is written once there is room", async ({ desk, page }) => {
  await desk.open();
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await desk.saved();
  await fillLocalStorage(page);
  await refuseSteps(page, true);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("2");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("3");
  const notice = page.locator(".notice[data-level=error]");
  await expect(notice).toContainText("No room is left in this browser");
  await expect(page.locator(".kept")).toContainText("Kept in this tab only");
  await expect(page.locator("main [data-tags]")).toHaveCount(3);
  const { json } = await desk.download(() => page.locator(".top").getByRole("button", { name: "Download JSON" }).click());
  expect(json.articles[0].tags).toHaveLength(3);
  await emptyLocalStorage(page);
  await notice.getByRole("button", { name: "Try again" }).click();
  await desk.saved();
  await expect(notice).toHaveCount(0);
  await desk.reload();
  await expect(page.locator("main [data-tags]")).toHaveCount(3);
});

test("corrupt storage: everything else is there, the notice says what was set aside and offers it", async ({ desk, page }) => {
  await desk.open();
  await tagThree(page);
  await expect(page.locator(".kept")).toContainText("Saved in this browser.");
  const damage = () =>
    page.evaluate(() => {
      const key = Object.keys(localStorage).find((key) => key.endsWith("/journal/2"))!;
      localStorage.setItem(key, localStorage.getItem(key)!.replace("gratitude", "grXtitude"));
    });
  // What is damaged in local storage alone is whole in the database: nothing to say.
  await damage();
  await desk.reload();
  await expect(page.locator("main [data-tags]")).toHaveCount(3);
  await expect(page.locator(".notice")).toHaveCount(0);

  // Without the database's copy, the step is lost.
  await tagFresh(desk, page);
  await damage();
  await page.evaluate(() => new Promise<void>((done) => {
    const open = indexedDB.open("readout");
    open.onsuccess = () => {
      const clear = open.result.transaction("steps", "readwrite").objectStore("steps").clear();
      clear.onsuccess = () => { open.result.close(); done(); };
    };
  }));
  await desk.reload();
  const notice = page.locator(".notice[data-level=warning]");
  await expect(notice).toContainText("could not be read");
  await expect(notice).toContainText("journal/2");
  await expect(page.locator("main [data-tags]")).toHaveCount(2);
  const { json } = await desk.download(() => notice.getByRole("button", { name: "Download what was set aside" }).click());
  expect(JSON.stringify(json)).toContain("grXtitude");
  // Mended: the next opening finds everything whole, and work goes on.
  await page.keyboard.press("Home");
  await page.keyboard.press("3");
  await expect(page.locator(".kept")).toContainText("Saved in this browser.");
  await desk.reload();
  await expect(page.locator(".notice")).toHaveCount(0);
  await expect(desk.current).toHaveAttribute("data-tags", "commitment proposal");
});

test("a database that refuses: texts go to local storage, and the notice says so", async ({ desk, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { get: () => undefined });
  });
  await desk.open();
  await expect(page.locator(".notice[data-level=warning]")).toContainText("blocks its database");
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await expect(page.locator(".kept")).toContainText("Saved in this browser.");
  await desk.reload();
  await expect(page.locator("main [data-tags]")).toHaveCount(1);
});

test("a lost text leaves its tags, and opening it again brings them back", async ({ desk, page, offences }) => {
  await desk.open();
  await tagThree(page);
  await expect(page.locator(".kept")).toContainText("Saved in this browser.");
  const text = await desk.text();
  await page.evaluate(() => new Promise<void>((done) => {
    const open = indexedDB.open("readout");
    open.onsuccess = () => {
      const clear = open.result.transaction("texts", "readwrite").objectStore("texts").clear();
      clear.onsuccess = () => { open.result.close(); done(); };
    };
  }));
  await desk.reload();
  await expect(page.locator(".notice")).toContainText("is gone from this browser");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await expect(page.locator("main [data-tags]")).toHaveCount(3);
  offences.clear();
});

test("a second tab follows live, cannot change anything, and takes over on request", async ({ desk, page, context, site, offences }) => {
  await desk.open();
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await expect(page.locator(".kept")).toContainText("Saved in this browser.");
  const second = await context.newPage();
  offences.watch(second, new URL(site.url).origin);
  await second.goto(site.url);
  await second.locator("html[data-ready]").waitFor({ state: "attached" });
  await expect(second.locator(".notice")).toContainText("being edited in another tab");
  await expect(second.locator("main [data-tags]")).toHaveCount(1);
  await second.keyboard.press("Home");
  await second.keyboard.press("2");
  await expect(second.locator("main [data-tags]")).toHaveCount(1);

  await page.bringToFront();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("2");
  await expect(second.locator("main [data-tags]")).toHaveCount(2);

  await second.bringToFront();
  await second.getByRole("button", { name: "Edit here instead" }).click();
  await expect(second.locator(".notice")).toHaveCount(0);
  await expect(page.locator(".notice")).toContainText("being edited in another tab");
  await second.keyboard.press("Home");
  await second.keyboard.press("ArrowDown");
  await second.keyboard.press("ArrowDown");
  await second.keyboard.press("3");
  await expect(second.locator("main [data-tags]")).toHaveCount(3);
  await expect(page.locator("main [data-tags]")).toHaveCount(3);

  // The writer goes away: the other tab becomes the writer by itself.
  await second.close();
  await expect(page.locator(".notice")).toHaveCount(0);
  await page.keyboard.press("Home");
  await page.keyboard.press("2");
  await expect(page.locator("main [data-tags~=gratitude]")).toHaveCount(2);
});
