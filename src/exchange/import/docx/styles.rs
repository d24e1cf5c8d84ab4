//! The styles of a Word document, as far as they say what a paragraph is.

use std::collections::HashMap;

use super::super::super::OpenError;
use super::super::office::kind_of_style;
use super::super::office::xml::{Element, Node, Xml};
use crate::text::BlockKind;

/// A style may be based on another, that on a third. Word itself allows eleven.
const MAX_BASES: usize = 32;

/// What a style, or a paragraph itself, says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Says {
    /// The level in the outline, from 0; 9 is running text.
    pub(super) outline: Option<u8>,
    /// Whether it is an item of a list.
    pub(super) is_item: Option<bool>,
    /// Whether its words are hidden.
    pub(super) is_hidden: Option<bool>,
}

impl Says {
    /// Takes up what an element of paragraph or character properties says.
    pub(super) fn take(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        let value = || xml.attribute(element, "w", "val");
        match element.key() {
            ("w", "outlineLvl") => self.outline = value().and_then(|level| level.parse().ok()),
            ("w", "numId") => self.is_item = Some(value().is_some_and(|id| id != "0")),
            ("w", "vanish") => self.is_hidden = Some(is_on(value().as_deref())),
            _ => {}
        }
    }

    /// What this says, and where it says nothing, what the other does.
    fn or(self, other: &Self) -> Self {
        Self {
            outline: self.outline.or(other.outline),
            is_item: self.is_item.or(other.is_item),
            is_hidden: self.is_hidden.or(other.is_hidden),
        }
    }
}

/// Whether a property that is on or off is on: it is when its element stands there and does not say otherwise.
fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    says: Says,
}

/// The styles of one document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    standard: Option<String>,
}

impl Styles {
    /// Reads the part that defines them.
    ///
    /// # Errors
    /// [`OpenError`] when it is damaged.
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, OpenError> {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        // The elements that lie open: whether each is a style.
        let mut frames = Vec::new();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => {
                    let attribute = |name| xml.attribute(&element, "w", name);
                    let is_style = element.key() == ("w", "style");
                    match element.key() {
                        ("w", "style") => {
                            let id = attribute("styleId").unwrap_or_default().into_owned();
                            let is_standard = attribute("default").is_some_and(|it| is_on(Some(&it)));
                            if is_standard && attribute("type").as_deref() == Some("paragraph") {
                                styles.standard = Some(id.clone());
                            }
                            open = Some((id, Style::default()));
                        }
                        // What stood before a tracked change.
                        ("w", name) if name.ends_with("Change") => {
                            xml.skip()?;
                            continue;
                        }
                        _ => {}
                    }
                    if let Some((_, style)) = &mut open {
                        match element.key() {
                            ("w", "name") => style.name = attribute("val").unwrap_or_default().into_owned(),
                            ("w", "basedOn") => style.based_on = attribute("val").map(|it| it.into_owned()),
                            _ => style.says.take(&xml, &element),
                        }
                    }
                    frames.push(is_style);
                }
                Node::Close => {
                    if frames.pop() == Some(true)
                        && let Some((id, style)) = open.take()
                    {
                        styles.by_id.insert(id, style);
                    }
                }
                Node::Text(_) => {}
            }
        }
        Ok(styles)
    }

    /// What a paragraph is: by what it says itself, else by its style.
    pub(super) fn kind(&self, style: Option<&str>, own: &Says) -> Option<BlockKind> {
        let (by_style, by_name) = self.resolve(style.or(self.standard.as_deref()));
        let says = own.clone().or(&by_style);
        match says.outline {
            Some(0..=8) => Some(BlockKind::Heading),
            // A paragraph of the style "heading 1" that was set to running text is that.
            Some(_) if by_name == Some(BlockKind::Heading) && own.outline.is_some() => None,
            _ => by_name.or_else(|| says.is_item.unwrap_or(false).then_some(BlockKind::ListItem)),
        }
    }

    /// Whether words in a style are hidden, if the style says.
    pub(super) fn is_hidden(&self, style: Option<&str>) -> Option<bool> {
        self.resolve(style).0.is_hidden
    }

    /// What a style and those that it is based on say, and the first kind that one of their names says.
    fn resolve(&self, style: Option<&str>) -> (Says, Option<BlockKind>) {
        let mut says = Says::default();
        let mut kind = None;
        let mut next = style;
        for _ in 0..MAX_BASES {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else { break };
            says = says.or(&style.says);
            kind = kind.or_else(|| kind_of_style(&style.name));
            next = style.based_on.as_deref();
        }
        (says, kind)
    }
}
