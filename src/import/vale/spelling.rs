//! What Vale's spelling rules name by path: dictionaries, and lists of words beside them.

use super::{Vale, tree};
use crate::disk::read::{display, text};
use crate::yaml::{Node, NodeKind};
use std::path::{Path, PathBuf};

/// The dictionary that Vale brings along, under the names that it goes by elsewhere.
const DEFAULT: [&str; 2] = ["en_US-web", "en_US"];
/// Where systems keep dictionaries.
const SYSTEM: [&str; 3] = ["/usr/share/hunspell", "/usr/share/myspell/dicts", "/Library/Spelling"];
/// Keys that say where words are found; what they name takes their place.
const PATHS: [&str; 6] = ["dicpath", "aff", "dic", "append", "ignore", "dictionaries"];

impl Vale {
    /// Reads what a spelling rule names, and puts the names of its dictionaries and its words in place of paths. The error
    /// says what is not there.
    pub(super) fn bring_words(&mut self, rule: &mut Node, name: &str, styles: &Path) -> Result<(), String> {
        let one = |key: &str| tree::get(rule, key).map(tree::text).unwrap_or_default().to_string();
        let many = |key: &str| match tree::get(rule, key).map(|node| &node.kind) {
            Some(NodeKind::List(items)) => items.iter().map(|item| tree::text(item).to_string()).collect(),
            Some(NodeKind::Scalar { text, .. }) if !text.is_empty() => vec![text.clone()],
            _ => Vec::new(),
        };
        let (dicpath, named) = (one("dicpath"), many("dictionaries"));
        let usual = styles.join("config/dictionaries");
        let folders: Vec<PathBuf> = match dicpath.as_str() {
            "" => vec![usual.clone()],
            path => vec![PathBuf::from(path), styles.join(path), styles.join("..").join(path)],
        };
        let mut names = Vec::new();
        let pair = (one("aff"), one("dic"));
        if let (false, Some((aff, dic))) = (pair.0.is_empty(), both(styles, &pair.0, &pair.1)) {
            names.push(self.dictionary(&aff, &dic)?);
        } else {
            for name in &named {
                names.push(self.find_dictionary(name, &folders)?);
            }
            if names.is_empty() || one("append") == "true" {
                names.push(self.default_dictionary(&usual)?);
            }
            if name == "Vale.Spelling" {
                for stem in stems(&usual) {
                    names.push(self.find_dictionary(&stem, std::slice::from_ref(&usual))?);
                }
            }
        }
        names.dedup();
        let mut words = Vec::new();
        let lists = many("ignore").into_iter().flat_map(|list| {
            let places = [PathBuf::from(&list), styles.join(&list), styles.join("config/ignore").join(&list)];
            places.into_iter().find(|path| path.is_file())
        });
        let own = if name == "Vale.Spelling" { files(&styles.join("config/ignore")) } else { Vec::new() };
        for path in lists.chain(own) {
            let lines = text(&path).map_err(|trouble| trouble.to_string())?;
            words.extend(lines.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_string));
        }
        let place = rule.span;
        let NodeKind::Map(entries) = &mut rule.kind else { return Ok(()) };
        entries.retain(|(key, _)| !PATHS.contains(&tree::text(key).to_lowercase().as_str()));
        entries.push((tree::scalar("dictionaries", place), tree::list(&names, place)));
        if !words.is_empty() {
            entries.push((tree::scalar("words", place), tree::list(&words, place)));
        }
        Ok(())
    }

    fn dictionary(&mut self, aff: &Path, dic: &Path) -> Result<String, String> {
        let read = |path: &Path| text(path).map_err(|trouble| trouble.to_string());
        let name = dic.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        self.vocabulary.dictionaries.add(&name, &read(aff)?, &read(dic)?);
        Ok(name)
    }

    fn find_dictionary(&mut self, name: &str, folders: &[PathBuf]) -> Result<String, String> {
        let found =
            folders.iter().find_map(|folder| both(folder, &format!("{name}.aff"), &format!("{name}.dic")));
        let shown = || folders.first().map(|folder| display(folder)).unwrap_or_default();
        let (aff, dic) = found.ok_or_else(|| format!("no dictionary `{name}` in {}", shown()))?;
        self.dictionary(&aff, &dic)
    }

    /// Vale has an American dictionary inside; here it is taken from the styles or from the system.
    fn default_dictionary(&mut self, usual: &Path) -> Result<String, String> {
        let own = std::env::var("DICPATH").ok().map(PathBuf::from);
        let folders: Vec<PathBuf> =
            [usual.to_path_buf()].into_iter().chain(own).chain(SYSTEM.map(PathBuf::from)).collect();
        let found = DEFAULT.iter().find_map(|name| self.find_dictionary(name, &folders).ok());
        found.ok_or_else(|| {
            format!(
                "no English dictionary is at hand: put en_US.aff and en_US.dic into {} (Debian has them as \
                 hunspell-en-us, npm as dictionary-en)",
                display(usual)
            )
        })
    }
}

/// Two files that are both there.
fn both(folder: &Path, aff: &str, dic: &str) -> Option<(PathBuf, PathBuf)> {
    let (aff, dic) = (folder.join(aff), folder.join(dic));
    (aff.is_file() && dic.is_file()).then_some((aff, dic))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn stems(folder: &Path) -> Vec<String> {
    let words = files(folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "dic"));
    words.filter_map(|path| Some(path.file_stem()?.to_str()?.to_string())).collect()
}

/// The source of the rule that Vale has inside.
pub(super) const OWN: &str = "extends: spelling\nmessage: \"Did you really mean '%s'?\"\nlevel: error\n\
    action: {name: suggest, params: [spellings]}\n";
