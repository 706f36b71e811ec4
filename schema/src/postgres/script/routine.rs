//! Functions and procedures.

use super::Script;
use crate::postgres::catalog::{Routine, RoutineBody};
use crate::postgres::print;
use crate::postgres::types::{FunctionKind, Oid, Volatility};

impl Script<'_> {
    pub(super) fn routine(&mut self, oid: Oid) {
        let catalog = self.catalog;
        let Some(routine) = catalog.routines.get(oid) else {
            return;
        };
        match self.function(routine) {
            Some(statement) => self.push(statement),
            None => self.as_written(routine.provenance.as_ref()),
        }
    }

    /// A routine whose body is a text. Of others the catalog has the meaning only.
    fn function(&self, routine: &Routine) -> Option<String> {
        let catalog = self.catalog;
        let function = &routine.object;
        let words = match function.kind {
            FunctionKind::Function | FunctionKind::Window => "FUNCTION",
            FunctionKind::Procedure => "PROCEDURE",
            FunctionKind::Aggregate(_) => return None,
        };
        let made = catalog.languages.get(function.language);
        let mut of_system = catalog.builtin().languages().iter();
        let language = made
            .map(|it| &it.object)
            .or_else(|| of_system.find(|it| it.oid == function.language))?;
        let Some(RoutineBody::Text(body)) = routine.more.body.as_deref() else {
            return None;
        };
        if matches!(&*language.name, "c" | "internal") {
            return None;
        }
        let mut text = format!(
            "CREATE {words} {}({})",
            self.in_schema(function.namespace, &function.name),
            print::arguments(catalog, routine)
        );
        if let Some(result) = print::routine_result(catalog, function) {
            text.push_str(&format!(" RETURNS {result}"));
        }
        text.push_str(&format!("\nLANGUAGE {}", self.name(&language.name)));
        let volatility = match function.volatility {
            Volatility::Immutable => Some("IMMUTABLE"),
            Volatility::Stable => Some("STABLE"),
            Volatility::Volatile => None,
        };
        let marks = [
            (function.kind == FunctionKind::Window, "WINDOW"),
            (volatility.is_some(), volatility.unwrap_or_default()),
            (function.strict, "STRICT"),
            (routine.more.security_definer, "SECURITY DEFINER"),
            (routine.more.leakproof, "LEAKPROOF"),
        ];
        for (_, word) in marks.iter().filter(|(is_so, _)| *is_so) {
            text.push_str(&format!(" {word}"));
        }
        for (name, value) in &routine.more.settings {
            text.push_str(&format!(
                "\nSET {} TO {}",
                self.setting(name),
                setting_value(name, value)
            ));
        }
        text.push_str(&format!("\nAS {}", dollar_quoted(&body.text)));
        Some(text)
    }

    /// The name of a setting, which may have a class before it.
    fn setting(&self, name: &str) -> String {
        let parts: Vec<String> = name.split('.').map(|it| self.name(it)).collect();
        parts.join(".")
    }
}

/// A value as SET takes it: a list is kept with the quotes that its members need.
fn setting_value(name: &str, value: &str) -> String {
    let is_list = matches!(
        name.to_ascii_lowercase().as_str(),
        "search_path"
            | "datestyle"
            | "temp_tablespaces"
            | "session_preload_libraries"
            | "local_preload_libraries"
            | "shared_preload_libraries"
            | "unix_socket_directories"
    );
    match is_list && !value.is_empty() {
        true => {
            let members = value.split(',').map(|it| {
                let it = it.trim();
                let bare = it.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
                super::literal(&bare.unwrap_or(it).replace("\"\"", "\""))
            });
            members.collect::<Vec<_>>().join(", ")
        }
        false => super::literal(value),
    }
}

/// A text between dollar signs, with a tag that does not occur in it.
fn dollar_quoted(text: &str) -> String {
    let mut tag = String::new();
    while text.contains(&format!("${tag}$")) || (text.ends_with('$') && tag.is_empty()) {
        tag.push_str(if tag.is_empty() { "body" } else { "_" });
    }
    format!("${tag}${text}${tag}$")
}
