//! Single sentences, each with the labels that it bears: what grammar does to an act.

use readout::acts::Learner;

use super::{look, weights};

/// A sentence, and the labels that belong to it: c, g, p.
const SENTENCES: &[(&str, &str)] = &[
    // Said and done.
    ("Norway will send two more ships to the gulf next month.", "c"),
    ("The Prime Minister pledged 40 million euros for the repair of the dam.", "c"),
    ("Ms. Halloran said that her government would pay for the new bridge.", "c"),
    ("Estonia is committed to opening its market to farmers from Moldova.", "c"),
    ("The two ministers agreed to reopen the border crossing in May.", "c"),
    ("\"We will stand by our friends in Iceland,\" the president said.", "c"),
    ("The bank undertook to lend the province a further 12 million dollars.", "c"),
    ("Peru promised to return the paintings by the end of the year.", "c"),
    ("Mr. Okoro thanked Portugal for sheltering the sailors.", "g"),
    ("She expressed her deep gratitude to the nurses of Tartu.", "g"),
    ("The ambassador was grateful for the quick help of the coast guard.", "g"),
    ("\"Thank you for standing with us,\" Mr. Lind told the crowd.", "g"),
    ("The delegation conveyed its appreciation for the warm welcome in Riga.", "g"),
    ("Chile proposed that the parties meet again in the spring.", "p"),
    ("The minister called on all sides to lay down their weapons.", "p"),
    ("Mr. Sato urged Denmark to lift the ban on imported timber.", "p"),
    ("She suggested setting up a joint committee on fisheries.", "p"),
    ("The foreign minister asked Kenya to support the draft resolution.", "p"),
    ("The envoy thanked Austria for its advice and promised to publish the accounts.", "cg"),
    ("He thanked the mayor and invited her to visit Bergen in June.", "gp"),
    // Denied, refused, reported as not done.
    ("No thanks were offered.", ""),
    ("The ministry denied that it had promised any money.", ""),
    ("Finland did not commit to sending troops.", ""),
    ("The spokesman refused to say whether the country would pay.", ""),
    ("The minister rejected the proposal to move the summit.", ""),
    ("The governor declined to thank the opposition.", ""),
    // Long done.
    ("Last year Norway sent two ships to the gulf.", ""),
    ("The bridge was built in 1974 with money from Sweden.", ""),
    ("The agreement was signed in Vienna in 1996.", ""),
    // Opinions, forecasts, rules, background.
    ("Both sides agreed that trade matters.", ""),
    ("Analysts expect that the bank will cut its rates.", ""),
    ("Economists say that prices will fall in the autumn.", ""),
    ("The president said that the talks had been useful.", ""),
    ("Relations between the two countries are good.", ""),
    ("The storm will reach the coast on Friday.", ""),
    ("Mr. Berg was born in Oslo and studied law in Uppsala.", ""),
    ("The meeting lasted two hours.", ""),
    ("The committee has 12 members and meets in Geneva.", ""),
];

/// Of so many sentences, at least so many must be right in each label.
const RIGHT: usize = 36;

#[test]
fn grammar_decides_what_is_an_act() {
    let (model, learner) = (weights(), Learner::default());
    let mut wrong = Vec::new();
    for (sentence, labels) in SENTENCES {
        let mut found: Vec<String> = look(sentence)
            .found(&model, &learner)
            .iter()
            .map(|it| it.label.get(..1).unwrap_or_default().to_owned())
            .collect();
        found.sort();
        if found.concat() != *labels {
            wrong.push(format!("{:>2} not {labels:>2}: {sentence}", found.concat()));
        }
    }
    let right = SENTENCES.len() - wrong.len();
    assert!(right >= RIGHT, "{right} of {} right:\n{}", SENTENCES.len(), wrong.join("\n"));
}
