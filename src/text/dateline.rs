//! Datelines: place, date and agency before a report ("Phnom Penh, July 6 (Agency) — …").

use super::characters::is_dash;
use super::lists::Lists;

/// Where the paragraph stands, which decides how much a dateline must show to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing but headings and captions before it.
    First,
    /// Right behind a heading, further down.
    AfterHeading,
    /// Anywhere else.
    Middle,
}

/// A dateline is never longer, in bytes.
const REACH: usize = 160;

/// Bytes of the dateline that opens `line`, its dash or full stop included; `None` when there is none. It may be
/// the whole line.
pub(super) fn read(line: &str, place: Place) -> Option<usize> {
    let first = line.chars().next()?;
    if !first.is_uppercase() && !first.is_ascii_digit() && first != '(' && !is_caseless(first) {
        return None;
    }
    let head = line.get(..line.floor_char_boundary(REACH))?;
    if !may_end(head.as_bytes()) {
        return None;
    }
    let head = reach(head);
    if !may_end(head.as_bytes()) {
        return None;
    }
    let mut found = None;
    for separator in separators(head) {
        let lead = head.get(..separator.start)?;
        let rest = line.get(separator.end..)?.trim_start();
        if separator.kind == Separator::End && separator.end < line.len() {
            break;
        }
        let Some(evidence) = weigh(lead) else {
            // What is no dateline up to here is none further on.
            break;
        };
        if fits(evidence, separator.kind, place, rest, lead) {
            if separator.kind == Separator::Dash {
                return Some(separator.end);
            }
            // A dash further on may still belong to it: "Riga, 5 May 2024 LETA --".
            found = found.or(Some(separator.end));
        }
    }
    found
}

/// Whether `line` may be a dateline and nothing else: it ends with a dash, or holds the figures of a date.
pub(super) fn may_be_whole(line: &str) -> bool {
    line.len() <= REACH && (line.ends_with(is_dash) || line.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Whether any separator but the line's end may stand in `head`, or the figures that a date before that end has: a
/// look at each byte before the words are read.
fn may_end(head: &[u8]) -> bool {
    // All dashes but the hyphen begin with E2.
    head.iter().any(|byte| matches!(byte, b'-' | b':' | b')' | b'0'..=b'9' | 0xe2))
}

/// The start of `head` up to the first word that no dateline holds: as a rule the second word of a sentence.
fn reach(head: &str) -> &str {
    let mut depth = 0_u32;
    let mut before = ' ';
    for (at, character) in head.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && before == ' ' && character.is_lowercase() => {
                let rest = head.get(at..).unwrap_or("");
                let length =
                    rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | '(')).unwrap_or(rest.len());
                let word = rest.get(..length).unwrap_or("").trim_end_matches('.');
                if !is_small_word(word) && !is_date_word(word) {
                    return head.get(..at).unwrap_or(head);
                }
            }
            _ => {}
        }
        before = character;
    }
    head
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// A dash, with or without a full stop before it.
    Dash,
    Colon,
    /// A full stop behind a year.
    Stop,
    /// A space behind a year or a bracket.
    Space,
    /// The end of the line.
    End,
}

#[derive(Debug, Clone, Copy)]
struct Cut {
    kind: Separator,
    /// Where the words before it end.
    start: usize,
    /// Where it ends itself.
    end: usize,
}

/// What a lead shows.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    /// A month, a day of the week or a date in figures.
    date: bool,
    /// A year behind the month or inside the figures.
    year: bool,
    /// A bracket with few words in it: the agency.
    agency: bool,
    /// All words outside brackets that are no dates are in capitals.
    capitals: bool,
    /// Words that are no dates.
    names: usize,
    /// A comma stands in it.
    comma: bool,
}

fn fits(evidence: Evidence, kind: Separator, place: Place, rest: &str, lead: &str) -> bool {
    let Evidence { date, year, agency, capitals, names, comma } = evidence;
    if names == 0 && !agency {
        return false;
    }
    let opens = rest.trim_start_matches(['"', '“', '‘', '\'', '«', '(', '[']);
    let goes_on =
        opens.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || is_caseless(c));
    let is_body = goes_on && rest.len() >= 15;
    let near_top = place != Place::Middle;
    match kind {
        Separator::Dash if rest.is_empty() => date && names > 0,
        Separator::Dash => {
            is_body
                && (date && (comma || capitals || agency)
                    || agency && near_top
                    || near_top && capitals
                    || place == Place::First && names <= 3)
        }
        Separator::Colon => {
            let is_place = capitals
                && names <= 3
                && !lead.contains('.')
                && lead.chars().filter(|c| c.is_alphabetic()).count() > 3;
            is_body
                && (date && (capitals || agency || lead.starts_with('('))
                    || place == Place::First && is_place && !is_speaker(lead))
        }
        Separator::Stop => is_body && near_top && date && year && comma && names <= 4,
        Separator::Space => {
            let is_word = rest.starts_with(|c: char| c.is_uppercase() || is_caseless(c));
            let is_whole = date && year && comma && names <= 4 || capitals && agency;
            is_body && is_word && near_top && names > 0 && is_whole
        }
        Separator::End => {
            near_top && date && year && comma && names <= 4 && !lead.starts_with(|c: char| c.is_ascii_digit())
        }
    }
}

/// Words before a colon that open a speech or a note, not a report.
fn is_speaker(lead: &str) -> bool {
    const SPEAKERS: [&str; 14] = [
        "QUESTION",
        "ANSWER",
        "MODERATOR",
        "REPORTER",
        "JOURNALIST",
        "SPOKESPERSON",
        "INTERVIEWER",
        "NOTE",
        "UPDATE",
        "BREAKING",
        "WATCH",
        "BOX",
        "PRESIDENT",
        "MINISTER",
    ];
    SPEAKERS.iter().any(|speaker| lead.contains(speaker))
}

/// Where a dateline may end, from left to right.
fn separators(head: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut depth = 0_u32;
    let mut characters = head.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, character)) = characters.next() {
        let mut end = at + character.len_utf8();
        let start = at;
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            if is_dash(character) {
                while let Some((next, _)) = characters.next_if(|(_, c)| is_dash(*c)) {
                    end = next + character.len_utf8();
                }
                end = end.min(head.len());
                let spaced_after = characters.peek().is_none_or(|(_, c)| c.is_whitespace());
                let fits_before =
                    before.is_whitespace() || matches!(before, ')' | '.') || before.is_ascii_digit();
                if spaced_after && fits_before {
                    cuts.push(Cut { kind: Separator::Dash, start, end });
                }
            } else if characters.peek().is_some_and(|(_, c)| c.is_whitespace()) {
                match character {
                    ':' => cuts.push(Cut { kind: Separator::Colon, start, end }),
                    '.' if before.is_ascii_digit() => cuts.push(Cut { kind: Separator::Stop, start, end }),
                    ')' => cuts.push(Cut { kind: Separator::Space, start: end, end }),
                    _ if character.is_ascii_digit() && before.is_ascii_digit() => {
                        cuts.push(Cut { kind: Separator::Space, start: end, end });
                    }
                    _ => {}
                }
            }
        }
        before = character;
    }
    // A comma and an agency may stand between the year and the report: "Baku, December 3, AGENCY On …".
    cuts.push(Cut { kind: Separator::End, start: head.len(), end: head.len() });
    cuts
}

/// What the words before a separator show; `None` when they are no dateline.
fn weigh(lead: &str) -> Option<Evidence> {
    let mut evidence = Evidence { capitals: true, comma: lead.contains(','), ..Evidence::default() };
    let mut words = 0;
    let mut rest = lead;
    let mut days = 0;
    while let Some(first) = rest.chars().next() {
        if let Some(close) = closing(first).and_then(|close| rest.get(1..)?.find(close)) {
            let inside = rest.get(1..=close).unwrap_or("");
            evidence.agency |= inside.len() <= 60;
            evidence.date |= holds_date(inside);
            rest = rest.get(close + 2..).unwrap_or("");
            continue;
        }
        if !first.is_alphanumeric() {
            if !matches!(first, ' ' | '\u{a0}' | ',' | '.' | '/' | '-' | '–' | '—' | '\'' | '’')
                && !first.is_whitespace()
            {
                return None;
            }
            rest = rest.get(first.len_utf8()..).unwrap_or("");
            continue;
        }
        let length =
            rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')).unwrap_or(rest.len());
        let word = rest.get(..length)?.trim_end_matches(['.', '-', '–', '—']);
        rest = rest.get(length..)?;
        words += 1;
        if words > 16 {
            return None;
        }
        if is_date_word(word) {
            evidence.date = true;
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            days += 1;
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            evidence.year |= digits >= 4;
            evidence.date |= digits >= 6 && word.contains(['/', '.', '-']);
        } else if first.is_uppercase() || is_caseless(first) {
            let is_shouted = word.chars().nth(1).is_some_and(|c| !c.is_lowercase());
            if words == 1 && !is_shouted && Lists::get().is_starter(word) {
                return None;
            }
            evidence.names += 1;
            evidence.capitals &= !word.chars().any(char::is_lowercase) || word == "d'";
        } else if !is_small_word(word) {
            return None;
        }
    }
    (days <= 5 && evidence.names <= 10).then_some(evidence)
}

fn closing(open: char) -> Option<char> {
    match open {
        '(' => Some(')'),
        '/' => Some('/'),
        _ => None,
    }
}

fn holds_date(words: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(is_date_word)
}

fn is_date_word(word: &str) -> bool {
    Lists::get().is_month_or_day(word)
}

/// Words that stand between names and in dates without a capital.
fn is_small_word(word: &str) -> bool {
    matches!(
        word,
        "of" | "de"
            | "del"
            | "da"
            | "do"
            | "dos"
            | "the"
            | "and"
            | "la"
            | "le"
            | "el"
            | "y"
            | "e"
            | "for"
            | "in"
            | "et"
            | "di"
            | "und"
    ) || word.starts_with("al-")
        || word.starts_with("el-")
}

fn is_caseless(character: char) -> bool {
    character.is_alphabetic() && !character.is_uppercase() && !character.is_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, place: Place) {
        let (wanted, text) = line
            .split_once('|')
            .map_or(("", line.to_owned()), |(lead, rest)| (lead, format!("{lead}{rest}")));
        let found = read(&text, place).map_or("", |length| text.get(..length).unwrap());
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn datelines_of_many_houses_are_read() {
        for line in [
            "Phnom Penh, July 6 (Agency) —| On July 6, during her visit, the minister met her host.",
            "PORT LOUIS —| Ministers of four island states met on Monday to talk about tuna.",
            "ACCRA, Ghana, Oct. 9 (GNA) –| The two sides will meet again before the rains.",
            "LAHORE:| The provincial government has asked for more time to pay.",
            "Lima, 12/06/2025 –| The minister received a delegation from the coast.",
            "Riga, Monday, 10 November 2025.| Upon instructions of the president the minister left.",
            "Oslo, 3 May 2024.-| We, the ministers of the five states, have agreed on this.",
            "(Phnom Penh, 18 July 2024):| The minister received the ambassador this morning.",
            "Porto, 9 December 2025|",
        ] {
            check(line, Place::First);
        }
    }

    #[test]
    fn sentences_that_look_a_little_like_datelines_are_left_whole() {
        for line in [
            "Japan – a partner of long standing – offered its help to the port of Beira.",
            "The minister, on 4 July 2024 – her birthday – opened the bridge to traffic.",
            "QUESTION: What did the two ministers agree about the bridge?",
            "In 2024 – The year of the flood – nobody came to the market at all.",
            "On Monday, 4 July 2024 the ministers met in the capital of the country.",
        ] {
            check(line, Place::First);
        }
        check("ASEAN – Ministers of the member states met on Monday to talk about tuna.", Place::Middle);
    }
}
