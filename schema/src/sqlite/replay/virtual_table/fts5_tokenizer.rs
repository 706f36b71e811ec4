//! The tokenizers of FTS5 and what they take.

use super::words;
use crate::config::Rules;

/// Checks the value of `tokenize`: a tokenizer and its arguments.
pub(super) fn check(value: &str, rules: &Rules) -> Result<(), String> {
    let mut list = Vec::new();
    let mut rest = value.trim_start_matches(' ');
    while !rest.is_empty() {
        // Here only single quotes quote.
        let is_quoted = rest.starts_with('\'');
        let is_other_quote = rest.starts_with(['"', '`', '[']);
        let word = words::take(rest).filter(|_| is_quoted || !is_other_quote);
        let Some(word) = word else {
            return Err(format!("cannot read the tokenizer `{value}`"));
        };
        list.push(word.text);
        rest = word.rest.trim_start_matches(' ');
    }
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    tokenizer(&list, rules)
}

fn tokenizer(list: &[&str], rules: &Rules) -> Result<(), String> {
    let Some((name, arguments)) = list.split_first() else {
        return Ok(());
    };
    match name.to_ascii_lowercase().as_str() {
        "porter" => tokenizer(arguments, rules),
        "unicode61" => pairs(name, arguments, |key, value| match key {
            "remove_diacritics" => matches!(value, "0" | "1" | "2"),
            "categories" | "tokenchars" | "separators" => true,
            _ => false,
        }),
        "ascii" => pairs(name, arguments, |key, _| {
            matches!(key, "tokenchars" | "separators")
        }),
        "trigram" => {
            pairs(name, arguments, |key, value| match key {
                "case_sensitive" => matches!(value, "0" | "1"),
                "remove_diacritics" => matches!(value, "0" | "1" | "2"),
                _ => false,
            })?;
            let last = |key: &str| {
                let pairs = arguments.chunks_exact(2).rev();
                let mut values = pairs.filter(|pair| pair[0].eq_ignore_ascii_case(key));
                values.next().is_some_and(|pair| pair[1] != "0")
            };
            if last("case_sensitive") && last("remove_diacritics") {
                return Err("`trigram` cannot tell cases apart and remove diacritics".to_owned());
            }
            Ok(())
        }
        _ if rules.is_registered(name) => Ok(()),
        _ => Err(format!("no tokenizer `{name}`")),
    }
}

fn pairs(
    tokenizer: &str,
    arguments: &[&str],
    takes: impl Fn(&str, &str) -> bool,
) -> Result<(), String> {
    let mut pairs = arguments.chunks_exact(2);
    for pair in pairs.by_ref() {
        if let [key, value] = pair
            && !takes(&key.to_ascii_lowercase(), value)
        {
            return Err(format!(
                "tokenizer `{tokenizer}` does not take `{key} {value}`"
            ));
        }
    }
    match pairs.remainder() {
        [] => Ok(()),
        [key, ..] => Err(format!("tokenizer `{tokenizer}` wants a value for `{key}`")),
    }
}
