//! Dates: calendar expressions that can be put on a calendar.

use super::lexicon::Classes;
use super::reader::Reader;
use super::token::Shape;

/// The end of the date that begins at token `at`, if one does. Looks at a bounded number of tokens.
pub(super) fn date_at(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let token = reader.get(at)?;
    if token.shape.has(Shape::NUMBER) {
        return numeric(reader, at)
            .or_else(|| day_month(reader, at))
            .or_else(|| year(reader, at))
            .or_else(|| (reader.is_ordinal(at)).then(|| edge(reader, at)).flatten());
    }
    if token.any(Classes::WEEKDAY) && token.is_capital() {
        return weekday(reader, at);
    }
    if token.any(Classes::MONTH) && token.is_capital() {
        return month(reader, at);
    }
    if token.any(Classes::DAY_WORD) {
        return Some(
            at + 1 + usize::from(reader.any(at + 1, Classes::UNIT) && is_part_of_day(reader, at + 1)),
        );
    }
    if token.any(Classes::RELATIVE) {
        return relative(reader, at);
    }
    if token.any(Classes::EDGE) {
        return edge(reader, at);
    }
    if token.any(Classes::SEASON) {
        return season(reader, at);
    }
    fiscal(reader, at)
}

/// 15/03/2025, 2024-05-01, 12.10.2024.
fn numeric(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let word = reader.word(at);
    if word.matches('.').count() == 2 && word.split('.').all(|part| (1..=4).contains(&part.len())) {
        return Some(at + 1);
    }
    let separator = ['/', '-', '.'].into_iter().find(|&mark| reader.is_glued_mark(at + 1, mark))?;
    let middle = reader.number(at + 2)?;
    let second =
        reader.is_glued_mark(at + 3, separator) && reader.is_glued(at + 2) && reader.is_glued(at + 4);
    let (first, last) = (reader.number(at)?, reader.number(at + 4).filter(|_| second)?);
    let plausible = (first <= 31 && middle <= 31 && !(100..1900).contains(&last))
        || ((1900..=2100).contains(&first) && middle <= 12 && last <= 31);
    plausible.then_some(at + 5)
}

/// 6 July 2024, 25 to 28 November, 13 and 14 March, 19th of May.
fn day_month(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let mut next = day(reader, at)?;
    if reader.is(next, "of") {
        next += 1;
    }
    let is_joint = reader.is_mark(next, '-') || ["to", "and"].iter().any(|word| reader.is(next, word));
    if is_joint {
        if let Some(end) = day(reader, next + 1) {
            next = end;
        } else {
            return None;
        }
    }
    if !is_month(reader, next) {
        return None;
    }
    let with_year = year_after(reader, next + 1);
    // 29 December to 2 January 2026 is one date when the year is said once.
    let is_range = (reader.is(with_year, "to") || reader.is_mark(with_year, '-')) && !is_joint;
    if is_range && with_year == next + 1 {
        let month = day(reader, with_year + 1).filter(|&month| is_month(reader, month));
        if let Some(month) = month {
            return Some(year_after(reader, month + 1));
        }
    }
    Some(with_year)
}

/// A day of the month, with or without its ending; the index behind it.
fn day(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let word = reader.word(at);
    let digits = word.trim_end_matches(|character: char| character.is_alphabetic());
    let ending = word.get(digits.len()..).unwrap_or("");
    let is_ending =
        ending.is_empty() || ["st", "nd", "rd", "th"].iter().any(|it| ending.eq_ignore_ascii_case(it));
    let number: u32 = digits.parse().ok()?;
    (is_ending && (1..=31).contains(&number) && digits.len() <= 2).then_some(at + 1)
}

fn is_month(reader: &Reader<'_>, at: usize) -> bool {
    reader.get(at).is_some_and(|token| token.any(Classes::MONTH) && token.is_capital())
}

/// The index behind a year (with or without comma) at `at`, or `at`.
fn year_after(reader: &Reader<'_>, at: usize) -> usize {
    let comma = at + usize::from(reader.is_mark(at, ','));
    if is_year(reader, comma) { comma + 1 } else { at }
}

fn is_year(reader: &Reader<'_>, at: usize) -> bool {
    let in_range = |number| (1000..=2199).contains(&number);
    reader.word(at).len() == 4 && reader.number(at).is_some_and(in_range)
}

/// July 6, 2024; July 6-8; July 2024; July.
fn month(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if let Some(next) = day(reader, at + 1).filter(|_| !reader.is_mark(at + 2, ':')) {
        let joint = reader.is_mark(next, '-') || ["to", "and"].iter().any(|word| reader.is(next, word));
        let range = if joint {
            let second = next + 1 + usize::from(is_month(reader, next + 1));
            day(reader, second).filter(|&end| !is_month(reader, end) || second > next + 1)
        } else {
            None
        };
        return Some(year_after(reader, range.unwrap_or(next)));
    }
    let next = at + 1 + usize::from(reader.is(at + 1, "of"));
    if is_year(reader, next) {
        return Some(next + 1);
    }
    if is_year(reader, year_after(reader, at + 1).wrapping_sub(1)) && reader.is_mark(at + 1, ',') {
        return Some(year_after(reader, at + 1));
    }
    if let Some(end) = relative(reader, at + 1).filter(|_| !reader.is(at + 1, "current")) {
        return Some(end);
    }
    if reader.is(at + 1, "of") && reader.is(at + 2, "this") && reader.is(at + 3, "year") {
        return Some(at + 4);
    }
    // A bare month. May and March begin sentences as verbs; short forms need their day.
    let token = reader.get(at)?;
    let is_short = token.span.len() <= 4 && !["may", "june", "july"].iter().any(|word| token.is(word));
    let is_doubtful = token.shape.has(Shape::FIRST) && !token.shape.has(Shape::DATELINE)
        || token.shape.has(Shape::SHOUTED)
        || reader.get(at + 1).is_some_and(|next| {
            next.is_capital() && !next.any(Classes::FUNCTION) && !next.shape.has(Shape::BREAK)
        });
    let is_after_name = at > 0
        && reader.get(at - 1).is_some_and(|before| before.is_capital() && !token.shape.has(Shape::BREAK));
    (!is_short && !is_doubtful && !is_after_name).then_some(at + 1)
}

/// Tuesday evening; Monday, 19 December 2025.
fn weekday(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let next = at + 1 + usize::from(reader.is_mark(at + 1, ',') || reader.is_mark(at + 1, '.'));
    let full = if is_month(reader, next) {
        month(reader, next).filter(|&end| end > next + 1)
    } else if reader.get(next).is_some_and(|token| token.shape.has(Shape::NUMBER)) {
        day_month(reader, next)
    } else {
        None
    };
    if full.is_some() {
        return full;
    }
    if reader.get(at).is_some_and(|token| token.span.len() < 6) {
        return None;
    }
    let part = usize::from(is_part_of_day(reader, at + 1));
    // A plural or "on Mondays" never gets here: the list holds singulars.
    Some(at + 1 + part)
}

fn is_part_of_day(reader: &Reader<'_>, at: usize) -> bool {
    ["morning", "afternoon", "evening", "night", "noon"].iter().any(|word| reader.is(at, word))
}

/// A bare year where it reads as one.
fn year(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let word = reader.word(at);
    let century = word.get(..2).unwrap_or("");
    let plausible = ["17", "18", "19", "20"].contains(&century);
    if plausible
        && word.len() == 5
        && word.ends_with('s')
        && word.get(..4)?.bytes().all(|it| it.is_ascii_digit())
    {
        return Some(at + 1);
    }
    if !plausible || !is_year(reader, at) || reader.is_mark(at + 1, '%') {
        return None;
    }
    // 2024/25
    let short =
        reader.is_glued_mark(at + 1, '/') && reader.is_glued(at + 2) && reader.number(at + 2).is_some();
    if short {
        return Some(at + 3);
    }
    // 2026-2030
    if reader.is_glued_mark(at + 1, '-') && reader.is_glued(at + 2) && is_later_year(reader, at) {
        return Some(at + 3);
    }
    let before = at.checked_sub(1).and_then(|before| reader.get(before));
    let leads = [
        "in",
        "since",
        "by",
        "until",
        "till",
        "of",
        "from",
        "before",
        "after",
        "during",
        "through",
        "for",
        "and",
        "to",
        "between",
        "the",
        "mid",
        "late",
        "early",
        "as",
        "around",
        "about",
        "back",
        "end",
        "or",
        "throughout",
        "their",
        "its",
        "his",
        "her",
        "fiscal",
        "year",
        "summer",
        "autumn",
        "spring",
        "winter",
        "than",
        "with",
        "both",
    ];
    let is_led = before.is_some_and(|token| leads.iter().any(|lead| token.is(lead)));
    let follows_name = before.is_some_and(|token| {
        token.is_capital()
            && !reader.get(at).is_some_and(|it| it.shape.has(Shape::BREAK))
            && !token.any(Classes::FUNCTION)
    });
    let next = reader.get(at + 1);
    let ends = next.is_none_or(|next| {
        next.shape.has(Shape::MARK)
            || next.shape.has(Shape::BREAK)
            || next.any(Classes::CONNECTOR)
            || !next.is_capital()
    });
    let counts = next.is_some_and(|next| {
        !next.shape.has(Shape::MARK)
            && !next.is_capital()
            && reader.word(at + 1).ends_with('s')
            && !next.any(Classes::SPEECH)
            && next.span.len() > 3
    });
    let is_counted = counts
        && !before.is_some_and(|token| {
            ["in", "since", "by", "until", "the", "of"].iter().any(|lead| token.is(lead))
        });
    (ends
        && !is_counted
        && !follows_name
        && (is_led
            || before.is_none_or(|token| token.shape.has(Shape::MARK) || !token.any(Classes::NUMBER_WORD))))
    .then_some(at + 1)
}

/// Whether a later year, whole or in two digits, stands behind the dash after the year at `at`.
fn is_later_year(reader: &Reader<'_>, at: usize) -> bool {
    let (Some(first), Some(last)) = (reader.number(at), reader.number(at + 2)) else { return false };
    match reader.word(at + 2).len() {
        4 => last > first && last < 2200,
        2 => last > first % 100,
        _ => false,
    }
}

/// Last month, next fiscal year, this past weekend, this Tuesday, last July.
fn relative(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if !["last", "next", "this", "current", "coming", "previous"].iter().any(|word| reader.is(at, word)) {
        return None;
    }
    let mut next = at + 1;
    if ["past", "coming", "fiscal", "financial", "academic", "school", "calendar", "budget"]
        .iter()
        .any(|word| reader.is(next, word))
    {
        next += 1;
    }
    let token = reader.get(next)?;
    if token.any(Classes::WEEKDAY.with(Classes::MONTH)) && token.is_capital() {
        return Some(next + 1 + usize::from(is_part_of_day(reader, next + 1)));
    }
    let is_firm = ["last", "next", "this"].iter().any(|word| reader.is(at, word));
    let is_unit = token.any(Classes::UNIT)
        && !["decade", "century", "term", "day", "fall"].iter().any(|word| token.is(word));
    let is_year = ["year", "month", "week", "quarter"].iter().any(|word| token.is(word));
    (is_unit && (is_firm || is_year && next > at + 1)).then_some(next + 1)
}

/// End of the year, early 2024, mid-April, first quarter of 2026, later this week, first of July.
fn edge(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let mut next = at + 1;
    if reader.is_mark(next, '-') {
        next += 1;
    }
    let is = |words: &[&str]| words.iter().any(|word| reader.is(at, word));
    if is(&["later", "earlier"]) {
        return if reader.is(next, "this") || reader.is(next, "last") {
            relative(reader, next)
        } else {
            None
        };
    }
    if is(&["early", "late", "mid"]) {
        let firm = reader.is(next, "this") || reader.is(next, "last") || reader.is(next, "next");
        if firm {
            return relative(reader, next);
        }
        let token = reader.get(next)?;
        if token.any(Classes::MONTH) && token.is_capital() {
            return month(reader, next).or(Some(next + 1));
        }
        return if is_year(reader, next) { Some(next + 1) } else { None };
    }
    let counted = reader.any(at, Classes::ORDINAL)
        || reader.is_ordinal(at)
        || is(&["first", "second", "third", "fourth", "last"]);
    if counted && (reader.is(next, "quarter") || reader.is(next, "half")) {
        return Some(whole(reader, next + 1).unwrap_or(next + 1))
            .filter(|&end| end > next + 1 || reader.is(next, "quarter"));
    }
    if is(&["end", "beginning", "start", "middle", "turn"]) || is(&["first"]) {
        return whole(reader, next);
    }
    None
}

/// "of 2026", "of the year", "of January": what an edge or quarter belongs to.
fn whole(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if !reader.is(at, "of") {
        return None;
    }
    let the = at + 1 + usize::from(reader.is(at + 1, "the"));
    if is_month(reader, the) {
        return month(reader, the).or(Some(the + 1));
    }
    if let Some(end) = fiscal(reader, the).or_else(|| relative(reader, the)) {
        return Some(end);
    }
    if is_year(reader, the) {
        return year(reader, the).or(Some(the + 1));
    }
    let unit = the + usize::from(reader.is(the, "fiscal") || reader.is(the, "financial"));
    let is_calendar = ["year", "month", "week", "century", "season"].iter().any(|word| reader.is(unit, word));
    (is_calendar && (the > at + 1 || reader.is(unit, "year"))).then_some(unit + 1)
}

/// Spring 2025, autumn of 2024, in the summer.
fn season(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let next = at + 1 + usize::from(reader.is(at + 1, "of"));
    if is_year(reader, next) {
        return Some(next + 1);
    }
    let is_led =
        at > 0 && ["in", "by", "until", "since", "before"].iter().any(|word| reader.is(at - 1, word));
    (is_led && !reader.is(at, "fall")).then_some(at + 1)
}

/// FY2025, FY2024/25, fiscal year 2026.
fn fiscal(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let word = reader.word(at);
    let pair = |next: usize| {
        let mark = reader.is_glued_mark(next, '/') || reader.is_glued_mark(next, '-');
        next + if mark && reader.number(next + 1).is_some() { 2 } else { 0 }
    };
    let digits = word.strip_prefix("FY").unwrap_or("");
    if digits.len() >= 2 && digits.bytes().all(|it| it.is_ascii_digit()) {
        return Some(pair(at + 1));
    }
    if reader.is(at, "fiscal") || reader.is(at, "financial") || reader.is(at, "academic") {
        let next = at + 1 + usize::from(reader.is(at + 1, "year"));
        if is_year(reader, next) {
            return Some(pair(next + 1));
        }
    }
    None
}
