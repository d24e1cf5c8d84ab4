// The table of rates of bench/, once for each way in which the program was built: TITLE=FOLDER, one a line.

import { test } from "@playwright/test";
import { serve } from "../server.mjs";

const BUILDS = (process.env.READOUT_BUILDS ?? "").split("\n").map((build) => build.split("="));

for (const [title, folder] of BUILDS) {
  test(title, async ({ browser, page }) => {
    const host = await serve(folder);
    await page.goto(host.url);
    const table = await page.evaluate(async (module) => {
      const { default: start, table } = await import(module);
      await start();
      return table(() => performance.now());
    }, `${host.url}readout-bench.js`);
    console.log(`\n${title}, in Chromium ${browser.version()}\n${table}`);
    await host.close();
  });
}
