//! The words of one block while they are gathered.
//!
//! White space collapses as in a browser (CSS Text 3, section 4.1): a run of it is one space, at the ends of a block
//! nothing, and a line end between two signs of Chinese or Japanese nothing too. A no-break space stays what it is:
//! it is the author's, browsers keep it, and the analysis takes it for white space. Soft hyphens and signs of no
//! width stay, for names are spelled with them.

/// Words, and how much of them are links.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    /// White space that is not drawn yet, and whether it holds a line end.
    space: Option<bool>,
    /// Whether a letter may not follow a letter.
    is_parted: bool,
    /// Letters in links; a sign of Chinese, Japanese or Korean counts three times.
    pub(super) linked: u32,
    /// Links with words.
    pub(super) links: u32,
    /// Whether the open link has had words.
    in_counted_link: bool,
}

impl Line {
    /// Adds words. `is_pre`: white space is drawn as it stands; `is_link`: they are a link's.
    pub(super) fn push(&mut self, words: &str, is_pre: bool, is_link: bool) {
        let before = self.text.len();
        if is_pre {
            self.draw_space(words.chars().next());
            self.text.push_str(words);
        } else {
            self.collapse(words);
        }
        let added = self.text.get(before..).unwrap_or_default();
        if is_link && added.contains(is_seen) {
            self.linked = self.linked.saturating_add(weight(added));
            self.links += u32::from(!self.in_counted_link);
            self.in_counted_link = true;
        }
    }

    /// Says that a link begins or ends here.
    pub(super) fn link_boundary(&mut self) {
        self.in_counted_link = false;
    }

    /// Adds a space, if words follow and stand before.
    pub(super) fn space(&mut self) {
        self.space.get_or_insert(false);
    }

    /// Says that words which are letters here and letters there are two: pages set a date apart by style alone.
    pub(super) fn part(&mut self) {
        self.is_parted = true;
    }

    /// Ends a line; whether one was ended just before.
    pub(super) fn line_end(&mut self) -> bool {
        self.space = None;
        let is_second = self.text.ends_with('\n');
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        is_second
    }

    /// Ends a cell of a table's row.
    pub(super) fn tab(&mut self) {
        self.space = None;
        self.text.push('\t');
    }

    /// The words, if there are any to be seen; empties the line.
    pub(super) fn take(&mut self) -> Option<Self> {
        let line = std::mem::take(self);
        self.in_counted_link = line.in_counted_link;
        line.text.contains(is_seen).then_some(line)
    }

    /// The words without white space at the ends.
    pub(super) fn text(&self) -> &str {
        self.text.trim()
    }

    fn collapse(&mut self, words: &str) {
        let mut rest = words;
        loop {
            let end = rest.find(|it: char| !collapses(it)).unwrap_or(rest.len());
            let (space, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if !space.is_empty() {
                self.space = Some(self.space.unwrap_or(false) || space.contains(['\n', '\r']));
            }
            if after.is_empty() {
                return;
            }
            let end = after.find(collapses).unwrap_or(after.len());
            let (word, after) = after.split_at_checked(end).unwrap_or((after, ""));
            self.draw_space(word.chars().next());
            self.text.push_str(word);
            rest = after;
        }
    }

    /// Draws the white space that waits, unless the line begins or a line of Chinese or Japanese goes on.
    fn draw_space(&mut self, next: Option<char>) {
        let (space, is_parted) = (self.space.take(), std::mem::take(&mut self.is_parted));
        let Some(last) = self.text.chars().next_back() else { return };
        let is_glued = is_parted && last.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        let Some(has_line_end) = space.or(is_glued.then_some(false)) else { return };
        let joins = has_line_end && joins_lines(last) && next.is_some_and(joins_lines);
        if !joins && last != '\n' && last != '\t' {
            self.text.push(' ');
        }
    }
}

/// Letters of words; a sign of Chinese, Japanese or Korean counts three times.
pub(super) fn weight(words: &str) -> u32 {
    words.chars().fold(0, |sum: u32, it| sum.saturating_add(weight_of(it)))
}

fn weight_of(character: char) -> u32 {
    match character {
        _ if character.is_ascii() => u32::from(character.is_ascii_alphanumeric()),
        '\u{ac00}'..='\u{d7a3}' => 3,
        _ if joins_lines(character) => 3,
        _ => u32::from(character.is_alphanumeric()),
    }
}

/// White space that collapses.
fn collapses(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\x0C')
}

/// Signs between which a line end in the file is no space (East Asian Width W and F, without Hangul).
fn joins_lines(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character can be seen: signs of no width and the place of a picture cannot.
fn is_seen(character: char) -> bool {
    !character.is_whitespace()
        && !character.is_control()
        && !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fffc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str], expected: &str) {
        let mut line = Line::default();
        words.iter().for_each(|words| line.push(words, false, false));
        assert_eq!(line.take().map(|line| line.text().to_owned()).unwrap_or_default(), expected, "{words:?}");
    }

    #[test]
    fn white_space_collapses_across_elements() {
        check(&["  Ministers \n\t met ", " in", " ", "\nAccra. "], "Ministers met in Accra.");
        check(&["one", "two"], "onetwo");
        check(&[" \n ", "\t"], "");
    }

    #[test]
    fn spaces_of_the_author_stay() {
        check(&["10\u{a0}km, \u{a0}Co\u{ad}op, a\u{200b}b"], "10\u{a0}km, \u{a0}Co\u{ad}op, a\u{200b}b");
        check(&["\u{a0}\u{200b}"], "");
    }

    #[test]
    fn a_line_end_between_signs_of_japanese_is_no_space() {
        check(&["大臣は、\n  会談した。\n10 日"], "大臣は、会談した。 10 日");
        check(&["장관은\n회담"], "장관은 회담");
        check(&["日本 語"], "日本 語");
    }

    #[test]
    fn links_are_counted_once_for_all_their_words() {
        let mut line = Line::default();
        line.push("See ", false, false);
        line.link_boundary();
        line.push("the ", false, true);
        line.push("report", false, true);
        line.link_boundary();
        assert_eq!((line.links, line.linked, weight(line.text())), (1, 9, 12));
    }
}
