// The look holds: nothing moves when tags and focus do, everything fits from a small phone to a wide screen, fingers
// find their targets, axe-core finds nothing in either theme, and paper gets the article alone.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { DESKTOP, PHONE } from "../chromium.ts";
import { expect, test } from "../readout.ts";

const AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Makes the first sentence that is not passed over current, with the focus. */
async function begin(page: Page) {
  await page.locator('[data-block="paragraph"] > [data-sentence]').first().click();
}

async function expectNoViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(AA).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n  ")}`)).toEqual([]);
}

/** Where every sentence of the article stands, in the page. */
function places(page: Page) {
  return page.locator("main [data-sentence]").evaluateAll((sentences) =>
    sentences.map((sentence) => {
      const { left, top, width, height } = sentence.getBoundingClientRect();
      const scrolled = document.querySelector(".page")?.scrollTop ?? 0;
      return [left, top + scrolled, width, height].map((value) => Math.round(value * 10) / 10);
    }),
  );
}

for (const theme of ["light", "dark"] as const) {
  for (const [name, size] of Object.entries({ desk: DESKTOP, phone: PHONE })) {
    test.describe(`${name}, ${theme}`, () => {
      test.use({ ...size, colorScheme: theme });

      test("axe finds nothing on the desk", async ({ desk, page }) => {
        await desk.open();
        await expectNoViolations(page);
        await begin(page);
        await page.keyboard.press("1");
        await expect(desk.current).toHaveAttribute("data-tags", "commitment");
        await expectNoViolations(page);
      });

      test("axe finds nothing in the help", async ({ desk, page }) => {
        await desk.open();
        await begin(page);
        await page.keyboard.press("?");
        await expect(page.locator("dialog.keys")).toBeVisible();
        await expectNoViolations(page);
      });

      test("axe finds nothing in the notice, and the notice covers nothing", async ({ desk, page }) => {
        await page.addInitScript(() => {
          Storage.prototype.setItem = () => {
            throw new DOMException("full", "QuotaExceededError");
          };
        });
        await desk.open();
        await begin(page);
        await page.keyboard.press("1");
        const notice = page.locator(".notice").first();
        await expect(notice).toBeVisible();
        await expectNoViolations(page);
        const [above, below] = [await notice.boundingBox(), await page.locator(".page").boundingBox()];
        expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y + 0.5);
      });
    });
  }
}

test("nothing moves when tags and the current sentence change", async ({ desk, page }) => {
  await desk.open();
  await begin(page);
  const before = await places(page);
  for (const key of ["1", "2", "3", "f"]) {
    await page.keyboard.press(key);
  }
  await expect(desk.current).toHaveAttribute("data-tags", "commitment gratitude proposal");
  expect(await places(page)).toEqual(before);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("0");
  await expect(desk.current).toHaveAttribute("data-judged", "");
  expect(await places(page)).toEqual(before);
});

test("bars and chips are drawn, and are no part of the text", async ({ desk, page }) => {
  await desk.open();
  const text = await desk.text();
  await begin(page);
  await page.keyboard.press("1");
  await page.keyboard.press("2");
  await expect(desk.current).toHaveAttribute("data-chip", "CG");
  const drawn = await desk.current.evaluate((sentence) => {
    const chip = getComputedStyle(sentence, "::after");
    const bar = getComputedStyle(sentence, "::before");
    return { content: chip.content, chip: chip.backgroundImage, bar: bar.backgroundImage };
  });
  expect(drawn.content).toContain("CG");
  expect(drawn.chip).toContain("gradient");
  expect(drawn.bar).toContain("gradient");
  expect(await desk.text()).toBe(text);
});

for (const width of [320, 390, 640, 899, 900, 1139, 1140, 1280, 1920, 2560]) {
  test(`everything fits at ${width} px`, async ({ desk, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await desk.open();
    await begin(page);
    await page.keyboard.press("1");
    await expect(desk.current).toHaveAttribute("data-tags", "commitment");
    const over = await page.evaluate(() => {
      const wide = (element: Element | null) => (element ? element.scrollWidth - element.clientWidth : 0);
      return [document.documentElement, ...document.querySelectorAll(".page, .top, .dock")].map(wide);
    });
    expect(Math.max(...over)).toBeLessThanOrEqual(0);
    // The chip stands on the page: 24 px is the room that it has left of the bar.
    const sentence = await desk.current.boundingBox();
    const column = await page.locator(".page").boundingBox();
    expect(sentence!.x - 36).toBeGreaterThanOrEqual(column!.x);
    // A line of the article is never longer than can be read.
    expect(sentence!.width).toBeLessThanOrEqual(600);
  });
}

test.describe("touch", () => {
  test.use(PHONE);

  test("every target is 44 px high", async ({ desk, page }) => {
    await desk.open();
    await page.locator('[data-block="paragraph"] > [data-sentence]').first().tap();
    const small = () =>
      page.locator("button:visible, select:visible, label:visible:has(input)").evaluateAll((targets) =>
        targets
          .filter((target) => {
            const style = getComputedStyle(target);
            // A target inside running words is exempt (WCAG 2.5.8).
            return !target.closest(".words") && style.visibility !== "hidden";
          })
          .map((target) => ({ what: target.textContent?.trim() || target.getAttribute("aria-label"), box: target.getBoundingClientRect() }))
          .filter(({ box }) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
          .map(({ what, box }) => `${what}: ${box.width} × ${box.height}`),
      );
    expect(await small()).toEqual([]);
    await page.locator(".dock .label").first().tap();
    await page.getByRole("button", { name: "Details" }).tap();
    await expect(page.locator(".inspector")).toBeVisible();
    expect(await small()).toEqual([]);
    await page.locator(".inspector .close").tap();
    await expect(page.locator(".inspector")).toBeHidden();
    await page.locator(".top .narrow").tap();
    await expect(page.locator(".side")).toBeVisible();
    expect(await small()).toEqual([]);
    await page.locator(".side .close").tap();
    await expect(page.locator(".side")).toBeHidden();
  });
});

test("on paper there is the article with its chips, and nothing else", async ({ desk, page }) => {
  await desk.open();
  await begin(page);
  await page.keyboard.press("1");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const part of [".top", ".side", ".inspector", ".dock", ".notices"]) {
    await expect(page.locator(part)).toBeHidden();
  }
  const paper = await page.evaluate(() => {
    const main = document.querySelector("main")!;
    const tagged = document.querySelector("[data-tags]")!;
    return {
      ink: getComputedStyle(main).color,
      chip: getComputedStyle(tagged, "::after").content,
      isWhole: document.documentElement.scrollHeight >= main.getBoundingClientRect().height,
    };
  });
  expect(paper.ink).toBe("rgb(29, 31, 35)");
  expect(paper.chip).toContain("C");
  expect(paper.isWhole).toBe(true);
});

test("with colours that the system picks, tags and the current sentence can still be seen", async ({ desk, page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await desk.open();
  await begin(page);
  await page.keyboard.press("1");
  const seen = await desk.current.evaluate((sentence) => {
    const chip = getComputedStyle(sentence, "::after");
    return { differs: chip.color !== chip.backgroundColor, outline: getComputedStyle(sentence).outlineStyle };
  });
  expect(seen).toEqual({ differs: true, outline: "solid" });
});

test("a reader who asks for less motion gets none", async ({ desk, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await desk.open();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")].filter((element) =>
      getComputedStyle(element).transitionDuration.split(", ").some((duration) => parseFloat(duration) > 0),
    ).length,
  );
  expect(moving).toBe(0);
});
