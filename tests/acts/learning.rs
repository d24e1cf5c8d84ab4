//! What a coder teaches: how soon, how far, and that it can be taken back.

use readout::acts::{ActsModel, Learner, Lesson};

use super::{Looked, look, weights};

/// A label that is not built in.
const OWN: &str = "condemnation";

/// Sentences that bear it.
const CONDEMNED: [&str; 12] = [
    "Norway condemned the attack on the convoy.",
    "The minister condemned the arrests in the harbour town.",
    "Ms. Halloran strongly condemned the shelling of the school.",
    "Both governments condemned the theft of the grain.",
    "The council condemned the use of force against the miners.",
    "In a statement, Chile condemned the break-in at its embassy.",
    "The envoy condemned these threats as unlawful.",
    "Peru condemned the sale of the stolen paintings.",
    "The union condemned the closing of the newspaper.",
    "He condemned the violence on both sides of the river.",
    "The president condemned the attack on the pipeline.",
    "Iceland condemned the sinking of the trawler.",
];

fn is_suggested(learner: &Learner, model: &ActsModel, sentence: &str, label: &str) -> bool {
    look(sentence).found(model, learner).iter().any(|found| found.label == label)
}

fn teach(learner: &mut Learner, model: &ActsModel, sentence: &str, label: &str, fits: bool) {
    let Looked { features, .. } = look(sentence);
    learner.learn(model, &features.sentences[0], Lesson { label, fits });
    learner.note(label, sentence);
}

#[test]
fn a_label_of_the_coders_own_is_suggested_after_ten_examples() {
    let (model, mut learner) = (weights(), Learner::default());
    let unseen = "Kenya condemned the burning of the market.";
    for sentence in &CONDEMNED[..10] {
        assert!(!is_suggested(&learner, &model, unseen, OWN) || learner.learnt(1)[0].fits >= 8);
        teach(&mut learner, &model, sentence, OWN, true);
    }
    assert!(is_suggested(&learner, &model, unseen, OWN));
    for other in [
        "The minister thanked Norway for the ships.",
        "Norway will send two more ships to the gulf next month.",
        "The meeting lasted two hours.",
        "The president opened the harbour.",
    ] {
        assert!(!is_suggested(&learner, &model, other, OWN), "{other}");
    }
    let learnt = learner.learnt(3);
    assert_eq!(learnt.len(), 1);
    assert_eq!((learnt[0].fits, learnt[0].fits_not), (10, 0));
    assert_eq!(learnt[0].speak_for[0], "condemned");
}

#[test]
fn one_odd_tag_leaves_what_is_built_in_as_it_was() {
    let (model, mut learner) = (weights(), Learner::default());
    let before: Vec<bool> = PLAIN.iter().map(|it| is_suggested(&learner, &model, it, "commitment")).collect();
    assert_eq!(before, [true, true, true, false, false, false]);
    teach(&mut learner, &model, "The meeting lasted two hours.", "commitment", true);
    teach(&mut learner, &model, "Peru promised to return the paintings by May.", "commitment", false);
    let after: Vec<bool> = PLAIN.iter().map(|it| is_suggested(&learner, &model, it, "commitment")).collect();
    assert_eq!(after, before);
}

/// Three commitments, and three sentences that are none.
const PLAIN: [&str; 6] = [
    "Norway will send two more ships to the gulf next month.",
    "The Prime Minister pledged 40 million euros for the repair of the dam.",
    "The two ministers agreed to reopen the border crossing in May.",
    "The committee has 12 members and meets in Geneva.",
    "Mr. Okoro thanked Portugal for sheltering the sailors.",
    "The storm will reach the coast on Friday.",
];

#[test]
fn a_lesson_that_is_taken_back_is_forgotten() {
    let (model, mut learner) = (weights(), Learner::default());
    for sentence in CONDEMNED {
        teach(&mut learner, &model, sentence, OWN, true);
    }
    let unseen = look("Kenya condemned the burning of the market.");
    assert!(learner.score(&model, &unseen.features.sentences[0], OWN) > 0.5);
    for sentence in CONDEMNED {
        let Looked { features, .. } = look(sentence);
        learner.unlearn(&model, &features.sentences[0], Lesson { label: OWN, fits: true });
    }
    assert!(learner.is_empty());
    let (now, never) = (
        learner.score(&model, &unseen.features.sentences[0], OWN),
        Learner::default().score(&model, &unseen.features.sentences[0], OWN),
    );
    assert!((now - never).abs() < 1e-3, "{now} {never}");
}

#[test]
fn what_was_learnt_is_read_as_it_was_kept_and_says_the_same() {
    let (model, mut learner) = (weights(), Learner::default());
    for (turn, sentence) in CONDEMNED.iter().enumerate() {
        teach(&mut learner, &model, sentence, OWN, true);
        teach(&mut learner, &model, PLAIN[turn % 6], "proposal", turn % 2 == 0);
    }
    let kept = serde_json::to_string(&learner).expect("JSON");
    let mut read: Learner = serde_json::from_str(&kept).expect("a learner");
    read.prepare(&model);
    for sentence in CONDEMNED.iter().chain(&PLAIN) {
        let sentence = &look(sentence).features.sentences[0];
        for label in [OWN, "proposal", "commitment"] {
            let (was, is) = (learner.score(&model, sentence, label), read.score(&model, sentence, label));
            assert!((was - is).abs() < 0.02, "{label}: {was} {is}");
        }
    }
    assert_eq!(serde_json::to_string(&read).expect("JSON"), kept);
    assert!(kept.len() < 5_000, "{} bytes for 24 lessons", kept.len());
}

#[test]
fn however_much_is_taught_what_is_kept_stays_small() {
    let (model, mut learner) = (weights(), Learner::default());
    for turn in 0..400_u32 {
        let words: String = (0..12).map(|word| format!(" w{}", (turn * 31 + word * 7) % 997)).collect();
        teach(&mut learner, &model, &format!("The minister{words}."), OWN, turn % 2 == 0);
    }
    let kept = serde_json::to_string(&learner).expect("JSON").len();
    assert!(kept < 60_000, "{kept} bytes");
}

#[test]
fn what_is_damaged_is_refused_or_does_no_harm() {
    let model = weights();
    for kept in [
        r#"{"labels": 3}"#,
        r#"{"labels": {"x": {"lessons": [{"rows": [70000], "known": 0, "fits": true}]}}}"#,
    ] {
        assert!(serde_json::from_str::<Learner>(kept).is_err(), "{kept}");
    }
    let kept =
        r#"{"labels": {"commitment": {"lessons": [{"rows": [60000, 60000], "known": 1e30, "fits": true}]}}}"#;
    let mut learner: Learner = serde_json::from_str(kept).expect("a learner");
    learner.prepare(&model);
    let sentence = &look(PLAIN[0]).features.sentences[0];
    assert!((0.0..=1.0).contains(&learner.score(&model, sentence, "commitment")));
}
