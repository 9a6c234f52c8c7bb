//! Everything that touches files: walking, reading, writing whole or not at all, and what is compiled into the program.

pub mod clock;
pub mod embedded;
pub mod read;
pub mod walk;
pub mod write;
