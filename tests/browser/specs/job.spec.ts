// The whole job, as a user does it: open, tag, judge, undo, reload, close and reopen the browser, download. By keyboard
// alone and by mouse alone, on the sample, on an article of many scripts, and on a real one where it is at hand.
import { chromium, type Locator, type Page } from "@playwright/test";
import Ajv2020 from "ajv/dist/2020.js";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchOptions } from "../chromium.ts";
import { Desk, expect, sharedArticle, test } from "../readout.ts";

const ROOT = join(import.meta.dirname, "../../..");
const schema = JSON.parse(readFileSync(join(ROOT, "static/readout.schema.json"), "utf8"));

/** What the file must be: valid, and every quote the slice that its offsets name, counted in code points. */
function expectSound(json: any): void {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile(schema);
  expect(validate(json), JSON.stringify(validate.errors, null, 1)).toBe(true);
  for (const article of json.articles) {
    const points = [...article.text];
    let quotes = 0;
    const walk = (value: any): void => {
      if (Array.isArray(value)) return value.forEach(walk);
      if (value === null || typeof value !== "object") return;
      if (typeof value.quote === "string") {
        expect(points.slice(value.start, value.end).join("")).toBe(value.quote);
        quotes++;
      }
      Object.values(value).forEach(walk);
    };
    walk(article);
    expect(quotes).toBeGreaterThan(article.sentences.length - 1);
  }
}

/** Pastes words, as Ctrl+V on the page does. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

const labels = (desk: Desk) =>
  desk.page.locator("main [data-sentence][data-tags]").evaluateAll((all) => all.map((it) => (it as HTMLElement).dataset.tags));

const articles: { name: string; text?: string }[] = [
  { name: "the sample" },
  { name: "an article of many scripts", text: readFileSync(join(import.meta.dirname, "../texts/scripts.txt"), "utf8") },
  { name: "a real article", text: sharedArticle("phnom-penh.txt") },
];

for (const { name, text } of articles) {
  const isMissing = name === "a real article" && text === undefined;

  test(`by keyboard alone, on ${name}`, async ({ site, offences }) => {
    test.skip(isMissing, "the real article is not at hand");
    const profile = mkdtempSync(join(tmpdir(), "readout-profile-"));
    const start = () =>
      chromium.launchPersistentContext(profile, { ...launchOptions, viewport: { width: 1280, height: 800 } });
    let context = await start();
    try {
      let desk = new Desk(context.pages()[0] ?? (await context.newPage()), site);
      offences.watch(desk.page, new URL(site.url).origin);
      await desk.open("?live=all");
      if (text !== undefined) {
        await paste(desk.page, text);
        await expect.poll(() => desk.text()).toBe(text);
      }
      const { keyboard } = desk.page;
      // The first sentence that is not passed over is current; Home gives it the focus.
      await keyboard.press("Home");
      await expect(desk.current).toBeFocused();
      const first = await desk.current.getAttribute("data-sentence");
      for (const digit of ["1", "2", "3"]) {
        await keyboard.press(digit);
        await keyboard.press("ArrowDown");
      }
      await keyboard.press("0");
      await expect(desk.current).toHaveAttribute("data-judged", "");
      expect(await labels(desk)).toEqual(["commitment", "gratitude", "proposal"]);

      await keyboard.press("u");
      await expect(desk.current).not.toHaveAttribute("data-judged", "");
      await keyboard.press("Control+Shift+Z");
      await expect(desk.current).toHaveAttribute("data-judged", "");
      const judged = await desk.current.getAttribute("data-sentence");

      // Strength, a party, evidence and a note on the commitment.
      await keyboard.press("Home");
      await expect(desk.current).toHaveAttribute("data-sentence", first!);
      await keyboard.press("f");
      await keyboard.press("f");
      await expect(desk.current).toHaveAttribute("data-strength", "soft");
      await keyboard.press("b");
      await expect(desk.page.getByRole("combobox", { name: "Add who acts" })).toBeFocused();
      await keyboard.type("The harbour board");
      await keyboard.press("Enter");
      await expect(desk.current).toBeFocused();
      await keyboard.press("e");
      await expect(desk.page.locator(".words .word").first()).toBeFocused();
      await keyboard.press("Space");
      await keyboard.press("ArrowRight");
      await keyboard.press("Space");
      await keyboard.press("Escape");
      await expect(desk.current).toBeFocused();
      await expect(desk.current.locator(".evidence").first()).toBeVisible();
      await keyboard.press("n");
      await keyboard.type("zwei Wörter 😀");
      await keyboard.press("Escape");
      await expect(desk.current).toBeFocused();
      await expect(desk.page.locator(".kept")).toContainText("Saved in this browser.");

      const whole = await desk.text();
      await desk.page.reload();
      await desk.ready();
      await expect(desk.current).toHaveAttribute("data-sentence", first!);
      expect(await labels(desk)).toEqual(["commitment", "gratitude", "proposal"]);

      await context.close();
      context = await start();
      desk = new Desk(context.pages()[0] ?? (await context.newPage()), site);
      offences.watch(desk.page, new URL(site.url).origin);
      await desk.open("?live=all");
      expect(await desk.text()).toBe(whole);
      expect(await labels(desk)).toEqual(["commitment", "gratitude", "proposal"]);
      await expect(desk.page.locator(`[data-sentence="${judged}"]`)).toHaveAttribute("data-judged", "");

      // The history came back too: undo takes the note, the last thing done, and redo gives it again.
      await desk.page.keyboard.press("Home");
      await desk.page.keyboard.press("Control+z");
      await expect(desk.page.locator("textarea.note").first()).toHaveValue("");
      await desk.page.keyboard.press("Control+y");
      await expect(desk.page.locator("textarea.note").first()).toHaveValue("zwei Wörter 😀");

      const { name: file, json } = await desk.download(() => desk.page.keyboard.press("Control+s"));
      expect(file).toMatch(/\.readout\.json$/);
      expectSound(json);
      const [article] = json.articles;
      expect(article.text).toBe(whole);
      expect(article.tags.map((tag: any) => tag.label)).toEqual(["commitment", "gratitude", "proposal"]);
      expect(article.judgements.map((judgement: any) => judgement.sentence)).toEqual([judged]);
      const [commitment] = article.tags;
      expect(commitment.strength).toBe("soft");
      expect(commitment.note).toBe("zwei Wörter 😀");
      expect(commitment.evidence.length).toBeGreaterThan(0);
      const party = article.parties.find((party: any) => party.id === commitment.by[0].party);
      expect(party.name).toBe("The harbour board");
    } finally {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    }
  });

  test(`by mouse alone, on ${name}`, async ({ desk, page }) => {
    test.skip(isMissing, "the real article is not at hand");
    await desk.open("?live=all");
    if (text !== undefined) {
      const chooser = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Add articles" }).click();
      await (await chooser).setFiles({ name: "article.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
      await expect.poll(() => desk.text()).toBe(text);
    }
    const stops = page.locator('[data-block="paragraph"] > [data-sentence]');
    const inspector = page.getByRole("complementary", { name: "Sentence" });
    for (const [index, label] of ["Commitment", "Gratitude", "Proposal"].entries()) {
      await stops.nth(index).click();
      await inspector.getByRole("button", { name: label }).first().click();
      await expect(stops.nth(index)).toHaveAttribute("data-tags", label.toLowerCase());
    }
    await stops.nth(3).click();
    await inspector.getByRole("button", { name: "No label applies" }).click();
    await expect(stops.nth(3)).toHaveAttribute("data-judged", "");
    await page.locator(".told").getByRole("button", { name: "Undo" }).click();
    await expect(stops.nth(3)).not.toHaveAttribute("data-judged", "");
    await page.locator(".top").getByRole("button", { name: /^Redo/ }).click();
    await expect(stops.nth(3)).toHaveAttribute("data-judged", "");

    await stops.nth(0).click();
    await inspector.getByRole("button", { name: "Soft" }).click();
    await expect(stops.nth(0)).toHaveAttribute("data-strength", "soft");
    await inspector.getByRole("button", { name: "Pick the words that show it" }).click();
    await inspector.locator(".word").nth(1).click();
    await inspector.getByRole("button", { name: "Done" }).click();
    await expect(stops.nth(0).locator(".evidence").first()).toBeVisible();

    await desk.reload();
    await expect(stops.nth(2)).toHaveAttribute("data-tags", "proposal");
    const { json } = await desk.downloadJson();
    expectSound(json);
    expect(json.articles[0].tags).toHaveLength(3);
    expect(json.articles[0].judgements).toHaveLength(1);

    // The same file opens again in a browser that knows nothing of it, and gives the same annotations.
    const chooser = page.waitForEvent("filechooser");
    await page.evaluate(() => new Promise<void>((done) => {
      localStorage.clear();
      const request = indexedDB.deleteDatabase("readout");
      request.onsuccess = request.onerror = request.onblocked = () => done();
    }));
    await desk.reload();
    await page.getByRole("button", { name: "Add articles" }).click();
    const buffer = Buffer.from(JSON.stringify(json));
    await (await chooser).setFiles({ name: "again.readout.json", mimeType: "application/json", buffer });
    await expect(page.locator("main [data-sentence][data-tags]")).toHaveCount(3);
    const again = (await desk.downloadJson()).json;
    const strip = ({ tags, judgements, sentences, entities, parties, text }: any) => ({ tags, judgements, sentences, entities, parties, text });
    expect(strip(again.articles[0])).toEqual(strip(json.articles[0]));
  });
}

test("text that is dropped as a file opens, and the list shows both articles @both", async ({ desk, page }) => {
  await desk.open();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["The first word.\n\nThe last word is here. We will come."], "dropped.txt", { type: "text/plain" }));
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await expect.poll(() => desk.text()).toContain("The last word is here.");
  await expect(page.locator(".articles li")).toHaveCount(2);
});

test("a search leads from hit to hit, and Escape leads back to the sentence", async ({ desk, page }) => {
  await desk.open("?live=all");
  await page.keyboard.press("Home");
  await page.keyboard.press("/");
  const field = page.getByRole("searchbox");
  await expect(field).toBeFocused();
  await field.fill("kamikawa");
  await expect(page.locator(".find [role=status]")).not.toHaveText("");
  await field.press("Enter");
  await expect(desk.current).toContainText(/kamikawa/i);
  const first = await desk.current.getAttribute("data-sentence");
  await field.press("Enter");
  await expect(desk.current).not.toHaveAttribute("data-sentence", first!);
  await field.press("Escape");
  await expect(desk.current).toBeFocused();
});

test("keys act only while a sentence has the focus, and can be switched off", async ({ desk, page }) => {
  await desk.open();
  await page.getByRole("button", { name: "Keys and settings" }).focus();
  await page.keyboard.press("1");
  await expect(page.locator("main [data-tags]")).toHaveCount(0);
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog");
  await expect(sheet).toBeVisible();
  await sheet.getByRole("group", { name: "Letter keys" }).getByRole("button", { name: "Off" }).click();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(desk.current).toBeFocused();
  await page.keyboard.press("1");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("main [data-tags]")).toHaveCount(0);
  await desk.reload();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("1");
  await expect(desk.current).toBeFocused();
  await expect(page.locator("main [data-tags]")).toHaveCount(0);
});

test("an article can be removed from the browser, after a question in its place", async ({ desk, page }) => {
  await desk.open();
  await desk.paste("A second article.\n\nWe will come. We thank you.");
  await expect(page.locator(".articles li")).toHaveCount(2);
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await expect(page.locator(".kept")).toContainText("Saved in this browser.");
  const row = page.locator(".articles li", { hasText: "A second article" });
  await row.hover();
  await row.getByRole("button", { name: /^Remove “A second article/ }).click();
  await expect(page.locator(".articles .asked")).toContainText("its 1 tag");
  await page.getByRole("button", { name: "Keep" }).click();
  await expect(page.locator(".articles li")).toHaveCount(2);
  await row.hover();
  await row.getByRole("button", { name: /^Remove “A second article/ }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.locator(".articles li")).toHaveCount(1);
  await expect.poll(() => desk.text()).toContain("Kamikawa");
  const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("readout/article/")).map((key) => key.split("/")[2]));
  expect(new Set(left).size).toBe(1);
  await desk.reload();
  await expect(page.locator(".articles li")).toHaveCount(1);
});

test("a note that is being typed is in a download at once, and survives a reload at once", async ({ desk, page }) => {
  await desk.open();
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await page.keyboard.press("n");
  await page.keyboard.type("first words");
  const { json } = await desk.download(() => page.keyboard.press("Control+s"));
  expect(json.articles[0].tags[0].note).toBe("first words");
  await page.keyboard.type(" and more");
  await desk.reload();
  await expect(page.locator("textarea.note").first()).toHaveValue("first words and more");
});

test("a key for details on a sentence without a label says what is missing", async ({ desk, page }) => {
  await desk.open();
  await page.keyboard.press("Home");
  await page.keyboard.press("b");
  await expect(page.locator(".told")).toHaveText("Choose a label first.");
  await page.keyboard.press("1");
  await expect(page.locator(".told")).toContainText("Commitment added.");
});

/** Drags with the mouse from the middle of one sentence's first line to that of another. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await to.scrollIntoViewIfNeeded();
  const [start, end] = [(await from.boundingBox())!, (await to.boundingBox())!];
  await page.mouse.move(start.x + 60, start.y + 14);
  await page.mouse.down();
  await page.mouse.move(end.x + 90, end.y + 14, { steps: 6 });
  await page.mouse.up();
}

test("words dragged over with the mouse select their sentences, and a label goes to these", async ({ desk, page }) => {
  await desk.open("?live=all");
  const stops = page.locator('[data-block="paragraph"] > [data-sentence]');
  await stops.nth(4).click();
  await drag(page, stops.nth(0), stops.nth(2));
  await expect(page.locator(".inspector h2").first()).toHaveText("3 sentences selected");
  await page.keyboard.press("3");
  await expect(page.locator("main [data-tags=proposal]")).toHaveCount(3);
  await expect(stops.nth(2)).toHaveAttribute("data-tags", "proposal");
  await expect(stops.nth(4)).not.toHaveAttribute("data-tags");
  // Inside one sentence the words are picked for it.
  await drag(page, stops.nth(1), stops.nth(1));
  await expect(desk.current).toHaveAttribute("data-sentence", (await stops.nth(1).getAttribute("data-sentence"))!);
  await page.getByRole("button", { name: "Use as evidence" }).click();
  await expect(stops.nth(1).locator(".evidence").first()).toBeVisible();
});

test("Shift and a click select the sentences between, for labels, strength and parties alike", async ({ desk, page }) => {
  await desk.open("?live=all");
  const stops = page.locator('[data-block="paragraph"] > [data-sentence]');
  await stops.nth(0).click();
  await stops.nth(2).click({ modifiers: ["Shift"] });
  expect(await page.evaluate(() => getSelection()!.isCollapsed)).toBe(true);
  await page.keyboard.press("1");
  await expect(page.locator("main [data-tags=commitment]")).toHaveCount(3);
  await page.getByRole("button", { name: "Soft" }).click();
  await expect(page.locator("main [data-strength=soft]")).toHaveCount(3);
  await page.keyboard.press("b");
  await page.keyboard.type("The harbour board");
  await page.getByRole("option", { name: "Add “The harbour board”, a state" }).click();
  const { json } = await desk.downloadJson();
  const [article] = json.articles;
  const parties = new Set(article.tags.map((tag: any) => tag.by[0].party));
  expect(parties.size).toBe(1);
  expect(article.parties.find((party: any) => parties.has(party.id)).kind).toBe("state");
});

const LONG = "A long article.\n\n" + Array.from({ length: 120 }, (_, n) => `Sentence number ${n} says that the ferry will come.`).join("\n\n");

test("an article opens at its top, or where its reader was, and no label goes to a sentence out of sight", async ({ desk, page }) => {
  await desk.open();
  await paste(page, LONG);
  await expect.poll(() => desk.text()).toBe(LONG);
  const column = page.locator(".page");
  await page.keyboard.press("End");
  await expect(desk.current).toBeInViewport();
  const last = await desk.current.getAttribute("data-sentence");
  await page.locator(".articles .article").nth(1).click();
  await expect.poll(() => desk.text()).toContain("Kamikawa");
  await expect.poll(() => column.evaluate((page) => page.scrollTop)).toBe(0);
  await page.locator(".articles .article").first().click();
  await expect.poll(() => desk.text()).toBe(LONG);
  await expect(desk.current).toHaveAttribute("data-sentence", last!);
  await expect(desk.current).toBeInViewport();

  await page.keyboard.press("Home");
  await column.evaluate((page) => page.scrollTo(0, 3000));
  await expect(desk.current).not.toBeInViewport();
  await page.keyboard.press("1");
  await expect(desk.current).toBeInViewport();
  await expect(page.locator("main [data-tags]")).toHaveCount(0);
  await expect(page.locator(".told")).toContainText("Press again");
  await page.keyboard.press("1");
  await expect(desk.current).toHaveAttribute("data-tags", "commitment");
  // A step goes on from what is seen.
  await column.evaluate((page) => page.scrollTo(0, 3000));
  await expect(desk.current).not.toBeInViewport();
  await page.keyboard.press("j");
  await expect(desk.current).toBeInViewport();
  expect(Number(/number (\d+)/.exec((await desk.current.textContent())!)![1])).toBeGreaterThan(20);
});

test("a phrase of many words is picked with few keys, and Home and End stay in the picker", async ({ desk, page }) => {
  await desk.open();
  await paste(page, "A title\n\nThe two ministers said on Monday that they would very much like to meet again soon.");
  await expect.poll(() => desk.text()).toContain("meet again");
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await page.keyboard.press("e");
  const word = (text: string) => page.locator(".words .word", { hasText: text }).first();
  await expect(word("The")).toBeFocused();
  await page.keyboard.press("End");
  await expect(word("soon")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(word("The")).toBeFocused();
  await page.keyboard.press("w");
  await expect(word("would")).toBeFocused();
  await page.keyboard.press("Shift+a");
  await expect(word("again")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(desk.current.locator(".evidence").first()).toBeVisible();
  const { json } = await desk.downloadJson();
  expect(json.articles[0].tags[0].evidence.map((it: any) => it.quote)).toEqual(["would very much like to meet again"]);
});

test("what was typed for a party or to be pasted is still there after a click elsewhere", async ({ desk, page }) => {
  await desk.open();
  await page.keyboard.press("Home");
  await page.keyboard.press("1");
  await page.keyboard.press("b");
  await page.keyboard.type("Norw");
  const stops = page.locator('[data-block="paragraph"] > [data-sentence]');
  await stops.nth(1).click();
  await stops.nth(0).click();
  await expect(page.getByRole("button", { name: "Add who acts" })).toContainText("Norw…");
  await page.getByRole("button", { name: "Add who acts" }).click();
  await expect(page.getByRole("combobox", { name: "Add who acts" })).toHaveValue("Norw");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Paste text" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Half an article");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "Paste text" }).click();
  await expect(page.getByRole("dialog").getByRole("textbox")).toHaveValue("Half an article");
});

test("the question about removing has the focus on the answer that does no harm, and Escape gives it", async ({ desk, page }) => {
  await desk.open();
  await paste(page, "A second article.\n\nWe will come. We thank you.");
  await expect(page.locator(".articles li")).toHaveCount(2);
  const row = page.locator(".articles li", { hasText: "A second article" });
  await row.hover();
  await row.getByRole("button", { name: /^Remove/ }).click();
  await expect(page.getByRole("button", { name: "Keep" })).toBeFocused();
  await expect(page.getByRole("button", { name: "Keep" })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Escape");
  await expect(page.locator(".articles .asked")).toHaveCount(0);
  await row.hover();
  await row.getByRole("button", { name: /^Remove/ }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.locator(".articles li")).toHaveCount(1);
  await expect(page.locator(".told")).toContainText("Article removed.");
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
});

test("Enter right after typing leads to the first hit, and the found words are marked", async ({ desk, page }) => {
  await desk.open("?live=all");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("kamikawa");
  await page.keyboard.press("Enter");
  await expect(desk.current).toContainText(/kamikawa/i);
  const marked = () =>
    page.evaluate(() => {
      const names = ["found", "found-now"] as const;
      return names.map((name) => [...((CSS as any).highlights.get(name) ?? [])].map((range: any) => String(range).toLowerCase()));
    });
  await expect.poll(async () => (await marked())[1].includes("kamikawa")).toBe(true);
  expect((await marked()).flat().every((words) => words === "kamikawa")).toBe(true);
  const [find, title] = [(await page.locator(".find").boundingBox())!, (await page.locator("[data-block].title").boundingBox())!];
  await page.locator(".page").evaluate((page) => page.scrollTo(0, 0));
  expect(find.y + find.height).toBeLessThanOrEqual((await page.locator("[data-block].title").boundingBox())!.y + 1);
  expect(title.width).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await marked()).flat().length).toBe(0);
});

test("a title is changed in its place, with undo, and the coder is asked for a name once, holding nothing up", async ({ desk, page }) => {
  await desk.open();
  await page.locator(".top h1 button").click();
  await page.getByRole("textbox", { name: "Title" }).fill("Another title");
  await page.keyboard.press("Enter");
  await expect(page.locator(".top h1")).toHaveText("Another title");
  await expect(page.locator(".articles .article").first()).toContainText("Another title");
  const first = await desk.downloadJson();
  expect(first.json.articles[0].title).toBe("Another title");
  await page.locator(".notice").getByLabel("Your name").fill("Sok D.");
  await page.keyboard.press("Enter");
  await expect(page.locator(".notice")).toHaveCount(0);
  const second = await desk.downloadJson();
  expect(second.json.coders[0].name).toBe("Sok D.");
  await page.keyboard.press("Home");
  await page.keyboard.press("Control+z");
  await expect(page.locator(".top h1")).not.toHaveText("Another title");
});

test("what each label means can be read without a pointer", async ({ desk, page }) => {
  await desk.open();
  const means = page.getByText("What the labels mean");
  await means.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".inspector")).toContainText("A party gives thanks for something it received.");
});
