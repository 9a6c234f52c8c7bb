//! Killed at any moment while it mends drafts or writes a baseline, the program leaves every file whole.

use crate::run::Project;

const DRAFTS: usize = 40;

/// The program is killed when so many drafts are mended, for a number of moments.
#[test]
fn killed_while_fixing_every_draft_is_old_or_new() {
    let filler = "Nothing is claimed here.\n\n".repeat(400);
    let old = format!("Muse Spark is open source.\n\n{filler}");
    let new = format!("Muse Spark is proprietary.\n\n{filler}");
    for moment in [0, 1, 2, 3, 5, 8, 13, 21, 30, 39] {
        let project = Project::new(&format!("kill-{moment}"), &[]);
        let names: Vec<String> = (0..DRAFTS).map(|n| format!("{n:02}.md")).collect();
        names.iter().for_each(|name| project.write(name, &old));
        let mut child = project.start("lint --unsafe-fixes --format concise");
        while child.try_wait().expect("a child").is_none() {
            if names.iter().filter(|name| project.read(name) == new).count() >= moment {
                break;
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        for name in &names {
            let text = project.read(name);
            assert!(text == old || text == new, "{name} is neither old nor new after {moment}");
        }
    }
}
