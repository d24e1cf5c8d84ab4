// Opening many files: a folder of mixed files with its progress bar, stopped and gone on with; archives; rich text
// from the clipboard; and what happens when the importers cannot be had.
import { Desk, expect, test } from "../readout.ts";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Page } from "@playwright/test";
import { zip } from "../zip.ts";

/** Drops files or folders of this machine on the page, as the system's file manager does. */
async function drop(page: Page, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: 400, y: 300, data });
  }
}

function write(folder: string, name: string, content: string | Buffer): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const words = (n: number) => `The two ministers met in town number ${n} on Monday. Minister Okoro will send ${n} boats.`;

/** 200 files in folders, of which 12 are no articles. */
function mixed(folder: string): { good: number; bad: string[] } {
  const bad: string[] = [];
  for (let n = 0; n < 200; n += 1) {
    const place = `part ${n % 3}/`;
    const name = `${place}report ${String(n).padStart(3, "0")}`;
    if (n % 17 === 3) {
      const broken = { 0: ["png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])], 1: ["txt", Buffer.from(" \n ")], 2: ["docx", Buffer.from("PK\x03\x04 and no more")] }[n % 3]! as [string, Buffer];
      write(folder, `${name}.${broken[0]}`, broken[1]);
      bad.push(`${name}.${broken[0]}`);
    } else if (n % 5 === 1) {
      write(folder, `${name}.md`, `# Report ${n}\n\n${words(n)}\n\n- First *item*\n- Second item\n`);
    } else if (n % 5 === 2) {
      write(folder, `${name}.html`, `<!doctype html><title>Report ${n}</title><h1>Report ${n}</h1><p>${words(n)}</p><script>alert(1)</script>`);
    } else if (n % 5 === 3) {
      write(folder, `${name}.txt`, Buffer.from(`Report ${n}\n\nCaf\xe9 number ${n}. ${words(n)}`, "latin1"));
    } else {
      write(folder, `${name}.txt`, `Report ${n}\n\n${words(n)}`);
    }
  }
  write(folder, ".DS_Store", "not an article");
  return { good: 200 - bad.length, bad };
}

const rows = (page: Page) => page.getByRole("navigation", { name: "Articles" }).locator("button.article");

test("a folder of 200 mixed files is stopped half way, gone on with, and each bad one is named", async ({ desk, page }, info) => {
  test.slow();
  const folder = info.outputPath("readouts");
  const { good, bad } = mixed(folder);
  await desk.open();
  const before = await rows(page).count();
  // Pressed from inside the page: it is faster than a hand that waits for the bar.
  const stopped = page.evaluate(async () => {
    for (;;) {
      const bar = document.querySelector("progress");
      if (bar !== null && bar.value >= 80) {
        bar.parentElement?.querySelector("button")?.click();
        return bar.max;
      }
      await new Promise(requestAnimationFrame);
    }
  });
  await drop(page, [folder]);
  expect(await stopped).toBe(200);
  const bar = page.locator("progress");
  await expect(page.getByText(/Stopped after \d+/)).toBeVisible();
  await expect(bar).toHaveCount(0);
  const half = await rows(page).count();
  expect(half).toBeGreaterThan(before + 40);
  expect(half).toBeLessThan(before + good);
  // The reader works on meanwhile.
  await page.keyboard.press("1");
  await expect(desk.current).toHaveAttribute("data-tags", "commitment");
  await page.getByRole("button", { name: "Go on opening" }).click();
  await expect(page.getByText(`${good} articles opened.`)).toBeVisible({ timeout: 60_000 });
  await expect(rows(page)).toHaveCount(before + good);
  // The newest stand first, in the order of their files, also when the page is opened again.
  await expect(rows(page).nth(1)).toContainText("Report 6");
  for (const name of bad) await expect(page.locator(".notice li", { hasText: `readouts/${name}` })).toHaveCount(1);
  await expect(page.locator(".notice li").filter({ hasNotText: "read as windows-1252" })).toHaveCount(bad.length);
  await expect(desk.current).toHaveAttribute("data-tags", "commitment");
  await desk.reload();
  await expect(rows(page)).toHaveCount(before + good);
  await expect(rows(page).nth(1)).toContainText("Report 6");
});

test("an archive is a folder of files; what cannot be opened in it is named", async ({ desk, page }) => {
  await desk.open();
  const files = zip({
    "2026/january.txt": `January\n\n${words(1)}`,
    "2026/february.html": `<!doctype html><h1>February</h1><p>${words(2)}</p>`,
    "../../etc/march.txt": `March\n\n${words(3)}`,
    "inner.zip": zip({ "april.txt": `April\n\n${words(4)}` }),
    "map.png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    "__MACOSX/._january.txt": "resource",
  });
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  await (await chooser).setFiles({ name: "readouts.zip", mimeType: "application/zip", buffer: files });
  await expect(page.getByText("3 articles opened.")).toBeVisible();
  await expect(page.locator(".notice li")).toHaveCount(2);
  await expect(page.locator(".notice li", { hasText: "readouts.zip/inner.zip" })).toContainText("archive inside an archive");
  await expect(page.locator(".notice li", { hasText: "readouts.zip/map.png" })).toContainText("picture");
  for (const title of ["January", "February", "March"]) {
    await expect(page.locator(".articles").getByRole("button", { name: new RegExp(`^${title}`) })).toBeVisible();
  }
});

test("without the importers the page says so, and opens what it can", async ({ desk, page, offences }) => {
  await page.route("**/readout-import_bg.wasm", (route) => route.abort());
  await desk.open();
  const before = await desk.text();
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  const markdown = Buffer.from(`# May\n\n${words(5)}`);
  await (await chooser).setFiles({ name: "may.md", mimeType: "text/markdown", buffer: markdown });
  await expect(page.locator(".notice li")).toContainText("could not be loaded");
  expect(await desk.text()).toBe(before);
  await page.unroute("**/readout-import_bg.wasm");
  const again = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  await (await again).setFiles({ name: "may.md", mimeType: "text/markdown", buffer: markdown });
  await expect(desk.article).toContainText("number 5");
  offences.clear();
});

/** A page of a news site, as somebody would select and copy it. */
const page_of_news = `<html><head><script>document.title = "stolen"</script></head><body><!--StartFragment-->
<h1>Two ministers agree on a ferry</h1>
<p>LOMÉ, 6 July (Own agency) — Minister Abla Mensah thanked <a href="https://example.invalid/a">her colleague</a>
for the visit.&nbsp;She will send two boats.</p>
<figure><img src="https://example.invalid/x.png"><figcaption>The old ferry at the pier</figcaption></figure>
<h2>What was agreed</h2><ul><li>A ferry twice a day</li><li>A ticket of 300 francs</li></ul>
<blockquote>We propose a second pier.</blockquote>
<script>document.title = "stolen"</script><!--EndFragment--></body></html>`;

test("a pasted news page keeps headings, lists, captions and quotations", async ({ desk, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await desk.open();
  await page.evaluate(async (html) => {
    const plain = "Two ministers agree on a ferry. She will send two boats.";
    const item = new ClipboardItem({
      "text/html": new Blob([html], { type: "text/html" }),
      "text/plain": new Blob([plain], { type: "text/plain" }),
    });
    await navigator.clipboard.write([item]);
  }, page_of_news);
  await page.keyboard.press("Control+v");
  await expect(desk.article).toContainText("She will send two boats.");
  const { json } = await desk.downloadJson();
  const article = json.articles[0];
  const points = Array.from(article.text as string);
  const blocks = article.blocks.map((block: any) => [block.kind, points.slice(block.start, block.end).join("")]);
  expect(blocks).toEqual([
    ["heading", "Two ministers agree on a ferry"],
    ["dateline", "LOMÉ, 6 July (Own agency) —"],
    ["paragraph", expect.stringMatching(/^Minister Abla Mensah thanked her colleague for the visit\.\sShe will send two boats\.$/)],
    ["caption", "The old ferry at the pier"],
    ["heading", "What was agreed"],
    ["list-item", "A ferry twice a day"],
    ["list-item", "A ticket of 300 francs"],
    ["quotation", "We propose a second pier."],
  ]);
});

test("hostile rich text neither runs nor loads anything", async ({ desk, page }) => {
  await desk.open();
  // Put into the event as another program could: the clipboard's own interface would clean it.
  await page.evaluate(() => {
    const data = new DataTransfer();
    const tricks = [
      `<img src="https://example.invalid/x.png" onerror="document.title = 'stolen'">`,
      `<svg onload="document.title = 'stolen'"><script>document.title = "stolen"</script></svg>`,
      `<iframe src="javascript:parent.document.title = 'stolen'"></iframe>`,
      `<link rel="stylesheet" href="https://example.invalid/x.css"><style>* { display: none }</style>`,
      `<meta http-equiv="refresh" content="0; url=https://example.invalid/">`,
    ];
    data.setData("text/html", `<p>We will send two boats.</p>${tricks.join("")}<p>We thank them.</p>`);
    data.setData("text/plain", "We will send two boats. We thank them.");
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(desk.article).toContainText("We will send two boats.");
  expect((await desk.text()).trim()).toBe("We will send two boats.\n\nWe thank them.");
  await expect(page).not.toHaveTitle(/stolen/);
});

test("everything that was downloaded comes back into a browser that has the articles without their tags", async ({ desk, page, browser, site }) => {
  const other = () => ({ name: "other.txt", mimeType: "text/plain", buffer: Buffer.from(`Other\n\n${words(8)}\n\n${words(9)}`) });
  const choose = async (at: Page, file: ReturnType<typeof other>): Promise<void> => {
    const chooser = at.waitForEvent("filechooser");
    await at.keyboard.press("Control+o");
    await (await chooser).setFiles(file);
  };
  await desk.open();
  await page.keyboard.press("1");
  await choose(page, other());
  await expect(desk.article).toContainText("number 8");
  await page.keyboard.press("3");
  await expect(desk.current).toHaveAttribute("data-tags", "proposal");
  const all = (at: Page) => at.getByRole("button", { name: "Download all" }).click();
  const before = await desk.download(() => all(page));
  const labels = (json: any) => json.articles.map((article: any) => [article.title, article.tags.map((tag: any) => tag.label)]).sort();
  expect(labels(before.json).flatMap(([, tags]: any) => tags).sort()).toEqual(["commitment", "proposal"]);

  // The sample and the other text are there, without a tag; the second of the file is open, then the first.
  const context = await browser.newContext();
  const fresh = new Desk(await context.newPage(), site);
  await fresh.open();
  await choose(fresh.page, other());
  await expect(fresh.article).toContainText("number 8");
  await choose(fresh.page, { name: before.name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(before.json)) });
  await expect(fresh.page.getByText("2 were here already")).toBeVisible();
  const after = await fresh.download(() => all(fresh.page));
  expect(labels(after.json)).toEqual(labels(before.json));
  await context.close();
});
