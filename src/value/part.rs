//! The lists of phrases that have a part in the grammar of values, by their names in the file.

/// Declares the lists with their places in the file: `Name = "section" "key"`.
macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident = $section:literal $key:literal,)*) => {
        /// A list of phrases.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Part {
            $($(#[$doc])* $name,)*
        }

        impl Part {
            /// All lists: section and key in the file, in the order of the enum.
            pub(super) const ALL: &[(&'static str, &'static str)] = &[$(($section, $key),)*];
        }
    };
}

parts! {
    Article = "words" "article",
    One = "words" "one",
    And = "words" "and",
    Or = "words" "or",
    To = "words" "to",
    Of = "words" "of",
    In = "words" "in",
    OutOf = "words" "out-of",
    Between = "words" "between",
    Point = "words" "point",
    Power = "words" "power",
    Cross = "words" "cross",
    Times = "words" "times",
    Fold = "words" "fold",
    Percent = "words" "percent",
    Ratio = "words" "ratio",
    Factor = "words" "factor",
    Order = "words" "order",
    Orders = "words" "orders",
    Costs = "words" "costs",
    Buys = "words" "buys",
    Numbered = "words" "numbered",
    Clock = "words" "clock",
    NoName = "words" "no-name",
    MultipleNotBefore = "words" "multiple-not-before",
    UnitFillers = "words" "unit-fillers",
    FiguresOnly = "words" "figures-only",
    FractionFree = "fraction-context" "free",
    FractionPlural = "fraction-context" "plural",
    FractionPeriod = "fraction-context" "period",
    FractionBefore = "fraction-context" "before",
    FractionAfter = "fraction-context" "after",
    FractionLoose = "fraction-context" "loose",
    FractionOrdinal = "fraction-context" "ordinal",
    FractionNotAfter = "fraction-context" "not-after",
    FractionJoins = "fraction-context" "joins",
    PerStrong = "per" "strong",
    PerWeak = "per" "weak",
    MonthAmbiguous = "dates" "ambiguous",
    DateBefore = "dates" "before",
    DatePrefix = "dates" "prefix",
    DateUnresolved = "dates" "unresolved",
}
