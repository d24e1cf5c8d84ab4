//! Office documents: which one an archive is, and what Word's and OpenDocument's have in common.

pub(super) mod flow;
mod met;
mod package;
mod properties;
mod style_name;
pub(super) mod xml;

pub(super) use met::Met;
pub(super) use package::{Kind, Part, Relations, by_media_type, kind};
pub(super) use properties::Properties;
pub(super) use style_name::kind as kind_of_style;

/// A number and what it counts: `1 note`, `2 notes`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
