//! What a URL, or a list of `name=value`, says besides what the client reads itself: how TLS is checked, where passwords are.

use std::collections::BTreeMap;
use std::env;
use std::ops::Range;

/// Options of libpq that the client does not know.
const OPTIONS: [&str; 5] = ["sslmode", "sslrootcert", "sslcert", "sslkey", "passfile"];

/// An address without those options, and the options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// What the client reads.
    pub(super) rest: String,
    options: BTreeMap<&'static str, String>,
}

impl Address {
    /// Takes the options out of an address.
    pub(super) fn read(text: &str) -> Address {
        match text.split_once("://") {
            Some(_) => Address::of_url(text),
            None => Address::of_list(text),
        }
    }

    fn of_url(text: &str) -> Address {
        let mut options = BTreeMap::new();
        // A password may hold anything.
        let host = text.rfind('@').unwrap_or_default();
        let Some(at) = text.get(host..).and_then(|rest| rest.find('?')) else {
            let rest = text.to_owned();
            return Address { rest, options };
        };
        let (before, parameters) = text.split_at(host + at);
        let mut kept = Vec::new();
        for parameter in parameters.trim_start_matches('?').split('&') {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match OPTIONS.iter().find(|option| **option == name) {
                Some(option) => {
                    options.insert(*option, decoded(value));
                }
                None => kept.push(parameter),
            }
        }
        let mut rest = before.to_owned();
        if !kept.is_empty() {
            rest.push('?');
            rest.push_str(&kept.join("&"));
        }
        Address { rest, options }
    }

    fn of_list(text: &str) -> Address {
        let mut options = BTreeMap::new();
        let mut rest = String::new();
        let mut end = 0;
        for (name, value, range) in pairs(text) {
            if let Some(option) = OPTIONS.iter().find(|option| **option == name) {
                options.insert(*option, value);
                rest.push_str(text.get(end..range.start).unwrap_or_default());
                end = range.end;
            }
        }
        rest.push_str(text.get(end..).unwrap_or_default());
        Address { rest, options }
    }

    /// An option: of the address, or else of the environment.
    pub(super) fn option(&self, name: &str) -> Option<String> {
        let variable = format!("PG{}", name.to_ascii_uppercase());
        let found = self.options.get(name).cloned();
        found
            .or_else(|| env::var(variable).ok())
            .filter(|value| !value.is_empty())
    }
}

/// What stands for a text in a URL.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let escaped = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        match (first, escaped) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The names, values and places of a list of `name=value`, as far as it is one.
fn pairs(text: &str) -> Vec<(String, String, Range<usize>)> {
    let mut pairs = Vec::new();
    let mut characters = text.char_indices().peekable();
    loop {
        while characters.next_if(|(_, it)| it.is_whitespace()).is_some() {}
        let Some((start, _)) = characters.peek().copied() else {
            return pairs;
        };
        let mut name = String::new();
        while let Some((_, it)) = characters.next_if(|(_, it)| *it != '=') {
            name.push(it);
        }
        if characters.next().is_none() {
            return pairs;
        }
        while characters.next_if(|(_, it)| it.is_whitespace()).is_some() {}
        let is_quoted = characters.next_if(|(_, it)| *it == '\'').is_some();
        let ends = |it: char| match is_quoted {
            true => it == '\'',
            false => it.is_whitespace(),
        };
        let mut value = String::new();
        while let Some((_, it)) = characters.next_if(|(_, it)| !ends(*it)) {
            match it {
                '\\' => value.extend(characters.next().map(|(_, it)| it)),
                it => value.push(it),
            }
        }
        if is_quoted {
            characters.next();
        }
        let end = characters.peek().map_or(text.len(), |(at, _)| *at);
        pairs.push((name.trim().to_owned(), value, start..end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_taken_out() {
        let cases = [
            ("postgres://a@h/d", "postgres://a@h/d", None),
            (
                "postgres://a:p?w@h/d?sslmode=verify-full&connect_timeout=5",
                "postgres://a:p?w@h/d?connect_timeout=5",
                Some("verify-full"),
            ),
            (
                "postgres://h?sslmode=verify%2Dca",
                "postgres://h",
                Some("verify-ca"),
            ),
            (
                "host=h sslmode = 'require'  user=a",
                "host=h   user=a",
                Some("require"),
            ),
            (
                "password='a sslmode=x' host=h",
                "password='a sslmode=x' host=h",
                None,
            ),
            ("nonsense", "nonsense", None),
        ];
        for (text, rest, mode) in cases {
            let address = Address::read(text);
            assert_eq!(address.rest, rest, "{text}");
            assert_eq!(
                address.options.get("sslmode").map(String::as_str),
                mode,
                "{text}"
            );
        }
    }
}
