//! File formats, one file each, in and out: pure functions between bytes and the annotation model.
