//! What the page shows, as functions of the state.

mod actors;
mod article;
mod chunk;
mod coder_name;
mod dock;
mod empty;
mod evidence;
mod find;
mod icons;
mod inspector;
mod keys_sheet;
mod modal;
mod notices;
mod paste;
mod removal;
mod root;
mod side;
mod strip;
mod suggestions;
mod tag_fields;
mod title;
mod top;

pub use root::Root;
