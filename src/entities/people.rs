//! People: titles, names behind a title, names that stand alone.

use super::candidate::Trust;
use super::kind::EntityKind;
use super::lexicon::Classes;
use super::scan::{Found, Scan};
use super::token::{Shape, Token};

/// Most tokens that a person's name is given.
const LONGEST_NAME: usize = 9;
/// Most tokens that a title is given.
const LONGEST_TITLE: usize = 24;

/// Letters behind a name that are no part of it.
const POSTNOMINALS: [&str; 12] =
    ["SC", "QC", "KC", "MP", "MEP", "OBE", "CBE", "MBE", "PhD", "AO", "AM", "CMG"];
/// Endings of words that are no names of people.
const COMMON_ENDINGS: [&str; 26] = [
    "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ity", "ities", "ence", "ance", "ship",
    "ships", "ing", "ings", "ism", "ical", "ial", "ives", "ive", "ous", "ure", "ures", "ology", "ics", "ies",
];

/// The index behind the title that begins at token `at`, where a person's name may follow: "Deputy Prime
/// Minister and Minister of Foreign Affairs", "Ms.".
pub(super) fn title_at(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let reader = scan.reader;
    if !reader.is_capital(at) {
        return None;
    }
    let mut next = at;
    // "Deputy", "Foreign", "Law": only when a title follows.
    while next < at + 6 && !is_title(scan, next) {
        let is_modifier = reader.any(next, Classes::TITLE_MODIFIER) && reader.is_capital(next)
            || next > at
                && (reader.is_mark(next, '-') || reader.is_mark(next, '&') || reader.is(next, "and"));
        if !is_modifier || (next > at && !reader.runs_on(next)) {
            return None;
        }
        next += 1;
    }
    let mut end = title_end(scan, next)?;
    // More titles: "Prime Minister and Minister for Defence", "Mr. President", "Minister Dr".
    while end < at + LONGEST_TITLE && reader.runs_on(end) {
        let joined =
            end + usize::from(reader.is(end, "and") || reader.is_mark(end, '/') || reader.is_mark(end, '-'));
        let mut more = joined;
        while more < joined + 4
            && !is_title(scan, more)
            && reader.is_capital(more)
            && reader.any(more, Classes::TITLE_MODIFIER)
        {
            more += 1;
        }
        match title_end(scan, more) {
            Some(next) if reader.is_capital(more) && reader.runs_on(joined) => end = next,
            _ => break,
        }
    }
    Some(end)
}

fn is_title(scan: &Scan<'_>, at: usize) -> bool {
    scan.lexicon.longest(scan.reader.from(at), Classes::TITLE).is_some() && scan.reader.is_capital(at)
}

/// The index behind one title word or phrase and the portfolio behind it.
fn title_end(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let reader = scan.reader;
    let phrase = scan.lexicon.longest(reader.from(at), Classes::TITLE)?;
    if !reader.is_capital(at) {
        return None;
    }
    let end = at + phrase.length;
    let last = end - 1;
    if reader.any(last, Classes::PORTFOLIO) {
        return Some(portfolio(scan, end));
    }
    Some(end)
}

/// The index behind "of Foreign Affairs and International Cooperation" at `at`, or `at`.
fn portfolio(scan: &Scan<'_>, at: usize) -> usize {
    let reader = scan.reader;
    let mut end = at;
    while end < at + LONGEST_TITLE {
        let is_led = reader.is(end, "of")
            || reader.is(end, "for")
            || (end > at && (reader.is(end, "and") || reader.is_mark(end, ',') || reader.is_mark(end, '&')));
        if !is_led {
            break;
        }
        let mut next = end + 1;
        while reader.is(next, "the") || reader.is(next, "and") {
            next += 1;
        }
        let known = scan
            .listed(next)
            .is_some_and(|found| found.kind != EntityKind::Group || !reader.is_capital(next + 1));
        let known = known && !reader.is(next + 1, "affairs") && !reader.is(next + 2, "affairs");
        let is_body = reader.any(next, Classes::HEAD_OF) && reader.is(next + 1, "of");
        let after_comma = reader.is_mark(end, ',') || reader.is(end, "and");
        let is_subject = |index: usize| {
            reader.any(index, Classes::TITLE_MODIFIER.with(Classes::ADJECTIVE))
                || scan.evidence.is_lower(reader.get(index).map_or(0, |it| it.hash))
        };
        if !reader.is_capital(next)
            || known
            || is_body
            || (is_title(scan, next) && !reader.any(next, Classes::TITLE_MODIFIER))
            || (after_comma && !is_subject(next))
        {
            break;
        }
        next += 1;
        while reader.is_capital(next)
            && reader.runs_on(next)
            && is_subject(next)
            && !is_title(scan, next)
            && scan.listed(next).is_none()
        {
            next += 1;
        }
        end = next;
    }
    end
}

/// The person whose name begins at token `at`, right behind a title.
pub(super) fn titled(scan: &Scan<'_>, at: usize) -> Option<Found> {
    let reader = scan.reader;
    let token = reader.get(at)?;
    if token.shape.has(Shape::BREAK) || token.shape.has(Shape::MARK) {
        return None;
    }
    let first = skip_particles(scan, at);
    let is_known_person =
        scan.evidence.is_person(token.hash) || token.any(Classes::GIVEN.with(Classes::FAMILY));
    let is_other = scan.listed(at).is_some_and(|found| {
        found.end > at + 1 || !matches!(found.kind, EntityKind::Place) || token.any(Classes::STATE)
    });
    let honoured = at.checked_sub(1).is_some_and(|before| reader.any(before, Classes::HONORIFIC));
    let is_common = token.any(Classes::FUNCTION.with(Classes::WEEKDAY).with(Classes::MONTH)) && !honoured;
    let is_head = token.any(Classes::HEAD.with(Classes::TITLE_MODIFIER))
        && !honoured
        && !scan.evidence.is_person(token.hash);
    if !is_name_word(scan, first) || (is_other && !is_known_person && !honoured) || is_common || is_head {
        return None;
    }
    let end = name_end(scan, at, true)?;
    Some(Found::new(end, EntityKind::Person, Trust::Sure))
}

/// The person whose name begins at token `at` with no title before it, when enough speaks for one.
pub(super) fn untitled(scan: &Scan<'_>, at: usize) -> Option<Found> {
    let reader = scan.reader;
    let token = reader.get(at)?;
    let is_modifier = token.any(Classes::TITLE_MODIFIER.with(Classes::COMMON_ACRONYM))
        && !token.any(Classes::GIVEN.with(Classes::FAMILY));
    if !is_name_word(scan, at) || token.any(Classes::TITLE.with(Classes::FUNCTION)) || is_modifier {
        return None;
    }
    let end = name_end(scan, at, false)?;
    let before = at.checked_sub(1).and_then(|before| reader.get(before)).filter(|_| reader.runs_on(at));
    let words = || {
        (at..end)
            .filter_map(|index| reader.get(index))
            .filter(|it| it.is_capital() && !it.shape.has(Shape::LETTER))
    };
    let count = words().count();
    let first_counts = !token.shape.has(Shape::FIRST) || !scan.evidence.is_lower(token.hash);
    let mut score = 0;
    if token.any(Classes::GIVEN) && count > 1 {
        score += 2;
    }
    let families = words().filter(|it| it.any(Classes::FAMILY.with(Classes::GIVEN))).count();
    score += (families.min(2) as i32) * i32::from(count > 1);
    score += i32::from(words().any(|it| scan.evidence.is_person(it.hash))) * if count == 1 { 3 } else { 2 };
    let capitals = words().filter(|it| it.shape.has(Shape::ALL_CAPS) && it.span.len() > 2).count();
    let is_shouted = token.shape.has(Shape::SHOUTED);
    let surname_in_capitals = capitals > 0
        && capitals < count
        && !words().any(|it| it.shape.has(Shape::ALL_CAPS) && it.any(Classes::ACRONYM));
    score += 3 * i32::from(surname_in_capitals && !is_shouted);
    let is_double = (at + 2..end).any(|index| reader.is_mark(index, '-')) && count == 3;
    score += 2 * i32::from(is_double && words().all(|it| !it.any(Classes::NAME.with(Classes::HEAD))));
    score += i32::from(
        (at..end).any(|index| reader.any(index, Classes::PARTICLE) && !reader.is_capital(index)) && count > 1,
    );
    score += 2 * i32::from(
        (at + 1..end).any(|index| {
            reader.get(index).is_some_and(|it| it.shape.has(Shape::LETTER) && it.span.len() == 2)
        }) && count > 1,
    );
    if let Some(before) = before {
        let comma = before.is_mark(',');
        let role = if comma { at.checked_sub(2).and_then(|it| reader.get(it)) } else { Some(before) };
        score += 2 * i32::from(role.is_some_and(|it| it.any(Classes::KIN) && !it.is_capital()));
        score += 2 * i32::from(before.is("by") && before.shape.has(Shape::BREAK) && count > 1);
        score += i32::from(before.is("by") || before.is("with") && count > 1);
        score -= 3 * i32::from(before.is("the"));
        score -= 2 * i32::from(before.any(Classes::PLACE_BEFORE) && !before.is("to") && !before.is("from"));
    }
    score += i32::from(reader.any(end, Classes::SPEECH) && !reader.is(end, "is") && !reader.is(end, "was"));
    score += i32::from(
        reader.is_mark(end, ',')
            && (reader.is(end + 1, "the")
                || reader.is(end + 1, "a")
                || reader.is(end + 1, "who")
                || reader.is(end + 1, "an")),
    );
    score += 2 * i32::from(reader.is_mark(end, ',') && is_title(scan, end + 1));
    score -= words()
        .filter(|it| {
            it.any(Classes::HEAD.with(Classes::ADJECTIVE)) && !it.any(Classes::GIVEN.with(Classes::FAMILY))
        })
        .count() as i32
        * 2;
    score -= words().filter(|it| it.any(Classes::STATE.with(Classes::GROUP))).count() as i32 * 2;
    let is_lower = |it: &&Token| {
        scan.evidence.is_lower(it.hash) && (it.shape.has(Shape::FIRST) || !scan.evidence.is_person(it.hash))
    };
    score -= words().filter(is_lower).count() as i32;
    score -= 2 * words().filter(|it| is_common_word(scan, it)).count() as i32;
    score -= 2 * i32::from(token.shape.has(Shape::TITLED) && count > 1 && families < 2);
    if !first_counts && count < 3 {
        score -= 1;
    }
    let needed = if count == 1 { 3 } else { 2 };
    (score >= needed).then(|| {
        let trust = if score > needed && count > 1 { Trust::Sure } else { Trust::Guess };
        Found::new(end, EntityKind::Person, trust)
    })
}

/// Whether the token at `at` can be a word of a person's name.
fn is_name_word(scan: &Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.reader.get(at) else { return false };
    token.is_capital()
        && !(token.any(Classes::STARTER) && token.shape.has(Shape::FIRST))
        && !(token.any(Classes::FUNCTION)
            && !(is_initial(token)
                || scan.evidence.is_person(token.hash)
                || token.shape.has(Shape::ALL_CAPS)))
        && (!token.shape.has(Shape::ALL_CAPS)
            || !token.any(Classes::ACRONYM)
            || scan.evidence.is_person(token.hash))
}

/// Whether the word ends as abstract nouns and adjectives do: "Moral Revival", "Nuclear Deterrence".
pub(super) fn is_common_word(scan: &Scan<'_>, token: &Token) -> bool {
    let word = token.span.of(scan.reader.text);
    word.len() >= 6
        && !token.any(Classes::GIVEN.with(Classes::FAMILY))
        && !scan.evidence.is_person(token.hash)
        && COMMON_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

fn is_initial(token: &Token) -> bool {
    token.shape.has(Shape::LETTER)
}

fn skip_particles(scan: &Scan<'_>, at: usize) -> usize {
    let reader = scan.reader;
    let mut next = at;
    while next < at + 3
        && reader.runs_on(next)
        && !reader.is_capital(next)
        && (reader.any(next, Classes::PARTICLE) || reader.is_glued_mark(next, '-'))
    {
        next += 1;
    }
    next
}

/// The index behind the name that begins at `at`.
fn name_end(scan: &Scan<'_>, at: usize, titled: bool) -> Option<usize> {
    let reader = scan.reader;
    let mut end = skip_particles(scan, at) + 1;
    while end < at + LONGEST_NAME && reader.runs_on(end) {
        let token = reader.get(end)?;
        if token.is_mark('-') && token.is_glued() && reader.is_glued(end + 1) {
            // Gyeong-wan, Ui-jin: the second syllable of a Korean name is small.
            let next = reader.get(end + 1)?;
            let is_small = (2..=7).contains(&next.span.len())
                && !next.shape.has(Shape::MARK)
                && end > at + 1
                && !next.any(Classes::KIN.with(Classes::CONNECTOR))
                && !next.is("led")
                && !next.is("based");
            let is_part = next.is_capital() || is_small && !next.shape.has(Shape::NUMBER);
            if !is_part {
                break;
            }
            end += 2;
            continue;
        }
        if token.any(Classes::SUFFIX)
            && token.is_capital()
            && reader.word(end).len() <= 4
            && !is_initial(token)
            || reader.is(end, "jr")
        {
            return Some(end + 1);
        }
        if token.is_mark(',')
            && (reader.is(end + 1, "jr") || reader.is(end + 1, "sr"))
            && reader.is_capital(end + 1)
        {
            return Some(end + 2);
        }
        if token.shape.has(Shape::MARK) {
            break;
        }
        if !token.is_capital() {
            // bin Salman, van der Leyen, al-Maqtari
            let after = skip_particles(scan, end);
            let is_name = after > end
                && reader.is_capital(after)
                && reader.runs_on(after)
                && is_name_word(scan, after)
                && !reader.is(end, "y")
                && !reader.is(end, "e")
                && !reader.is(end, "la");
            let of_name = (reader.is(end, "y") || reader.is(end, "la")) && reader.any(after, Classes::FAMILY);
            if !(is_name || of_name) {
                break;
            }
            end = after + 1;
            continue;
        }
        // Behind a title, "The" and "How" in capitals are names: Hoang The Lien.
        let is_inner = titled
            && token.any(Classes::FUNCTION)
            && reader.is_capital(end + 1)
            && reader.runs_on(end + 1)
            && is_name_word(scan, end + 1)
            && !token.shape.has(Shape::TITLED);
        if is_inner {
            end += 2;
            continue;
        }
        let is_stop = !is_name_word(scan, end)
            || POSTNOMINALS.contains(&reader.word(end))
            || token.any(Classes::WEEKDAY.with(Classes::FUNCTION))
            || (token.any(Classes::MONTH) && !token.any(Classes::GIVEN))
            || (token.any(Classes::TITLE)
                && !token.any(Classes::GIVEN.with(Classes::FAMILY))
                && !scan.evidence.is_person(token.hash)
                && !is_initial(token))
            || (token.any(Classes::ORG_HEAD.with(Classes::EVENT_HEAD).with(Classes::AGREEMENT_HEAD))
                && !token.any(Classes::GIVEN.with(Classes::FAMILY)))
            || (token.any(Classes::GROUP.with(Classes::STATE))
                && !token.any(Classes::FAMILY.with(Classes::GIVEN))
                && (titled || end > at + 1))
            || (token.any(Classes::NAME) && scan.listed(end).is_some_and(|found| found.end > end + 1));
        if is_stop {
            break;
        }
        end += 1;
    }
    Some(end)
}
