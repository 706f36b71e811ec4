//! ALTER TABLE and its kin: the words before the actions, and actions on the whole table.

use super::cursor::{Parser, Syntax};
use super::object::relation_name;
use crate::postgres::ast::{
    AlterSequence, AlterTable, AlterTableAction, AlterTableActionKind, DetachMode, Fires, Ident,
    MoveAll, Relation, RelationWord, ReplicaIdentity, StatementKind, TriggerChoice,
};
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// ALTER of a relation, of which the words have been read.
    pub(super) fn alter_relation(
        &mut self,
        kind: RelationWord,
        start: usize,
    ) -> Syntax<StatementKind> {
        let moves_all = matches!(
            kind,
            RelationWord::Table | RelationWord::Index | RelationWord::MaterializedView
        );
        if moves_all && self.accept(Keyword::All) {
            return self.move_all(kind, start);
        }
        let if_exists = self.if_exists();
        let relation = self.altered_relation(kind)?;
        if kind == RelationWord::Sequence && self.is_at_sequence_option() {
            let options = self.sequence_options()?;
            return Ok(StatementKind::AlterSequence(AlterSequence {
                if_exists,
                name: relation.name,
                options,
                span: self.span_from(start),
            }));
        }
        let actions = match self.lone_action(kind, if_exists)? {
            Some(action) => vec![action],
            None => self.list(Self::alter_table_action)?,
        };
        Ok(StatementKind::AlterTable(Box::new(AlterTable {
            kind,
            if_exists,
            relation,
            actions,
            span: self.span_from(start),
        })))
    }

    fn altered_relation(&mut self, kind: RelationWord) -> Syntax<Relation> {
        match kind {
            RelationWord::Table | RelationWord::ForeignTable => self.relation(),
            _ => {
                let name = self.qualified_name(relation_name(kind))?;
                Ok(Relation {
                    only: false,
                    span: name.span,
                    name,
                })
            }
        }
    }

    /// What follows ALTER … ALL.
    fn move_all(&mut self, kind: RelationWord, start: usize) -> Syntax<StatementKind> {
        self.expect_phrase(&[Keyword::In, Keyword::Tablespace])?;
        let tablespace = self.column_id("a tablespace")?;
        let owners = match self.accept_start(Keyword::Owned, &[Keyword::By])? {
            true => self.roles()?,
            false => Vec::new(),
        };
        self.expect_phrase(&[Keyword::Set, Keyword::Tablespace])?;
        let to = self.column_id("a tablespace")?;
        Ok(StatementKind::MoveAll(MoveAll {
            kind,
            tablespace,
            owners,
            to,
            no_wait: self.accept(Keyword::Nowait),
            span: self.span_from(start),
        }))
    }

    /// An action that stands alone, if one is next: RENAME, SET SCHEMA, DEPENDS ON EXTENSION, ATTACH and DETACH
    /// PARTITION.
    fn lone_action(
        &mut self,
        kind: RelationWord,
        if_exists: bool,
    ) -> Syntax<Option<AlterTableAction>> {
        let start = self.position();
        let could_depend =
            !if_exists && matches!(kind, RelationWord::Index | RelationWord::MaterializedView);
        let action = match self.keyword() {
            Some(Keyword::Rename) => self.rename_action(kind)?,
            Some(Keyword::Set)
                if self.keyword_at(1) == Some(Keyword::Schema) && kind != RelationWord::Index =>
            {
                self.advance();
                self.advance();
                AlterTableActionKind::SetSchema(self.column_id("a schema")?)
            }
            Some(Keyword::No) if could_depend && self.keyword_at(1) == Some(Keyword::Depends) => {
                self.advance();
                self.depends_action(true)?
            }
            Some(Keyword::Depends) if could_depend => self.depends_action(false)?,
            Some(Keyword::Attach) if kind == RelationWord::Table => {
                self.expect_phrase(&[Keyword::Attach, Keyword::Partition])?;
                let partition = self.qualified_name("a table")?;
                AlterTableActionKind::AttachPartition {
                    partition,
                    bound: self.partition_bound()?,
                }
            }
            Some(Keyword::Attach) if kind == RelationWord::Index => {
                self.expect_phrase(&[Keyword::Attach, Keyword::Partition])?;
                AlterTableActionKind::AttachIndexPartition {
                    index: self.qualified_name("an index")?,
                }
            }
            Some(Keyword::Detach) if kind == RelationWord::Table => {
                self.expect_phrase(&[Keyword::Detach, Keyword::Partition])?;
                let partition = self.qualified_name("a partition")?;
                let mode = if self.accept(Keyword::Concurrently) {
                    DetachMode::Concurrently
                } else if self.accept(Keyword::Finalize) {
                    DetachMode::Finalize
                } else {
                    DetachMode::Plain
                };
                AlterTableActionKind::DetachPartition { partition, mode }
            }
            _ => return Ok(None),
        };
        Ok(Some(AlterTableAction {
            kind: action,
            span: self.span_from(start),
        }))
    }

    fn depends_action(&mut self, no: bool) -> Syntax<AlterTableActionKind> {
        self.expect_phrase(&[Keyword::Depends, Keyword::On, Keyword::Extension])?;
        Ok(AlterTableActionKind::DependsOnExtension {
            no,
            extension: self.column_id("an extension")?,
        })
    }

    fn rename_action(&mut self, kind: RelationWord) -> Syntax<AlterTableActionKind> {
        let what = relation_name(kind);
        self.expect(Keyword::Rename)?;
        if self.accept(Keyword::To) {
            return self.column_id(what).map(AlterTableActionKind::RenameTo);
        }
        if kind == RelationWord::Table && self.accept(Keyword::Constraint) {
            let name = self.column_id("a constraint")?;
            self.expect(Keyword::To)?;
            return Ok(AlterTableActionKind::RenameConstraint {
                name,
                to: self.column_id("a name")?,
            });
        }
        if matches!(kind, RelationWord::Index | RelationWord::Sequence) {
            return Err(self.expected("`TO`"));
        }
        if !self.accept(Keyword::Column) && !self.is_at_column_id() {
            return Err(self.expected("`TO`, or a column"));
        }
        let column = self.column_id("a column")?;
        self.expect(Keyword::To)?;
        Ok(AlterTableActionKind::RenameColumn {
            column,
            to: self.column_id("a name")?,
        })
    }

    /// An action of ALTER TABLE (`alter_table_cmd`).
    fn alter_table_action(&mut self) -> Syntax<AlterTableAction> {
        let start = self.position();
        let kind = self.alter_table_action_kind()?;
        Ok(AlterTableAction {
            kind,
            span: self.span_from(start),
        })
    }

    fn alter_table_action_kind(&mut self) -> Syntax<AlterTableActionKind> {
        use AlterTableActionKind as Action;
        use Keyword as K;
        let start = self.position();
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("an action"));
        };
        if keyword == K::Options {
            return self.generic_option_changes().map(Action::ChangeOptions);
        }
        self.advance();
        match keyword {
            K::Add => self.add_action(),
            K::Alter => self.alter_action(),
            K::Drop => self.drop_action(),
            K::Set => self.set_action(),
            K::Reset => self.relation_options().map(Action::ResetParameters),
            K::Validate => {
                self.expect(K::Constraint)?;
                Ok(Action::ValidateConstraint {
                    name: self.column_id("a constraint")?,
                })
            }
            K::Cluster => {
                self.expect(K::On)?;
                self.column_id("an index").map(Action::ClusterOn)
            }
            K::Enable => self.enable_action(),
            K::Disable => self.disable_action(),
            K::Force => {
                self.expect_phrase(&[K::Row, K::Level, K::Security])?;
                Ok(Action::ForceRowSecurity)
            }
            K::No if self.accept(K::Force) => {
                self.expect_phrase(&[K::Row, K::Level, K::Security])?;
                Ok(Action::NoForceRowSecurity)
            }
            K::No => {
                if !self.accept(K::Inherit) {
                    return Err(self.expected("`INHERIT` or `FORCE ROW LEVEL SECURITY`"));
                }
                self.qualified_name("a table").map(Action::NoInherit)
            }
            K::Inherit => self.qualified_name("a table").map(Action::Inherit),
            K::Of => self.qualified_name("a composite type").map(Action::OfType),
            K::Not => {
                self.expect(K::Of)?;
                Ok(Action::NotOfType)
            }
            K::Owner => {
                self.expect(K::To)?;
                self.role().map(Action::SetOwner)
            }
            K::Replica => {
                self.expect(K::Identity)?;
                self.replica_identity().map(Action::ReplicaIdentity)
            }
            _ => {
                self.reset(start);
                Err(self.expected("an action: `ADD`, `ALTER`, `DROP`, `RENAME`, `SET` or another"))
            }
        }
    }

    fn set_action(&mut self) -> Syntax<AlterTableActionKind> {
        use AlterTableActionKind as Action;
        if self.is_at(Symbol::LeftParen) {
            return self.relation_options().map(Action::SetParameters);
        }
        let Some(keyword) = self.keyword() else {
            return Err(self.expected("what to set"));
        };
        self.advance();
        match keyword {
            Keyword::Without if self.accept(Keyword::Oids) => Ok(Action::SetWithoutOids),
            Keyword::Without => {
                self.expect(Keyword::Cluster)?;
                Ok(Action::SetWithoutCluster)
            }
            Keyword::Logged => Ok(Action::SetLogged),
            Keyword::Unlogged => Ok(Action::SetUnlogged),
            Keyword::Tablespace => self.column_id("a tablespace").map(Action::SetTablespace),
            Keyword::Access => {
                self.expect(Keyword::Method)?;
                let word = self.position();
                self.needs(15, "SET ACCESS METHOD", word);
                if self.version >= 17 && self.accept(Keyword::Default) {
                    return Ok(Action::SetAccessMethod(None));
                }
                let method = self.column_id("an access method")?;
                Ok(Action::SetAccessMethod(Some(method)))
            }
            _ => {
                self.reset(self.position() - 1);
                Err(self.expected(
                    "`(`, `SCHEMA`, `TABLESPACE`, `LOGGED`, `UNLOGGED`, `WITHOUT` or `ACCESS METHOD`",
                ))
            }
        }
    }

    fn enable_action(&mut self) -> Syntax<AlterTableActionKind> {
        if self.accept(Keyword::Row) {
            self.expect_phrase(&[Keyword::Level, Keyword::Security])?;
            return Ok(AlterTableActionKind::EnableRowSecurity);
        }
        let fires = if self.accept(Keyword::Always) {
            Fires::Always
        } else if self.accept(Keyword::Replica) {
            Fires::Replica
        } else {
            Fires::Origin
        };
        self.trigger_or_rule(fires)
    }

    fn disable_action(&mut self) -> Syntax<AlterTableActionKind> {
        if self.accept(Keyword::Row) {
            self.expect_phrase(&[Keyword::Level, Keyword::Security])?;
            return Ok(AlterTableActionKind::DisableRowSecurity);
        }
        self.trigger_or_rule(Fires::Never)
    }

    fn trigger_or_rule(&mut self, fires: Fires) -> Syntax<AlterTableActionKind> {
        if self.accept(Keyword::Rule) {
            return Ok(AlterTableActionKind::Rule {
                fires,
                name: self.column_id("a rule")?,
            });
        }
        if !self.accept(Keyword::Trigger) {
            return Err(self.expected("`TRIGGER`, `RULE` or `ROW LEVEL SECURITY`"));
        }
        let takes_groups = matches!(fires, Fires::Origin | Fires::Never);
        let which = if takes_groups && self.accept(Keyword::All) {
            TriggerChoice::All
        } else if takes_groups && self.accept(Keyword::User) {
            TriggerChoice::User
        } else {
            TriggerChoice::Named(self.column_id("a trigger")?)
        };
        Ok(AlterTableActionKind::Trigger { fires, which })
    }

    fn replica_identity(&mut self) -> Syntax<ReplicaIdentity> {
        if self.accept(Keyword::Nothing) {
            return Ok(ReplicaIdentity::Nothing);
        }
        if self.accept(Keyword::Full) {
            return Ok(ReplicaIdentity::Full);
        }
        if self.accept(Keyword::Default) {
            return Ok(ReplicaIdentity::Default);
        }
        if self.accept_start(Keyword::Using, &[Keyword::Index])? {
            return self.column_id("an index").map(ReplicaIdentity::UsingIndex);
        }
        Err(self.expected("`DEFAULT`, `FULL`, `NOTHING` or `USING INDEX`"))
    }

    /// A constraint that is dropped or renamed.
    pub(super) fn constraint_name(&mut self) -> Syntax<Ident> {
        self.column_id("a constraint")
    }
}
