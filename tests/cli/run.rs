//! A folder of drafts and the program run in it.

use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of its own for a test.
pub struct Project(PathBuf);

/// What a run gave.
pub struct Done {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Project {
    pub fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("a folder");
        let project = Project(root);
        files.iter().for_each(|(path, text)| project.write(path, text));
        project
    }

    pub fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    pub fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("a file")
    }

    pub fn size(&self, path: &str) -> Option<u64> {
        fs::metadata(self.0.join(path)).ok().map(|file| file.len())
    }

    /// Removes a file, if it is there.
    pub fn remove(&self, path: &str) {
        let _ = fs::remove_file(self.0.join(path));
    }

    pub fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("a folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    pub fn run(&self, args: &str) -> Done {
        self.pipe(args, "")
    }

    /// Runs with a text on standard input. Drafts are judged at the day of the shipped seed.
    pub fn pipe(&self, args: &str, text: &str) -> Done {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let text = text.to_string();
        let writer = std::thread::spawn(move || drop(stdin.write_all(text.as_bytes())));
        let output = child.wait_with_output().expect("the program ends");
        writer.join().expect("a writer");
        Done {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Runs, reads one byte of what it writes, and goes away.
    pub fn run_and_leave(&self, args: &str) -> Done {
        let mut child = self.command(args).stdin(Stdio::null()).spawn().expect("the program starts");
        let mut stdout = child.stdout.take().expect("a pipe");
        stdout.read_exact(&mut [0]).expect("a byte");
        drop(stdout);
        let output = child.wait_with_output().expect("the program ends");
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        Done { code: output.status.code().unwrap_or(-1), stdout: String::new(), stderr }
    }

    /// Runs it at a terminal, where someone types.
    pub fn at_terminal(&self, args: &str, typed: &str) -> Done {
        let program = format!("{} {args}", env!("CARGO_BIN_EXE_claimlint"));
        let mut command = Command::new("script");
        command.args(["-qec", &program, "/dev/null"]).current_dir(&self.0).env("NO_COLOR", "1");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("script runs");
        child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("typed");
        let output = child.wait_with_output().expect("it ends");
        let stdout = String::from_utf8(output.stdout).expect("UTF-8");
        Done { code: output.status.code().unwrap_or(-1), stdout, stderr: String::new() }
    }

    /// Starts it and hears nothing of it.
    pub fn start(&self, args: &str) -> std::process::Child {
        self.command(args).stdout(Stdio::null()).spawn().expect("the program starts")
    }

    pub fn git(&self, args: &str) {
        let done = Command::new("git").args(args.split(' ')).current_dir(&self.0).status();
        assert!(done.expect("git runs").success(), "git {args}");
    }

    pub fn findings(&self, args: &str) -> Vec<Value> {
        let done = self.run(&format!("{args} --format json"));
        let value: Value = serde_json::from_str(&done.stdout).unwrap_or_else(|_| panic!("{}", done.stderr));
        value["findings"].as_array().expect("findings").clone()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn command(&self, args: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_claimlint"));
        command.args(args.split(' ')).current_dir(&self.0).stdout(Stdio::piped()).stderr(Stdio::piped());
        if args.starts_with("lint") && !args.contains("--stdin-records") {
            command.args(["--as-of", "2026-04-08"]);
        }
        command
    }
}
