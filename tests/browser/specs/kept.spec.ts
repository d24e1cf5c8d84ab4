// What was tagged is there again: after the browser was killed, with full local storage, after switching articles, in
// two tabs, with local storage cleared. Where nothing can keep it, the page asks before it goes.
import { chromium, type Browser, type Page } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DESKTOP, launchOptions } from "../chromium.ts";
import { databaseCounts, Desk, emptyLocalStorage, expect, fillLocalStorage, refuseSteps, test } from "../readout.ts";

const OTHER = "The northern port\n\nWe will open the port in May. We thank our hosts. We ask the board to meet again.\n";
const tags = (page: Page) => page.locator("main [data-tags]");

/** A browser with a profile of its own, of which we hold the process. */
async function startBrowser(profile: string): Promise<{ browser: Browser; page: Page; kill: () => Promise<void> }> {
  const path = launchOptions.executablePath ?? chromium.executablePath();
  const options = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"];
  // A group of its own: its helpers die with it.
  const process_: ChildProcess = spawn(path, [...launchOptions.args, ...options], { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  const gone = new Promise<void>((resolve) => process_.once("exit", () => resolve()));
  const kill = async () => {
    if (process_.exitCode === null && process_.signalCode === null) process.kill(-process_.pid!, "SIGKILL");
    await gone;
  };
  for await (const line of createInterface({ input: process_.stderr! })) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      const browser = await chromium.connectOverCDP(address);
      process_.stderr!.resume();
      return { browser, page: browser.contexts()[0]!.pages()[0]!, kill };
    }
  }
  throw new Error("the browser did not start");
}

test("killed right after a tag, the browser has it when it starts again", async ({ site, offences }) => {
  // Five starts of a whole browser.
  test.slow();
  const profile = mkdtempSync(join(tmpdir(), "readout-killed-"));
  let kill = async () => {};
  try {
    const start = async () => {
      const started = await startBrowser(profile);
      kill = started.kill;
      await started.page.setViewportSize(DESKTOP.viewport);
      offences.watch(started.page, new URL(site.url).origin);
      const desk = new Desk(started.page, site);
      await desk.open();
      return desk;
    };
    // Each time one more, with nothing to wait for but the page's own word.
    for (const [before, digit] of ["1", "2", "3"].entries()) {
      const desk = await start();
      await expect(tags(desk.page)).toHaveCount(before);
      await desk.page.keyboard.press("Home");
      for (let step = 0; step < before; step++) await desk.page.keyboard.press("ArrowDown");
      await desk.page.keyboard.press(digit);
      await expect(tags(desk.page)).toHaveCount(before + 1);
      await desk.saved();
      await kill();
    }
    // The same for an article that has just come in.
    let desk = await start();
    await desk.paste(OTHER);
    await desk.page.keyboard.press("Home");
    await desk.page.keyboard.press("1");
    await expect(tags(desk.page)).toHaveCount(1);
    await desk.saved();
    await kill();
    desk = await start();
    await desk.choose("The northern port");
    await expect(tags(desk.page)).toHaveCount(1);
    await desk.page.keyboard.press("u");
    await expect(tags(desk.page)).toHaveCount(0);
  } finally {
    await kill();
    rmSync(profile, { recursive: true, force: true });
  }
});

test("with local storage full to the last byte, tags outlive switching articles and reloading", async ({ desk, page }) => {
  await desk.open();
  const sample = await page.locator(".articles .article b").innerText();
  await desk.paste(OTHER);
  await desk.choose(sample);
  await fillLocalStorage(page);
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("2");
  await expect(tags(page)).toHaveCount(2);
  // Calmly: nothing is lost, room is short.
  const notice = page.locator(".notice");
  await expect(notice).toHaveAttribute("data-level", "warning");
  await expect(notice).toContainText("Everything you tag is still saved");
  await desk.saved();

  await desk.choose("The northern port");
  await expect(tags(page)).toHaveCount(0);
  await page.keyboard.press("Home");
  await page.keyboard.press("3");
  await expect(tags(page)).toHaveCount(1);
  const { json } = await desk.download(() => page.locator(".kept").getByRole("button", { name: "Download all" }).click());
  expect(json.articles.map((article: any) => article.tags.length).sort()).toEqual([1, 2]);
  await desk.choose(sample);
  await expect(tags(page)).toHaveCount(2);
  await desk.saved();

  await desk.reload();
  await expect(tags(page)).toHaveCount(2);
  await expect(notice).toContainText("Everything you tag is still saved");
  await page.keyboard.press("Home");
  await page.keyboard.press("u");
  await expect(tags(page)).toHaveCount(1);

  // Once there is room, local storage has it all.
  await emptyLocalStorage(page);
  await notice.getByRole("button", { name: "Try again" }).click();
  await expect(notice).toHaveCount(0);
  await desk.saved();
  await desk.reload();
  await expect(tags(page)).toHaveCount(1);
  await expect(notice).toHaveCount(0);
});

test("with both stores full, tags outlive switching articles, and the page asks before it goes", async ({ desk, page }) => {
  await desk.open();
  const sample = await page.locator(".articles .article b").innerText();
  await desk.paste(OTHER);
  await desk.choose(sample);
  await desk.saved();
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked++;
    void dialog.dismiss();
  });
  await fillLocalStorage(page);
  await refuseSteps(page, true);
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("2");
  await expect(page.locator(".kept")).toContainText("Kept in this tab only");
  await desk.choose("The northern port");
  await page.keyboard.press("Home");
  await page.keyboard.press("3");
  await desk.choose(sample);
  await expect(tags(page)).toHaveCount(2);
  await page.keyboard.press("Home");
  await page.keyboard.press("u");
  await expect(tags(page)).toHaveCount(1);
  await desk.choose("The northern port");
  await expect(tags(page)).toHaveCount(1);

  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toBe(1);
  await expect(tags(page)).toHaveCount(1);

  const { json } = await desk.download(() => page.locator(".kept").getByRole("button", { name: "Download all" }).click());
  expect(json.articles.map((article: any) => article.tags.length)).toEqual([1, 1]);

  // The article that was left is written too, once there is room.
  await refuseSteps(page, false);
  await page.locator(".notice").getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".notice")).toContainText("Everything you tag is still saved");
  await desk.reload();
  expect(asked).toBe(1);
  await expect(tags(page)).toHaveCount(1);
  await desk.choose(sample);
  await expect(tags(page)).toHaveCount(1);
});

test("a cleared local storage gives back every article with its tags", async ({ desk, page, site }) => {
  await desk.open();
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await desk.paste(OTHER);
  await page.keyboard.press("Home");
  await page.keyboard.press("2");
  await expect(tags(page)).toHaveCount(1);
  await desk.saved();
  // From a page beside ours: ours would write again as it goes.
  await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await page.goto(`${site.url}sample.txt`);
  await page.evaluate(() => localStorage.clear());
  await desk.open();
  await expect(page.locator(".articles .article")).toHaveCount(2);
  for (const title of await page.locator(".articles .article b").allInnerTexts()) {
    await desk.choose(title);
    await expect(tags(page)).toHaveCount(1);
  }
  await expect(page.locator(".notice")).toHaveCount(0);
});

test("a removed article leaves nothing behind, also with full local storage", async ({ desk, page }) => {
  await desk.open();
  await desk.paste(OTHER);
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await desk.saved();
  await fillLocalStorage(page);
  await page.keyboard.press("2");
  await expect(page.locator(".notice")).toContainText("Everything you tag is still saved");
  expect(await databaseCounts(page)).toEqual({ texts: 2, steps: 2 });
  await page.getByRole("button", { name: "Remove “The northern port”" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.locator(".articles .article")).toHaveCount(1);
  expect(await databaseCounts(page)).toEqual({ texts: 1, steps: 0 });
  await desk.reload();
  await expect(page.locator(".articles .article")).toHaveCount(1);
  // The same text again is a new article.
  await desk.paste(OTHER);
  await expect(tags(page)).toHaveCount(0);
});

test("with full local storage a second tab still follows, and takes over what is in no store", async ({ desk, page, context, site, offences }) => {
  await desk.open();
  await fillLocalStorage(page);
  const second = await context.newPage();
  offences.watch(second, new URL(site.url).origin);
  await second.goto(site.url);
  await second.locator("html[data-ready]").waitFor({ state: "attached" });
  await expect(second.locator(".notice")).toContainText("being edited in another tab");
  await page.bringToFront();
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await expect(tags(second)).toHaveCount(1);

  await refuseSteps(page, true);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("2");
  await expect(page.locator(".kept")).toContainText("Kept in this tab only");
  await second.bringToFront();
  await second.getByRole("button", { name: "Edit here instead" }).click();
  await expect(tags(second)).toHaveCount(2);
  await expect(second.locator(".kept")).toContainText("Saved in this browser.");
  await expect(tags(page)).toHaveCount(2);
  await second.reload();
  await second.locator("html[data-ready]").waitFor({ state: "attached" });
  await expect(tags(second)).toHaveCount(2);
});
