//! `--show-config`: each value that holds for a file, and where it was set.

use super::Config;
use super::layer::{Origin, Set};
use super::resolve::shown;
use crate::render::severity_name;
use std::fmt::Write;
use std::path::Path;

impl Config {
    /// One line for each value: key, value, origin.
    pub fn show(&self, file: &Path) -> String {
        let layer = self.layer(file);
        let mut rows = Vec::new();
        let nearest = self.path.as_ref().map_or("none".to_string(), |path| shown(path));
        rows.push(("configuration".to_string(), nearest, String::new()));
        if let Some(reason) = self.left_out(file) {
            rows.push(("left out".to_string(), reason, String::new()));
        }
        row(&mut rows, "select", layer.select.as_ref(), "all rules", |rules| rules.join(", "));
        for rule in &layer.ignore {
            row(&mut rows, "ignore", Some(rule), "", Clone::clone);
        }
        for (rule, level) in &layer.severity {
            let key = format!("severity.{rule}");
            row(&mut rows, &key, Some(level), "", |level| level.map_or("off", severity_name).to_string());
        }
        row(&mut rows, "min_severity", layer.min_severity.as_ref(), "hint", |s| {
            severity_name(*s).to_string()
        });
        row(&mut rows, "min_confidence", layer.min_confidence.as_ref(), "low", |c| {
            format!("{c:?}").to_lowercase()
        });
        row(&mut rows, "fail_on", layer.fail_on.as_ref(), "hint", |s| severity_name(*s).to_string());
        row(
            &mut rows,
            "as_of",
            layer.as_of.as_ref(),
            "the draft's own date, else today",
            ToString::to_string,
        );
        row(&mut rows, "require_reason", layer.require_reason.as_ref(), "false", ToString::to_string);
        row(&mut rows, "builtin_facts", Some(&self.builtin), "true", ToString::to_string);
        for (key, path) in &self.sources {
            row(&mut rows, key, Some(path), "", |path| shown(path));
        }
        for word in &self.vocabulary {
            row(&mut rows, "vocabulary", Some(word), "", Clone::clone);
        }
        for (key, globs) in [("include", &self.include), ("exclude", &self.exclude)] {
            for glob in globs {
                row(&mut rows, key, Some(glob), "", |glob| glob.pattern.clone());
            }
        }
        table(&rows)
    }
}

type Row = (String, String, String);

fn row<T>(rows: &mut Vec<Row>, key: &str, set: Option<&Set<T>>, default: &str, words: impl Fn(&T) -> String) {
    rows.push(match set {
        Some(set) => (key.to_string(), words(&set.value), set.origin.to_string()),
        None => (key.to_string(), default.to_string(), Origin::Default.to_string()),
    });
}

fn table(rows: &[Row]) -> String {
    let wide =
        |cell: fn(&Row) -> &String| rows.iter().map(|row| cell(row).chars().count()).max().unwrap_or(0);
    let (keys, values) = (wide(|row| &row.0), wide(|row| &row.1));
    rows.iter().fold(String::new(), |mut out, (key, value, origin)| {
        let line = format!("{key:keys$}  {value:values$}  {origin}");
        let _ = writeln!(out, "{}", line.trim_end());
        out
    })
}
