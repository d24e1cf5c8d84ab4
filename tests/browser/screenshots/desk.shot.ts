// The desk with the sample readout half way through the work, light and dark, on a desktop and on a phone.

import { join } from "node:path";
import { DESKTOP, PHONE } from "../chromium.ts";
import { test, type Desk } from "../readout.ts";

const DOCS = join(import.meta.dirname, "../../../docs");

/** Makes the sentence with these words current, by a click or a tap as the device has it. */
async function choose(desk: Desk, words: string): Promise<void> {
  const sentence = desk.sentence(words).first();
  await sentence.scrollIntoViewIfNeeded();
  await sentence.click({ position: { x: 30, y: 12 } });
}

/** Tags sentences, then fills in the details of one. */
async function work(desk: Desk): Promise<void> {
  const { keyboard } = desk.page;
  await choose(desk, "sat down on Saturday");
  await keyboard.press("0");
  await choose(desk, "Their talks ran");
  await keyboard.press("0");
  await choose(desk, "He showed");
  await keyboard.press("2");
  await choose(desk, "Sok Chenda hoped");
  await keyboard.press("3");
  await choose(desk, "will join CEAPAD");
  await keyboard.press("1");
  await keyboard.press("b");
  await keyboard.type("Cambodia");
  await keyboard.press("Enter");
  await keyboard.press("t");
  await keyboard.type("CEAPAD");
  await keyboard.press("Enter");
  await keyboard.press("e");
  const words = desk.page.locator(".words .word");
  await words.filter({ hasText: /^will$/ }).click();
  await words.filter({ hasText: /^join$/ }).click();
  await keyboard.press("Escape");
}

for (const [size, device] of [["desk", DESKTOP], ["phone", PHONE]] as const) {
  for (const theme of ["light", "dark"] as const) {
    test.describe(`${size}, ${theme}`, () => {
      test.use({ ...device, colorScheme: theme });
      test("picture", async ({ desk, page }) => {
        await desk.open();
        await work(desk);
        if (size === "phone") await page.getByRole("button", { name: "Close" }).last().click();
        await desk.sentence("will join CEAPAD").first().evaluate((it) => it.scrollIntoView({ block: "center" }));
        await page.screenshot({ path: join(DOCS, `${size}-${theme}.png`) });
      });
      test("keys", async ({ desk, page }) => {
        test.skip(size === "phone");
        await desk.open();
        await page.keyboard.press("Home");
        await page.keyboard.press("?");
        await page.getByRole("dialog").waitFor();
        await page.screenshot({ path: join(DOCS, `keys-${theme}.png`) });
      });
    });
  }
}
