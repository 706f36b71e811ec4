//! Where statements end, by the rule of `sqlite3_complete`: written apart from the splitter under test, so that one
//! checks the other. Each piece is then prepared alone, and the engine refuses a piece that is less or more than one
//! statement.

use std::ops::Range;

/// How far the reading of a statement is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing but white space so far.
    Start,
    /// The next semicolon ends it.
    Plain,
    /// After EXPLAIN.
    Explain,
    /// After CREATE, perhaps TEMP.
    Create,
    /// In a CREATE TRIGGER.
    Trigger,
    /// In a CREATE TRIGGER, after a semicolon.
    TriggerSemicolon,
    /// In a CREATE TRIGGER, after a semicolon and END.
    TriggerEnd,
}

/// Returns the statements of a text: from their first to their last token, without the semicolon.
#[must_use]
pub fn statements(text: &str) -> Vec<Range<usize>> {
    let mut statements = Vec::new();
    let mut state = State::Start;
    let mut statement: Option<Range<usize>> = None;
    let mut offset = 0;
    // The engine skips a byte order mark.
    if text.starts_with('\u{feff}') {
        offset = '\u{feff}'.len_utf8();
    }
    while let Some(rest) = text.get(offset..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = next(rest);
        let span = offset..offset + length;
        offset = span.end;
        if kind == Kind::Space {
            continue;
        }
        state = step(state, kind);
        if state == State::Start {
            statements.extend(statement.take());
        } else {
            let start = statement.map_or(span.start, |statement| statement.start);
            statement = Some(start..span.end);
        }
    }
    statements.extend(statement);
    statements
}

fn step(state: State, kind: Kind) -> State {
    match (state, kind) {
        (state, Kind::Space) => state,
        (State::Trigger | State::TriggerSemicolon, Kind::Semicolon) => State::TriggerSemicolon,
        (_, Kind::Semicolon) => State::Start,
        (State::TriggerSemicolon, Kind::End) => State::TriggerEnd,
        (State::Trigger | State::TriggerSemicolon | State::TriggerEnd, _) => State::Trigger,
        (State::Start, Kind::Explain) => State::Explain,
        (State::Start | State::Explain, Kind::Create) => State::Create,
        (State::Explain, Kind::Other) => State::Explain,
        (State::Create, Kind::Temp) => State::Create,
        (State::Create, Kind::Trigger) => State::Trigger,
        (State::Start | State::Plain | State::Explain | State::Create, _) => State::Plain,
    }
}

/// What of a token matters for where a statement ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Semicolon,
    Explain,
    Create,
    Temp,
    Trigger,
    End,
    Other,
}

/// The kind and the length in bytes of the token that a text, which is not empty, starts with.
fn next(text: &str) -> (Kind, usize) {
    let until = |from: usize, end: &str| {
        text.get(from..)
            .and_then(|rest| rest.find(end))
            .map_or(text.len(), |at| from + at + end.len())
    };
    let first = text.chars().next().unwrap_or(' ');
    match first {
        ';' => (Kind::Semicolon, 1),
        ' ' | '\t' | '\n' | '\r' | '\u{c}' => (Kind::Space, 1),
        '-' if text.starts_with("--") => (Kind::Space, until(2, "\n")),
        '/' if text.starts_with("/*") => (Kind::Space, until(2, "*/")),
        '[' => (Kind::Other, until(1, "]")),
        '\'' | '"' | '`' => (Kind::Other, until(1, first.encode_utf8(&mut [0; 4]))),
        _ if is_word(first) => {
            let length = text.find(|c| !is_word(c)).unwrap_or(text.len());
            (word(text.get(..length).unwrap_or_default()), length)
        }
        _ => (Kind::Other, first.len_utf8()),
    }
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '$') || !character.is_ascii()
}

fn word(word: &str) -> Kind {
    match word.to_ascii_lowercase().as_str() {
        "explain" => Kind::Explain,
        "create" => Kind::Create,
        "temp" | "temporary" => Kind::Temp,
        "trigger" => Kind::Trigger,
        "end" => Kind::End,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        statements(text)
            .into_iter()
            .map(|span| &text[span])
            .collect()
    }

    #[test]
    fn a_semicolon_ends_a_statement() {
        assert_eq!(pieces("a; ;b ; -- c;\n"), ["a", "b"]);
        assert_eq!(
            pieces("'a;' \";\" [;] `;`/*;*/x"),
            ["'a;' \";\" [;] `;`/*;*/x"]
        );
    }

    #[test]
    fn a_trigger_ends_at_its_end() {
        let trigger = "create temp trigger t begin select 1; select case 1 when 1 then 2 end; end";
        assert_eq!(pieces(&format!("{trigger}; b")), [trigger, "b"]);
        assert_eq!(
            pieces("create table trigger(end);b"),
            ["create table trigger(end)", "b"]
        );
    }
}
