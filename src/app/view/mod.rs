//! What the page shows, as functions of the state.

mod actors;
mod article;
mod chunk;
mod dock;
mod empty;
mod find;
mod icons;
mod inspector;
mod keys_sheet;
mod modal;
mod notices;
mod paste;
mod root;
mod side;
mod strip;
mod tag_fields;
mod top;

pub use root::Root;
