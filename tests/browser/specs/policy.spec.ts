// An article is text from anywhere, and may not leave the machine. So the page's policy must hold even if a script of
// someone else's ran in it: here one does, in the page and in a worker, and tries every way out that it has.
//
// A second server counts what reaches it. Nothing must.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test as base } from "../readout.ts";
import { serve } from "../server.mjs";

type Server = Awaited<ReturnType<typeof serve>>;

const test = base.extend<{ elsewhere: Server }>({
  elsewhere: async ({ offences }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "readout-"));
    writeFileSync(join(folder, "script.js"), "globalThis.intruded = true;");
    writeFileSync(join(folder, "style.css"), "body { opacity: 0.5 }");
    const server = await serve(folder);
    await use(server);
    expect(server.asked, "requests that reached the other origin").toEqual([]);
    await server.close();
    // Refusals are what these tests are about: the browser reports each on the console, and names the request.
    offences.clear();
  },
});

/** Ways out of a page. Each gives "refused" when the browser stopped it at once, or waits for what tells. */
const WAYS: Record<string, (url: string) => Promise<string>> = {
  fetch: (url) => fetch(url, { mode: "no-cors" }).then(() => "sent", () => "refused"),
  XMLHttpRequest: (url) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onload = () => resolve("sent");
      request.onerror = () => resolve("refused");
      request.open("GET", url);
      request.send();
    }),
  EventSource: (url) =>
    new Promise((resolve) => {
      const source = new EventSource(url);
      source.onopen = () => resolve("sent");
      source.onerror = () => resolve("refused");
    }),
  WebSocket: (url) =>
    new Promise((resolve) => {
      try {
        const socket = new WebSocket(url.replace("http", "ws"));
        socket.onopen = () => resolve("sent");
        socket.onerror = () => resolve("refused");
      } catch {
        resolve("refused");
      }
    }),
  image: (url) => settle(new Image(), { src: url }),
  script: (url) => settle(document.createElement("script"), { src: `${url}script.js` }),
  "module script": (url) => settle(document.createElement("script"), { type: "module", src: `${url}script.js` }),
  "style sheet": (url) => settle(document.createElement("link"), { rel: "stylesheet", href: `${url}style.css` }),
  prefetch: (url) => settle(document.createElement("link"), { rel: "prefetch", href: url }),
  frame: (url) => refusal(() => document.body.append(Object.assign(document.createElement("iframe"), { src: url }))),
  object: (url) => refusal(() => document.body.append(Object.assign(document.createElement("object"), { data: url }))),
  font: (url) => new FontFace("elsewhere", `url(${url}font.woff2)`).load().then(() => "sent", () => "refused"),
  media: (url) => settle(document.createElement("video"), { src: url }),
  beacon: (url) => refusal(() => navigator.sendBeacon(url, "text")),
  form: (url) =>
    refusal(() => {
      const form = Object.assign(document.createElement("form"), { action: url, method: "post" });
      document.body.append(form);
      form.submit();
    }),
  "inline style with an address": (url) =>
    refusal(() => {
      const style = document.createElement("style");
      style.textContent = `@import "${url}style.css"; body { background: url(${url}image.png) }`;
      document.head.append(style);
    }),
  "import()": (url) => import(`${url}script.js`).then(() => "sent", () => "refused"),
  // A worker from an address, even of our own, would not be bound by a policy that stands in the page.
  "worker from an address": () =>
    refusal(() => {
      try {
        new Worker(new URL("boot.js", document.baseURI)).onerror = () => undefined;
      } catch {
        document.dispatchEvent(new Event("securitypolicyviolation"));
      }
    }),
};

/** Both are put into the page, where the ways run. */
function settle(element: HTMLElement, attributes: object): Promise<string> {
  return new Promise((resolve) => {
    element.addEventListener("load", () => resolve("sent"));
    element.addEventListener("loadeddata", () => resolve("sent"));
    element.addEventListener("error", () => resolve("refused"));
    document.addEventListener("securitypolicyviolation", () => resolve("refused"), { once: true });
    Object.assign(element, attributes);
    document.head.append(element);
  });
}

function refusal(attempt: () => unknown): Promise<string> {
  return new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", () => resolve("refused"), { once: true });
    attempt();
  });
}

for (const [name, way] of Object.entries(WAYS)) {
  test(`a script in the page reaches no other origin by ${name}`, async ({ desk, page, elsewhere }) => {
    await desk.open();
    const code = `(() => { ${settle}; ${refusal}; return (${way})(${JSON.stringify(elsewhere.url)}); })()`;
    expect(await page.evaluate(code)).toBe("refused");
    expect(await page.evaluate("globalThis.intruded")).toBeUndefined();
  });
}

for (const name of ["fetch", "XMLHttpRequest", "EventSource", "WebSocket", "import()"]) {
  test(`a worker reaches no other origin by ${name}`, async ({ desk, page, elsewhere }) => {
    await desk.open();
    const code = `(${WAYS[name]})(${JSON.stringify(elsewhere.url)}).then(postMessage, () => postMessage("refused"))`;
    const answer = await page.evaluate(
      (code) =>
        new Promise((resolve) => {
          const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
          const worker = new Worker(address);
          worker.onmessage = (event) => resolve(event.data);
          worker.onerror = (event) => resolve(`the worker failed: ${event.message}`);
        }),
      code,
    );
    expect(answer).toBe("refused");
  });
}

test("a worker cannot load a script of another origin", async ({ desk, page, elsewhere }) => {
  await desk.open();
  const answer = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const code = `try { importScripts("${url}script.js"); postMessage("sent") } catch { postMessage("refused") }`;
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
        worker.onmessage = (event) => resolve(event.data);
      }),
    elsewhere.url,
  );
  expect(answer).toBe("refused");
});

test("markup that someone slips in runs no script", async ({ desk, page, elsewhere }) => {
  await desk.open();
  const refused = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const seen: string[] = [];
        document.addEventListener("securitypolicyviolation", (event) => {
          seen.push(event.effectiveDirective);
          if (seen.includes("script-src-elem") && seen.includes("script-src-attr") && seen.includes("img-src")) {
            resolve(true);
          }
        });
        const script = document.createElement("script");
        script.textContent = "globalThis.intruded = true";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", `<img src="${url}" onerror="globalThis.intruded = true">`);
      }),
    elsewhere.url,
  );
  expect(refused).toBe(true);
  expect(await page.evaluate("globalThis.intruded")).toBeUndefined();
});

test("text is never run as script", async ({ desk, page, elsewhere: _ }) => {
  await desk.open();
  const outcome = await page.evaluate(
    () =>
      new Promise((resolve) => {
        // In a task of its own: what the test runs directly is not bound by the page's policy.
        setTimeout(() => {
          try {
            resolve(new Function("return 'run'")());
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      }),
  );
  expect(outcome).toBe("EvalError");
});
