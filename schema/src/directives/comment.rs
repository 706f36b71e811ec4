//! What one comment says.

use super::{Step, foreign};
use crate::diagnostic::{Diagnostic, nearest};
use crate::errors::directives::{self as errors, Form};
use crate::lints::Lint;
use crate::text::{FileId, Span};

const NAME: &str = "tablature";

/// What a comment declares that the statement after it does to the schema; nothing if it is no such directive.
pub(crate) fn effect(comment: &str) -> Option<&str> {
    let words = comment.trim().strip_prefix("--")?.trim_start();
    let rest = words.strip_prefix(NAME)?.trim_start();
    let (verb, declared) = first_word(rest.strip_prefix(':')?.trim_start());
    (verb == "effect").then(|| declared.trim())
}

/// A comment and its words.
pub(super) struct Comment<'a> {
    /// With its dashes or stars.
    pub(super) span: Span,
    /// Whether it begins with `--`.
    is_line: bool,
    /// What it says, without white space around it.
    words: &'a str,
    /// Where that begins in the file.
    start: usize,
}

/// What a comment tells.
pub(super) enum Meaning<'a> {
    NoTransaction,
    /// It is written wrongly.
    NearlyNoTransaction(Box<Diagnostic>),
    /// The names in the parentheses.
    Allow(Vec<(&'a str, Span)>),
    /// What a statement does to the schema, where only running it shows that; replay reads it.
    Effect,
    /// The function that runs after the statements.
    Step(Step),
}

impl<'a> Comment<'a> {
    pub(super) fn new(file: FileId, text: &'a str, span: Span) -> Option<Comment<'a>> {
        let range = span.start as usize..span.end as usize;
        let whole = text.get(range.clone())?;
        let is_line = whole.starts_with("--");
        let inside = whole.get(2..)?;
        let inside = match is_line {
            true => inside,
            false => inside.strip_suffix("*/").unwrap_or(inside),
        };
        let words = inside.trim_start();
        let start = range.start + 2 + (inside.len() - words.len());
        Some(Comment {
            span: Span::new(file, range),
            is_line,
            words: words.trim_end(),
            start,
        })
    }

    /// Whether nothing but white space stands before it on its line.
    pub(super) fn is_alone(&self, text: &str) -> bool {
        let before = text.get(..self.span.start as usize).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.trim_start_matches('\u{feff}').trim().is_empty()
    }

    /// What it tells; nothing if it is a comment like any other.
    pub(super) fn meaning(&self) -> Result<Option<Meaning<'a>>, Box<Diagnostic>> {
        if let Some(meaning) = self.no_transaction() {
            return Ok(Some(meaning));
        }
        if let Some(tool) = foreign::tool(self.words) {
            return Err(errors::foreign_mark(tool, self.words_span()).into());
        }
        let name = self.words.get(..NAME.len()).unwrap_or(self.words);
        if !name.eq_ignore_ascii_case(NAME) {
            return match self.without_name() {
                Some(form) => Err(errors::no_name(self.words_span(), form).into()),
                None => Ok(None),
            };
        }
        let rest = self.words.get(NAME.len()..).unwrap_or_default();
        let after_name = rest.trim_start();
        let Some(directive) = after_name.strip_prefix(':') else {
            let is_word = rest.starts_with(char::is_whitespace);
            return match form(after_name).filter(|_| is_word) {
                Some(form) => Err(errors::no_colon(self.words_span(), form).into()),
                None => Ok(None),
            };
        };
        if !self.is_line {
            let form = form(directive.trim_start()).unwrap_or(Form::Allow);
            return Err(errors::block_comment(self.span, form).into());
        }
        if name != NAME {
            return Err(errors::capital(name, self.part(name)).into());
        }
        self.directive(directive.trim_start()).map(Some)
    }

    /// Opting out of the transaction, alone or with an explanation after it.
    fn no_transaction(&self) -> Option<Meaning<'a>> {
        let (word, rest) = first_word(self.words);
        if self.is_line && word == "no-transaction" {
            return Some(Meaning::NoTransaction);
        }
        let letters = |words: &str| -> String {
            let letters = words.chars().filter(|c| c.is_alphanumeric());
            letters.collect::<String>().to_ascii_lowercase()
        };
        // In two words it can be the beginning of a sentence.
        let spoken = rest.split_once([':', '(']);
        let spoken = spoken.map_or(rest, |(spoken, _)| spoken);
        let is_meant = match letters(word).as_str() {
            "notransaction" | "notransactions" => self.is_line || rest.is_empty(),
            "no" => letters(spoken) == "transaction",
            "tablature" => {
                let verb = rest.trim_start_matches([':', ' ']);
                letters(first_word(verb).0) == "notransaction"
            }
            _ => false,
        };
        is_meant.then(|| {
            let words = self.words.lines().next().unwrap_or_default();
            Meaning::NearlyNoTransaction(
                errors::nearly_no_transaction(words, self.words_span()).into(),
            )
        })
    }

    /// What it is but for the name before it, which is not there or misspelt.
    fn without_name(&self) -> Option<Form> {
        let is_name = |before: &str| {
            let before = before.trim_end_matches([':', ' ']);
            before.is_empty() || nearest(before, [NAME]).is_some()
        };
        if let Some((before, rest)) = self.words.split_once("allow(") {
            let names = rest.split(')').next().unwrap_or_default();
            let mut names = names.split(',').map(str::trim);
            let is_meant = is_name(before) && names.any(|name| Lint::named(name).is_some());
            return is_meant.then_some(Form::Allow);
        }
        let at = self.words.find("step ")?;
        let (before, step) = self.words.split_at(at);
        (is_name(before) && is_step(step)).then_some(Form::Step)
    }

    fn directive(&self, directive: &'a str) -> Result<Meaning<'a>, Box<Diagnostic>> {
        let end = directive
            .find(|c: char| c.is_whitespace() || c == '(')
            .unwrap_or(directive.len());
        let (verb, rest) = directive.split_at(end);
        match verb {
            "" => Err(errors::empty(self.words_span()).into()),
            "effect" if rest.trim().is_empty() => Err(errors::no_effect(self.part(verb)).into()),
            "effect" => Ok(Meaning::Effect),
            "step" => self.step(verb, rest.trim_start()).map(Meaning::Step),
            "allow" => self.names(verb, rest.trim_start()).map(Meaning::Allow),
            _ => Err(errors::unknown_directive(verb, self.part(verb)).into()),
        }
    }

    fn names(&self, verb: &'a str, rest: &'a str) -> Result<Vec<(&'a str, Span)>, Box<Diagnostic>> {
        let Some(rest) = rest.strip_prefix('(') else {
            return Err(errors::no_lint(self.part(verb)).into());
        };
        let Some((inside, _reason)) = rest.split_once(')') else {
            return Err(errors::no_parenthesis(self.words_span()).into());
        };
        let names: Vec<&str> = inside.split(',').map(str::trim).collect();
        if names.contains(&"") {
            return Err(errors::no_lint(self.part(verb)).into());
        }
        Ok(names
            .into_iter()
            .map(|name| (name, self.part(name)))
            .collect())
    }

    /// The path of a function. Whether Rust takes it for one is not known here.
    fn step(&self, verb: &'a str, path: &'a str) -> Result<Step, Box<Diagnostic>> {
        if path.is_empty() {
            return Err(errors::no_path(self.part(verb)).into());
        }
        let span = self.part(path);
        if !is_path(path) {
            return Err(errors::no_such_path(path, span).into());
        }
        Ok(Step {
            path: path.to_owned(),
            span,
        })
    }

    fn words_span(&self) -> Span {
        self.part(self.words)
    }

    /// The place of a part of the words, which is a slice of them.
    fn part(&self, part: &'a str) -> Span {
        let offset = (part.as_ptr() as usize).saturating_sub(self.words.as_ptr() as usize);
        let start = self.start + offset.min(self.words.len());
        Span::new(self.span.file, start..start + part.len())
    }
}

/// Which directive words are meant as, after its name and whatever stands for the colon.
fn form(words: &str) -> Option<Form> {
    if words.starts_with("allow(") {
        return Some(Form::Allow);
    }
    match is_effect(words) {
        true => Some(Form::Effect),
        false => is_step(words).then_some(Form::Step),
    }
}

/// Whether words declare an effect, and are no sentence about one.
fn is_effect(words: &str) -> bool {
    let (verb, declared) = first_word(words);
    let (first, _) = first_word(declared);
    verb == "effect" && ["CREATE", "ALTER", "DROP", "none"].contains(&first)
}

/// Whether words name a function of a module: one word after `step` can be the end of a sentence.
fn is_step(words: &str) -> bool {
    let path = words.strip_prefix("step ").map(str::trim);
    path.is_some_and(|path| path.contains("::") && is_path(path))
}

/// Whether a word has the shape of a path in Rust.
fn is_path(word: &str) -> bool {
    let mut segments = word.strip_prefix("::").unwrap_or(word).split("::");
    segments.all(is_identifier)
}

/// Whether a word has the shape of a name in Rust.
fn is_identifier(word: &str) -> bool {
    let word = word.strip_prefix("r#").unwrap_or(word);
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    word.chars().all(is_part) && !word.is_empty() && !word.starts_with(|c: char| c.is_numeric())
}

/// The first word, with the dashes in it, and what follows.
fn first_word(words: &str) -> (&str, &str) {
    let end = words.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
    let (word, rest) = words.split_at(end.unwrap_or(words.len()));
    (word, rest.trim_start())
}
