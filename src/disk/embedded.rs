//! Rules, facts and seeds that are compiled into the program, so that nothing needs to be installed or fetched.

macro_rules! embed {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../", $path)))),*]
    };
}

/// Path from the project's top and text of every file under `rules/` and `seeds/`. A test compares this list with the
/// folders.
pub const FILES: &[(&str, &str)] = embed![
    "rules/anthropomorphism.yaml",
    "rules/attributes.yaml",
    "rules/availability.yaml",
    "rules/benchmark-setting.yaml",
    "rules/capability.yaml",
    "rules/disputed.yaml",
    "rules/efficiency-baseline.yaml",
    "rules/facts/llama.yaml",
    "rules/facts/makers.yaml",
    "rules/facts/muse-later.yaml",
    "rules/facts/muse-spark.yaml",
    "rules/facts/sources.yaml",
    "rules/facts/surfaces.yaml",
    "rules/human-comparison.yaml",
    "rules/identity.yaml",
    "rules/language/en.yaml",
    "rules/language/prose.yaml",
    "rules/language/values.yaml",
    "rules/licences.yaml",
    "rules/license.yaml",
    "rules/metrics.yaml",
    "rules/outdated.yaml",
    "rules/relative-time.yaml",
    "rules/self-reported.yaml",
    "rules/superlative.yaml",
    "rules/timeline.yaml",
    "rules/unsourced-number.yaml",
    "rules/vague-source.yaml",
    "rules/wrong-number.yaml",
    "seeds/muse-spark-the-proprietary-pivot.txt",
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn lists_every_file_of_the_folders() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut found = Vec::new();
        for folder in ["rules", "seeds"] {
            for entry in ignore::WalkBuilder::new(top.join(folder)).build().filter_map(Result::ok) {
                let path = entry.path().strip_prefix(top).unwrap_or(entry.path());
                // The page about the rules is for people.
                let page = path.ends_with("README.md");
                if entry.path().is_file()
                    && !page
                    && path.extension().is_some_and(|e| e == "yaml" || e == "txt" || e == "md")
                {
                    found.push(path.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        found.sort();
        let listed: Vec<_> = super::FILES.iter().map(|(path, _)| path.to_string()).collect();
        assert_eq!(listed, found, "keep FILES in src/disk/embedded.rs in step with the folders, sorted");
    }
}
