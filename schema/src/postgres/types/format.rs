//! Types as the engine prints them: `format_type`.

use super::modifier::modifier_text;
use super::{Oid, Storage, Typing, Typmod, well_known};

impl Typing<'_> {
    /// A type with its modifier, as `format_type(oid, typmod)` prints it.
    #[must_use]
    pub fn format(self, oid: Oid, typmod: Typmod) -> String {
        self.format_type(oid, Some(typmod))
    }

    /// A type alone, as `format_type(oid, NULL)` prints it and messages name it.
    #[must_use]
    pub fn name(self, oid: Oid) -> String {
        self.format_type(oid, None)
    }

    fn format_type(self, oid: Oid, typmod: Option<Typmod>) -> String {
        let Some(found) = self.get(oid) else {
            return "???".to_owned();
        };
        // A true array is printed by its element; the modifier is the elements'. `int2vector` is none of those.
        let element = self
            .element_type(oid)
            .filter(|_| found.storage != Storage::Plain);
        let (found, brackets) = match element.and_then(|element| self.get(element)) {
            Some(element) => (element, "[]"),
            None => (found, ""),
        };
        let modifier = typmod.filter(|typmod| typmod.is_some());
        let suffix = modifier
            .map(|modifier| modifier_text(found.oid, modifier))
            .unwrap_or_default();
        // With a modifier that is none, these would be read back as `bit(1)` and `character(1)`.
        let unlimited = typmod.is_some() && modifier.is_none();
        let words = match found.oid {
            well_known::BIT if !unlimited => "bit",
            well_known::BPCHAR if !unlimited => "character",
            well_known::BOOL => "boolean",
            well_known::FLOAT4 => "real",
            well_known::FLOAT8 => "double precision",
            well_known::INT2 => "smallint",
            well_known::INT4 => "integer",
            well_known::INT8 => "bigint",
            well_known::NUMERIC => "numeric",
            well_known::INTERVAL => "interval",
            // A keyword of later versions, which they print as it is.
            well_known::JSON => "json",
            well_known::TIME if modifier.is_none() => "time without time zone",
            well_known::TIMETZ if modifier.is_none() => "time with time zone",
            well_known::TIMESTAMP if modifier.is_none() => "timestamp without time zone",
            well_known::TIMESTAMPTZ if modifier.is_none() => "timestamp with time zone",
            well_known::TIME | well_known::TIMETZ => "time",
            well_known::TIMESTAMP | well_known::TIMESTAMPTZ => "timestamp",
            well_known::VARBIT => "bit varying",
            well_known::VARCHAR => "character varying",
            _ => {
                let name = self.quoted(&found.name);
                if self.is_visible(found) {
                    return format!("{name}{suffix}{brackets}");
                }
                let schema = self
                    .objects
                    .namespace_name(found.namespace)
                    .unwrap_or_default();
                return format!("{}.{name}{suffix}{brackets}", self.quoted(schema));
            }
        };
        format!("{words}{suffix}{brackets}")
    }

    /// Types with commas between them, as messages print a signature.
    #[must_use]
    pub fn names(self, oids: &[Oid]) -> String {
        let names: Vec<String> = oids.iter().map(|oid| self.name(*oid)).collect();
        names.join(", ")
    }
}
