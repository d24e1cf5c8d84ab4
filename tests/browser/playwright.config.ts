// What a user does, in a real browser, on dist/. `cargo xtask test e2e` runs it.
//
// A test whose title holds @phone runs on the phone alone, @both on desktop and phone, every other on the desktop
// alone. @long runs only under `cargo xtask test --long`.

import { defineConfig } from "@playwright/test";
import { DESKTOP, launchOptions, PHONE } from "./chromium.ts";

const long = process.env.READOUT_LONG !== undefined;

export default defineConfig({
  testDir: "specs",
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: { launchOptions, trace: "retain-on-failure" },
  grepInvert: long ? [] : [/@long/],
  projects: [
    { name: "desktop", use: DESKTOP, grepInvert: long ? [/@phone/] : [/@phone/, /@long/] },
    { name: "phone", use: PHONE, grep: /@phone|@both/ },
  ],
});
