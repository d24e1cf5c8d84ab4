//! What a paragraph is, by the name of its style.
//!
//! Word keeps the English names of its own styles in the file, whatever language it is shown in. Other programs
//! write what the user sees, so the names of large languages are known too.

use crate::text::BlockKind;

/// Style names in lower case, by what they mean.
const NAMES: &[(BlockKind, &[&str])] = &[
    (
        BlockKind::Heading,
        &[
            "title",
            "subtitle",
            "heading",
            "titel",
            "untertitel",
            "titre",
            "sous-titre",
            "título",
            "titulo",
            "subtítulo",
            "titolo",
            "sottotitolo",
            "ondertitel",
            "tytuł",
            "podtytuł",
            "название",
            "подзаголовок",
            "заголовок",
            "标题",
            "副标题",
            "標題",
            "副標題",
            "表題",
            "副題",
            "見出し",
            "제목",
            "부제",
            "العنوان",
        ],
    ),
    (
        BlockKind::Caption,
        &[
            "caption",
            "illustration",
            "figure",
            "beschriftung",
            "abbildung",
            "légende",
            "epígrafe",
            "leyenda",
            "legenda",
            "didascalia",
            "bijschrift",
            "podpis",
            "название объекта",
            "题注",
            "標號",
            "図表番号",
            "캡션",
            "تسمية توضيحية",
        ],
    ),
    (
        BlockKind::Quotation,
        &[
            "quote",
            "intense quote",
            "quotations",
            "quotation",
            "block text",
            "block quotation",
            "blockquote",
            "zitat",
            "intensives zitat",
            "citation",
            "citation intense",
            "cita",
            "cita destacada",
            "citação",
            "citazione",
            "citazione intensa",
            "citaat",
            "cytat",
            "цитата",
            "выделенная цитата",
            "引用",
            "明显引用",
            "引用文",
            "인용",
            "اقتباس",
        ],
    ),
];

/// What a style's name says that its paragraphs are. `Heading 2` and `Titre1` count as `heading` and `titre`.
pub(in super::super) fn kind(name: &str) -> Option<BlockKind> {
    let name = name.trim().to_lowercase();
    let bare = name.trim_end_matches(|it: char| it.is_numeric()).trim_end();
    NAMES.iter().find(|(_, names)| names.contains(&bare)).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_known_by_its_name_in_many_languages() {
        for (name, expected) in [
            ("Title", Some(BlockKind::Heading)),
            ("heading 3", Some(BlockKind::Heading)),
            ("Titre2", Some(BlockKind::Heading)),
            ("标题 1", Some(BlockKind::Heading)),
            ("Caption", Some(BlockKind::Caption)),
            ("INTENSE QUOTE", Some(BlockKind::Quotation)),
            ("Zitat", Some(BlockKind::Quotation)),
            ("Normal", None),
            ("heading style of mine", None),
            ("List Paragraph", None),
            ("toc 1", None),
            ("", None),
            ("12", None),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
    }
}
