// Fifty thousand sentences: the page opens, tags, finds and prints them, and holds every character of them.
import { expect, test } from "../readout.ts";

const COUNT = 50_000;

function article(): string {
  const parts: string[] = ["A very long record of talks"];
  for (let start = 0; start < COUNT; start += 5) {
    const sentences = [];
    for (let index = start; index < start + 5; index++) {
      sentences.push(`Delegate ${index} of Ghana said on Monday that the harbour would grow by ${index % 90} berths.`);
    }
    parts.push(sentences.join(" "));
  }
  return parts.join("\n\n");
}

test("50,000 sentences open, tag, find and print, and the text is the article's", async ({ desk, page }) => {
  test.setTimeout(180_000);
  const text = article();
  await desk.open();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await expect.poll(() => desk.text().then((shown) => shown.length), { timeout: 90_000 }).toBe(text.length);
  expect(await desk.text()).toBe(text);
  await expect(page.locator(".top .progress")).toHaveText("0 of 50,000 judged");
  // Only what is near the window has elements.
  expect(await page.locator("main *").count()).toBeLessThan(6_000);

  // A tag in the middle, reached by the find bar. One chunk is drawn anew: no other element of the article changes.
  await page.keyboard.press("Home");
  await page.keyboard.press("/");
  await page.getByRole("searchbox").fill("Delegate 25000 of");
  await expect(page.locator(".find [role=status]")).toHaveText("1 sentence");
  await page.getByRole("searchbox").press("Enter");
  await expect(desk.current).toContainText("Delegate 25000 of");
  await expect(desk.current).toBeInViewport();
  await page.getByRole("searchbox").press("Escape");
  await expect(desk.current).toBeFocused();
  const changed = await page.evaluate(async () => {
    const chunks = new Set<Element>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const chunk = element?.closest(".chunk");
        if (chunk) chunks.add(chunk);
      }
    });
    observer.observe(document.querySelector("main")!, { subtree: true, childList: true, attributes: true, characterData: true });
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: "1", code: "Digit1", bubbles: true, cancelable: true }));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    observer.disconnect();
    return chunks.size;
  });
  await expect(desk.current).toHaveAttribute("data-tags", "commitment");
  expect(changed).toBe(1);
  const tag = await page.evaluate(() => performance.getEntriesByName("readout:tag").map((entry) => entry.duration));
  console.log(`50,000 sentences: tag ${tag.map((ms) => ms.toFixed(0)).join(", ")} ms`);

  // The browser's own find reaches dormant words, and selecting everything takes everything.
  const found = await page.evaluate(() => (window as any).find("Delegate 49999 of", true, false, true));
  expect(found).toBe(true);
  const copied = await page.evaluate(() => {
    const selection = getSelection()!;
    selection.selectAllChildren(document.querySelector("main")!);
    return selection.toString().includes("Delegate 49999 of Ghana");
  });
  expect(copied).toBe(true);

  // The last sentence by key, and back.
  await page.evaluate(() => getSelection()!.removeAllRanges());
  await page.locator("main [aria-current=true]").focus();
  await page.keyboard.press("End");
  await expect(desk.current).toContainText("Delegate 49999 of");
  await expect(desk.current).toBeInViewport();
  await page.keyboard.press("3");
  await expect(desk.current).toHaveAttribute("data-tags", "proposal");

  const pdf = await page.pdf();
  expect(pdf.length).toBeGreaterThan(1_000_000);

  await desk.reload();
  await expect(page.locator(".top .progress")).toHaveText("2 of 50,000 judged");
  await expect(desk.current).toContainText("Delegate 49999 of");
});
