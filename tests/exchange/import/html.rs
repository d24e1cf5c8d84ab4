//! Web pages and pasted rich text: golden files, their hostile twins, and bounds.

use readout::exchange::Imported;
use readout::exchange::import::paste;

use super::golden::{check_golden, check_shown, fixtures};
use super::marks::check_marks;

/// Fixtures under `tests/fixtures/html/`, each a page in the way of another kind of site.
const PAGES: [&str; 8] =
    ["agency", "arabic", "blog", "ministry", "newspaper", "plain", "prefecture-sjis", "tables-1252"];
/// Fixtures under `tests/fixtures/html/pasted/`, each from another program.
const PASTED: [&str; 4] = ["browser", "google-docs", "libreoffice", "word"];

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(fixtures().join(format!("html/{name}.html"))).expect("the fixture is there")
}

#[test]
fn pages_of_many_kinds_of_sites_become_their_articles() {
    for name in PAGES {
        check_golden(&format!("html/{name}.txt"), "page.html", &fixture(name));
    }
}

#[test]
fn what_is_pasted_keeps_all_that_can_be_seen() {
    for name in PASTED {
        let imported = pasted(&fixture(&format!("pasted/{name}")));
        check_shown(&format!("html/pasted/{name}.txt"), &imported);
    }
}

#[track_caller]
fn pasted(bytes: &[u8]) -> Imported {
    let imported = paste(std::str::from_utf8(bytes).expect("what is pasted is Unicode"));
    let imported = imported.unwrap_or_else(|error| panic!("it was refused: {error}"));
    check_marks(&imported);
    imported
}
