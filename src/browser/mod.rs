//! The browser's own: local storage, IndexedDB, files in and out, clock, locks, other tabs.
