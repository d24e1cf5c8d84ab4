//! The page: state and reducer, effects, views. Views are functions of state and hold no business rules.
