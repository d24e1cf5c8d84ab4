// Figures taken in the browser. `cargo xtask bench browser` takes them.

import { defineConfig } from "@playwright/test";
import { launchOptions } from "./chromium.ts";

export default defineConfig({
  testDir: "bench",
  testMatch: "*.bench.ts",
  outputDir: "results",
  workers: 1,
  retries: 0,
  timeout: 0,
  reporter: [["line"]],
  use: { launchOptions },
});
