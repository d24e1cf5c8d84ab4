//! Which office document an archive is, and the parts of one.

use super::super::super::{OpenError, text};
use super::super::archive::Archive;
use super::xml::{Node, Xml};

/// What an archive is.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Kind {
    /// A Word document; the name of its main part.
    Word(String),
    /// An OpenDocument text.
    OpenDocument,
    /// Files that somebody packed.
    Folder,
}

/// One part of a document, unpacked and decoded.
pub(in super::super) struct Part {
    name: String,
    xml: String,
}

impl Part {
    /// The part that has a name, if there is one.
    ///
    /// # Errors
    /// [`OpenError`] when it cannot be unpacked, or is not in UTF-8 or UTF-16.
    pub(in super::super) fn of(archive: &mut Archive, name: &str) -> Result<Option<Self>, OpenError> {
        let within = |error: OpenError| OpenError::Import(format!("{name}: {error}"));
        let Some(bytes) = archive.part(name).map_err(within)? else { return Ok(None) };
        // Checked without a copy: a part may be large.
        let xml = match String::from_utf8(bytes) {
            Ok(xml) => xml,
            Err(error) => text::decode_exactly(error.as_bytes()).map_err(within)?.into_owned(),
        };
        let xml =
            if xml.starts_with('\u{feff}') { xml.trim_start_matches('\u{feff}').to_owned() } else { xml };
        Ok(Some(Self { name: name.into(), xml }))
    }

    /// What is in it, one after another.
    pub(in super::super) fn read(&self) -> Xml<'_> {
        Xml::new(&self.name, &self.xml)
    }
}

/// Says which document an archive is.
///
/// # Errors
/// [`OpenError`] when it is one that holds no text to annotate (a spreadsheet, slides), or is locked or damaged.
pub(in super::super) fn kind(archive: &mut Archive) -> Result<Kind, OpenError> {
    if let Ok(Some(bytes)) = archive.part("mimetype") {
        let kind = String::from_utf8_lossy(&bytes).trim().to_owned();
        if let Some(kind) = by_media_type(&kind)? {
            return Ok(kind);
        }
    }
    if archive.has("[Content_Types].xml") {
        return open_packaging(archive);
    }
    if archive.has("content.xml") && archive.has("META-INF/manifest.xml") {
        return Ok(Kind::OpenDocument);
    }
    if archive.has("Index/Document.iwa") || archive.has("Index.zip") {
        return Err(no_text(
            "a document of Pages, Numbers or Keynote",
            "export it as a Word document (.docx)",
        ));
    }
    Ok(Kind::Folder)
}

/// What a media type says: nothing about those of other programs.
///
/// # Errors
/// [`OpenError`] when files of the type hold no text to annotate.
pub(in super::super) fn by_media_type(kind: &str) -> Result<Option<Kind>, OpenError> {
    if kind == "application/epub+zip" {
        return Err(no_text("a book (EPUB)", "unpack it and open the pages that lie in it"));
    }
    let Some(kind) = kind.strip_prefix("application/vnd.oasis.opendocument.") else { return Ok(None) };
    // A template of something is named after it.
    match kind.strip_suffix("-template").unwrap_or(kind) {
        "text" | "text-web" | "text-master" => Ok(Some(Kind::OpenDocument)),
        "spreadsheet" => Err(no_text("a spreadsheet (OpenDocument)", SHEET)),
        "presentation" => Err(no_text("a presentation (OpenDocument)", SLIDES)),
        _ => Err(no_text("an OpenDocument file other than a text", SLIDES)),
    }
}

const SHEET: &str = "copy the cells with the words and paste them, or save them as plain text";
const SLIDES: &str = "copy the words out of it and paste them";

fn no_text(what: &'static str, advice: &'static str) -> OpenError {
    OpenError::Binary { what, advice }
}

/// A document of Microsoft Office: its main part is named by the relations of the package, and what this is by the
/// list of types (ECMA-376, part 2).
fn open_packaging(archive: &mut Archive) -> Result<Kind, OpenError> {
    let relations = Relations::of(archive, "")?;
    let main = relations.target("/officeDocument").unwrap_or_else(|| "word/document.xml".into());
    let declared = declared_type(archive, &main)?;
    let speaks_of = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    let says_nothing = matches!(declared.as_str(), "" | "application/xml");
    if speaks_of(&["spreadsheetml", "ms-excel"]) || says_nothing && main.starts_with("xl/") {
        Err(no_text("a spreadsheet (Excel)", SHEET))
    } else if speaks_of(&["presentationml", "ms-powerpoint"]) || says_nothing && main.starts_with("ppt/") {
        Err(no_text("a presentation (PowerPoint)", SLIDES))
    } else if speaks_of(&["wordprocessingml", "ms-word"]) || says_nothing && archive.has(&main) {
        Ok(Kind::Word(main))
    } else {
        Err(no_text("an Office file other than a Word document", SLIDES))
    }
}

/// The type that the package declares for a part; empty when it declares none for it by name.
fn declared_type(archive: &mut Archive, name: &str) -> Result<String, OpenError> {
    let Some(part) = Part::of(archive, "[Content_Types].xml")? else { return Ok(String::new()) };
    let mut xml = part.read();
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        if element.key() == ("ct", "Override")
            && let Some(of) = xml.attribute(&element, "", "PartName")
            && of.trim_start_matches('/').eq_ignore_ascii_case(name)
        {
            return Ok(xml.attribute(&element, "", "ContentType").unwrap_or_default().into_owned());
        }
    }
    Ok(String::new())
}

/// Which parts belong to a part, and as what.
pub(in super::super) struct Relations {
    /// The folder that targets are seen from, with a slash at its end; empty at the top.
    folder: String,
    /// Type and target.
    list: Vec<(String, String)>,
}

impl Relations {
    /// Those of a part; of the package itself for the empty name.
    ///
    /// # Errors
    /// [`OpenError`] when they cannot be read.
    pub(in super::super) fn of(archive: &mut Archive, part: &str) -> Result<Self, OpenError> {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut list = Vec::new();
        if let Some(part) = Part::of(archive, &format!("{folder}_rels/{name}.rels"))? {
            let mut xml = part.read();
            while let Some(node) = xml.next()? {
                let Node::Open(element) = node else { continue };
                let attribute = |name| xml.attribute(&element, "", name);
                // What lies outside the package is never looked at.
                let is_outside = attribute("TargetMode").is_some_and(|mode| mode == "External");
                if element.key() == ("rel", "Relationship") && !is_outside {
                    let both = attribute("Type").zip(attribute("Target"));
                    list.extend(both.map(|(kind, target)| (kind.into_owned(), target.into_owned())));
                }
            }
        }
        Ok(Self { folder, list })
    }

    /// The part that is related in a way: `/styles`.
    pub(in super::super) fn target(&self, kind: &str) -> Option<String> {
        let (_, target) = self.list.iter().find(|(of, _)| of.ends_with(kind))?;
        if let Some(from_top) = target.strip_prefix('/') {
            return Some(from_top.into());
        }
        let whole = format!("{}{target}", self.folder);
        let mut steps: Vec<&str> = Vec::new();
        for step in whole.split('/') {
            match step {
                "." | "" => {}
                ".." => drop(steps.pop()),
                step => steps.push(step),
            }
        }
        Some(steps.join("/"))
    }
}
