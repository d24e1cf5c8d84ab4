//! Plain texts in encodings older than Unicode: texts that we wrote, encoded here.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, IBM866, ISO_2022_JP, ISO_8859_2, KOI8_U, SHIFT_JIS, WINDOWS_874,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1258,
};
use proptest::prelude::*;
use readout::exchange::import::{Import, import};
use readout::exchange::{Format, Imported, open};

/// An encoding, and words of a readout in a language that was written in it.
const TEXTS: &[(&Encoding, &str)] = &[
    (WINDOWS_1252, "Le ministre a remercié son hôte à Genève et a promis d’achever le pont avant l’été."),
    (WINDOWS_1252, "Die Außenministerin dankte für die Hilfe: „Wir prüfen das Geschäft über 40 Mio. €.“"),
    (WINDOWS_1252, "El señor Ibáñez agradeció la visita y propuso una comisión técnica en Bogotá."),
    (WINDOWS_1250, "Minister podziękował gościom za wizytę i zaproponował budowę mostu w Łodzi."),
    (ISO_8859_2, "A külügyminiszter megköszönte a segítséget, és új hidat ígért a Duna fölé."),
    (WINDOWS_1251, "Министр поблагодарил гостей за визит и обещал построить мост через реку."),
    (KOI8_U, "Міністр подякував гостям за візит і пообіцяв збудувати міст через річку."),
    (IBM866, "Министр поблагодарил гостей за визит и обещал построить мост через реку."),
    (WINDOWS_1253, "Ο υπουργός ευχαρίστησε τους επισκέπτες και υποσχέθηκε μια νέα γέφυρα."),
    (WINDOWS_1254, "Bakan konuklarına teşekkür etti ve ırmağın üzerine köprü yapılacağını söyledi."),
    (WINDOWS_1255, "השר הודה לאורחיו על הביקור והבטיח לבנות גשר חדש מעל הנהר."),
    (WINDOWS_1256, "شكر الوزير ضيوفه على الزيارة ووعد ببناء جسر جديد فوق النهر."),
    (WINDOWS_1258, "Bộ trưởng cảm ơn các vị khách và hứa xây một cây cầu mới qua sông."),
    (WINDOWS_874, "รัฐมนตรีขอบคุณแขกผู้มาเยือนและสัญญาว่าจะสร้างสะพานใหม่ข้ามแม่น้ำ"),
    (SHIFT_JIS, "大臣は訪問に感謝し、川に新しい橋を架けると約束した。"),
    (EUC_JP, "大臣は訪問に感謝し、川に新しい橋を架けると約束した。"),
    (ISO_2022_JP, "大臣は訪問に感謝し、川に新しい橋を架けると約束した。"),
    (EUC_KR, "장관은 방문에 감사를 표하고 강에 새 다리를 놓겠다고 약속했다."),
    (GB18030, "部长感谢客人来访，并承诺在河上修建一座新桥。"),
    (BIG5, "部長感謝客人來訪，並承諾在河上修建一座新橋。"),
];

fn imported(bytes: &[u8]) -> Imported {
    match import("a.txt", bytes.to_vec()) {
        Ok(Import::Article(imported)) => *imported,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_is_read_in_the_encoding_that_it_was_written_in() {
    for (encoding, text) in TEXTS {
        // Vietnamese was written with its tones as signs of their own.
        let is_split = *encoding == WINDOWS_1258;
        let text = if is_split { text.nfd_tones() } else { (*text).to_owned() };
        let (bytes, _, has_lost) = encoding.encode(&text);
        assert!(!has_lost, "{text} cannot be written in {}", encoding.name());
        assert_eq!(Format::of("a.txt", &bytes), Format::OldText, "{}", encoding.name());
        let imported = imported(&bytes);
        assert_eq!(imported.text, text, "{}", encoding.name());
        assert_eq!(imported.original.importer, "old-text 1");
        let [warning] = imported.warnings.as_slice() else { panic!("{:?}", imported.warnings) };
        assert!(warning.message.starts_with("read as "), "{warning}");
        assert!(warning.message.ends_with(": check accents and signs"), "{warning}");
    }
}

/// Words with the tones of Vietnamese as signs behind their vowels, which keep what else they bear.
trait Tones {
    fn nfd_tones(&self) -> String;
}

impl Tones for str {
    fn nfd_tones(&self) -> String {
        const TONES: &[(&str, &str)] = &[
            ("ộ", "ô\u{323}"),
            ("ả", "a\u{309}"),
            ("ị", "i\u{323}"),
            ("ứ", "ư\u{301}"),
            ("ầ", "â\u{300}"),
            ("ớ", "ơ\u{301}"),
            ("ở", "ơ\u{309}"),
        ];
        TONES.iter().fold(self.to_owned(), |words, (whole, parts)| words.replace(whole, parts))
    }
}

#[test]
fn a_fault_in_utf8_costs_its_place_alone() {
    let mut bytes = "Ünïcödé wörds, älso ßtränge, ünd nöch éiñ pààr. ".repeat(3).into_bytes();
    bytes.push(0xE2);
    let imported = imported(&bytes);
    assert!(imported.text.starts_with("Ünïcödé") && imported.text.ends_with('\u{fffd}'), "{}", imported.text);
    let warnings: Vec<String> = imported.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings, ["line 1, column 145: a character is not UTF-8: replaced by \u{fffd}"]);
}

#[test]
fn line_ends_become_lf_and_nuls_are_named() {
    let imported = imported(b"Caf\xE9 one.\r\nTwo\rthree\0.");
    assert_eq!(imported.text, "Café one.\nTwo\nthree\u{fffd}.");
    assert_eq!(imported.warnings.len(), 2);
}

#[test]
fn bytes_that_are_no_text_are_refused_rather_than_shown_as_rubbish() {
    let mut noise = 1u32;
    let mut next = move || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    };
    let random: Vec<u8> = std::iter::repeat_with(&mut next).take(4000).collect();
    let high: Vec<u8> = std::iter::repeat_with(&mut next).take(4000).map(|byte| byte | 0x80).collect();
    for (what, bytes) in [("random bytes", random), ("random bytes without controls", high)] {
        let error = import("a.txt", bytes).expect_err(what).to_string();
        let is_told =
            error.starts_with("this is a binary file") || error.starts_with("its encoding could not be told");
        assert!(is_told, "{what}: {error}");
    }
    let error =
        import("a.txt", b"caf\xE9 \x1F\x8B\x08\0\0\0\0\0\x01\x02\x03\x04".to_vec()).expect_err("controls");
    assert!(error.to_string().starts_with("this is a binary file"), "{error}");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), name in "(a\\.(txt|md|html|docx|jsonl|json|fodt|odt))?") {
        if Format::of(&name, &bytes).needs_import() {
            if let Ok(Import::Article(imported)) = import(&name, bytes) {
                super::marks::check_marks(&imported);
            }
        } else {
            let _ = open(&name, &bytes);
        }
    }
}
