//! Formulas of metric rules: numbers, names, `+ - * / %`, parentheses, comparisons and a few functions.
//!
//! `(0.39 * (words / sentences)) + (11.8 * (syllables / words)) - 15.59`, compared by `> 8`.

/// A formula, parsed.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A number.
    Number(f64),
    /// A quantity of the text.
    Name(String),
    /// Two parts joined by an operator.
    Binary(Operator, Box<Formula>, Box<Formula>),
    /// `-x`
    Negated(Box<Formula>),
    /// `math.sqrt(x)`
    Call(Function, Box<Formula>),
}

/// Joins two parts; a comparison gives 1 or 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    More,
    Less,
    AtLeast,
    AtMost,
    Equal,
    Unequal,
    And,
    Or,
}

/// What can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Function {
    Sqrt,
    Log,
    Floor,
    Ceil,
    Round,
    Abs,
}

/// Operators by how strongly they bind, the weakest first; longer spellings before those they start with.
const LEVELS: [&[(&str, Operator)]; 5] = [
    &[("||", Operator::Or)],
    &[("&&", Operator::And)],
    &[
        (">=", Operator::AtLeast),
        ("<=", Operator::AtMost),
        ("==", Operator::Equal),
        ("!=", Operator::Unequal),
        (">", Operator::More),
        ("<", Operator::Less),
    ],
    &[("+", Operator::Add), ("-", Operator::Subtract)],
    &[("*", Operator::Multiply), ("/", Operator::Divide), ("%", Operator::Remainder)],
];

const FUNCTIONS: [(&str, Function); 6] = [
    ("sqrt", Function::Sqrt),
    ("log", Function::Log),
    ("floor", Function::Floor),
    ("ceil", Function::Ceil),
    ("round", Function::Round),
    ("abs", Function::Abs),
];

/// How deep parentheses may nest.
const MAX_DEPTH: usize = 40;

impl Formula {
    /// Parses a formula; the error says what was expected where.
    pub fn parse(text: &str) -> Result<Formula, String> {
        let mut parser = Parser { rest: text, depth: 0 };
        let formula = parser.level(0)?;
        match parser.rest.trim_start() {
            "" => Ok(formula),
            rest => Err(format!("expected an operator before `{rest}`")),
        }
    }

    /// Its value; `quantity` gives the value of a name.
    pub fn value(&self, quantity: &dyn Fn(&str) -> f64) -> f64 {
        match self {
            Formula::Number(number) => *number,
            Formula::Name(name) => quantity(name),
            Formula::Negated(inner) => -inner.value(quantity),
            Formula::Call(function, inner) => function.value(inner.value(quantity)),
            Formula::Binary(operator, a, b) => operator.value(a.value(quantity), b.value(quantity)),
        }
    }

    /// The names that stand in it.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Formula::Number(_) => Vec::new(),
            Formula::Name(name) => vec![name],
            Formula::Negated(inner) | Formula::Call(_, inner) => inner.names(),
            Formula::Binary(_, a, b) => [a.names(), b.names()].concat(),
        }
    }
}

impl Operator {
    fn value(self, a: f64, b: f64) -> f64 {
        let truth = |yes: bool| f64::from(u8::from(yes));
        match self {
            Operator::Add => a + b,
            Operator::Subtract => a - b,
            Operator::Multiply => a * b,
            Operator::Divide => a / b,
            Operator::Remainder => a % b,
            Operator::More => truth(a > b),
            Operator::Less => truth(a < b),
            Operator::AtLeast => truth(a >= b),
            Operator::AtMost => truth(a <= b),
            Operator::Equal => truth(a == b),
            Operator::Unequal => truth(a != b),
            Operator::And => truth(a != 0.0 && b != 0.0),
            Operator::Or => truth(a != 0.0 || b != 0.0),
        }
    }
}

impl Function {
    fn value(self, x: f64) -> f64 {
        match self {
            Function::Sqrt => x.sqrt(),
            Function::Log => x.ln(),
            Function::Floor => x.floor(),
            Function::Ceil => x.ceil(),
            Function::Round => x.round(),
            Function::Abs => x.abs(),
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    fn level(&mut self, level: usize) -> Result<Formula, String> {
        let Some(operators) = LEVELS.get(level) else { return self.operand() };
        let mut left = self.level(level + 1)?;
        while let Some(operator) = self.operator(operators) {
            let right = self.level(level + 1)?;
            left = Formula::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn operator(&mut self, operators: &[(&str, Operator)]) -> Option<Operator> {
        let rest = self.rest.trim_start();
        let (text, operator) = operators.iter().find(|(text, _)| rest.starts_with(text))?;
        self.rest = &rest[text.len()..];
        Some(*operator)
    }

    fn operand(&mut self) -> Result<Formula, String> {
        let rest = self.rest.trim_start();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("the formula nests too deeply".to_string());
        }
        let operand = match rest.chars().next() {
            Some('-') => {
                self.rest = &rest[1..];
                Formula::Negated(Box::new(self.operand()?))
            }
            Some('(') => {
                self.rest = &rest[1..];
                self.closed()?
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(rest)?,
            Some(c) if c.is_alphabetic() || c == '_' => self.name(rest)?,
            None => return Err("expected a number, a name or `(` at the end".to_string()),
            _ => return Err(format!("expected a number, a name or `(` before `{rest}`")),
        };
        self.depth -= 1;
        Ok(operand)
    }

    fn closed(&mut self) -> Result<Formula, String> {
        let inner = self.level(0)?;
        let rest = self.rest.trim_start();
        self.rest = rest.strip_prefix(')').ok_or_else(|| format!("expected `)` before `{rest}`"))?;
        Ok(inner)
    }

    fn number(&mut self, rest: &str) -> Result<Formula, String> {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number = rest[..end].parse().map_err(|_| format!("`{}` is no number", &rest[..end]))?;
        self.rest = &self.rest[self.rest.len() - rest.len() + end..];
        Ok(Formula::Number(number))
    }

    fn name(&mut self, rest: &str) -> Result<Formula, String> {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
        let name = &rest[..end];
        self.rest = &self.rest[self.rest.len() - rest.len() + end..];
        let Some(after) = self.rest.trim_start().strip_prefix('(') else {
            return Ok(Formula::Name(name.replace('.', "_")));
        };
        let called = FUNCTIONS.iter().find(|(known, _)| name.trim_start_matches("math.") == *known);
        let (_, function) = called.ok_or_else(|| format!("`{name}` cannot be called"))?;
        self.rest = &self.rest[self.rest.len() - after.len()..];
        Ok(Formula::Call(*function, Box::new(self.closed()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_have_values() {
        let quantity = |name: &str| if name == "words" { 10.0 } else { 4.0 };
        for (formula, value) in [
            ("1 + 2 * 3", 7.0),
            ("(1 + 2) * 3", 9.0),
            ("words / sentences", 2.5),
            ("heading.h2", 4.0),
            ("math.sqrt(words - 1) * -1", -3.0),
            ("10 - 4 - 3", 3.0),
            ("2.5 > 2 && 1 <= 1", 1.0),
            ("words % 4 == 3", 0.0),
        ] {
            assert_eq!(Formula::parse(formula).map(|f| f.value(&quantity)), Ok(value), "{formula}");
        }
    }

    #[test]
    fn what_is_no_formula_is_refused() {
        for formula in ["", "1 +", "(1", "1 2", "os.exit(1)", "a; b", &"(".repeat(100)] {
            assert!(Formula::parse(formula).is_err(), "{formula}");
        }
    }
}
