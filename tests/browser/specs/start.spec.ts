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
