//! Keeping the work: journal, snapshot and recovery, over small storage traits with memory implementations.
