//! The engine of the command line: its weights are part of the program.

use std::sync::LazyLock;

use readout::acts::ActsModel;
use readout::entities::Tagger;
use readout::exchange::Engine;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let tagger = Tagger::from_bytes(include_bytes!("../../../model/entities.bin"));
    let acts = ActsModel::from_bytes(include_bytes!("../../../model/acts.bin"));
    Engine::new(tagger.ok(), acts.ok())
});

/// This version's engine.
pub(crate) fn engine() -> &'static Engine {
    &ENGINE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_are_built_in_are_whole() {
        assert!(engine().tagger.is_some() && engine().acts.is_some());
    }
}
