//! Who annotates: the name that stands in files.

use super::hands::Hands;
use super::state::{Action, Level, Notice, Topic};
use super::words::say;

impl Hands {
    /// The coder's name; empty when they have given none.
    pub fn coder_name(&self) -> String {
        self.session().map(|session| session.coder.borrow().name.clone()).unwrap_or_default()
    }

    /// Keeps the coder's name.
    pub fn set_coder_name(&self, name: &str) {
        let Some(session) = self.session() else { return };
        let coder = {
            let mut coder = session.coder.borrow_mut();
            name.trim().clone_into(&mut coder.name);
            coder.clone()
        };
        // If it cannot be kept, the notice about storage says so with the next step.
        let _ = session.keeper.save("coder", &coder);
        self.dispatch(Action::Dismiss(Topic::Coder));
    }

    /// Asks for the coder's name, once, and holds nothing up.
    pub(super) fn ask_coder_name(&self) {
        let Some(session) = self.session() else { return };
        if !self.coder_name().is_empty() || session.keeper.load::<bool>("asked-name").is_some() {
            return;
        }
        let _ = session.keeper.save("asked-name", &true);
        let words = say("coder.ask");
        self.dispatch(Action::Say(Notice::new(Topic::Coder, Level::Info, words)));
    }
}
