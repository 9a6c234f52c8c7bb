//! Killed at any moment while it mends drafts or writes a baseline, the program leaves every file whole.

use crate::run::Project;
use std::time::Duration;

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

/// The program is killed at moments spread over a whole run, and at moments in the middle of writing.
#[test]
fn killed_while_writing_a_baseline_it_is_old_or_new() {
    let project = Project::new("kill-baseline", &[]);
    let draft: String = (0..400).map(|n| format!("# Part {n}\n\nMuse Spark is open source.\n\n")).collect();
    project.write("a.md", &draft);
    project.write("b.md", "Muse Spark is open source.\n");
    let create = "baseline create --as-of 2026-04-08";
    assert_eq!(project.run(create).code, 0);
    let old = project.read(".claimlint-baseline.json");
    project.write("b.md", "Nothing.\n");
    let update = "baseline update --as-of 2026-04-08";
    assert_eq!(project.run(update).code, 0);
    let new = project.read(".claimlint-baseline.json");
    assert!(new != old && old.len() > 30_000, "{}", old.len());
    for moment in 0..24_u64 {
        project.write(".claimlint-baseline.json", &old);
        let mut child = project.start(update);
        let neighbour = format!(".{}.{}.tmp", ".claimlint-baseline.json", child.id());
        if moment < 12 {
            std::thread::sleep(Duration::from_millis(moment * 60));
        } else {
            let size = || project.size(&neighbour).is_some_and(|size| size >= (moment - 12) * 2_000);
            while !size() && child.try_wait().expect("a child").is_none() {}
        }
        let _ = child.kill();
        let _ = child.wait();
        let left = project.read(".claimlint-baseline.json");
        assert!(left == old || left == new, "half a baseline at moment {moment}");
        project.remove(&neighbour);
    }
}
