//! Articles of a chosen size, made by repeating texts that we wrote.

/// The sizes that are measured, in bytes, with their names.
pub const SIZES: [(usize, &str); 4] =
    [(10_000, "10 KB"), (100_000, "100 KB"), (1_000_000, "1 MB"), (10_000_000, "10 MB")];

/// What an article is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// English reports with datelines, captions, headings and lists.
    English,
    /// Nine languages in seven scripts, with emoji.
    Scripts,
    /// English broken into lines of at most 72 characters.
    Wrapped,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 3] = [Kind::English, Kind::Scripts, Kind::Wrapped];

    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::English => "English",
            Kind::Scripts => "scripts",
            Kind::Wrapped => "wrapped",
        }
    }

    /// An article of this kind: whole texts one after another, cut on a character boundary at `size` bytes.
    pub fn article(self, size: usize) -> String {
        let unit = match self {
            Kind::English => english(),
            Kind::Scripts => include_str!("../texts/scripts.txt").to_owned(),
            Kind::Wrapped => english().lines().map(wrap).collect(),
        };
        let mut article = unit.repeat(size / unit.len() + 1);
        article.truncate(article.floor_char_boundary(size));
        article
    }
}

/// The sample that a first visit shows, and the marked cases of the tests without their marks.
fn english() -> String {
    let mut text = include_str!("../../static/sample.txt").to_owned();
    for line in include_str!("../../tests/fixtures/outline.txt").lines() {
        if line.starts_with(['#', '=']) {
            text.push('\n');
            continue;
        }
        let words = line.split_once(": ").map_or(line, |(_, words)| words);
        text.push_str(if line.starts_with('~') { " " } else { "\n" });
        text.push_str(&words.replace('|', ""));
    }
    text.push_str("\n\n");
    text
}

/// A paragraph with its lines broken before column 72, and a blank line behind it.
fn wrap(paragraph: &str) -> String {
    let mut wrapped = String::new();
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let width = word.chars().count();
        if column > 0 {
            let breaks = column + 1 + width > 72;
            wrapped.push(if breaks { '\n' } else { ' ' });
            column = if breaks { 0 } else { column + 1 };
        }
        wrapped.push_str(word);
        column += width;
    }
    wrapped.push_str("\n\n");
    wrapped
}
