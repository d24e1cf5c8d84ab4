// Bad files: a clear message that names the place; nothing lost, nothing half-imported.
import { expect, test } from "../readout.ts";

const text = "A heading\n\nWe will help. We thank you.";

/** A Readout JSON of the text, changed by `alter`. */
function file(alter: (json: any) => void): Buffer {
  const json: any = {
    format: "readout",
    version: 1,
    offset_unit: "unicode-code-points",
    articles: [
      {
        title: "Altered",
        text,
        blocks: [
          { kind: "heading", start: 0, end: 9 },
          { kind: "paragraph", start: 11, end: 38 },
        ],
        sentences: [
          { id: "0-9", start: 0, end: 9, quote: "A heading" },
          { id: "11-24", start: 11, end: 24, quote: "We will help." },
          { id: "25-38", start: 25, end: 38, quote: "We thank you." },
        ],
        entities: [],
        parties: [],
        tags: [
          { id: "t1", start: 11, end: 24, quote: "We will help.", sentence: "11-24", label: "commitment", strength: "firm", origin: "person", coder: "c", created: "2026-01-31T09:30:00Z", modified: "2026-01-31T09:30:00Z" },
          { id: "t2", start: 25, end: 38, quote: "We thank you.", sentence: "25-38", label: "gratitude", origin: "person", coder: "c", created: "2026-01-31T09:30:00Z", modified: "2026-01-31T09:30:00Z" },
        ],
        judgements: [],
        suggestions: [],
      },
    ],
  };
  alter(json);
  return Buffer.from(JSON.stringify(json));
}

const cases: { name: string; buffer: Buffer; level: "error" | "warning"; says: RegExp; tags?: number }[] = [
  { name: "empty.txt", buffer: Buffer.from(""), level: "error", says: /no words/ },
  { name: "white.txt", buffer: Buffer.from(" \n\t "), level: "error", says: /no words/ },
  { name: "large.txt", buffer: Buffer.alloc(20_000_001, "word "), level: "error", says: /20\.1 MB.*20 MB/ },
  { name: "picture.png", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), level: "error", says: /PNG/i },
  { name: "invalid.txt", buffer: Buffer.concat([Buffer.from("Good words. B"), Buffer.from([0xff]), Buffer.from("d word. More good words.")]), level: "warning", says: /invalid\.txt/ },
  { name: "nul.txt", buffer: Buffer.from("Good words with one\0 in them."), level: "warning", says: /nul\.txt/ },
  { name: "broken.json", buffer: file(() => {}).subarray(0, 400), level: "error", says: /line 1/ },
  { name: "newer.json", buffer: file((json) => (json.version = 99)), level: "error", says: /newer Readout/ },
  { name: "offsets.json", buffer: file((json) => (json.articles[0].tags[1].end = 9_999)), level: "warning", says: /tag/, tags: 1 },
  { name: "label.json", buffer: file((json) => (json.articles[0].tags[1].label = "threat")), level: "warning", says: /threat/, tags: 2 },
];

for (const { name, buffer, level, says, tags } of cases) {
  test(`${name}: a message, and what was there stays`, async ({ desk, page }) => {
    await desk.open();
    await page.keyboard.press("Home");
    await page.keyboard.press("1");
    await expect(desk.current).toHaveAttribute("data-tags", "commitment");
    const before = await desk.text();
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Control+o");
    await (await chooser).setFiles({ name, mimeType: "application/octet-stream", buffer });
    const notice = page.locator(".notice");
    await expect(notice).toContainText(says);
    await expect(notice).toHaveAttribute("data-level", level);
    if (level === "error") {
      expect(await desk.text()).toBe(before);
      await expect(page.locator(".articles li")).toHaveCount(1);
      await expect(page.locator("main [data-tags]")).toHaveCount(1);
    } else if (tags !== undefined) {
      await expect(page.locator("main [data-tags]")).toHaveCount(tags);
    } else {
      await expect(page.locator(".articles li")).toHaveCount(2);
    }
  });
}

test("unknown fields come back out as they went in", async ({ desk, page }) => {
  await desk.open();
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  const buffer = file((json) => {
    json.articles[0].tags[0].confidence = { mine: 0.5 };
    json.articles[0].archive = "B 12";
  });
  await (await chooser).setFiles({ name: "fields.json", mimeType: "application/json", buffer });
  await expect(page.locator("main [data-tags]")).toHaveCount(2);
  const { json } = await desk.downloadJson();
  expect(json.articles[0].tags[0].confidence).toEqual({ mine: 0.5 });
  expect(json.articles[0].archive ?? json.articles[0].extra?.archive).toBe("B 12");
});

for (const [name, buffer, expected] of [
  ["UTF-16 with a byte order mark", Buffer.from("\ufeffZwei Wörter. Noch ein Satz 😀.", "utf16le"), "Zwei Wörter. Noch ein Satz 😀."],
  ["CRLF", Buffer.from("One line.\r\n\r\nAnother line."), "One line.\n\nAnother line."],
  ["a lone CR", Buffer.from("One line.\r\rAnother line."), "One line.\n\nAnother line."],
] as const) {
  test(`${name}: opens as it should`, async ({ desk, page }) => {
    await desk.open();
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Control+o");
    await (await chooser).setFiles({ name: "text.txt", mimeType: "text/plain", buffer });
    await expect.poll(() => desk.text()).toBe(expected);
  });
}

test("one bad file among many stops nothing, and the report names it", async ({ desk, page }) => {
  await desk.open();
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  await (await chooser).setFiles([
    { name: "one.txt", mimeType: "text/plain", buffer: Buffer.from("The first article. It is short.") },
    { name: "bad.txt", mimeType: "text/plain", buffer: Buffer.from("") },
    { name: "two.txt", mimeType: "text/plain", buffer: Buffer.from("The second article. It is short too.") },
  ]);
  await expect(page.locator(".notice")).toContainText("2 articles opened.");
  await expect(page.locator(".notice")).toContainText("bad.txt");
  await expect(page.locator(".articles li")).toHaveCount(3);
});
