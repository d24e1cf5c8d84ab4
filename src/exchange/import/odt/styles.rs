//! The styles of an OpenDocument text, as far as they say what a paragraph is.

use std::collections::HashMap;

use super::super::office::kind_of_style;
use super::super::office::xml::{Element, Xml};
use crate::text::BlockKind;

/// A style may have a parent, that another.
const MAX_PARENTS: usize = 32;

/// A style while it is read.
#[derive(Debug, Default)]
pub(super) struct Style {
    family: String,
    name: String,
    /// The name that a user sees.
    shown: String,
    parent: Option<String>,
    is_heading: bool,
    is_hidden: bool,
}

impl Style {
    /// Begins with the element that opens it.
    pub(super) fn of(xml: &Xml<'_>, element: &Element<'_>) -> Self {
        let attribute = |name| xml.attribute(element, "style", name).map(|it| it.into_owned());
        let name = attribute("name").unwrap_or_default();
        let level = attribute("default-outline-level").and_then(|level| level.parse::<u8>().ok());
        Self {
            family: attribute("family").unwrap_or_default(),
            shown: attribute("display-name").unwrap_or_else(|| decode(&name)),
            name,
            parent: attribute("parent-style-name"),
            is_heading: level.is_some_and(|level| level > 0),
            is_hidden: false,
        }
    }

    /// Takes up what an element in it says.
    pub(super) fn take(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        if element.key() == ("style", "text-properties") {
            self.is_hidden = xml.attribute(element, "text", "display").is_some_and(|it| it == "none");
        }
    }
}

/// The styles of one document. A name says something within its family only.
#[derive(Debug, Default)]
pub(super) struct Styles {
    paragraphs: HashMap<String, Style>,
    spans: HashMap<String, Style>,
}

impl Styles {
    pub(super) fn insert(&mut self, style: Style) {
        let family = match style.family.as_str() {
            "paragraph" => &mut self.paragraphs,
            "text" => &mut self.spans,
            _ => return,
        };
        family.insert(style.name.clone(), style);
    }

    /// What a paragraph is and whether it is hidden.
    pub(super) fn of_paragraph(&self, name: &str) -> (Option<BlockKind>, bool) {
        let mut kind = None;
        let mut is_hidden = false;
        for style in family(&self.paragraphs, name) {
            let by_level = style.is_heading.then_some(BlockKind::Heading);
            kind = kind.or(by_level).or_else(|| kind_of_style(&style.shown));
            is_hidden |= style.is_hidden;
        }
        // A document may leave out the styles that every program has.
        if kind.is_none() && !self.paragraphs.contains_key(name) {
            kind = kind_of_style(&decode(name));
        }
        (kind, is_hidden)
    }

    /// Whether words in a style are hidden.
    pub(super) fn is_hidden(&self, name: &str) -> bool {
        family(&self.spans, name).any(|style| style.is_hidden)
    }
}

/// A style and its parents.
fn family<'a>(styles: &'a HashMap<String, Style>, name: &str) -> impl Iterator<Item = &'a Style> {
    let parent = |style: &&'a Style| style.parent.as_ref().and_then(|parent| styles.get(parent));
    std::iter::successors(styles.get(name), parent).take(MAX_PARENTS)
}

/// A name as the user sees it: `Text_20_body` is `Text body`.
fn decode(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('_') {
        shown.push_str(before);
        let coded = after.split_once('_').and_then(|(code, behind)| {
            let character = u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?;
            Some((character, behind))
        });
        match coded {
            Some((character, behind)) => {
                shown.push(character);
                rest = behind;
            }
            None => {
                shown.push('_');
                rest = after;
            }
        }
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coded_name_is_read_as_the_user_sees_it() {
        for (name, expected) in [
            ("Text_20_body", "Text body"),
            ("_dc_berschrift", "Überschrift"),
            ("a_b", "a_b"),
            ("a_zz_y_20_c", "a_zz_y c"),
            ("__", "__"),
            ("_110000_x", "_110000_x"),
            ("", ""),
        ] {
            assert_eq!(decode(name), expected, "{name}");
        }
    }
}
