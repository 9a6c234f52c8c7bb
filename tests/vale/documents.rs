//! Documents for the comparison with Vale, made from pieces by a seed: the same on every machine.

/// Sentences with and without faults, so that each rule has something to find and something to leave alone.
const SENTENCES: &[&str] = &[
    "The model was released in March and is very fast.",
    "OpenAI and Deepseek published a report; the weights are not open.",
    "It is 12.5x more efficient, the company said quietly.",
    "There is no baseline for the number...",
    "So the team reportedly did not publish the data set.",
    "Nobody knows the the licence of that checkpoint.",
    "The context window grew to 128K tokens, or 32 GB of memory.",
    "In practice, the tool chain will not utilise every core.",
    "Zoë Castañeda called it “a naive reading”, and left.",
    "We think that our centre is the best, unfortunately!",
    "At the end of the day, low hanging fruit is a ballpark figure.",
    "The evaluator recieved 78.6% of the answers, i.e. most of them.",
    "He said \"it was built in a week\", but it wasn't.",
    "Prices fell from 10 - 20 dollars on 3/4/2026 and 5 June 2026.",
    "The World Health Organization (WHO) did not reply; the WHO and NATO did.",
    "The 2nd edition (a longer one) has file(s) with the newly-built parser.",
    "A very large language model is a mixture of Experts, or so they say.",
    "This synergy is a game-changer for data sets, email and E-mail.",
    "In order to win, an adviser told the advisor to emphasize colour over color.",
    "I'm sure the most unique answer -> is absolutely perfect.",
    "In April, the cluster moved to Zürich — at least on paper.",
    "The regex does a sanity check, a smoke check and nothing else!!",
    "Most of the audit was written by 小林 花, who is known for it.",
    "They are, she said, quite a team; quite good, too.",
    "Energy use is not its problem.No space here.  Two spaces there.",
    "Several of the APIs, DBRX among them, are kept behind a waitlist.",
    "The report compares speed, cost and safety.",
    "Please note that the application will not fill in the form.",
    "It ran on 8 H100 cards for 30d, roughly 7x cheaper, with 4ms of latency.",
    "That is what the roadmap says, and that that is a fact.",
];

const HEADINGS: &[&str] = &[
    "Mixture-of-experts routing and its limits",
    "What the Report Says About Energy Use",
    "Why licences matter.",
    "Getting started with GitHub on an iPhone",
    "the state of the art",
    "Release notes: What Is new",
];

/// What a piece of a sentence is marked as.
#[derive(Clone, Copy)]
enum Mark {
    Plain,
    Link,
    Strong,
    Emphasis,
    Code,
}

const MARKED: &[&[(Mark, &str)]] = &[
    &[(Mark::Plain, "See "), (Mark::Link, "here"), (Mark::Plain, " for a number of reasons.")],
    &[(Mark::Plain, "The "), (Mark::Strong, "energy use"), (Mark::Plain, " of the model is not public.")],
    &[
        (Mark::Plain, "Set "),
        (Mark::Code, "max_tokens"),
        (Mark::Plain, " to a very small number, very soon."),
    ],
    &[
        (Mark::Plain, "It was "),
        (Mark::Emphasis, "Very surprising"),
        (Mark::Plain, ", and it was very early."),
    ],
    &[
        (Mark::Plain, "Read the "),
        (Mark::Link, "model card"),
        (Mark::Plain, " ("),
        (Mark::Link, "this"),
        (Mark::Plain, ")."),
    ],
    &[
        (Mark::Code, "is_open"),
        (Mark::Plain, " was added; it is "),
        (Mark::Strong, "not"),
        (Mark::Plain, " needed."),
    ],
    &[
        (Mark::Plain, "A "),
        (Mark::Emphasis, "doubled"),
        (Mark::Plain, " doubled word, and "),
        (Mark::Strong, "was"),
        (Mark::Plain, " moved."),
    ],
];

/// A document's file name and text.
pub struct Document {
    /// With the ending that says its format.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// As many documents as asked: of five, three are Markdown, one HTML and one plain text.
pub fn documents(count: usize) -> Vec<Document> {
    (0..count).map(document).collect()
}

fn document(index: usize) -> Document {
    let mut maker = Maker {
        seed: index as u64 * 7919 + 17,
        format: ["md", "html", "md", "txt", "md"][index % 5],
        out: String::new(),
    };
    maker.front();
    maker.heading(1);
    for _ in 0..5 + index % 6 {
        maker.block();
    }
    Document { name: format!("doc-{index:03}.{}", maker.format), text: maker.out }
}

struct Maker {
    seed: u64,
    format: &'static str,
    out: String,
}

impl Maker {
    fn below(&mut self, n: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.seed >> 33) as usize % n
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn front(&mut self) {
        if self.format == "md" && self.below(4) == 0 {
            let title = self.pick(HEADINGS);
            self.push(&format!("---\ntitle: \"{title}\"\ndate: 2026-03-04\ntags: [ai]\n---\n\n"));
        }
    }

    fn heading(&mut self, level: usize) {
        let text = self.pick(HEADINGS);
        match self.format {
            "md" => self.push(&format!("{} {text}\n\n", "#".repeat(level))),
            "html" => self.push(&format!("<h{level}>{text}</h{level}>\n")),
            _ => self.push(&format!("{text}\n\n")),
        }
    }

    /// A sentence, its marks written in the format.
    fn sentence(&mut self) -> String {
        if self.below(4) > 0 {
            let plain = self.pick(SENTENCES);
            return self.escape(plain);
        }
        let pieces = self.pick(MARKED);
        pieces.iter().map(|(mark, text)| self.marked(*mark, text)).collect()
    }

    fn escape(&self, text: &str) -> String {
        match self.format {
            "html" => text.replace('&', "&amp;").replace("->", "-&gt;"),
            _ => text.to_string(),
        }
    }

    fn marked(&self, mark: Mark, text: &str) -> String {
        match (self.format, mark) {
            ("md", Mark::Link) => format!("[{text}](https://example.com/{})", text.replace(' ', "-")),
            ("md", Mark::Strong) => format!("**{text}**"),
            ("md", Mark::Emphasis) => format!("*{text}*"),
            ("md", Mark::Code) => format!("`{text}`"),
            ("html", Mark::Link) => format!("<a href=\"https://example.com/x\">{text}</a>"),
            ("html", Mark::Strong) => format!("<strong>{text}</strong>"),
            ("html", Mark::Emphasis) => format!("<em>{text}</em>"),
            ("html", Mark::Code) => format!("<code>{text}</code>"),
            _ => text.to_string(),
        }
    }

    /// Sentences, parted by spaces or now and then by a line break.
    fn paragraph(&mut self, most: usize, breaks: bool) -> String {
        let count = 1 + self.below(most);
        let mut text = self.sentence();
        for _ in 1..count {
            text.push(if breaks && self.below(3) == 0 { '\n' } else { ' ' });
            text.push_str(&self.sentence());
        }
        text
    }

    fn block(&mut self) {
        match self.below(12) {
            0 | 1 => {
                let level = 2 + self.below(2);
                self.heading(level);
            }
            2 => self.list(),
            3 => self.quote(),
            4 => self.table(),
            5 => self.code(),
            6 => self.image(),
            7 => self.switched_off(),
            _ => {
                let text = self.paragraph(4, true);
                match self.format {
                    "html" => self.push(&format!("<p>{text}</p>\n")),
                    _ => self.push(&format!("{text}\n\n")),
                }
            }
        }
    }

    fn list(&mut self) {
        let ordered = self.below(3) == 0;
        let items: Vec<String> = (0..2 + self.below(3)).map(|_| self.paragraph(2, false)).collect();
        match self.format {
            "html" => {
                let items: String = items.iter().map(|item| format!("<li>{item}</li>\n")).collect();
                let tag = if ordered { "ol" } else { "ul" };
                self.push(&format!("<{tag}>\n{items}</{tag}>\n"));
            }
            _ => {
                for (index, item) in items.iter().enumerate() {
                    let bullet = if ordered { format!("{}.", index + 1) } else { "-".to_string() };
                    self.push(&format!("{bullet} {item}\n"));
                }
                self.push("\n");
            }
        }
    }

    fn quote(&mut self) {
        let text = self.paragraph(2, false);
        match self.format {
            "md" => self.push(&format!("> {text}\n\n")),
            "html" => self.push(&format!("<blockquote>{text}</blockquote>\n")),
            _ => self.push(&format!("{text}\n\n")),
        }
    }

    fn table(&mut self) {
        let cells: Vec<&str> = (0..6)
            .map(|_| self.pick(&["MIT", "78.6", "The licence", "yes", "Score on paper", "very open"]))
            .collect();
        match self.format {
            "md" => {
                let rows: String = cells.chunks(2).map(|row| format!("| {} |\n", row.join(" | "))).collect();
                let (head, body) = rows.split_once('\n').unwrap_or((&rows, ""));
                self.push(&format!("{head}\n| --- | --- |\n{body}\n"));
            }
            "html" => {
                let cell = |tag: &str, row: &[&str]| {
                    row.iter().map(|c| format!("<{tag}>{c}</{tag}>")).collect::<String>()
                };
                let head = cell("th", &cells[..2]);
                let rows: String =
                    cells[2..].chunks(2).map(|row| format!("<tr>{}</tr>\n", cell("td", row))).collect();
                self.push(&format!("<table>\n<tr>{head}</tr>\n{rows}</table>\n"));
            }
            _ => {}
        }
    }

    fn code(&mut self) {
        let code = "very = was_built() # it is very wrong";
        match self.format {
            "md" => self.push(&format!("```python\n{code}\n```\n\n")),
            "html" => self.push(&format!("<pre>{code}</pre>\n")),
            _ => {}
        }
    }

    fn image(&mut self) {
        match self.format {
            "md" => self.push("![Chart of energy use](https://example.com/chart.png)\n\n"),
            "html" => self.push("<p><img src=\"chart.png\" alt=\"Chart of energy use\"></p>\n"),
            _ => {}
        }
    }

    /// A paragraph that a comment leaves out, or one rule of it.
    fn switched_off(&mut self) {
        if self.format == "txt" {
            return;
        }
        let (off, on) = self.pick(&[
            ("vale off", "vale on"),
            ("vale Plain.Weasel = NO", "vale Plain.Weasel = YES"),
            ("vale Plain = NO", "vale Plain = YES"),
        ]);
        let text = self.paragraph(2, false);
        let text = if self.format == "html" { format!("<p>{text}</p>") } else { text };
        self.push(&format!("<!-- {off} -->\n\n{text}\n\n<!-- {on} -->\n\n"));
    }
}
