//! Where names without a schema are looked for, and where new objects go.

use super::Catalog;
use crate::postgres::types::{Oid, well_known};
use std::sync::Arc;

/// The setting `search_path`, and the schemas that it stands for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPath {
    /// The setting: names of schemas, which need not be there.
    names: Arc<[Arc<str>]>,
    /// Where names are looked for, `pg_catalog` and the temporary schema included.
    active: Arc<[Oid]>,
    /// Where new objects go.
    creation: Option<Oid>,
}

impl Catalog {
    /// The schemas in which names are looked for, in order (`activeSearchPath`).
    #[must_use]
    pub fn search_path(&self) -> &[Oid] {
        &self.path.active
    }

    /// The schema of new objects that are given none; nothing if no schema of the search path is there.
    #[must_use]
    pub fn creation_namespace(&self) -> Option<Oid> {
        self.path.creation
    }

    /// The setting itself, as its names.
    #[must_use]
    pub fn search_path_setting(&self) -> &Arc<[Arc<str>]> {
        &self.path.names
    }

    /// Sets `search_path`.
    pub fn set_search_path(&mut self, names: Arc<[Arc<str>]>) {
        self.path.names = names;
        self.renew_search_path();
    }

    /// Finds out anew which schemas the search path stands for; to be called when a schema was made, dropped or renamed.
    pub fn renew_search_path(&mut self) {
        let mut active: Vec<Oid> = Vec::new();
        for name in self.path.names.iter() {
            let wanted: &str = match &**name {
                "$user" => Catalog::OWNER_NAME,
                name => name,
            };
            if let Some(oid) = self.namespace_named(wanted)
                && !active.contains(&oid)
            {
                active.push(oid);
            }
        }
        self.path.creation = active.first().copied();
        // What is not named comes first: a schema of one's own does not hide the engine's names.
        for implicit in [well_known::PG_CATALOG, Catalog::TEMPORARY] {
            if !active.contains(&implicit) {
                active.insert(0, implicit);
            }
        }
        self.path.active = active.into();
    }
}

impl Default for SearchPath {
    /// `"$user", public`, of which no schema is found yet.
    fn default() -> SearchPath {
        SearchPath {
            names: ["$user".into(), "public".into()].into(),
            active: Arc::default(),
            creation: None,
        }
    }
}
