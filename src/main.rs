//! The `claimlint` program; everything it does is in the library.

fn main() -> std::process::ExitCode {
    claimlint::cli::main()
}
