//! SET, RESET, SHOW, DISCARD, SET CONSTRAINTS.
//!
//! Of all parameters `search_path` and `check_function_bodies` change what later statements mean. That a value is one of
//! the parameter's is checked for all of them.

use super::Replay;
use crate::errors::postgres::settings as errors;
use crate::postgres::ast::{Discard, Ident, SetConstraints, SetParameter, SetTerm, SetValue, Show};
use crate::postgres::builtin::settings::{self, Setting, SettingContext};
use crate::postgres::catalog::{Address, Class, ConstraintKind};
use crate::text::Span;
use std::sync::Arc;

/// What an option of a routine does to the parameters that are kept with it (`update_proconfig_value`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeptSetting {
    /// SET, by the server's name of the parameter.
    Set(Arc<str>, Arc<str>),
    /// SET TO DEFAULT, RESET.
    Reset(Arc<str>),
    /// RESET ALL.
    ResetAll,
}

impl KeptSetting {
    /// The parameters of a new routine.
    pub(super) fn all(settings: Vec<KeptSetting>) -> Vec<(Arc<str>, Arc<str>)> {
        let mut kept = Vec::new();
        for setting in settings {
            setting.apply(&mut kept);
        }
        kept
    }

    /// Changes the parameters of a routine: one that is there keeps its place (`GUCArrayAdd`).
    pub(super) fn apply(self, kept: &mut Vec<(Arc<str>, Arc<str>)>) {
        match self {
            KeptSetting::Set(name, value) => {
                let mut own = kept.iter_mut();
                match own.find(|(it, _)| it.eq_ignore_ascii_case(&name)) {
                    Some(found) => *found = (name, value),
                    None => kept.push((name, value)),
                }
            }
            KeptSetting::Reset(name) => kept.retain(|(it, _)| !it.eq_ignore_ascii_case(&name)),
            KeptSetting::ResetAll => kept.clear(),
        }
    }
}

impl Replay {
    /// What a sound SET leaves with a routine (`ExtractSetVariableArgs`).
    pub(super) fn kept_setting(&self, set: &SetParameter) -> KeptSetting {
        let known = settings::setting(&set.name.name, u32::from(self.catalog.version));
        let name = known.map_or_else(|| Arc::clone(&set.name.name), |it| it.name.into());
        let is_path = known.is_some_and(|it| it.name == "search_path");
        let quotes = known.is_some_and(|it| it.quotes());
        match &set.value {
            SetValue::Values(values) => {
                let values = values.iter().map(|it| match (it.interval, quotes) {
                    (true, _) => format!("INTERVAL '{}'", it.text),
                    (false, true) => self.catalog.quoted(&it.text),
                    (false, false) => it.text.to_string(),
                });
                let values: Vec<String> = values.collect();
                KeptSetting::Set(name, values.join(", ").into())
            }
            SetValue::Current if is_path => {
                let path = self.catalog.search_path_setting().iter();
                let path: Vec<String> = path.map(|it| self.catalog.quoted(it)).collect();
                KeptSetting::Set(name, path.join(", ").into())
            }
            // What other parameters are is the server's to say.
            SetValue::Current => KeptSetting::Set(name, "".into()),
            SetValue::Default => KeptSetting::Reset(name),
            SetValue::ResetAll => KeptSetting::ResetAll,
        }
    }

    pub(super) fn set(&mut self, set: &SetParameter) {
        if !self.check_setting(set) {
            return;
        }
        match (&*set.name.name.to_ascii_lowercase(), &set.value) {
            (_, SetValue::ResetAll) => self.reset_all(),
            ("search_path", SetValue::Values(values)) => {
                let names: Vec<Arc<str>> = match values.as_slice() {
                    // SET search_path = '' names a schema without a name, which is none.
                    [only] => vec![(*only.text).into()],
                    values => values.iter().map(|it| (*it.text).into()).collect(),
                };
                self.catalog.set_search_path(names.into());
            }
            ("search_path", SetValue::Default) => self.reset_search_path(),
            ("check_function_bodies", value) => self.session.check_bodies = is_true(value),
            // The server writes the values of its own in one way; those of the application stay as they are.
            (name, value) if name.contains('.') => {
                let settings = &mut self.session.settings;
                match value {
                    SetValue::Values(values) => {
                        let values: Vec<&str> = values.iter().map(|it| &*it.text).collect();
                        settings.insert(name.into(), values.join(", ").into());
                    }
                    SetValue::Default | SetValue::Current | SetValue::ResetAll => {
                        settings.remove(name);
                    }
                }
            }
            _ => {}
        }
    }

    pub(super) fn reset_search_path(&mut self) {
        let names: [Arc<str>; 2] = ["$user".into(), "public".into()];
        self.catalog.set_search_path(names.into());
    }

    fn reset_all(&mut self) {
        self.reset_search_path();
        self.session.check_bodies = true;
        self.session.settings.clear();
    }

    /// Sets a parameter as `set_config` does, where the call's arguments are known.
    pub(crate) fn set_config(&mut self, name: &str, value: &str, span: Span) {
        let name = Ident {
            name: name.into(),
            quoted: true,
            span,
        };
        let values = match name.name.eq_ignore_ascii_case("search_path") {
            true => split_names(value),
            false => vec![value.to_owned()],
        };
        let values = values.into_iter().map(|text| SetTerm {
            text: text.into(),
            interval: false,
            span,
        });
        self.set(&SetParameter {
            name,
            local: false,
            value: SetValue::Values(values.collect()),
            span,
        });
    }

    /// Judges what SET says, wherever it stands; says whether it is sound.
    pub(super) fn check_setting(&mut self, set: &SetParameter) -> bool {
        let version = u32::from(self.catalog.version);
        let name = &set.name;
        if matches!(set.value, SetValue::ResetAll) {
            return true;
        }
        let Some(setting) = settings::setting(&name.name, version) else {
            return self.check_custom(set, version);
        };
        let refused = match setting.context {
            SettingContext::Internal => Some("the server reports it"),
            SettingContext::Postmaster => Some("it is set when the server starts"),
            SettingContext::Reload => Some("it is set in the server's configuration file"),
            SettingContext::Backend => Some("it is set when a connection begins"),
            SettingContext::Session => None,
        };
        if let Some(why) = refused {
            self.report(errors::cannot_change(setting.name, name.span, why));
            return false;
        }
        let SetValue::Values(values) = &set.value else {
            return true;
        };
        if let [_, second, ..] = values.as_slice()
            && !setting.list
        {
            self.report(errors::one_value(setting.name, second.span));
            return false;
        }
        values.iter().all(|value| self.check_value(setting, value))
    }

    /// A parameter that the server does not have: with a dot in its name it is the application's.
    fn check_custom(&mut self, set: &SetParameter, version: u32) -> bool {
        let name = &set.name;
        let mut parts = name.name.split('.');
        let is_simple = |part: &str| {
            let first = part.chars().next();
            first.is_some_and(|it| it == '_' || it.is_alphabetic())
                && part
                    .chars()
                    .all(|it| it == '_' || it == '$' || it.is_alphanumeric())
        };
        if !name.name.contains('.') {
            let names = settings::setting_names(version);
            let since = settings::setting_since(&name.name, version);
            let diagnostic = errors::unknown(&name.name, name.span, since, names);
            self.report(diagnostic);
            return false;
        }
        if !parts.all(is_simple) {
            self.report(errors::not_a_name(&name.name, name.span));
            return false;
        }
        if let SetValue::Values(values) = &set.value
            && let [_, second, ..] = values.as_slice()
        {
            self.report(errors::one_value(&name.name, second.span));
            return false;
        }
        true
    }

    fn check_value(&mut self, setting: Setting, value: &SetTerm) -> bool {
        if let Err(mistake) = setting.check(&value.text) {
            self.report(errors::invalid(
                setting.name,
                &value.text,
                &mistake,
                value.span,
            ));
            return false;
        }
        // Some texts must name something.
        let is_there = match setting.name {
            "role" | "session_authorization" => {
                let is_none = &*value.text == "none" && setting.name == "role";
                is_none || self.catalog.roles.named(None, &value.text).is_some()
            }
            "default_with_oids" => !setting_is_true(&value.text),
            "default_tablespace" => value.text.is_empty() || self.is_tablespace(&value.text),
            "client_encoding" => is_encoding(&value.text),
            "default_table_access_method" => self.method_named(&value.text).is_some(),
            "DateStyle" => is_date_style(&value.text),
            "default_text_search_config" => self.is_configuration(&value.text),
            _ => true,
        };
        if is_there {
            return true;
        }
        let diagnostic = match setting.name {
            "role" | "session_authorization" => {
                let name = Ident {
                    name: (*value.text).into(),
                    quoted: true,
                    span: value.span,
                };
                self.unknown_role(&name)
            }
            name => errors::invalid_text(name, &value.text, value.span),
        };
        self.report(diagnostic);
        false
    }

    fn is_configuration(&self, text: &str) -> bool {
        let name = text.rsplit('.').next().unwrap_or(text).trim_matches('"');
        let mut builtin = self.catalog.builtin().text_search().iter();
        let mut made = self.catalog.plain.iter();
        builtin.any(|it| it.name == name)
            || made.any(|it| it.class == Class::TextSearchConfiguration && *it.name == *name)
    }

    pub(super) fn show(&mut self, show: &Show) {
        let version = u32::from(self.catalog.version);
        if let Some(name) = &show.name
            && !name.name.contains('.')
            && settings::setting(&name.name, version).is_none()
        {
            let since = settings::setting_since(&name.name, version);
            let names = settings::setting_names(version);
            let diagnostic = errors::unknown(&name.name, name.span, since, names);
            self.report(diagnostic);
        }
    }

    pub(super) fn discard(&mut self, discard: Discard, span: Span) {
        if discard == Discard::All {
            if self.refuse_in_transaction("DISCARD ALL", span) {
                return;
            }
            self.reset_all();
            self.session.prepared.clear();
            self.session.cursors.clear();
        }
        match discard {
            Discard::All | Discard::Temporary => self.discard_temporary(),
            Discard::Plans | Discard::Sequences => {}
        }
    }

    pub(super) fn set_constraints(&mut self, set: &SetConstraints) {
        for name in &set.names {
            let catalog = &self.catalog;
            let schemas = match &name.schema {
                Some(schema) => match self.schema_named(schema) {
                    Some(schema) => vec![schema],
                    None => continue,
                },
                None => catalog.search_path().to_vec(),
            };
            let catalog = &self.catalog;
            let found = schemas.iter().find_map(|schema| {
                let all = catalog
                    .constraints
                    .all_named(Some(*schema), &name.name.name);
                let mut all = all.into_iter();
                all.find(|it| it.on.table().is_some())
            });
            let Some(found) = found else {
                let diagnostic = self.missing_in_schema(
                    crate::diagnostic::Code::UnknownConstraint,
                    Class::Constraint,
                    "constraint",
                    name,
                    [],
                );
                self.report(diagnostic);
                continue;
            };
            let can_be = matches!(
                found.kind,
                ConstraintKind::ForeignKey(_)
                    | ConstraintKind::Unique(_)
                    | ConstraintKind::PrimaryKey(_)
                    | ConstraintKind::Exclude { .. }
                    | ConstraintKind::Trigger
            ) && found.timing.deferrable;
            if set.deferred && !can_be {
                let declared = self.declared(Address::new(Class::Constraint, found.oid));
                self.report(errors::not_deferrable(&name.name.name, name.span, declared));
            }
        }
    }
}

fn is_true(value: &SetValue) -> bool {
    match value {
        SetValue::Values(values) => values.first().is_none_or(|it| setting_is_true(&it.text)),
        SetValue::Default | SetValue::Current | SetValue::ResetAll => true,
    }
}

fn setting_is_true(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["true", "yes"]
        .iter()
        .any(|it| !text.is_empty() && it.starts_with(&text))
        || text == "on"
        || text == "1"
}

/// Names with commas between them, each perhaps in quotes (`SplitIdentifierString`).
pub(super) fn split_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = match rest.strip_prefix('"') {
            Some(quoted) => match quoted.split_once('"') {
                Some((name, after)) => (name.to_owned(), after),
                None => (quoted.to_owned(), ""),
            },
            None => match rest.split_once(',') {
                Some((name, _)) => {
                    let after = rest.get(name.len()..).unwrap_or_default();
                    (name.trim().to_ascii_lowercase(), after)
                }
                None => (rest.trim().to_ascii_lowercase(), ""),
            },
        };
        names.push(name);
        rest = after.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    if names.is_empty() {
        names.push(String::new());
    }
    names
}

/// The encodings that a client can have, as `pg_char_to_encoding` compares their names: letters and digits alone.
fn is_encoding(text: &str) -> bool {
    const NAMES: &str = "abc alt big5 euccn eucjis2004 eucjp euckr euctw gb18030 gbk iso88591 iso885910 iso885913 \
        iso885914 iso885915 iso885916 iso88592 iso88593 iso88594 iso88595 iso88596 iso88597 iso88598 iso88599 johab koi8 \
        koi8r koi8u latin1 latin10 latin2 latin3 latin4 latin5 latin6 latin7 latin8 latin9 mskanji muleinternal \
        shiftjis shiftjis2004 sjis sqlascii tcvn tcvn5712 uhc unicode utf8 vscii win win1250 win1251 win1252 win1253 \
        win1254 win1255 win1256 win1257 win1258 win866 win874 win932 win936 win949 win950 windows1250 windows1251 \
        windows1252 windows1253 windows1254 windows1255 windows1256 windows1257 windows1258 windows866 windows874 \
        windows932 windows936 windows949 windows950";
    let cleaned: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let cleaned = cleaned.to_ascii_lowercase();
    NAMES.split_whitespace().any(|name| name == cleaned)
}

fn is_date_style(text: &str) -> bool {
    let mut words = text.split(',').map(|word| word.trim().to_ascii_lowercase());
    words.all(|word| {
        let whole = ["iso", "sql", "german", "ymd", "dmy", "mdy", "us", "default"];
        whole.contains(&word.as_str())
            || ["postgres", "euro", "noneuro"]
                .iter()
                .any(|it| word.starts_with(it))
    })
}

#[cfg(test)]
mod tests {
    use super::{KeptSetting, is_date_style, is_encoding, split_names};

    #[test]
    fn a_parameter_that_is_kept_keeps_its_place() {
        let set = |name: &str, value: &str| KeptSetting::Set(name.into(), value.into());
        let kept = KeptSetting::all(vec![
            set("search_path", "app, public"),
            set("work_mem", "1MB"),
            set("Search_Path", "\"Odd\""),
            KeptSetting::Reset("WORK_MEM".into()),
        ]);
        assert_eq!(kept, [("Search_Path".into(), "\"Odd\"".into())]);
    }

    #[test]
    fn texts_are_read_as_the_server_does() {
        assert_eq!(
            split_names("app, \"Odd, one\",public"),
            ["app", "Odd, one", "public"]
        );
        assert_eq!(split_names(""), [""]);
        assert!(is_encoding("UTF-8") && is_encoding("sql_ascii") && !is_encoding("utf9"));
        assert!(is_date_style("ISO, MDY") && !is_date_style("foo"));
    }
}
