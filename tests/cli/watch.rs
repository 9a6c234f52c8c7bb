//! `claimlint watch` beside editors, each of which saves in its own way.

use crate::run::Project;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const WRONG: &str = "Muse Spark is open source.\n";
const RIGHT: &str = "Muse Spark is not open source.\n";

struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(project: &Project) -> Watch {
        let args = "watch --format concise --as-of 2026-04-08";
        let mut child = project.command(args).stderr(Stdio::null()).spawn().expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        let (send, lines) = channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Watch { child, lines }
    }

    /// Waits until it says this.
    fn hears(&self, what: &str, after: &str) {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(120));
            let line = line.unwrap_or_else(|_| panic!("never heard `{what}` after {after}"));
            if line.starts_with(what) {
                return;
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn watching_survives_the_ways_that_editors_save() {
    let project = Project::new("watch", &[("a.md", WRONG)]);
    let at = |name: &str| project.path(name);
    let watch = Watch::start(&project);
    watch.hears("1 error", "the start");
    project.write("a.md", RIGHT);
    watch.hears("No findings", "writing in place");
    fs::rename(at("a.md"), at("a.md~")).expect("renamed");
    project.write("a.md", WRONG);
    fs::remove_file(at("a.md~")).expect("removed");
    watch.hears("1 error", "a backup and a new file");
    project.write(".a.md.swp", RIGHT);
    fs::rename(at(".a.md.swp"), at("a.md")).expect("renamed");
    watch.hears("No findings", "a new file renamed over the old one");
    project.write("a.md", "");
    watch.hears("No findings in 1 draft. No claim", "a file cut to nothing");
    project.write("a.md", WRONG);
    watch.hears("1 error", "what is written then");
    fs::remove_file(at("a.md")).expect("removed");
    watch.hears("Nothing was checked", "a file that is gone");
    project.write("deep/a.md", WRONG);
    watch.hears("1 error", "a new file in a new folder");
    project.write("claimlint.yaml", "ignore: [lic");
    watch.hears("claimlint.yaml:1:", "half a configuration");
    project.write("claimlint.yaml", "ignore: [license]\n");
    watch.hears("No findings", "a whole one");
}
