//! The look keeps its promises: every colour can be read on its ground, in both themes, and the words of the
//! interface are whole. Contrast follows WCAG 2.2: 4.5 to 1 for words, 3 to 1 for lines and marks.

use std::collections::BTreeMap;

const PALETTE: [&str; 7] = ["blue", "green", "vermilion", "sky", "purple", "orange", "grey"];
const FAMILIES: [&str; 4] = ["who", "where", "what", "when"];
const GROUNDS: [&str; 4] = ["paper", "frame", "raised", "here"];

/// Name of a colour to its values in the light and in the dark theme, as the tokens have them.
struct Tokens(BTreeMap<String, [[u8; 3]; 2]>);

impl Tokens {
    fn read() -> Self {
        let colour = |hex: &str| {
            let digits = hex.trim().strip_prefix('#').filter(|digits| digits.len() == 6)?;
            let byte = |index: usize| u8::from_str_radix(digits.get(index..index + 2)?, 16).ok();
            Some([byte(0)?, byte(2)?, byte(4)?])
        };
        let token = |line: &str| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
            let (light, dark) = value.split_once(')')?.0.split_once(',')?;
            Some((name.to_owned(), [colour(light)?, colour(dark)?]))
        };
        Self(file("static/style/tokens.css").lines().filter_map(token).collect())
    }

    #[track_caller]
    fn need(&self, ink: &str, ground: &str, least: f64) {
        let values = |name| self.0.get(name).unwrap_or_else(|| unknown(name));
        for (theme, (ink_value, ground_value)) in
            ["light", "dark"].iter().zip(values(ink).iter().zip(values(ground)))
        {
            let contrast = contrast(*ink_value, *ground_value);
            assert!(contrast >= least, "{theme}: --{ink} on --{ground} has {contrast:.2}, not {least}");
        }
    }
}

#[allow(clippy::panic)] // A test's helper: a missing colour is a failed test.
fn unknown(name: &str) -> ! {
    panic!("tokens.css has no --{name}")
}

fn file(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

/// Contrast of two sRGB colours, WCAG 2.2.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance = |colour: [u8; 3]| {
        let [red, green, blue] = colour.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn words_can_be_read_on_every_ground() {
    let tokens = Tokens::read();
    for ground in GROUNDS {
        tokens.need("ink", ground, 7.0);
        tokens.need("ink-2", ground, 4.5);
        tokens.need("ink-judged", ground, 4.5);
        tokens.need("accent", ground, 4.5);
        tokens.need("focus", ground, 3.0);
        tokens.need("edge", ground, 3.0);
    }
    tokens.need("ink-2", "line", 4.5);
    tokens.need("accent-ink", "accent", 4.5);
    tokens.need("ink", "found", 4.5);
    tokens.need("ink", "found-now", 4.5);
    for level in ["warning", "error"] {
        tokens.need("ink", &format!("{level}-tint"), 7.0);
        tokens.need(level, &format!("{level}-tint"), 3.0);
    }
}

#[test]
fn every_palette_colour_serves_as_chip_tint_and_ink() {
    let tokens = Tokens::read();
    for name in PALETTE {
        let (tint, ink) = (format!("{name}-tint"), format!("{name}-ink"));
        tokens.need("paper", name, 4.5);
        tokens.need(&ink, &tint, 4.5);
        tokens.need("ink", &tint, 7.0);
        tokens.need(name, &tint, 3.0);
        for ground in GROUNDS {
            tokens.need(name, ground, 3.0);
            tokens.need(&ink, ground, 4.5);
        }
    }
}

#[test]
fn names_stay_readable_in_quiet_text_too() {
    let tokens = Tokens::read();
    for family in FAMILIES {
        let tint = format!("{family}-tint");
        for ink in ["ink", "ink-2", "ink-judged"] {
            tokens.need(ink, &tint, 4.5);
        }
        tokens.need(family, &tint, 3.0);
        tokens.need(family, "paper", 3.0);
    }
}

#[test]
fn every_palette_colour_reaches_every_place_of_a_label() {
    let css = file("static/style/tokens.css");
    for name in PALETTE {
        for place in ["c-", "c1-", "c2-", "c3-", "c4-"] {
            let class = format!(".{place}{name}");
            assert!(css.contains(&class), "{class} is missing");
        }
    }
}

#[test]
fn style_sheets_ask_for_nothing_from_elsewhere() {
    for name in ["tokens", "panels", "page", "desk"] {
        let css = file(&format!("static/style/{name}.css"));
        assert!(!css.is_empty(), "{name}.css is missing");
        for word in ["url(", "@import", "http:", "https:"] {
            assert!(!css.contains(word), "{name}.css holds {word}");
        }
    }
}

#[test]
fn words_have_both_numbers_and_whole_placeholders() {
    let words: BTreeMap<String, String> = serde_json::from_str(&file("static/words/en.json")).unwrap();
    assert!(!words.is_empty());
    for (key, text) in &words {
        assert!(!text.trim().is_empty(), "{key} says nothing");
        assert_eq!(text.matches('{').count(), text.matches('}').count(), "{key}: {text}");
        if let Some(stem) = key.strip_suffix(".one") {
            assert!(words.contains_key(&format!("{stem}.other")), "{key} has no plural");
        }
    }
}
