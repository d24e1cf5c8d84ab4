//! Names found in texts of our own, marked as `{kind:name}`.

use proptest::prelude::*;
use readout::entities::{EntityKind, Names, PartyKind, find};
use readout::text::{Block, BlockKind, Outline, Span};

/// An outline that a test can rely on: each line is a block and a sentence; of several lines, those that do not
/// end as a sentence does are headings.
fn lines(text: &str) -> Outline {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trim(text);
        start += line.len();
        let is_heading = !line.trim_end().ends_with(['.', '!', '?', '"', '”']) && text.contains('\n');
        let kind = if is_heading { BlockKind::Heading } else { BlockKind::Paragraph };
        if !span.is_empty() {
            blocks.push(Block { kind, span });
        }
    }
    let spans: Vec<Span> = blocks.iter().map(|block| block.span).collect();
    Outline::new(blocks, spans)
}

fn names_of(text: &str) -> Names {
    find(text, &lines(text), None)
}

/// The text with each mention marked.
fn mark(text: &str, names: &Names) -> String {
    let mut marked = String::new();
    let mut last = 0;
    for mention in &names.mentions {
        marked.push_str(Span::new(last, mention.span.start as usize).of(text));
        marked.push_str(&format!("{{{}:{}}}", mention.kind.name(), mention.span.of(text)));
        last = mention.span.end as usize;
    }
    marked.push_str(Span::new(last, text.len()).of(text));
    marked
}

/// Takes the marks out, finds the names and compares.
#[track_caller]
fn check(marked: &str) {
    let mut text = String::new();
    for (index, piece) in marked.split('{').enumerate() {
        if index == 0 {
            text.push_str(piece);
            continue;
        }
        let (kind, rest) = piece.split_once(':').unwrap_or(("", piece));
        assert!(EntityKind::from_name(kind).is_some(), "no kind {kind}");
        let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
        text.push_str(name);
        text.push_str(after);
    }
    assert_eq!(mark(&text, &names_of(&text)), marked);
}

#[track_caller]
fn check_all(table: &[&str]) {
    for marked in table {
        check(marked);
    }
}

#[test]
fn people_lose_their_titles_and_keep_their_names() {
    check_all(&[
        "Deputy Prime Minister {person:Sok Chenda} welcomed {person:Kamikawa Yoko}.",
        "The letter reached {person:KAMIKAWA Yoko}, Minister for Foreign Affairs of {place:Japan}, on {date:6 July 2024}.",
        "She thanked Dr. {person:Ama Owusu} and Mr {person:Tan}.",
        "It was President {person:Biden} who called.",
        "{group:Cambodian} Prime Minister {person:Hun Manet} spoke first.",
        "Vice Minister {person:Majid bin Saqr} and Sir {person:Philip Barton} signed.",
        "The guest was {person:Joseph R. Biden, Jr.} of the {place:United States}.",
        "{person:Ursula von der Leyen}, the host, agreed.",
    ]);
}

#[test]
fn a_family_name_alone_is_found_once_the_full_name_is_known() {
    check(
        "{person:Kamikawa} visits {place:Battambang}\nForeign Minister {person:Kamikawa Yoko} came to \
         {place:Battambang}. {person:Kamikawa} thanked her hosts and Minister {person:Kamikawa} left at noon.",
    );
}

#[test]
fn a_ministry_is_one_name_to_its_last_word() {
    check_all(&[
        "He joined the {organisation:Ministry of Foreign Affairs and International Cooperation of Cambodia} in {date:2019}.",
        "The {organisation:Japanese Ministry of Foreign Affairs} said so.",
        "A note came from the {organisation:Ministry of Science, Technology and Innovation} and the {organisation:World Bank}.",
        "The {organisation:Government of Kenya} and the {organisation:National Bank of Rwanda} agreed.",
        "The {organisation:Food and Agriculture Organization} and the {organisation:European Commission} paid.",
    ]);
}

#[test]
fn dates_are_those_of_a_calendar() {
    check_all(&[
        "They met on {date:July 6, 2024}, on {date:6 July 2024} and {date:last month}.",
        "The road opens {date:next year} or in {date:2030}.",
        "It rained on {date:Saturday} and again on {date:Tuesday evening}.",
        "They will meet from {date:25 to 28 November} and before the {date:end of the year}.",
        "Payment is due in the {date:first quarter of 2026}, for three days, soon.",
        "{date:Today} the two sides signed; {date:yesterday} they had not.",
    ]);
}

#[test]
fn money_keeps_its_currency_and_its_size() {
    check_all(&[
        "The loan is {money:$2.5 million}, not {money:100 billion yen}.",
        "It costs {money:US$ 40} here, {money:¥3.4 billion} there, {money:€412,000} for all.",
        "They paid {money:EUR 12 million}, {money:RM450} and {money:300 CFA francs}.",
        "Some 250 people came with 3 boats.",
    ]);
}

#[test]
fn agreements_events_and_facilities_are_told_by_their_heads() {
    check_all(&[
        "They renewed the \"{agreement:Comprehensive Strategic Partnership}\" and the {agreement:Ottawa Convention}.",
        "She announced the {agreement:Japan-Cambodia Landmine Initiative} at the {event:Fifth Review Conference}.",
        "It joined the {event:Conference on Trade among Northern States for Clean Rivers} last.",
        "Before {event:World War II} the {facility:Port of Sihanoukville} was a beach; now {facility:Sihanoukville Port} is busy.",
        "They will repair {facility:National Road No. 5} and the {facility:Kazungula Bridge}.",
        "At the {event:47th ASEAN Summit} the leaders spoke of the {agreement:Pentagonal Strategy}.",
    ]);
}

#[test]
fn a_possessive_and_an_article_stay_outside() {
    check_all(&[
        "{place:Japan}'s help and {place:Cambodia}’s thanks were noted by the {place:Philippines}.",
        "Deputy Prime Minister {person:Sok Chenda} welcomed the {group:Japanese} guest's visit to {place:Cambodia}.",
    ]);
}

#[test]
fn ordinary_words_with_capitals_are_no_names() {
    check_all(&[
        "The two ministers agreed. Both sides thanked each other.",
        "He may march on. In addition, they will polish the text.",
        "Maritime Connectivity\nThey spoke at length.",
        "Social infrastructure development\nNobody who was there objected.",
    ]);
}

/// The words of each mention that has a party, and the party's name.
fn party_names(text: &str) -> Vec<(String, String)> {
    let names = names_of(text);
    let name = |party: usize| names.parties[party].name.clone();
    let mentions = names.mentions.iter();
    mentions.filter_map(|mention| Some((mention.span.of(text).to_owned(), name(mention.party?)))).collect()
}

#[test]
fn a_person_in_capitals_with_a_title_or_alone_is_one_party() {
    let text = "Ms. KAMIKAWA Yoko came. Kamikawa spoke. Then Minister Kamikawa left, and KAMIKAWA wrote.";
    let parties = party_names(text);
    assert_eq!(parties.len(), 4, "{parties:?}");
    assert!(parties.iter().all(|(_, party)| party == "Kamikawa Yoko"), "{parties:?}");
}

#[test]
fn a_state_its_long_name_and_its_people_are_one_party() {
    let parties = party_names("The Kingdom of Cambodia and Cambodian officials: Cambodia thanked Japan.");
    let names: Vec<&str> = parties.iter().map(|(_, party)| party.as_str()).collect();
    assert_eq!(names, ["Cambodia", "Cambodia", "Cambodia", "Japan"]);
}

#[test]
fn an_acronym_and_its_long_form_are_one_party() {
    let text = "As a member of the Mekong Rice Growers Association (MRGA) it pays. MRGA was pleased.";
    let parties = party_names(text);
    assert_eq!(parties.len(), 3, "{parties:?}");
    assert!(parties.iter().all(|(_, party)| party == "Mekong Rice Growers Association"), "{parties:?}");
    let text = "It is a member of the Conference on cooperation among East Asian countries for Palestinian Development (CEAPAD).";
    let parties = party_names(text);
    assert_eq!(parties.len(), 2, "{parties:?}");
    assert_eq!(parties[0].1, parties[1].1);
}

#[test]
fn whom_a_person_acts_for_is_read_from_the_words() {
    for text in [
        "Ms. KAMIKAWA Yoko, Minister for Foreign Affairs of Japan, came.",
        "Japan's foreign minister Kamikawa Yoko came.",
        "Japanese Foreign Minister Kamikawa Yoko came.",
        "Foreign Minister Kamikawa Yoko of Japan came.",
        "The Foreign Minister of Japan, Kamikawa Yoko, came.",
        "The Foreign Minister of Japan Kamikawa Yoko came.",
    ] {
        let names = names_of(text);
        let person = names.parties.iter().find(|party| party.kind == PartyKind::Person);
        let of = person.and_then(|person| person.of).map(|of| names.parties[of].name.as_str());
        assert_eq!(of, Some("Japan"), "{text} {names:?}");
    }
}

proptest! {
    #[test]
    fn mentions_lie_sorted_apart_and_trimmed_on_character_boundaries(
        pieces in prop::collection::vec(
            prop_oneof![
                "(?s).{0,12}",
                "[A-ZÀ-Ž][a-zà-ž]{0,8}[ .,'’-]{1,2}",
                prop::sample::select(vec![
                    "Ms. ", "Minister of ", "Japan", "’s ", "(", ")", "\n", "\n\n", "ក្រសួង", "日本", " وزارة ", "😀",
                    "e\u{301}", "July 6, 2024", "US$ 2.5 million", "Summit", " of the ", " and ", "U.S.", "-", "“", "Bank",
                    "ASEAN", "No. 5", "first quarter of ", "al-", "Treaty on ",
                ]).prop_map(str::to_owned),
            ],
            0..40,
        )
    ) {
        let text = pieces.concat();
        let outline = lines(&text);
        let names = find(&text, &outline, None);
        prop_assert_eq!(&names, &find(&text, &outline, None));
        let mut last = 0;
        for mention in &names.mentions {
            prop_assert!(mention.span.fits(&text));
            prop_assert!(!mention.span.is_empty());
            prop_assert_eq!(mention.span.trim(&text), mention.span);
            prop_assert!(mention.span.start >= last);
            last = mention.span.end;
            prop_assert!(mention.party.is_none_or(|party| party < names.parties.len()));
        }
        for (index, party) in names.parties.iter().enumerate() {
            prop_assert!(party.of.is_none_or(|of| of < names.parties.len() && of != index));
        }
    }
}
