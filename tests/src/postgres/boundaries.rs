//! Where statements end, by the rule of psql, written apart from the lexer that is tested with it.

use std::ops::Range;

/// The statements of a text, without their semicolons and what stands before their first token.
#[must_use]
pub fn statements(text: &str) -> Vec<Range<usize>> {
    let mut statements = Vec::new();
    let mut scanner = Scanner {
        text,
        at: 0,
        start: None,
        end: 0,
        depth: 0,
        body: Body::Outside,
        words: Vec::new(),
    };
    while let Some(ended) = scanner.step() {
        if ended {
            statements.extend(scanner.take());
        }
    }
    statements.extend(scanner.take());
    statements
}

/// Whether a routine's body in SQL is being read, whose semicolons are its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    Outside,
    /// How many BEGIN and CASE are open.
    Inside(usize),
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The first token of the statement.
    start: Option<usize>,
    /// The end of its last token.
    end: usize,
    /// Open parentheses.
    depth: usize,
    body: Body,
    /// Its first words, in lower case.
    words: Vec<String>,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Reads a token; says whether it ended a statement. Nothing at the end.
    fn step(&mut self) -> Option<bool> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        let length = match first {
            c if c.is_ascii_whitespace() || c == '\u{b}' => {
                self.at += 1;
                return Some(false);
            }
            '-' if rest.starts_with("--") => {
                let line = rest.split(['\n', '\r']).next().unwrap_or_default();
                self.at += line.len();
                // What drizzle puts between statements, which it then runs one by one.
                return Some(line.trim_end() == "--> statement-breakpoint");
            }
            '/' if rest.starts_with("/*") => {
                self.at += comment(rest);
                return Some(false);
            }
            ';' if self.depth == 0 && self.body == Body::Outside => {
                self.at += 1;
                return Some(true);
            }
            '(' => {
                self.depth += 1;
                1
            }
            ')' => {
                self.depth = self.depth.saturating_sub(1);
                1
            }
            '\'' => quoted(rest, '\'', false),
            '"' => quoted(rest, '"', false),
            'e' | 'E' if rest[1..].starts_with('\'') => 1 + quoted(&rest[1..], '\'', true),
            '$' => dollar_quoted(rest).unwrap_or(1),
            c if is_word_start(c) => {
                let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                let text = rest[..word].to_ascii_lowercase();
                self.word(text);
                word
            }
            c if c.is_ascii_digit() => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        self.start.get_or_insert(self.at);
        self.at += length;
        self.end = self.at;
        Some(false)
    }

    /// Follows the body of a routine: from BEGIN ATOMIC to its END, with every CASE in it.
    fn word(&mut self, word: String) {
        let is_routine = matches!(
            self.words
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .as_slice(),
            ["create", "function" | "procedure", ..]
                | ["create", "or", "replace", "function" | "procedure", ..]
        );
        self.body = match (self.body, word.as_str()) {
            (Body::Outside, "begin") if is_routine && self.depth == 0 => Body::Inside(1),
            (Body::Inside(open), "begin" | "case") => Body::Inside(open + 1),
            (Body::Inside(1), "end") => Body::Outside,
            (Body::Inside(open), "end") => Body::Inside(open - 1),
            (body, _) => body,
        };
        if self.words.len() < 5 {
            self.words.push(word);
        }
    }

    /// The statement that has been read, if there is one; begins the next.
    fn take(&mut self) -> Option<Range<usize>> {
        let statement = self.start.take().map(|start| start..self.end);
        self.depth = 0;
        self.body = Body::Outside;
        self.words.clear();
        statement
    }
}

fn is_word_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

fn is_word(c: char) -> bool {
    is_word_start(c) || c.is_ascii_digit() || c == '$'
}

/// The length of a comment, with those inside it.
fn comment(text: &str) -> usize {
    let (mut at, mut open) = (0, 0usize);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            open += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            open -= 1;
            at += 2;
            if open == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of what stands in quotes, which are doubled inside, or escaped.
fn quoted(text: &str, quote: char, escapes: bool) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if escapes => {
                chars.next();
            }
            c if c == quote && chars.next_if(|(_, next)| *next == quote).is_none() => {
                return at + 1;
            }
            _ => {}
        }
    }
    text.len()
}

/// The length of what stands between dollars, if that begins here.
fn dollar_quoted(text: &str) -> Option<usize> {
    let inner = text.get(1..)?;
    let end = inner.find('$')?;
    let tag = &inner[..end];
    let mut chars = tag.chars();
    let is_tag = chars.next().is_none_or(is_word_start) && chars.all(|c| is_word(c) && c != '$');
    if !is_tag {
        return None;
    }
    let tag = &text[..end + 2];
    let body = &text[tag.len()..];
    let end = body.find(tag).map_or(body.len(), |at| at + tag.len());
    Some(tag.len() + end)
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[track_caller]
    fn are(text: &str, expected: &[&str]) {
        let found: Vec<&str> = statements(text).into_iter().map(|it| &text[it]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn semicolons_in_quotes_comments_and_parentheses_end_nothing() {
        are("a ; ;b", &["a", "b"]);
        are(
            "-- x;\na 'x;''y' /* ; /* ; */ ; */ b;c",
            &["a 'x;''y' /* ; /* ; */ ; */ b", "c"],
        );
        are("a E'\\';' b; \"x;\"", &["a E'\\';' b", "\"x;\""]);
        are(
            "do $$ a; $x$ b; $$; $1; $x$ ; $$ $x$ c",
            &["do $$ a; $x$ b; $$", "$1", "$x$ ; $$ $x$ c"],
        );
        are(
            "create rule r as do (a; b); c",
            &["create rule r as do (a; b)", "c"],
        );
        are("a --> statement-breakpoint\nb", &["a", "b"]);
    }

    #[test]
    fn a_body_in_sql_has_semicolons_of_its_own() {
        are(
            "create or replace function f() begin atomic select case 1 when 1 then 2 end; select 1; end; a; begin; b; end",
            &[
                "create or replace function f() begin atomic select case 1 when 1 then 2 end; select 1; end",
                "a",
                "begin",
                "b",
                "end",
            ],
        );
    }
}
