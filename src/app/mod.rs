//! The page: state and reducer, effects, views. Views are functions of state and hold no business rules.
//!
//! What needs no browser (the state, its reducer, chunks, keys, movement, words) builds and is tested without
//! one; `view`, `hands`, `effects`, `session`, `opening` and
//! `downloads` come with the feature `web`.

pub mod chunks;
pub mod evidence;
pub mod find;
pub mod keys;
pub mod movement;
pub mod parties;
pub mod state;
pub mod strip;
#[cfg(feature = "web")]
mod study;
pub mod told;
pub mod words;

#[cfg(feature = "web")]
mod coder;
#[cfg(feature = "web")]
mod downloads;
#[cfg(feature = "web")]
mod effects;
#[cfg(feature = "web")]
mod engine;
#[cfg(feature = "web")]
pub mod hands;
#[cfg(feature = "web")]
mod opening;
#[cfg(feature = "web")]
mod session;
#[cfg(feature = "web")]
pub mod view;

#[cfg(test)]
mod tests;
