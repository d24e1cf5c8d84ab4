//! The engine of the command line: its weights are part of the program.

use std::sync::LazyLock;

use readout::entities::Tagger;
use readout::exchange::Engine;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(Tagger::from_bytes(include_bytes!("../../../model/entities.bin")).ok()));

/// This version's engine.
pub(crate) fn engine() -> &'static Engine {
    &ENGINE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_are_built_in_are_whole() {
        assert!(engine().tagger.is_some());
    }
}
