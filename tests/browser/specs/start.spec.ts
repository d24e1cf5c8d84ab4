// The page starts: from any subpath, without a complaint, and with a plain word when it cannot.

import { DIST, expect, test } from "../readout.ts";
import { serve } from "../server.mjs";

test("the page answers to keys, and every file it asks for is there @both", async ({ desk, page, site }) => {
  const missing: string[] = [];
  page.on("response", (response) => {
    if (response.status() >= 400) missing.push(response.url());
  });
  await desk.open();
  expect(missing).toEqual([]);
  expect(site.asked.every((path) => path.startsWith("/some/where/"))).toBe(true);
});

test("the page starts from the root of a host as well", async ({ page, offences }) => {
  const server = await serve(DIST);
  offences.clear();
  await page.goto(server.url);
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
  await server.close();
  // This second server is the page's own origin here.
  offences.foreign.splice(0, offences.foreign.length, ...offences.foreign.filter((url) => !url.startsWith(server.url)));
});

test("a program that cannot be loaded leaves a plain word, not an empty page", async ({ page, site, offences }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(site.url);
  await expect(page.getByRole("alert")).toContainText("Readout could not start");
  await expect(page.locator("html[data-ready]")).toHaveCount(0);
  offences.clear();
});

test("without the weights the page says so, and patterns find names; the next article has them again", async ({ desk, page, offences }) => {
  const lines = "The Minister of Foreign Affairs of Japan met Kofi Mensah in Phnom Penh on 6 July 2024.";
  await page.route("**/entities.bin", (route) => route.abort());
  await desk.open();
  await expect(page.locator(".notice")).toContainText("could not be loaded");
  await expect(desk.article.locator("[data-entity=place]").first()).toBeVisible();
  await page.unroute("**/entities.bin");
  await desk.paste(lines);
  await expect(page.locator(".notice")).toHaveCount(0);
  await expect(desk.article.locator("[data-entity=date]")).toHaveText(["6 July 2024"]);
  offences.clear();
});

test("weights that are damaged are refused with a word", async ({ desk, page }) => {
  await page.route("**/entities.bin", (route) => route.fulfill({ body: "RNER and then nothing" }));
  await desk.open();
  await expect(page.locator(".notice")).toContainText("could not be loaded");
});

test("weights that never come keep the page waiting no longer than some seconds", async ({ desk, page }) => {
  await page.clock.install();
  await page.route("**/entities.bin", () => undefined);
  const opened = desk.open();
  await page.clock.runFor(10_000);
  await opened;
  await expect(page.locator(".notice")).toContainText("they take too long");
  await expect(desk.article).not.toBeEmpty();
});
