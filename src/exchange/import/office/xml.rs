//! The XML of office documents: elements with their namespaces, one after another.
//!
//! Nothing is looked up, fetched or expanded: a document that declares entities is refused, one that uses them is
//! too. Elements may lie inside each other only so deep; nobody who reads with this needs to recurse.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::super::super::OpenError;

/// How deep elements may lie inside each other. Tables in tables of real documents come to a hundred.
const MAX_DEPTH: usize = 1_000;

/// What comes next.
pub(in super::super) enum Node<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The innermost element ends.
    Close,
    /// Characters, as they are to be read.
    Text(Cow<'a, str>),
}

/// An element that begins.
pub(in super::super) struct Element<'a> {
    start: BytesStart<'a>,
    space: &'static str,
}

impl Element<'_> {
    /// Namespace, by the prefix that it bears in the standards, and name: `("w", "p")`. The namespace is empty
    /// when it is none of those that matter here.
    pub(in super::super) fn key(&self) -> (&'static str, &str) {
        (self.space, self.start.local_name().into_inner())
    }
}

/// Reads one part of a document.
pub(in super::super) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    /// Its name, for messages.
    part: &'a str,
    depth: usize,
    has_root: bool,
}

impl<'a> Xml<'a> {
    /// `part` is its name, for messages.
    pub(in super::super) fn new(part: &'a str, xml: &'a str) -> Self {
        let mut reader = NsReader::from_str(xml);
        // An empty element is one that begins and ends.
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, depth: 0, has_root: false }
    }

    /// What comes next; none at the end.
    ///
    /// # Errors
    /// [`OpenError`] when it is no XML, breaks off, is nested too deeply or has to do with entities.
    pub(in super::super) fn next(&mut self) -> Result<Option<Node<'a>>, OpenError> {
        loop {
            let event = self.reader.read_event();
            let event =
                event.map_err(|error| self.damaged(self.reader.error_position(), &error.to_string()))?;
            match event {
                Event::Start(start) => {
                    self.has_root = true;
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(self.fault(&format!(
                            "its elements lie more than {MAX_DEPTH} deep inside each other: it was not opened"
                        )));
                    }
                    let space = short(&self.reader.resolver().resolve_element(start.name()).0);
                    return Ok(Some(Node::Open(Element { start, space })));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.xml10_content()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.xml10_content()))),
                Event::GeneralRef(name) => {
                    if let Some(words) = resolve_predefined_entity(&name) {
                        return Ok(Some(Node::Text(words.into())));
                    }
                    match name.resolve_char_ref() {
                        Ok(Some(character)) => return Ok(Some(Node::Text(character.to_string().into()))),
                        Ok(None) => return Err(self.has_entity()),
                        Err(error) => {
                            return Err(self.damaged(self.reader.buffer_position(), &error.to_string()));
                        }
                    }
                }
                Event::DocType(declared) if declared.contains("<!ENTITY") => return Err(self.has_entity()),
                Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Empty(_) => {
                    return Err(self.damaged(self.reader.buffer_position(), "an empty element"));
                }
                Event::Eof if self.depth > 0 || !self.has_root => {
                    return Err(self.damaged(self.reader.buffer_position(), "it breaks off"));
                }
                Event::Eof => return Ok(None),
            }
        }
    }

    /// Passes over what is left of the element that was opened last, and its end.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub(in super::super) fn skip(&mut self) -> Result<(), OpenError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }

    /// The characters in the element that was opened last, up to its end, those of elements in it too.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub(in super::super) fn words(&mut self) -> Result<String, OpenError> {
        let outside = self.depth.saturating_sub(1);
        let mut words = String::new();
        while self.depth > outside
            && let Some(node) = self.next()?
        {
            if let Node::Text(more) = node {
                words.push_str(&more);
            }
        }
        Ok(words)
    }

    /// An attribute of the element that was opened last. One without a prefix has the namespace `""`.
    pub(in super::super) fn attribute<'e>(
        &self,
        element: &'e Element<'_>,
        space: &str,
        name: &str,
    ) -> Option<Cow<'e, str>> {
        let mut attributes = element.start.attributes();
        // Looking for doubles would compare each with each.
        attributes.with_checks(false);
        attributes.map_while(Result::ok).find_map(|attribute| {
            let (found, local) = self.reader.resolver().resolve_attribute(attribute.key);
            let is_it = local.into_inner() == name && short(&found) == space;
            if is_it { attribute.normalized_value(XmlVersion::Implicit1_0).ok() } else { None }
        })
    }

    fn fault(&self, message: &str) -> OpenError {
        OpenError::Import(format!("{}: {message}", self.part))
    }

    fn damaged(&self, byte: u64, error: &str) -> OpenError {
        self.fault(&format!(
            "it is damaged at byte {byte} ({error}): open it in its program, save it again and open that"
        ))
    }

    fn has_entity(&self) -> OpenError {
        self.fault("it works with entities, which no office program writes: none was expanded, and it was not opened")
    }
}

/// The prefix that a namespace bears in the standards; empty for one that does not matter here.
fn short(found: &ResolveResult<'_>) -> &'static str {
    let ResolveResult::Bound(Namespace(uri)) = found else { return "" };
    if let Some(odf) = uri.strip_prefix("urn:oasis:names:tc:opendocument:xmlns:") {
        return match odf {
            "office:1.0" => "office",
            "text:1.0" => "text",
            "table:1.0" => "table",
            "drawing:1.0" => "draw",
            "style:1.0" => "style",
            "meta:1.0" => "meta",
            "manifest:1.0" => "manifest",
            "svg-compatible:1.0" => "svg",
            _ => "",
        };
    }
    match *uri {
        // Each of these has a second name in the strict form of the standard.
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => "w",
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => "m",
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => "mc",
        "http://schemas.openxmlformats.org/package/2006/relationships" => "rel",
        "http://schemas.openxmlformats.org/package/2006/content-types" => "ct",
        "http://purl.org/dc/elements/1.1/" => "dc",
        "http://purl.org/dc/terms/" => "dcterms",
        "http://www.w3.org/XML/1998/namespace" => "xml",
        _ => "",
    }
}
