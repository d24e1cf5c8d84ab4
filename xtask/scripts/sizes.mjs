// Prints the size of each file of a built site: as it is, and as a host would send it.
//
//     node sizes.mjs dist

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .map((path) => {
    const bytes = readFileSync(path);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    return {
      name: relative(folder, path),
      raw: bytes.length,
      gzip: gzipSync(bytes, { level: 9 }).length,
      brotli: brotliCompressSync(bytes, { params }).length,
    };
  })
  .sort((a, b) => b.raw - a.raw);

const sum = (key) => files.reduce((total, file) => total + file[key], 0);
const rows = [...files, { name: "all", raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") }];
const width = Math.max(...rows.map((row) => row.name.length));
const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(9);

console.log(`\n${"KB".padEnd(width)}${"raw".padStart(9)}${"gzip".padStart(9)}${"brotli".padStart(9)}`);
for (const row of rows) {
  console.log(`${row.name.padEnd(width)}${kb(row.raw)}${kb(row.gzip)}${kb(row.brotli)}`);
}
