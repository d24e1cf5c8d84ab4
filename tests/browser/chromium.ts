// How the browser is started, for tests and pictures alike.

/** The system's Chromium, when `cargo xtask` names one; else Playwright's own. */
export const launchOptions = {
  executablePath: process.env.CHROME,
  args: [
    // The browser's own traffic would blur what the page does.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    // Chromium refuses to run as root with its sandbox.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
};

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
