//! How a function of the engine is described: what it gives, whether it is the same each time, since when it is there.

use super::{Arguments, Function, FunctionKind, Gives, Null};
use crate::config::EngineVersion;
use crate::sqlite::catalog::StorageClasses;

pub(super) const INTEGER: Gives = Gives::Classes(StorageClasses::INTEGER);
pub(super) const REAL: Gives = Gives::Classes(StorageClasses::REAL);
pub(super) const NUMBER: Gives = Gives::Classes(StorageClasses::NUMBER);
pub(super) const TEXT: Gives = Gives::Classes(StorageClasses::TEXT);
pub(super) const BLOB: Gives = Gives::Classes(StorageClasses::BLOB);
/// What JSON knows: no blobs.
pub(super) const JSON_VALUE: Gives =
    Gives::Classes(StorageClasses::NUMBER.or(StorageClasses::TEXT));
pub(super) const ANY: Gives = Gives::Classes(StorageClasses::ANY);

/// A function that gives the same result for the same arguments.
pub(super) const fn stable(
    name: &'static str,
    arguments: Arguments,
    kind: FunctionKind,
    null: Null,
    gives: Gives,
) -> Function {
    Function {
        name,
        arguments,
        kind,
        deterministic: true,
        direct_only: false,
        null,
        gives,
        since: EngineVersion::new(3, 0, 0),
    }
}

/// A function that need not give the same result for the same arguments.
pub(super) const fn volatile(
    name: &'static str,
    arguments: Arguments,
    kind: FunctionKind,
    null: Null,
    gives: Gives,
) -> Function {
    Function {
        deterministic: false,
        ..stable(name, arguments, kind, null, gives)
    }
}

/// A function that views, triggers and tables may not call.
pub(super) const fn direct_only(
    name: &'static str,
    arguments: Arguments,
    kind: FunctionKind,
    null: Null,
    gives: Gives,
) -> Function {
    Function {
        direct_only: true,
        ..volatile(name, arguments, kind, null, gives)
    }
}

impl Function {
    /// The release of SQLite 3 that has it first.
    pub(super) const fn since(self, release: u32) -> Function {
        Function {
            since: EngineVersion::new(3, release, 0),
            ..self
        }
    }
}
