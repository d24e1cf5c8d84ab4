// What is suggested: taken, dismissed and learnt by keyboard alone, kept over a reload, looked at and forgotten.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { DESKTOP, PHONE } from "../chromium.ts";
import { type Desk, expect, test } from "../readout.ts";

/** What is suggested now, as sentence and label. */
function suggested(desk: Desk): Promise<string[]> {
  return desk.page
    .locator("main [data-sentence][data-suggestion]")
    .evaluateAll((all) => all.map((it) => `${(it as HTMLElement).dataset.suggestion}: ${it.textContent}`));
}

/** Waits until something is suggested. */
async function waitForSuggestions(desk: Desk): Promise<void> {
  await expect(desk.page.locator("main [data-suggestion]").first()).toBeAttached();
}

/** The panel of suggestions, opened by its key. */
async function openPanel(page: Page) {
  await page.keyboard.press("g");
  const panel = page.getByRole("dialog", { name: "Suggestions" });
  await expect(panel).toBeVisible();
  return panel;
}

/** An article in which somebody condemns, again and again, and once more at the end. */
const CONDEMNING = [
  "Norway condemned the attack on the convoy.",
  "The minister condemned the arrests in the harbour town.",
  "Ms. Halloran strongly condemned the shelling of the school.",
  "Both governments condemned the theft of the grain.",
  "The council condemned the use of force against the miners.",
  "In a statement, Chile condemned the break-in at its embassy.",
  "The envoy condemned these threats as unlawful.",
  "Peru condemned the sale of the stolen paintings.",
  "The union condemned the closing of the newspaper.",
  "He condemned the violence on both sides of the river.",
  "The meeting lasted two hours.",
  "Kenya condemned the burning of the market.",
  "The president opened the harbour.",
];

test("by keyboard alone: suggested, taken, dismissed, and after a reload still so", async ({ desk, page }) => {
  await desk.open("?live=all");
  await waitForSuggestions(desk);
  const { keyboard } = page;
  await keyboard.press("Home");
  const all = (await suggested(desk)).length;
  expect(all).toBeGreaterThan(4);

  // Taking one gives the tag with all that it says.
  await keyboard.press("Shift+S");
  const label = await desk.current.getAttribute("data-suggestion");
  const taken = await desk.current.getAttribute("data-sentence");
  await keyboard.press("s");
  await expect(desk.current).toHaveAttribute("data-tags", label!);

  await keyboard.press("Shift+S");
  const dismissed = await desk.current.getAttribute("data-sentence");
  expect(dismissed).not.toBe(taken);
  const refused = await desk.current.getAttribute("data-suggestion");
  await keyboard.press("x");
  await expect(desk.current).not.toHaveAttribute("data-suggestion", refused!);

  await desk.saved();
  await desk.reload();
  await waitForSuggestions(desk);
  await expect(page.locator(`[data-sentence="${taken}"]`)).toHaveAttribute("data-tags", label!);
  await expect(page.locator(`[data-sentence="${dismissed}"]`)).not.toHaveAttribute("data-suggestion", refused!);

  const { json } = await desk.download(() => keyboard.press("Control+s"));
  const [article] = json.articles;
  const statuses = article.suggestions.map((it: any) => it.status).sort();
  expect(statuses.filter((it: string) => it !== "open")).toEqual(["dismissed", "taken"]);
  const [tag] = article.tags;
  expect(tag.origin).toBe("accepted-suggestion");
  expect(tag.evidence.length).toBeGreaterThan(0);
});

test("a label of one's own: taught by keyboard, suggested after ten, after a reload still, forgotten on request", async ({
  desk,
  page,
}) => {
  await desk.open("?live=all");
  // A codebook with a fourth label comes in with a file.
  const text = CONDEMNING.join("\n");
  const codebook = {
    id: "four",
    labels: [
      { id: "commitment", name: "Commitment", color: "blue", key: "1" },
      { id: "gratitude", name: "Gratitude", color: "sky", key: "2" },
      { id: "proposal", name: "Proposal", color: "purple", key: "3" },
      { id: "condemnation", name: "Condemnation", color: "vermilion", key: "4" },
    ],
  };
  await openFile(page, "four.readout.json", JSON.stringify({ format: "readout", version: 1, offset_unit: "unicode-code-points", codebook, articles: [{ title: "Four", text }] }));
  await expect.poll(() => desk.text()).toBe(text);
  const unseen = desk.sentence("Kenya condemned");
  const { keyboard } = page;
  await keyboard.press("Home");
  await expect(desk.current).toBeFocused();
  for (let turn = 0; turn < 10; turn++) {
    await keyboard.press("4");
    await expect(desk.current).toHaveAttribute("data-tags", /condemnation/);
    await keyboard.press("ArrowDown");
  }
  await expect(unseen).toHaveAttribute("data-suggestion", /condemnation/);
  await expect(desk.sentence("The meeting lasted")).not.toHaveAttribute("data-suggestion");
  await expect(desk.sentence("opened the harbour")).not.toHaveAttribute("data-suggestion");

  await desk.saved();
  await desk.reload();
  await expect(unseen).toHaveAttribute("data-suggestion", /condemnation/);

  await keyboard.press("Home");
  const panel = await openPanel(page);
  await expect(panel).toContainText("10 that fit");
  await expect(panel).toContainText("condemned");
  const forget = panel.getByRole("button", { name: "Forget" });
  await forget.click();
  await forget.click();
  await expect(panel).toContainText("Nothing yet.");
  await keyboard.press("Escape");
  await expect(unseen).not.toHaveAttribute("data-suggestion");
  // What was tagged stays.
  await expect(desk.sentence("Norway condemned")).toHaveAttribute("data-tags", "condemnation");
});

test("undo takes a lesson back", async ({ desk, page }) => {
  await desk.open("?live=all");
  await waitForSuggestions(desk);
  const before = await suggested(desk);
  const { keyboard } = page;
  await keyboard.press("Home");
  await keyboard.press("Shift+S");
  for (let turn = 0; turn < 4; turn++) {
    await keyboard.press("x");
    await keyboard.press("Shift+S");
  }
  await expect.poll(async () => (await suggested(desk)).length).toBeLessThan(before.length - 2);
  for (let turn = 0; turn < 4; turn++) await keyboard.press("u");
  await expect.poll(() => suggested(desk)).toEqual(before);
  expect(await page.evaluate(() => localStorage.getItem("readout/learned") ?? "")).not.toContain('"known"');
});

test("the threshold and the order are chosen, and kept", async ({ desk, page }) => {
  await desk.open("?live=all");
  await waitForSuggestions(desk);
  const usual = (await suggested(desk)).length;
  await page.keyboard.press("Home");
  let panel = await openPanel(page);
  await panel.getByRole("button", { name: /^90/ }).click();
  await expect.poll(async () => (await suggested(desk)).length).toBeLessThan(usual);
  expect(await suggested(desk)).not.toEqual([]);
  await panel.getByRole("button", { name: "None" }).click();
  await expect.poll(() => suggested(desk)).toEqual([]);
  await panel.getByRole("button", { name: /^50/ }).click();
  await expect.poll(async () => (await suggested(desk)).length).toBe(usual);
  await panel.getByRole("button", { name: "To the least sure first" }).click();
  await page.keyboard.press("Escape");
  await desk.reload();
  await waitForSuggestions(desk);
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+S");
  const least = await desk.current.getAttribute("data-chip");
  const scores = await page.locator("main [data-suggestion]").evaluateAll((all) => all.map((it) => (it as HTMLElement).dataset.chip));
  const doubt = (chip: string | null | undefined) => Math.abs(Number(/\d+/.exec(chip ?? "")?.[0] ?? "100") - 50);
  expect(doubt(least)).toBe(Math.min(...scores.map(doubt)));
});

test("all that are very sure are taken after a look at the list, and undone as one", async ({ desk, page }) => {
  await desk.open("?live=all");
  await waitForSuggestions(desk);
  await page.keyboard.press("Home");
  const panel = await openPanel(page);
  const rows = await panel.locator(".preview li").count();
  expect(rows).toBeGreaterThan(0);
  await panel.getByRole("button", { name: /^Take (these|it)/ }).click();
  await expect(page.locator("main [data-tags]")).toHaveCount(rows);
  await expect(panel).toContainText(`${rows} taken, 0 dismissed: 100\u00a0% taken.`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("u");
  await expect(page.locator("main [data-tags]")).toHaveCount(0);
});

for (const theme of ["light", "dark"] as const) {
  for (const [name, device] of [["desk", DESKTOP], ["phone", PHONE]] as const) {
    test.describe(`${name}, ${theme}`, () => {
      test.use({ ...device, colorScheme: theme });

      test("axe finds nothing in the panel, and it fits", async ({ desk, page }) => {
        await desk.open("?live=all");
        await waitForSuggestions(desk);
        await page.keyboard.press("Home");
        await page.keyboard.press("Shift+S");
        await page.keyboard.press("s");
        const panel = await openPanel(page);
        await expect(panel).toContainText("taken");
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n  ")}`)).toEqual([]);
        const overflow = await panel.evaluate((it) => it.scrollWidth - it.clientWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/panel-${name}-${theme}.png` });
      });
    });
  }
}

/** Opens a file, as dropping it on the page does. */
async function openFile(page: Page, name: string, content: string): Promise<void> {
  await page.evaluate(
    ({ name, content }) => {
      const data = new DataTransfer();
      data.items.add(new File([content], name, { type: "application/json" }));
      document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    { name, content },
  );
}
