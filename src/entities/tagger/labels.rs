//! Labels of tokens: outside a name, or at the beginning or inside of one of its nine kinds (BIO).

use crate::entities::EntityKind;

/// Number of labels.
pub const LABELS: usize = 1 + 2 * EntityKind::ALL.len();

/// The label of a token that is no part of a name.
pub const OUTSIDE: usize = 0;

/// The label of a name's first token.
pub fn begins(kind: EntityKind) -> usize {
    1 + 2 * kind as usize
}

/// The label of a name's other tokens.
pub fn inside(kind: EntityKind) -> usize {
    2 + 2 * kind as usize
}

/// The kind that a label belongs to; none for [`OUTSIDE`].
pub fn label_kind(label: usize) -> Option<EntityKind> {
    EntityKind::ALL.get(label.checked_sub(1)? / 2).copied()
}

/// Whether `label` may stand behind `before`: a name goes on only where it has begun.
pub fn follows(before: usize, label: usize) -> bool {
    let is_inside = label != OUTSIDE && label.is_multiple_of(2);
    !is_inside || before == label || before + 1 == label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_two_labels_and_goes_on_only_after_itself() {
        for kind in EntityKind::ALL {
            assert_eq!(label_kind(begins(kind)), Some(kind));
            assert_eq!(label_kind(inside(kind)), Some(kind));
            for before in 0..LABELS {
                assert_eq!(follows(before, inside(kind)), label_kind(before) == Some(kind));
                assert!(follows(before, begins(kind)) && follows(before, OUTSIDE));
            }
        }
        assert_eq!(label_kind(OUTSIDE), None);
        assert_eq!(label_kind(LABELS), None);
    }
}
