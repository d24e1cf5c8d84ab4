//! Readout: tag who promised, thanked or proposed what.
//!
//! The crate is a house whose data flows one way: a folder imports only from the folders above it.
//!
//! | folder | holds |
//! |---|---|
//! | [`text`] | the article as it is: offsets and spans, blocks, sentences |
//! | [`entities`] | names in it: gazetteers, patterns, linking of mentions |
//! | [`annotation`] | what people decided: codebook, tags, judgements, edits, history |
//! | [`exchange`] | file formats, in and out |
//! | [`store`] | keeping it: journal, snapshot, recovery, over small storage traits |
//! | `browser` | the browser's own: local storage, IndexedDB, files, clock, locks, other tabs |
//! | `app` | Yew: state and reducer, effects, views |
//!
//! Everything above `browser` is pure: no clock, no randomness, no input or output. Time and ids come in
//! from outside.

pub mod acts;
pub mod annotation;
pub mod app;
pub mod entities;
pub mod exchange;
pub mod store;
pub mod text;

#[cfg(feature = "web")]
pub mod browser;
