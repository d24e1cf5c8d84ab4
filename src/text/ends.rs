//! Judges whether a sentence ends at a full stop, by the words around it.

use super::characters::is_dash;
use super::lists::{Abbreviation, Lists};
use super::notes::with_notes;
use super::scan::{Run, skip_openers};

/// A place where a sentence may end.
pub(super) struct Candidate<'a> {
    pub(super) text: &'a str,
    /// Where the block ends; the run ends before it.
    pub(super) block_end: usize,
    /// Where the present sentence starts.
    pub(super) sentence_start: usize,
    pub(super) run: Run,
}

/// What follows a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A small letter.
    Lower,
    /// A capital letter, or a letter of a script without case.
    Upper,
    /// A digit.
    Digit,
    /// A comma, colon, closing bracket or the like, which goes on with the sentence.
    Inner,
    /// Anything else: a symbol, a currency, an emoji.
    Other,
}

/// Words longer than this, in bytes, are no abbreviations.
const WORD: usize = 48;

/// What becomes of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The sentence ends here: as a rule behind the run, its closing marks and the marks of footnotes included.
    Ends(usize),
    /// The sentence goes on, and no full stop before this byte ends it.
    GoesOn(usize),
}

/// Whether the sentence ends at the candidate, and where.
pub(super) fn judge(at: &Candidate<'_>) -> Verdict {
    let run = at.run;
    let noted = with_notes(at.text, run.end, at.block_end);
    if noted > run.end {
        // A mark of a footnote follows no abbreviation, so what comes behind it decides little.
        let rest = at.text.get(noted..at.block_end).unwrap_or("").trim_start();
        let ends = !rest.starts_with(char::is_lowercase) && noted < at.block_end;
        // Marks hold full stops of their own: those of "[...] [...] [...]" would be judged by the same words again.
        return if ends { Verdict::Ends(noted) } else { Verdict::GoesOn(noted) };
    }
    if !ends_sentence(at) {
        return Verdict::GoesOn(run.end);
    }
    // "compounds. . . . The": a full stop, and an omission that the next sentence starts with.
    let is_attached = at.text.get(..run.start).is_some_and(|before| !before.ends_with(char::is_whitespace));
    if run.is_spaced && run.dots == 4 && is_attached && !run.is_closed && !run.is_loud {
        return Verdict::Ends(run.start + 1);
    }
    Verdict::Ends(run.end)
}

fn ends_sentence(at: &Candidate<'_>) -> bool {
    let run = at.run;
    let rest = at.text.get(run.end..at.block_end).unwrap_or("");
    let after_space = rest.trim_start_matches(is_thin_space);
    let gap = rest.len() - after_space.len();
    if run.is_wide || run.is_own {
        return ends_beyond_doubt(run, after_space, gap);
    }
    // "[...]" and "(?)" say something about the words around them.
    let is_bracketed =
        run.is_closed && at.text.get(..run.start).is_some_and(|before| before.ends_with(['[', '(']));
    if is_bracketed {
        return false;
    }
    let next_at = skip_openers(at.text, at.block_end - after_space.len(), at.block_end);
    let next_text = at.text.get(next_at..at.block_end).unwrap_or("");
    let next = classify(next_text);
    let word = word_before(at.text, at.sentence_start, run.start);
    if gap == 0 {
        return ends_without_space(at, word, next_at, next_text);
    }
    match next {
        Next::Inner => false,
        Next::Lower => ends_before_small(run, word, next_text),
        Next::Upper | Next::Digit | Next::Other => {
            if run.is_loud {
                return true;
            }
            if run.dots > 1 {
                let inside = run.is_spaced && run.dots == 3 || run.dots == 2 && word.is_empty();
                return !(inside && !run.is_closed && word.is_empty()) && next != Next::Digit;
            }
            ends_after_word(at, word, next, next_text)
        }
    }
}

/// Full stops of other scripts end a sentence unless the words go on behind a closing quote.
fn ends_beyond_doubt(run: Run, after_space: &str, gap: usize) -> bool {
    let Some(next) = after_space.chars().next() else { return true };
    if matches!(next, '、' | '，' | '،' | ',' | ';' | '؛' | '：' | ':') {
        return false;
    }
    // 「…。」と: a quotation that the sentence goes on with.
    let goes_on = run.is_closed
        && run.is_wide
        && gap == 0
        && matches!(next, 'と' | 'は' | 'が' | 'を' | 'に' | 'の' | 'も' | 'で' | 'や' | 'っ' | 'な');
    // Khmer "។ល។" is "etc.".
    let is_etc = gap == 0 && after_space.starts_with("ល។");
    !(goes_on || is_etc || run.is_closed && next.is_lowercase())
}

/// Without a space behind it only `need.And` ends a sentence: a small letter before, a capitalised word after.
fn ends_without_space(at: &Candidate<'_>, word: &str, next_at: usize, next_text: &str) -> bool {
    let run = at.run;
    if run.dots > 1 || run.is_spaced {
        return false;
    }
    // Between the full stop and the word at most closing quotes: an opening bracket or dash would go on.
    if next_at != run.end {
        let between = at.text.get(run.end..next_at).unwrap_or("");
        if !between.chars().all(|character| matches!(character, '“' | '‘' | '"' | '«')) {
            return false;
        }
    }
    let mut letters = next_text.chars();
    let Some(first) = letters.next() else { return false };
    if !first.is_alphabetic() || first.is_lowercase() {
        return false;
    }
    if !first.is_uppercase() {
        // A script without case: `.` between two such words.
        return !run.is_loud && word.chars().all(|c| !c.is_ascii()) && !word.is_empty();
    }
    let second = letters.next();
    let is_word = match second {
        Some(second) => {
            second.is_lowercase()
                || (second == ' ' && matches!(first, 'A' | 'I'))
                || second == '\''
                || second == '’'
        }
        None => false,
    };
    if !is_word {
        return false;
    }
    let before = at.text.get(..run.start).and_then(|text| text.chars().next_back());
    let fits = match before {
        Some(')' | ']' | '%' | '”' | '"' | '’') => true,
        Some(letter) if letter.is_lowercase() => word.chars().count() > 1,
        Some(letter) => letter.is_alphanumeric() && word.chars().count() > 2 || letter.is_ascii_digit(),
        None => false,
    };
    let is_plain =
        !word.contains(['@', '/', '\\', '_', '=', '#']) && !word.contains('.') && !word.starts_with("www");
    if !fits || !is_plain || Lists::get().abbreviation(word).is_any() {
        return false;
    }
    let after = head(next_text, 200).split(char::is_whitespace).next().unwrap_or("");
    let after_word: &str = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    // "Final.pdf": a full stop inside the word.
    let is_dotted = after.trim_end_matches(|c: char| !c.is_alphanumeric()).contains('.');
    let looks_like_address =
        after.len() > 190 || is_dotted || after.contains(['@', '/', '_', '=']) || is_ending(after_word);
    !looks_like_address
}

/// Endings of host and file names that are written with a capital now and then.
fn is_ending(word: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "com", "org", "net", "gov", "edu", "int", "info", "io", "co", "uk", "de", "eu", "us", "js", "py",
        "pdf", "doc", "docx", "html", "htm", "txt", "xls",
    ];
    ENDINGS.iter().any(|ending| ending.eq_ignore_ascii_case(word))
}

/// A small letter follows: an end only when the full stop can be nothing else.
fn ends_before_small(run: Run, word: &str, next_text: &str) -> bool {
    if next_text.starts_with("http://") || next_text.starts_with("https://") {
        return !Lists::get().abbreviation(word).is_any();
    }
    if run.is_closed || run.dots > 1 {
        return false;
    }
    if run.is_loud {
        return !Lists::get().abbreviation(word).shout;
    }
    let count = word.chars().count();
    let is_word = word.chars().all(char::is_alphabetic)
        && (count >= 4 || count >= 2 && word.chars().all(char::is_lowercase))
        && word
            .chars()
            .any(|letter| matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    is_word && !Lists::get().abbreviation(word).is_any()
}

/// One full stop after a word, with white space behind it and no small letter after that.
fn ends_after_word(at: &Candidate<'_>, word: &str, next: Next, next_text: &str) -> bool {
    let lists = Lists::get();
    let run = at.run;
    if word.is_empty() {
        // `”.` or `).` or a full stop on its own.
        return true;
    }
    let is_first =
        at.text.get(..run.start - word.len()).is_none_or(|before| is_blank_start(before, at.sentence_start));
    if is_first && is_counter(word) {
        return false;
    }
    if is_bracketed_word(at, word) || is_date_part(word, next_text) {
        return false;
    }
    if run.is_closed {
        // "(U.S.) Government" and `"Inc." The`: the bracket decides less than the word.
        return !lists.abbreviation(word).name
            && (!is_initials(word) || is_starter(next_text) || next != Next::Upper);
    }
    let known = known_as(word);
    // "P.S. By the way": an abbreviation alone is no sentence.
    if is_first && (known.inside || known.either) {
        return false;
    }
    // "c. 1871", "p. 55"
    if next == Next::Digit && word.len() == 1 && word.starts_with(|c: char| c.is_ascii_lowercase()) {
        return false;
    }
    if known.name && next != Next::Digit {
        return false;
    }
    if known.number && (next == Next::Digit || is_roman(next_word(next_text)) || is_code(next_text)) {
        return false;
    }
    if is_time(word) {
        return next == Next::Upper && ends_after_time(at, next_text);
    }
    if known.inside || known.either || is_initials(word) {
        return next == Next::Upper && is_starter(next_text);
    }
    true
}

/// After "6 p.m." any capital starts a sentence, but a day, a time zone, or when the time opens the sentence.
fn ends_after_time(at: &Candidate<'_>, next_text: &str) -> bool {
    if is_starter(next_text) {
        return true;
    }
    let word = next_word(next_text);
    let is_zone =
        word.chars().count() <= 5 && word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let is_local =
        matches!(word, "Eastern" | "Pacific" | "Central" | "Mountain" | "Local" | "Greenwich" | "Moscow");
    let sentence = at.text.get(at.sentence_start..at.run.start).unwrap_or("");
    let is_short = sentence.len() < 40 && sentence.split_whitespace().count() <= 3;
    !is_short && !is_zone && !is_local && !Lists::get().is_month_or_day(word)
}

fn is_time(word: &str) -> bool {
    ["a.m", "p.m"].iter().any(|time| time.eq_ignore_ascii_case(word))
}

/// "E", "U.S", "P.K": single letters with full stops between them.
fn is_initials(word: &str) -> bool {
    let mut letters = 0;
    let parts_fit = word.split(['.', '-']).all(|part| {
        letters += 1;
        let mut characters = part.chars();
        characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
    });
    parts_fit && (letters > 1 || word.starts_with(char::is_uppercase))
}

/// "3", "IV", "b": what may number a paragraph.
fn is_counter(word: &str) -> bool {
    word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit())
        || is_roman(word)
        || word.chars().count() == 1
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() < 8 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Whether the next word likes to start sentences; "A." and "I." are initials.
pub(super) fn is_starter(next_text: &str) -> bool {
    let word = next_word(next_text);
    let is_initial = word.len() == 1 && next_text.get(1..2) == Some(".");
    // "That's", "They'll"
    let stem = word.split(['\'', '’']).next().unwrap_or(word);
    !is_initial && Lists::get().is_starter(stem)
}

/// What the list knows of `word`, or of its part behind a hyphen: "Augier-St."
fn known_as(word: &str) -> Abbreviation {
    let lists = Lists::get();
    let known = lists.abbreviation(word);
    match word.rsplit_once('-') {
        Some((_, last)) if !known.is_any() => {
            Abbreviation { inside: false, either: false, ..lists.abbreviation(last) }
        }
        _ => known,
    }
}

/// A lone word in brackets inside a sentence: "Major General (Rtd.) Osei".
fn is_bracketed_word(at: &Candidate<'_>, word: &str) -> bool {
    let before = at.text.get(at.sentence_start..at.run.start - word.len()).unwrap_or("");
    at.run.is_closed && before.len() > 1 && before.ends_with('(')
}

/// "29. 10. 2025", "3. 5."
fn is_date_part(word: &str, next_text: &str) -> bool {
    let is_short =
        |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let digits = next_text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    let next = next_text.get(..digits).unwrap_or("");
    let is_year = digits == 4 && (next.starts_with("19") || next.starts_with("20"));
    let is_month = is_short(next) && next_text.get(digits..=digits) == Some(".");
    is_short(word)
        && (is_year
            || is_month && next_text.get(digits + 1..).is_some_and(|rest| rest.starts_with([' ', '2', '1'])))
}

/// "NW1187E": a word with figures in it, as numbers of files have.
fn is_code(next_text: &str) -> bool {
    head(next_text, 24)
        .split(char::is_whitespace)
        .next()
        .is_some_and(|word| word.contains(|c: char| c.is_ascii_digit()))
}

/// The letters and apostrophes at the start of `text`.
fn next_word(text: &str) -> &str {
    let length: usize = text
        .chars()
        .take(24)
        .take_while(|&c| c.is_alphabetic() || matches!(c, '\'' | '’'))
        .map(char::len_utf8)
        .sum();
    text.get(..length).unwrap_or("").trim_end_matches(['\'', '’'])
}

/// The word that ends at `end`: back to white space, an opening mark or a dash, at most [`WORD`] bytes.
fn word_before(text: &str, start: usize, end: usize) -> &str {
    let before = text.get(start..end).unwrap_or("");
    let mut length = 0;
    for character in before.chars().rev() {
        let stops = character.is_whitespace()
            || matches!(
                character,
                '(' | '['
                    | '"'
                    | '“'
                    | '”'
                    | '‘'
                    | '«'
                    | '»'
                    | ')'
                    | ']'
                    | '—'
                    | '–'
                    | ','
                    | ';'
                    | ':'
                    | '•'
                    | '⁃'
            )
            || length > WORD;
        if stops {
            break;
        }
        length += character.len_utf8();
    }
    before.get(before.len() - length..).unwrap_or("")
}

/// Whether nothing but marks stands between the start of the sentence and the end of `before`.
fn is_blank_start(before: &str, sentence_start: usize) -> bool {
    before
        .get(sentence_start..)
        .is_some_and(|lead| lead.len() <= 12 && !lead.chars().any(char::is_alphanumeric))
}

fn classify(next: &str) -> Next {
    let mut characters = next.chars();
    let Some(first) = characters.next() else { return Next::Other };
    match first {
        ',' | ';' | ':' | ')' | ']' | '}' | '&' | '%' | '/' | '.' | '…' | '?' | '!' | '=' => Next::Inner,
        _ if first.is_lowercase() => Next::Lower,
        _ if first.is_numeric() => Next::Digit,
        _ if first.is_alphabetic() => Next::Upper,
        _ if is_dash(first) => {
            // A dash goes on with the sentence unless a capital follows.
            let after = characters.find(|&c| !is_dash(c) && !c.is_whitespace());
            match after {
                Some(letter) if letter.is_lowercase() => Next::Inner,
                _ => Next::Other,
            }
        }
        _ => Next::Other,
    }
}

/// Whether speech breaks off at the spaced dash from `start` to `end`: "so maybe — That's me."
pub(super) fn breaks_off(text: &str, start: usize, end: usize, block_end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.strip_suffix(' '));
    let goes_on =
        before.and_then(|before| before.chars().next_back()).is_some_and(|c| c.is_lowercase() || c == '-');
    let next = text.get(end..block_end).and_then(|rest| rest.strip_prefix(' ')).unwrap_or("");
    // "I" has its capital anywhere.
    let is_i = next_word(next).split(['\'', '’']).next() == Some("I");
    goes_on && next.starts_with(char::is_uppercase) && !is_i && is_starter(next)
}

/// At most the first `limit` bytes of `text`, cut on a character boundary.
pub(super) fn head(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or(text)
}

/// White space; and what has no width and may stand there.
pub(super) fn is_thin_space(character: char) -> bool {
    character.is_whitespace() || character == '\u{200b}'
}
