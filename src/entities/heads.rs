//! Names by their head words: ministries, conventions, summits, ports.

use super::candidate::Trust;
use super::complements;
use super::kind::EntityKind;
use super::lexicon::Classes;
use super::scan::{Found, Scan};
use super::token::Shape;

/// Most tokens before a head word.
const BEFORE: usize = 12;

/// The name that begins at token `at` and is told by a head word in it, if there is one.
pub(super) fn headed(scan: &Scan<'_>, at: usize) -> Option<Found> {
    let reader = scan.reader;
    let first = reader.get(at)?;
    if first.any(Classes::FUNCTION)
        && !first.shape.has(Shape::ALL_CAPS)
        && !first.any(Classes::ORDINAL.with(Classes::HEAD_OF))
    {
        return None;
    }
    let numbered = reader.is_ordinal(at)
        || (first.any(Classes::ORDINAL) && !first.any(Classes::ADJECTIVE)) && is_count(scan, at);
    let dated = first.shape.has(Shape::DIGITS) && first.span.len() == 4;
    if first.shape.has(Shape::NUMBER) && !numbered && !dated {
        return None;
    }
    if !first.is_capital() && !first.shape.has(Shape::NUMBER) && !numbered {
        return None;
    }
    let head = last_head(scan, at, numbered)?;
    let kind = head.kind;
    let alone = head.at == at;
    let mut end = head.at + 1;
    let behind = complements::behind(scan, head.at, kind);
    if let Some(behind) = behind {
        end = behind;
    }
    // "Resolution 2254", "National Road No. 5", "Agenda 2063", "Phase II".
    end = complements::number_behind(scan, end, kind);
    if alone && end == at + 1 {
        return None;
    }
    let is_numbered_law =
        ["resolution", "agenda", "regulation", "directive", "protocol", "order", "decree", "act"];
    if alone && behind.is_none() && !is_numbered_law.iter().any(|word| reader.is(at, word)) {
        return None;
    }
    let weak_first = first.shape.has(Shape::FIRST)
        && scan.evidence.is_lower(first.hash)
        && !first.any(Classes::ADJECTIVE.with(Classes::ORDINAL).with(Classes::NAME).with(Classes::HEAD_OF));
    let titled = first.shape.has(Shape::TITLED) || first.shape.has(Shape::SHOUTED);
    let known_modifier = (at..head.at).any(|index| {
        reader.any(index, Classes::NAME)
            || reader.is_ordinal(index)
            || reader
                .get(index)
                .is_some_and(|it| it.shape.has(Shape::ALL_CAPS) && !it.shape.has(Shape::SHOUTED))
    });
    if titled && !known_modifier && !(reader.any(head.at, Classes::ORG_HEAD_OF) && behind.is_some()) {
        return None;
    }
    if weak_first && head.at == at + 1 && !known_modifier {
        return None;
    }
    // Two ordinary words with capitals are no name yet: "Joint Statement", "Trade Agreement" at a sentence's start.
    if (kind == EntityKind::Event || kind == EntityKind::Facility) && !is_specific(scan, at, head.at, end) {
        return None;
    }
    if kind == EntityKind::Agreement && !is_own_agreement(scan, at, end) {
        return None;
    }
    let kind = if is_venue(scan, head.at) { EntityKind::Facility } else { kind };
    Some(Found::new(end, kind, Trust::Sure))
}

/// Whether the words name one agreement rather than a sort: not "Memorandum of Understanding", "Joint Declaration".
fn is_own_agreement(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let sort = Classes::ADJECTIVE
        .with(Classes::TITLE_MODIFIER)
        .with(Classes::AGREEMENT_HEAD)
        .with(Classes::AGREEMENT_HEAD_OF)
        .with(Classes::STARTER)
        .with(Classes::CONNECTOR)
        .with(Classes::ORDINAL);
    let count = (at..end).filter(|&index| scan.reader.is_capital(index)).count();
    let telling = |index: usize| {
        scan.reader
            .get(index)
            .is_some_and(|it| !it.shape.has(Shape::MARK) && (!it.any(sort) || it.any(Classes::NAME)))
    };
    count > 3 || (at..end).any(telling)
}

/// "Conference Centre" and the like: a centre that is a building.
fn is_venue(scan: &Scan<'_>, head: usize) -> bool {
    let reader = scan.reader;
    let is_centre = reader.is(head, "centre") || reader.is(head, "center");
    let before = head.wrapping_sub(1);
    is_centre
        && ["conference", "convention", "exhibition", "medical", "health", "congress"]
            .iter()
            .any(|word| reader.is(before, word))
}

/// A name told by the word that it begins with: "Cyclone Freddy", "Camp Hurriya", "Lake Turkana", "Radio Rwanda".
pub(super) fn led(scan: &Scan<'_>, at: usize) -> Option<Found> {
    let reader = scan.reader;
    let first = reader.get(at).filter(|first| first.is_capital() && !first.shape.has(Shape::TITLED))?;
    let kind = if first.any(Classes::EVENT_LEAD) {
        EntityKind::Event
    } else if first.any(Classes::FACILITY_LEAD) {
        EntityKind::Facility
    } else if first.any(Classes::PLACE_LEAD) && !first.any(Classes::GIVEN.with(Classes::FAMILY)) {
        EntityKind::Place
    } else if first.any(Classes::ORG_LEAD) {
        EntityKind::Organisation
    } else {
        return None;
    };
    let is_part = |index: usize| {
        reader.runs_on(index)
            && reader.get(index).is_some_and(|it| {
                it.is_capital()
                    && !it.any(
                        Classes::FUNCTION.with(Classes::TITLE).with(Classes::WEEKDAY).with(Classes::MONTH),
                    )
                    && !it.any(Classes::GROUP.with(Classes::HEAD).with(Classes::PORTFOLIO))
            })
    };
    // "of" and the like link foreign names: Banque de France, Universidad Nacional de La Plata.
    let link = |index: usize| usize::from(reader.any(index, Classes::PARTICLE) && !reader.is_capital(index));
    let most = if kind == EntityKind::Event { 1 } else { 4 };
    let mut end = at + 1;
    while end <= at + most
        && is_part(end + link(end))
        && (kind != EntityKind::Place || end == at + 1 || !reader.any(end, Classes::NAME))
    {
        end += link(end) + 1;
    }
    let number = kind == EntityKind::Facility
        && reader.get(end).is_some_and(|it| it.shape.has(Shape::DIGITS) && it.span.len() < 4)
        && reader.runs_on(end)
        && end == at + 1;
    let end = end + usize::from(number);
    let is_direction = first.any(Classes::TITLE_MODIFIER.with(Classes::GROUP).with(Classes::ADJECTIVE));
    let known = !is_direction || reader.any(at + 1, Classes::ANY_PLACE);
    (end > at + 1 && known).then(|| Found::new(end, kind, Trust::Sure))
}

/// Whether an ordinal word stands before a capital or a head word: not "First, he ...".
fn is_count(scan: &Scan<'_>, at: usize) -> bool {
    let reader = scan.reader;
    reader.is_capital(at + 1) && reader.runs_on(at + 1)
}

/// Whether anything but generic words stands in the name.
fn is_specific(scan: &Scan<'_>, at: usize, head: usize, end: usize) -> bool {
    end > head + 1
        || (at..head).any(|index| {
            scan.reader.get(index).is_some_and(|it| {
                let is_generic = it.any(Classes::ADJECTIVE.with(Classes::TITLE_MODIFIER));
                let is_telling = !is_generic || it.any(Classes::NAME.with(Classes::ORDINAL));
                is_telling && !it.shape.has(Shape::MARK)
            })
        })
        || head - at >= 2
}

struct Head {
    at: usize,
    kind: EntityKind,
}

/// The last head word of the run of capitals at `at`.
fn last_head(scan: &Scan<'_>, at: usize, numbered: bool) -> Option<Head> {
    let reader = scan.reader;
    let mut found = None;
    let mut index = at;
    // A list that joins names ends the run: "Japan and Cambodia".
    let mut joined = false;
    while index < at + BEFORE {
        let Some(token) = reader.get(index) else { break };
        if index > at && token.shape.has(Shape::BREAK) {
            break;
        }
        if token.shape.has(Shape::MARK) {
            let glued = token.is_glued() && reader.is_glued(index + 1);
            let links =
                (token.is_mark('-') || token.is_mark('/') || token.is_mark('+')) && glued && index > at
                    || token.is_mark('&') && index > at && reader.is_capital(index + 1)
                    || token.is_mark('s')
                        && index > at
                        && reader.is_capital(index + 1)
                        && possessive_inside(scan, at, index)
                    || token.is_mark('\'') && index > at && reader.is_capital(index + 1) && token.is_glued();
            if !links {
                break;
            }
            index += 1;
            continue;
        }
        let is_number = token.is("no") && reader.get(index + 1).is_some_and(|it| it.shape.has(Shape::NUMBER));
        if is_number && token.is_capital() && reader.is_capital(index + 2) && index > at {
            // "National Road No. 5 Improvement Project"
            index += 2;
            continue;
        }
        if token.is_capital() {
            if token.any(Classes::FUNCTION)
                && index > at
                && !token.any(Classes::HEAD)
                && !token.shape.has(Shape::ALL_CAPS)
            {
                break;
            }
            if index > at
                && token.any(Classes::PORTFOLIO)
                && !token.any(Classes::HEAD)
                && !reader.is_mark(index + 1, 's')
                && !reader.is_mark(index + 1, '\'')
            {
                let ends_list = is_head_word(scan, index + 1).is_some();
                if !ends_list {
                    break;
                }
            }
            if let Some(kind) = is_head_word(scan, index) {
                let kind = if numbered && token.any(Classes::EVENT_HEAD.with(Classes::EVENT_HEAD_NUMBERED)) {
                    EntityKind::Event
                } else {
                    kind
                };
                let lone = index == at && !token.any(Classes::HEAD_OF.with(Classes::AGREEMENT_HEAD));
                if !lone {
                    found = Some(Head { at: index, kind });
                }
            }
            index += 1;
            continue;
        }
        if token.shape.has(Shape::NUMBER) {
            // G-7 Summit, Expo 2025 Osaka Forum.
            let linked = token.is_glued() || reader.is_capital(index + 1) && reader.runs_on(index + 1);
            if index > at && !numbered && !linked {
                break;
            }
            index += 1;
            continue;
        }
        if index == at && token.any(Classes::ORDINAL) {
            index += 1;
            continue;
        }
        // Small heads: "Adré crossing", "Quad summit", "U.S. government".
        if let Some(head) = small_head(scan, at, index) {
            return Some(head);
        }
        let is_and = token.is("and")
            && found.is_none()
            && !joined
            && reader.is_capital(index + 1)
            && reader.runs_on(index + 1);
        if is_and && !ends_name(scan, at, index) && head_follows(scan, index + 1) {
            joined = true;
            index += 1;
            continue;
        }
        break;
    }
    found.filter(|head| head.at > at || reader.any(at, Classes::HEAD_OF.with(Classes::AGREEMENT_HEAD)))
}

/// Whether an 's inside the run belongs to the name: "People's Party", not "Japan's Ministry".
fn possessive_inside(scan: &Scan<'_>, at: usize, index: usize) -> bool {
    let reader = scan.reader;
    let owner = index - 1;
    !scan.evidence.is_person(reader.get(owner).map_or(0, |it| it.hash))
        && !reader.any(owner, Classes::NAME.with(Classes::FAMILY))
        && scan.listed(at).is_none_or(|found| found.end != index)
}

/// The kind of name that the word at `at` heads.
fn is_head_word(scan: &Scan<'_>, at: usize) -> Option<EntityKind> {
    let reader = scan.reader;
    let token = reader.get(at)?;
    if !token.is_capital() {
        return None;
    }
    if token.any(Classes::AGREEMENT_HEAD.with(Classes::AGREEMENT_HEAD_OF))
        && !token.any(Classes::ORG_HEAD.with(Classes::EVENT_HEAD))
    {
        return Some(EntityKind::Agreement);
    }
    if token.any(Classes::EVENT_HEAD) {
        return Some(EntityKind::Event);
    }
    if token.any(Classes::ORG_HEAD.with(Classes::ORG_HEAD_OF)) && !token.any(Classes::FACILITY_HEAD) {
        return Some(EntityKind::Organisation);
    }
    if token.any(Classes::FACILITY_HEAD) {
        return Some(EntityKind::Facility);
    }
    if token.any(Classes::PLACE_HEAD) {
        return Some(EntityKind::Place);
    }
    None
}

/// The small head word at or behind `index` that ends the name: "Adré crossing", "Krško nuclear power plant".
fn small_head(scan: &Scan<'_>, at: usize, index: usize) -> Option<Head> {
    let reader = scan.reader;
    let token = reader.get(index)?;
    let before = reader.get(index.checked_sub(1)?)?;
    if index == at || !before.is_capital() || before.any(Classes::FUNCTION.with(Classes::TITLE)) {
        return None;
    }
    let first = reader.get(at)?;
    if token.is("government") || token.is("administration") {
        let is_state = index == at + 1 && first.any(Classes::STATE);
        return is_state.then_some(Head { at: index, kind: EntityKind::Organisation });
    }
    if token.any(Classes::EVENT_LOWER) {
        let is_name = first.any(Classes::ORGANISATION) && token.is("summit")
            || token.is("pandemic")
            || token.is("earthquake");
        return is_name.then_some(Head { at: index, kind: EntityKind::Event });
    }
    let mut last = index;
    while last < index + 2 && reader.any(last, Classes::FACILITY_SORT) && reader.runs_on(last + 1) {
        last += 1;
    }
    let is_pair = (at + 1..index).any(|it| reader.is_glued_mark(it, '-'));
    let sorted = last > index && reader.any(last, Classes::FACILITY_SORTED);
    let paired =
        is_pair && ["road", "line", "railway", "route", "corridor"].iter().any(|word| reader.is(last, word));
    if reader.any(last, Classes::FACILITY_LOWER) || sorted || paired {
        let generic = Classes::ADJECTIVE.with(Classes::ORDINAL).with(Classes::GROUP);
        let is_common = first.any(generic)
            || (first.any(Classes::STATE) && !is_pair)
            || (first.shape.has(Shape::FIRST) && scan.evidence.is_lower(first.hash));
        return (!is_common).then_some(Head { at: last, kind: EntityKind::Facility });
    }
    None
}

/// Whether the words before `index` end a name of their own.
fn ends_name(scan: &Scan<'_>, at: usize, index: usize) -> bool {
    let reader = scan.reader;
    scan.listed(at).is_some_and(|found| found.end >= index)
        || reader.any(index - 1, Classes::NAME)
        || (at..index).any(|it| scan.evidence.is_person(reader.get(it).map_or(0, |token| token.hash)))
}

/// Whether a head word stands in the run of capitals at `at`, and no name of another begins there.
fn head_follows(scan: &Scan<'_>, at: usize) -> bool {
    let reader = scan.reader;
    if scan.listed(at).is_some() || (reader.any(at, Classes::HEAD_OF) && reader.is(at + 1, "of")) {
        return false;
    }
    let mut index = at;
    while index < at + 5 && reader.is_capital(index) && reader.runs_on(index) {
        if index > at && is_head_word(scan, index).is_some() {
            return true;
        }
        index += 1;
    }
    false
}
