//! From the text of `tablature.toml` to a configuration.

use super::{Config, EngineVersion, Level, Server, Setting, TableConfig, type_spelling};
use crate::catalog::Key;
use crate::diagnostic::Diagnostic;
use crate::errors::config as errors;
use crate::lints::Lint;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

type Value<'text> = Spanned<DeValue<'text>>;
type KeyName<'text> = Spanned<DeString<'text>>;

const KEYS: &[&str] = &[
    "dialect",
    "engine_version",
    "functions",
    "roles",
    "extensions",
    "tablespaces",
    "lints",
    "types",
    "derive",
    "borrowed",
    "tables",
];

const TABLE_KEYS: &[&str] = &["struct", "derive", "borrowed"];

pub(super) fn read(file: FileId, text: &str) -> (Config, Vec<Diagnostic>) {
    let mut reader = Reader {
        file,
        config: Config::default(),
        diagnostics: Vec::new(),
    };
    let (root, mistakes) = DeTable::parse_recoverable(text);
    reader.root(root.get_ref());
    if !mistakes.is_empty() {
        reader.config.garbled = true;
        // What the parser recovered can be misplaced, so that a finding in it may be no mistake of the user's.
        reader.diagnostics = mistakes
            .iter()
            .map(|mistake| {
                let range = mistake.span().unwrap_or(text.len()..text.len());
                errors::not_toml(mistake.message(), Span::new(file, range))
            })
            .collect();
    }
    (reader.config, reader.diagnostics)
}

struct Reader {
    file: FileId,
    config: Config,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn root(&mut self, root: &DeTable<'_>) {
        let mut dialect = entries(root).into_iter();
        let dialect = dialect.find(|(key, _)| key.get_ref() == "dialect");
        if let Some((key, value)) = dialect {
            self.config.dialect = self.setting(key, value);
        }
        let dialect = self.config.dialect.as_ref();
        let is_postgres = dialect.is_some_and(|dialect| dialect.text == "postgres");
        for (key, value) in entries(root) {
            match key.get_ref().as_ref() {
                "dialect" => {}
                "engine_version" if is_postgres => self.server_version(value),
                "engine_version" => self.engine_version(value),
                name @ ("roles" | "extensions" | "tablespaces") if !is_postgres => {
                    let error = errors::only_for("PostgreSQL", name, self.span(key.span()));
                    self.diagnostics.push(error);
                }
                "functions" if is_postgres => {
                    let error = errors::only_for("SQLite", "functions", self.span(key.span()));
                    self.diagnostics.push(error);
                }
                "functions" => self.functions(value),
                "roles" => self.config.server.roles = self.names(value),
                "extensions" => self.config.server.extensions = self.names(value),
                "tablespaces" => self.config.server.tablespaces = self.names(value),
                "lints" => self.lints(value),
                "types" => self.types(value),
                "derive" => self.config.derive = self.settings(key, value),
                "borrowed" => self.config.borrowed = self.boolean(value).unwrap_or_default(),
                "tables" => self.tables(value),
                unknown => {
                    let error = errors::unknown_key(unknown, KEYS, self.span(key.span()));
                    self.diagnostics.push(error);
                }
            }
        }
    }

    fn engine_version(&mut self, value: &Value<'_>) {
        let Some(text) = self.string(value) else {
            return;
        };
        let span = self.span(value.span());
        match EngineVersion::parse(text) {
            None => self.diagnostics.push(errors::not_a_version(text, span)),
            Some(version) if version.major != 3 => {
                self.diagnostics.push(errors::not_sqlite_3(version, span));
            }
            Some(version) if version > EngineVersion::BUNDLED => {
                self.diagnostics
                    .push(errors::version_too_new(version, span));
            }
            Some(version) => self.config.rules.engine_version = version,
        }
    }

    fn server_version(&mut self, value: &Value<'_>) {
        let Some(text) = self.string(value) else {
            return;
        };
        match text.parse::<u16>() {
            Ok(version) if Server::VERSIONS.contains(&version) => {
                self.config.server.version = version;
            }
            Ok(_) | Err(_) => {
                let error = errors::not_a_server_version(text, self.span(value.span()));
                self.diagnostics.push(error);
            }
        }
    }

    fn names(&mut self, value: &Value<'_>) -> BTreeSet<String> {
        let names = self.array(value).into_iter();
        names
            .filter_map(|name| self.string(name).map(str::to_owned))
            .collect()
    }

    fn functions(&mut self, value: &Value<'_>) {
        for name in self.array(value) {
            if let Some(text) = self.string(name) {
                self.config.rules.registered.insert(Key::new(text));
            }
        }
    }

    fn lints(&mut self, value: &Value<'_>) {
        for (key, value) in self.table(value) {
            let name = key.get_ref().as_ref();
            let level = self.level(value);
            match (Lint::named(name), level) {
                (Some(lint), Some(level)) => {
                    self.config.lints.insert(lint.code, level);
                }
                (Some(_), None) => {}
                (None, _) => {
                    let error = errors::unknown_lint(name, self.span(key.span()));
                    self.diagnostics.push(error);
                }
            }
        }
    }

    fn level(&mut self, value: &Value<'_>) -> Option<Level> {
        let name = self.string(value)?;
        let level = Level::named(name);
        if level.is_none() {
            let error = errors::unknown_level(name, self.span(value.span()));
            self.diagnostics.push(error);
        }
        level
    }

    fn types(&mut self, value: &Value<'_>) {
        let mut types: BTreeMap<String, Setting> = BTreeMap::new();
        for (key, value) in self.table(value) {
            if value.get_ref().is_table() {
                let error = errors::unquoted_column(key.get_ref(), self.span(key.span()));
                self.diagnostics.push(error);
                continue;
            }
            let Some(setting) = self.setting(key, value) else {
                continue;
            };
            let written = key.get_ref().trim();
            let name = if written.contains('.') {
                written.to_owned()
            } else {
                written.to_ascii_uppercase()
            };
            match types.get(&name) {
                Some(first) => {
                    let error = errors::repeated_type(&name, setting.key, first.key);
                    self.diagnostics.push(error);
                }
                None => {
                    types.insert(name, setting);
                }
            }
        }
        let names = types.keys().map(|name| match name.contains('.') {
            true => Key::new(name),
            false => Key::new(&type_spelling(name)),
        });
        self.config.rules.own_types = names.collect();
        self.config.types = types;
    }

    fn tables(&mut self, value: &Value<'_>) {
        for (name, value) in self.table(value) {
            let mut table = TableConfig {
                key: self.span(name.span()),
                struct_name: None,
                derive: Vec::new(),
                borrowed: None,
            };
            for (key, value) in self.table(value) {
                match key.get_ref().as_ref() {
                    "struct" => table.struct_name = self.setting(key, value),
                    "derive" => table.derive = self.settings(key, value),
                    "borrowed" => table.borrowed = self.boolean(value),
                    unknown => {
                        let error = errors::unknown_key(unknown, TABLE_KEYS, self.span(key.span()));
                        self.diagnostics.push(error);
                    }
                }
            }
            self.config.tables.insert(name.get_ref().to_string(), table);
        }
    }

    /// A string that is not empty.
    fn string<'a>(&mut self, value: &'a Value<'_>) -> Option<&'a str> {
        match value.get_ref().as_str() {
            None => {
                self.wrong_type(value, "a string");
                None
            }
            Some(text) if text.trim().is_empty() => {
                let error = errors::empty_string(self.span(value.span()));
                self.diagnostics.push(error);
                None
            }
            Some(text) => Some(text),
        }
    }

    fn boolean(&mut self, value: &Value<'_>) -> Option<bool> {
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_type(value, "`true` or `false`");
        }
        found
    }

    fn setting(&mut self, key: &KeyName<'_>, value: &Value<'_>) -> Option<Setting> {
        Some(Setting {
            text: self.string(value)?.trim().to_owned(),
            key: self.span(key.span()),
            value: self.span(value.span()),
        })
    }

    /// A setting for each string of an array.
    fn settings(&mut self, key: &KeyName<'_>, value: &Value<'_>) -> Vec<Setting> {
        let elements = self.array(value).into_iter();
        elements
            .filter_map(|element| self.setting(key, element))
            .collect()
    }

    /// The elements of an array of strings; none if it is something else.
    fn array<'a, 'text>(&mut self, value: &'a Value<'text>) -> Vec<&'a Value<'text>> {
        match value.get_ref().as_array() {
            Some(elements) => elements.iter().collect(),
            None => {
                self.wrong_type(value, "an array of strings");
                Vec::new()
            }
        }
    }

    /// The entries of a table; none if it is something else.
    fn table<'a, 'text>(
        &mut self,
        value: &'a Value<'text>,
    ) -> Vec<(&'a KeyName<'text>, &'a Value<'text>)> {
        match value.get_ref().as_table() {
            Some(table) => entries(table),
            None => {
                self.wrong_type(value, "a table");
                Vec::new()
            }
        }
    }

    fn wrong_type(&mut self, value: &Value<'_>, wanted: &str) {
        let found = value.get_ref().type_str();
        let error = errors::wrong_type(wanted, found, self.span(value.span()));
        self.diagnostics.push(error);
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }
}

/// The entries in the order of the text, so that mistakes are reported in that order.
fn entries<'a, 'text>(table: &'a DeTable<'text>) -> Vec<(&'a KeyName<'text>, &'a Value<'text>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn mistakes(text: &str) -> Vec<(String, String)> {
        let (_, diagnostics) = read(FileId(0), text);
        diagnostics
            .into_iter()
            .map(|diagnostic| {
                let Span { start, end, .. } = diagnostic.primary.span;
                let place = text.get(start as usize..end as usize).unwrap_or("?");
                (diagnostic.message, place.to_owned())
            })
            .collect()
    }

    fn mistake(text: &str) -> (String, String) {
        let mut mistakes = mistakes(text);
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        mistakes.remove(0)
    }

    #[test]
    fn the_keys_of_a_server_are_for_postgres() {
        let text = "roles = ['anon']\nengine_version = '16'\ndialect = 'postgres'\nextensions = ['vector']\ntablespaces = ['fast']";
        let (config, mistakes) = Config::read(FileId(0), text);
        assert_eq!(mistakes, []);
        assert_eq!(config.server.version, 16);
        assert!(config.server.roles.contains("anon"));
        assert!(config.server.extensions.contains("vector"));
        assert!(config.server.tablespaces.contains("fast"));
        assert_eq!(
            mistake("roles = ['anon']").0,
            "`roles` means something to PostgreSQL only"
        );
        assert_eq!(
            mistake("dialect = 'postgres'\nengine_version = '13'").0,
            "`13` is no version of PostgreSQL whose rules are known"
        );
    }

    #[test]
    fn every_key_is_read() {
        let text = "\u{feff}dialect = 'sqlite'\r\nengine_version = \"3.45\"\nfunctions = [\"Normalize\"]\nderive = ['Hash']\nborrowed = true\n[lints]\n\
                    filter_on_new_column = \"deny\"\n[types]\n\"datetime\" = \"jiff::Timestamp\"\n\
                    \"users.email\" = \"crate::Email\"\n[tables.usage_stats]\nstruct = \"UsageStats\"\n\
                    derive = ['Eq', \"serde::Serialize\"]\nborrowed = false\n";
        let (config, diagnostics) = read(FileId(0), text);
        assert_eq!(diagnostics, []);
        assert_eq!(
            config.dialect.map(|dialect| dialect.text).as_deref(),
            Some("sqlite")
        );
        assert_eq!(config.rules.engine_version, EngineVersion::new(3, 45, 0));
        assert!(config.rules.is_registered("normalize"));
        assert_eq!(
            config.lints.get(&Code::FilterOnNewColumn),
            Some(&Level::Deny)
        );
        let types: Vec<_> = config
            .types
            .iter()
            .map(|(k, v)| (k.as_str(), v.text.as_str()))
            .collect();
        assert_eq!(
            types,
            [
                ("DATETIME", "jiff::Timestamp"),
                ("users.email", "crate::Email")
            ]
        );
        let texts = |settings: &[Setting]| -> Vec<String> {
            settings
                .iter()
                .map(|setting| setting.text.clone())
                .collect()
        };
        assert_eq!(texts(&config.derive), ["Hash"]);
        assert!(config.borrowed);
        let table = &config.tables["usage_stats"];
        let name = table.struct_name.as_ref();
        assert_eq!(name.map(|name| name.text.as_str()), Some("UsageStats"));
        assert_eq!(texts(&table.derive), ["Eq", "serde::Serialize"]);
        assert_eq!(table.borrowed, Some(false));
    }

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(read(FileId(0), ""), (Config::default(), Vec::new()));
    }

    #[test]
    fn an_unknown_key_is_told_with_the_nearest() {
        let (_, diagnostics) = read(FileId(0), "dialekt = 'sqlite'");
        assert_eq!(diagnostics[0].message, "unknown key `dialekt`");
        assert_eq!(diagnostics[0].help.as_deref(), Some("write `dialect`"));
        assert_eq!(
            mistake("[tables.a]\nname = 'A'"),
            ("unknown key `name`".to_owned(), "name".to_owned())
        );
    }

    #[test]
    fn a_value_of_another_type_is_told() {
        assert_eq!(
            mistake("engine_version = 3.45"),
            (
                "wanted a string, found a float".to_owned(),
                "3.45".to_owned()
            )
        );
        assert_eq!(
            mistake("functions = ['a', 1]"),
            (
                "wanted a string, found an integer".to_owned(),
                "1".to_owned()
            )
        );
        assert_eq!(mistake("lints = []").0, "wanted a table, found an array");
        assert_eq!(
            mistake("functions = 'a'").0,
            "wanted an array of strings, found a string"
        );
        assert_eq!(
            mistake("[tables.a]\nderive = 'a'").0,
            "wanted an array of strings, found a string"
        );
        assert_eq!(mistake("derive = ['']").0, "the string is empty");
        assert_eq!(mistake("[types]\nTEXT = ' '").0, "the string is empty");
        assert_eq!(
            mistake("[[tables]]\nstruct = 'a'").0,
            "wanted a table, found an array"
        );
    }

    #[test]
    fn a_column_without_quotes_is_told() {
        let (message, place) = mistake("[types]\nusers.email = 'crate::Email'");
        assert_eq!(message, "`users` is a table, not a type");
        assert_eq!(place, "users");
    }

    #[test]
    fn a_version_that_cannot_be_judged_is_told() {
        assert_eq!(mistake("engine_version = '3.x'").1, "'3.x'");
        assert_eq!(
            mistake("engine_version = '2.8'").0,
            "SQLite 2.8.0 is not supported"
        );
        assert!(mistake("engine_version = '3.99'").0.contains("newer than"));
    }

    #[test]
    fn an_unknown_lint_or_level_is_told() {
        assert_eq!(
            mistake("[lints]\ndestructiv = 'deny'").0,
            "unknown lint `destructiv`"
        );
        assert_eq!(
            mistake("[lints]\nunknown_column = 'allow'").0,
            "`unknown_column` is no lint: its level cannot be changed"
        );
        assert_eq!(
            mistake("[lints]\ndestructive = 'error'").0,
            "unknown level `error`"
        );
    }

    #[test]
    fn one_type_twice_is_told() {
        assert_eq!(
            mistake("[types]\nTEXT = 'a'\ntext = 'b'"),
            ("the type `TEXT` is set twice".to_owned(), "text".to_owned())
        );
    }

    #[test]
    fn what_is_not_toml_is_told_once_and_the_rest_is_kept() {
        let text = "functions = [\"f\"]\ndialect = \n";
        let (config, diagnostics) = read(FileId(0), text);
        assert_eq!(diagnostics.len(), 1);
        assert!(config.rules.is_registered("f"));
        assert_eq!(mistakes("x = 'a").len(), 1);
        for text in ["[", "a.b.c", "\0", "[a]\n[a]", "= 1", "a = 1\na = 2"] {
            assert!(!mistakes(text).is_empty(), "{text:?}");
        }
    }
}
