//! Articles of a chosen size, made by repeating texts that we wrote.

/// The sizes that are measured, in bytes, with their names.
pub const SIZES: [(usize, &str); 4] =
    [(10_000, "10 KB"), (100_000, "100 KB"), (1_000_000, "1 MB"), (10_000_000, "10 MB")];

/// What an article is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An English report: the sample that a first visit shows.
    Prose,
    /// The same broken into lines of at most 72 characters.
    Wrapped,
    /// Headings, captions, datelines, lists and short paragraphs: the cases of the tests without their marks.
    Short,
    /// Nine languages in seven scripts, with emoji, in short sentences.
    Scripts,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [Kind::Prose, Kind::Wrapped, Kind::Short, Kind::Scripts];

    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Prose => "prose",
            Kind::Wrapped => "wrapped",
            Kind::Short => "short",
            Kind::Scripts => "scripts",
        }
    }

    /// An article of this kind: whole texts one after another, cut on a character boundary at `size` bytes.
    pub fn article(self, size: usize) -> String {
        let sample = include_str!("../../static/sample.txt");
        let unit = match self {
            Kind::Prose => format!("{sample}\n\n"),
            Kind::Wrapped => sample.lines().map(wrap).collect(),
            Kind::Short => cases(),
            Kind::Scripts => include_str!("../texts/scripts.txt").to_owned(),
        };
        let mut article = unit.repeat(size / unit.len() + 1);
        article.truncate(article.floor_char_boundary(size));
        article
    }
}

fn cases() -> String {
    let mut text = String::new();
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
