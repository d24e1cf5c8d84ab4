// Pictures of the desk for README.md, written to docs/. `cargo xtask screenshots` takes them.

import { defineConfig } from "@playwright/test";
import { launchOptions } from "./chromium.ts";

export default defineConfig({
  testDir: "screenshots",
  testMatch: "*.shot.ts",
  outputDir: "results",
  workers: 1,
  retries: 0,
  timeout: 60_000,
  reporter: [["list"]],
  use: { launchOptions, locale: "en-GB", timezoneId: "UTC" },
});
