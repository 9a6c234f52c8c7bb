//! The copy desk: everything that checking a draft needs, shared by all commands.

use super::args::{Choice, World as WorldArgs};
use super::progress::time;
use crate::check::{self, Checker, Judged, Settings};
use crate::config::layer::{Layer, Origin, Set};
use crate::config::load::{Built, Library};
use crate::config::{self, Asked, Config, Resolver, World};
use crate::disk::clock::today;
use crate::disk::read;
use crate::draft::{Draft, Format};
use crate::render::text::count;
use crate::render::{FileReport, RuleCard, Trouble, item};
use crate::rule::suppress::{self, Sorted};
use crate::verdict::Verdict;
use crate::yaml::suggest;
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// Configuration, facts and rules, read as drafts need them.
pub struct Desk {
    resolver: Resolver,
    library: Library,
    today: Option<Date>,
}

/// What holds for one file.
#[derive(Clone)]
pub struct Standing {
    /// Facts and rules with the files they stand in.
    pub built: Arc<Built>,
    /// Where those come from.
    pub world: World,
    /// Which findings are wanted.
    pub layer: Layer,
    settings: Settings,
    format: Format,
}

impl Desk {
    /// A desk where the command line's wishes hold.
    pub fn new(choice: &Choice, world: &WorldArgs) -> Self {
        Desk { resolver: Resolver::new(asked(choice, world)), library: Library::default(), today: today() }
    }

    /// What holds for a file, and the checker that it is judged by.
    pub fn at(&self, path: &Path) -> (Arc<Config>, Arc<Built>) {
        let config = self.resolver.config(path);
        let built = self.library.get(&config.world);
        (config, built)
    }

    /// The resolver alone, for those who load nothing.
    pub fn into_resolver(self) -> Resolver {
        self.resolver
    }

    /// All rules of the working folder's configuration, for outputs that describe them.
    pub fn rules(&self) -> Vec<RuleCard> {
        let (_, built) = self.at(Path::new("x.md"));
        let listed = built.checker.rules.list.iter().map(|rule| RuleCard {
            name: rule.name.clone(),
            title: rule.title.clone(),
            help: format!("{}\n\nIt stays quiet when {}", rule.why.trim(), rule.quiet_when.trim()),
            severity: rule.severity,
            link: rule.link.clone(),
        });
        let patterns = built.checker.patterns.iter().flat_map(|set| set.rules()).map(|rule| RuleCard {
            name: rule.name.clone(),
            title: rule.title.clone().unwrap_or_default(),
            help: rule.why.clone().unwrap_or_default(),
            severity: rule.severity,
            link: rule.link.clone(),
        });
        let own = suppress::RULES.iter().map(|(name, title, why)| RuleCard {
            name: name.to_string(),
            title: title.to_string(),
            help: why.to_string(),
            ..RuleCard::default()
        });
        listed.chain(patterns).chain(own).collect()
    }

    /// What is wrong with configurations, facts, rules and seeds read so far.
    pub fn troubles(&self) -> Vec<Trouble> {
        let mut troubles = self.resolver.troubles();
        troubles.extend(self.library.troubles());
        for config in self.resolver.configs() {
            let built = self.library.get(&config.world);
            let known: Vec<&str> = config::rules(&built.checker).collect();
            let unknown = config.named_rules().filter(|(name, _)| !known.contains(name));
            troubles.extend(unknown.map(|(name, origin)| unknown_rule(name, origin, &known)));
        }
        troubles.sort();
        troubles.dedup();
        troubles
    }

    /// What was read so far, in a few lines.
    pub fn describe(&self) -> Vec<String> {
        let configs = self.resolver.configs();
        let files = configs.iter().flat_map(|config| &config.files);
        let mut lines: Vec<String> = files.map(|path| format!("configuration {}", path.display())).collect();
        lines.sort();
        lines.dedup();
        lines.extend(self.library.all().iter().map(|built| {
            let Checker { knowledge, .. } = &built.checker;
            let (facts, rules) = (knowledge.facts.len(), config::rules(&built.checker).count());
            format!("{} and {} loaded in {}", count(facts, "fact"), count(rules, "rule"), time(built.took))
        }));
        lines
    }

    /// What holds for a file; `None` if the configuration leaves it out.
    pub fn standing(&self, path: &Path) -> Option<Standing> {
        let (config, built) = self.at(path);
        if config.left_out(path).is_some() {
            return None;
        }
        let layer = config.layer(path);
        let settings = Settings {
            today: self.today,
            as_of: layer.as_of.as_ref().map(|day| day.value),
            patterns: built.selection(path),
        };
        Some(Standing {
            world: config.world.clone(),
            built,
            layer,
            settings,
            format: read::format_of(path).unwrap_or(Format::Text),
        })
    }
}

/// What is found in a draft.
#[derive(Debug, Default)]
pub struct Found {
    /// Findings.
    pub sorted: Sorted,
    /// The verdict of each claim.
    pub verdicts: Vec<Verdict>,
}

impl Standing {
    /// The same with other facts and rules.
    pub fn with(&self, built: Arc<Built>) -> Standing {
        Standing { built, ..self.clone() }
    }

    /// What may differ from draft to draft.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Reads a text as a draft.
    pub fn draft(&self, source: &str) -> Draft {
        Draft::parse(source, self.format)
    }

    /// What is found in the draft.
    pub fn judge(&self, draft: &Draft) -> Found {
        self.judge_at(draft, None)
    }

    /// The same at a day that is given with the draft, unless the command line or the configuration names one.
    pub fn judge_at(&self, draft: &Draft, day: Option<Date>) -> Found {
        let settings = Settings { as_of: self.settings.as_of.or(day), ..self.settings.clone() };
        let checker = &self.built.checker;
        let (found, verdicts) = check::examine(draft, checker, &settings);
        Found { sorted: config::wanted(draft, found, checker, &settings, &self.layer), verdicts }
    }

    /// Every claim of the draft with its verdict, and what it puts otherwise and does not claim.
    pub fn explained(&self, draft: &Draft) -> Vec<Judged> {
        check::explain(draft, &self.built.checker, &self.settings)
    }

    /// Every claim of the draft with its verdict.
    pub fn claims(&self, draft: &Draft) -> Vec<Judged> {
        check::judge(draft, &self.built.checker, &self.settings)
    }

    /// The day the draft is judged at.
    pub fn day(&self, draft: &Draft) -> Date {
        check::day_of(draft, &self.settings)
    }

    /// Findings as outputs need them.
    pub fn report(&self, path: &Path, draft: &Draft, sorted: &Sorted) -> FileReport {
        let name = read::display(path);
        let context = item::Context {
            path: &name,
            draft,
            knowledge: &self.built.checker.knowledge,
            files: &self.built.files,
        };
        let findings = context.items(&sorted.open);
        let (allowed, reasons): (Vec<_>, Vec<_>) = sorted.allowed.iter().cloned().unzip();
        let suppressed = context.items(&allowed).into_iter().zip(reasons).collect();
        FileReport { path: name, source: draft.source.clone(), findings, suppressed }
    }
}

fn asked(choice: &Choice, world: &WorldArgs) -> Asked {
    fn set<T>(value: T) -> Set<T> {
        Set { value, origin: Origin::CommandLine }
    }
    let layer = Layer {
        select: (!choice.select.is_empty()).then(|| set(choice.select.clone())),
        ignore: choice.ignore.iter().cloned().map(set).collect(),
        min_severity: choice.min_severity.map(set),
        min_confidence: choice.min_confidence.map(set),
        fail_on: choice.fail_on.map(set),
        as_of: choice.as_of.map(set),
        require_reason: choice.require_reason.then(|| set(true)),
        ..Layer::default()
    };
    let (facts, rules, seeds) = (world.facts.clone(), world.rules.clone(), world.seeds.clone());
    let vale = world.vale.clone();
    let asked =
        World { builtin_facts: !world.no_builtin_facts, facts, rules, seeds, vale, ..World::default() };
    Asked { layer, world: asked, config: world.config.clone(), no_config: world.no_config }
}

fn unknown_rule(name: &str, origin: &Origin, known: &[&str]) -> Trouble {
    let help = suggest(name, known.iter().copied()).map(|help| format!(" ({help})")).unwrap_or_default();
    let message = format!("unknown rule `{name}`{help}");
    match origin {
        Origin::File(path, line) => Trouble { path: path.clone(), line: *line, column: 1, message },
        Origin::CommandLine | Origin::Default => Trouble::whole("command line", message),
    }
}
