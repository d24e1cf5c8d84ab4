// A static host in one file: serves a folder on 127.0.0.1, on any free port, under a subpath. Anything that a real
// host may do to a page (caching, compressing, other headers) it leaves out.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Serves `folder` under `/mount/`.
 *
 * @param {string} folder
 * @param {string} mount a path without slashes at its ends; empty for the root
 * @returns {Promise<{url: string, asked: string[], close: () => Promise<void>}>} `url` ends with a slash; `asked`
 *   grows by the path of each request
 */
export async function serve(folder, mount = "") {
  const prefix = mount === "" ? "/" : `/${mount}/`;
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    asked.push(path);
    const inside = path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
    const file = inside === "" ? "index.html" : inside;
    try {
      if (file === undefined || normalize(file).startsWith("..")) throw new Error("outside");
      const bytes = await readFile(join(folder, file));
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
      response.end(bytes);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("not found");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

// node server.mjs [folder] [mount]: the same by hand.
if (process.argv[1] === import.meta.filename) {
  const { url } = await serve(process.argv[2] ?? "../../dist", process.argv[3]);
  console.log(url);
}
