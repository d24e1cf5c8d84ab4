// The desk with the sample readout, light and dark, on a desktop and on a phone.

import { join } from "node:path";
import { DESKTOP, PHONE } from "../chromium.ts";
import { test } from "../readout.ts";

const DOCS = join(import.meta.dirname, "../../../docs");

for (const [size, device] of [["desk", DESKTOP], ["phone", PHONE]] as const) {
  for (const theme of ["light", "dark"] as const) {
    test.describe(`${size}, ${theme}`, () => {
      test.use({ ...device, colorScheme: theme });
      test("picture", async ({ desk, page }) => {
        await desk.open();
        await page.screenshot({ path: join(DOCS, `${size}-${theme}.png`) });
      });
    });
  }
}
