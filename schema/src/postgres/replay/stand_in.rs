//! What a statement that is wrong would have left behind, so that the statements after it are not wrong as well.
//!
//! A relation or type is there all the same, not known as a whole, and nothing is complained of that may be in it. Of anything
//! else the name is remembered: who misses it misses what a mistake has kept from being there.

use super::Replay;
use super::missed::{name_at, names_of};
use super::store::NewRelation;
use crate::catalog::{Map, Provenance};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::lints::Lint;
use crate::missed::Introduces as _;
use crate::postgres::ast::{Persistence, QualifiedName, StatementKind};
use crate::postgres::catalog::{Catalog, RelationKind, TypeDetails, View};
use crate::postgres::parse;
use crate::postgres::parse::cursor::Parser;
use crate::postgres::split::{RawStatement, Token};
use crate::recovery::{Grammar, Mark, recovered};
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;
use tablature_lexer::postgres::{Keyword, Symbol, TokenKind};

/// Names of what is not there, or may not be, because of mistakes that were told.
#[derive(Debug, Clone, Default)]
pub(super) struct Doubts {
    /// Each with the code that says that it is missing; none for one of which it is not known what it is.
    names: Map<(Arc<str>, Option<Code>), ()>,
    /// Whether a mistake was told at all: from then on a statement may be without an effect in silence.
    told: bool,
}

/// The code under which a table's name is in doubt whose constraints are.
const CONSTRAINTS: Code = Code::InvalidForeignKey;

impl Doubts {
    /// Whether a mistake was told at all.
    pub(super) fn told(&self) -> bool {
        self.told
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    fn add(&mut self, name: &str, code: Option<Code>) {
        self.names.insert((name.into(), code), ());
    }

    fn has(&self, name: &str, code: Code) -> bool {
        let has = |code| self.names.contains_key(&(name.into(), code));
        has(None) || has(Some(code))
    }
}

/// What a statement would have created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Table,
    View,
    MaterializedView,
    Type,
    /// What its name alone can create, with the code that says that it is missing.
    Bare(Code),
    /// Anything else, with that code.
    Other(Code),
}

/// The words that say what is created. Those that may stand before them change nothing here.
const NOUNS: [(Keyword, Kind); 37] = [
    (Keyword::Table, Kind::Table),
    (Keyword::View, Kind::View),
    (Keyword::Sequence, Kind::Bare(Code::UnknownTable)),
    (Keyword::Index, Kind::Other(Code::UnknownIndex)),
    (Keyword::Type, Kind::Type),
    (Keyword::Domain, Kind::Type),
    (Keyword::Function, Kind::Other(Code::UnknownFunction)),
    (Keyword::Procedure, Kind::Other(Code::UnknownFunction)),
    (Keyword::Aggregate, Kind::Other(Code::UnknownFunction)),
    (Keyword::Operator, Kind::Other(Code::UnknownFunction)),
    (Keyword::Trigger, Kind::Other(Code::UnknownTrigger)),
    (Keyword::Schema, Kind::Bare(Code::UnknownDatabase)),
    (Keyword::Extension, Kind::Bare(Code::UnknownExtension)),
    (Keyword::Role, Kind::Bare(Code::UnknownRole)),
    (Keyword::User, Kind::Bare(Code::UnknownRole)),
    (Keyword::Group, Kind::Bare(Code::UnknownRole)),
    (Keyword::Collation, Kind::Other(Code::UnknownCollation)),
    (Keyword::Class, Kind::Other(Code::UnknownObject)),
    (Keyword::Family, Kind::Other(Code::UnknownObject)),
    (Keyword::Policy, Kind::Other(Code::UnknownObject)),
    (Keyword::Rule, Kind::Other(Code::UnknownObject)),
    (Keyword::Statistics, Kind::Other(Code::UnknownObject)),
    (Keyword::Conversion, Kind::Other(Code::UnknownObject)),
    (Keyword::Language, Kind::Other(Code::UnknownObject)),
    (Keyword::Method, Kind::Other(Code::UnknownObject)),
    (Keyword::Wrapper, Kind::Other(Code::UnknownObject)),
    (Keyword::Server, Kind::Other(Code::UnknownObject)),
    (Keyword::Publication, Kind::Bare(Code::UnknownObject)),
    (Keyword::Subscription, Kind::Other(Code::UnknownObject)),
    (Keyword::Parser, Kind::Other(Code::UnknownObject)),
    (Keyword::Dictionary, Kind::Other(Code::UnknownObject)),
    (Keyword::Template, Kind::Other(Code::UnknownObject)),
    (Keyword::Configuration, Kind::Other(Code::UnknownObject)),
    (Keyword::Database, Kind::Other(Code::UnknownDatabase)),
    (Keyword::Tablespace, Kind::Other(Code::UnknownTable)),
    (Keyword::Cast, Kind::Other(Code::UnknownFunction)),
    (Keyword::Transform, Kind::Other(Code::UnknownFunction)),
];

/// What may stand between CREATE and what is created.
const BEFORE: [Keyword; 19] = [
    Keyword::Or,
    Keyword::Replace,
    Keyword::Temporary,
    Keyword::Temp,
    Keyword::Local,
    Keyword::Global,
    Keyword::Unlogged,
    Keyword::Recursive,
    Keyword::Procedural,
    Keyword::Trusted,
    Keyword::Unique,
    Keyword::Constraint,
    Keyword::Default,
    Keyword::Event,
    Keyword::Foreign,
    Keyword::Data,
    Keyword::Text,
    Keyword::Search,
    Keyword::Access,
];

impl Replay {
    /// Sees to it that what a statement has found wrong, since there were so many diagnostics, is not found again by the
    /// statements after it; and leaves out what is such a consequence itself. `made` is how many objects there had been made
    /// before it, `parsed` whether it could be read.
    pub(super) fn stand_in(&mut self, known: usize, made: u32, parsed: bool, raw: &RawStatement) {
        let news = self.diagnostics.get(known..).unwrap_or_default();
        let is_error = |it: &Diagnostic| Lint::of(it.code).is_none();
        self.doubts.told |= !parsed || news.iter().any(is_error);
        if !self.doubts.told {
            return;
        }
        let is_sound = parsed && !news.iter().any(is_error);
        let mut news = self.diagnostics.split_off(known);
        news.retain(|it| !self.is_consequence(it, raw));
        self.diagnostics.append(&mut news);
        let mut words = Parser::new(&raw.tokens, u32::from(self.catalog.version));
        if words.accept(Keyword::Create) {
            if !is_sound || self.catalog.made() == made {
                self.stand_in_for_create(&raw.tokens, words, made);
            }
        } else if words.accept(Keyword::Alter) {
            self.stand_in_for_alter(&raw.tokens, words, parsed, is_sound);
        } else if !is_sound && words.is_at_any(&[Keyword::Do, Keyword::Call, Keyword::Import]) {
            for name in names_of(&raw.tokens) {
                self.doubts.add(&name, None);
            }
        }
    }

    /// Whether a name is missed because of a mistake that was told before.
    fn is_consequence(&self, diagnostic: &Diagnostic, raw: &RawStatement) -> bool {
        let span = diagnostic.primary.span;
        let is_of_doubted_table = |names: BTreeSet<String>| {
            let mut names = names.iter();
            names.any(|name| self.doubts.has(name, CONSTRAINTS))
        };
        match diagnostic.code {
            Code::InvalidForeignKey => {
                let tokens = raw.tokens.iter().filter(|it| span.contains(it.span));
                is_of_doubted_table(names_of(tokens))
            }
            Code::InvalidConflictTarget => is_of_doubted_table(names_of(&raw.tokens)),
            Code::UnknownConstraint if is_of_doubted_table(names_of(&raw.tokens)) => true,
            code => {
                Catalog::is_of_a_name(code)
                    && name_at(&raw.tokens, span).is_some_and(|name| self.doubts.has(&name, code))
            }
        }
    }

    /// What follows CREATE.
    fn stand_in_for_create(&mut self, tokens: &[Token], mut words: Parser<'_>, made: u32) {
        let Some((kind, persistence)) = kind(&mut words) else {
            return;
        };
        words.accept(Keyword::Concurrently);
        words.accept_phrase(&[Keyword::If, Keyword::Not, Keyword::Exists]);
        if words.is_at(TokenKind::Operator) {
            if let Some(token) = words.token() {
                self.doubts.add(&token.text, Some(Code::UnknownFunction));
            }
            return;
        }
        let Ok(name) = words.function_name("a name") else {
            return;
        };
        let (head, body) = tokens.split_at(words.position().min(tokens.len()));
        if let Some(schema) = &name.schema
            && self.catalog.namespace_named(&schema.name).is_none()
        {
            self.doubts.add(&schema.name, Some(Code::UnknownDatabase));
            return self.doubt(kind, &name);
        }
        if kind == Kind::Table && demands(tokens) {
            self.doubts.add(&name.name.name, Some(CONSTRAINTS));
        }
        if kind == Kind::Other(Code::UnknownIndex) {
            while words.peek().is_some() && !words.accept(Keyword::On) {
                words.advance();
            }
            words.accept(Keyword::Only);
            if let Ok(table) = words.qualified_name("a table") {
                self.doubts.add(&table.name.name, Some(CONSTRAINTS));
            }
        }
        let known = self.diagnostics.len();
        match kind {
            Kind::Table if self.is_free(&name) => self.table_of(head, body, &name, persistence),
            Kind::View if self.is_free(&name) => {
                self.unknown_relation(RelationKind::View(View::default()), &name, persistence);
            }
            Kind::MaterializedView if self.is_free(&name) => {
                let kind = RelationKind::MaterializedView(View::default());
                self.unknown_relation(kind, &name, persistence);
            }
            Kind::Type if self.is_free(&name) => {
                if let Some((namespace, None)) = self.place_of_new_type(&name) {
                    self.make_unknown_type(namespace, &name);
                }
            }
            Kind::Bare(_) if self.catalog.made() == made => {
                let parsed = parse::statement(head, u32::from(self.catalog.version));
                if let Some(statement) = parsed.statement {
                    self.apply(&statement);
                }
            }
            // It is there, or there is no more to it than its name.
            Kind::Table
            | Kind::View
            | Kind::MaterializedView
            | Kind::Type
            | Kind::Bare(_)
            | Kind::Other(_) => {}
        }
        self.diagnostics.truncate(known);
        if self.catalog.made() == made {
            self.doubt(kind, &name);
        }
    }

    /// Whether neither a relation nor a type has a name.
    fn is_free(&self, name: &QualifiedName) -> bool {
        self.catalog.find_relation(name).is_none() && self.catalog.find_type(name).is_none()
    }

    fn doubt(&mut self, kind: Kind, name: &QualifiedName) {
        let codes: &[Code] = match kind {
            Kind::Table | Kind::View | Kind::MaterializedView => {
                &[Code::UnknownTable, Code::UnknownType]
            }
            Kind::Type => &[Code::UnknownType, Code::UnknownObject],
            Kind::Bare(code) | Kind::Other(code) => &[code],
        };
        for code in codes {
            self.doubts.add(&name.name.name, Some(*code));
        }
    }

    /// A table with those of its columns and constraints that can be read.
    fn table_of(
        &mut self,
        head: &[Token],
        body: &[Token],
        name: &QualifiedName,
        persistence: Persistence,
    ) {
        let version = u32::from(self.catalog.version);
        let recovered = recovered(&Version(version), head, body);
        let parsed = parse::statement(&recovered, version).statement;
        match parsed.map(|it| it.kind) {
            Some(StatementKind::CreateTable(create)) => self.create_table(&create),
            Some(_) | None => self.unknown_relation(RelationKind::Table, name, persistence),
        }
        if let Some(oid) = self.catalog.find_relation(name).map(|it| it.oid) {
            let relations = &mut self.catalog.relations;
            relations.change(oid, |it| it.incomplete = true);
        }
    }

    /// A relation of which no more is known than its name.
    fn unknown_relation(
        &mut self,
        kind: RelationKind,
        name: &QualifiedName,
        persistence: Persistence,
    ) {
        let Some(namespace) = self.place_of_new(name, persistence) else {
            return;
        };
        let provenance = Some(Provenance::new(name.span));
        let text = Arc::clone(&name.name.name);
        let new = NewRelation::new(text, namespace, kind, Vec::new(), provenance);
        let oid = self.catalog.create_relation(new);
        let relations = &mut self.catalog.relations;
        relations.change(oid, |it| it.incomplete = true);
    }

    /// What follows ALTER: the names that it would have given are in doubt, the constraints of its table if it is not sound,
    /// and the thing itself if it could not be read.
    fn stand_in_for_alter(
        &mut self,
        tokens: &[Token],
        mut words: Parser<'_>,
        parsed: bool,
        is_sound: bool,
    ) {
        let noun = words.keyword();
        words.advance();
        words.accept_phrase(&[Keyword::If, Keyword::Exists]);
        words.accept(Keyword::Only);
        let Ok(name) = words.qualified_name("a name") else {
            return;
        };
        if !is_sound && demands(tokens) {
            self.doubts.add(&name.name.name, Some(CONSTRAINTS));
        }
        let relation = self.catalog.find_relation(&name);
        let relation = relation.map(|it| it.oid).filter(|it| !it.is_builtin());
        if let (Some(oid), false) = (relation, parsed) {
            let relations = &mut self.catalog.relations;
            relations.change(oid, |it| it.incomplete = true);
        }
        if noun == Some(Keyword::Type)
            && !parsed
            && let Some(oid) = self.catalog.find_type(&name).map(|it| it.oid)
        {
            let types = &mut self.catalog.types;
            types.change(oid, |it| it.more = TypeDetails::Unknown);
        }
        while words.peek().is_some() {
            let code = if words.accept_phrase(&[Keyword::Add, Keyword::Constraint]) {
                Some(Code::UnknownConstraint)
            } else if words.accept(Keyword::Add) {
                words.accept(Keyword::Column);
                words.accept_phrase(&[Keyword::If, Keyword::Not, Keyword::Exists]);
                Some(Code::UnknownColumn)
            } else if words.accept(Keyword::To)
                || words.accept_phrase(&[Keyword::Set, Keyword::Schema])
            {
                None
            } else {
                words.advance();
                continue;
            };
            let Ok(given) = words.label("a name") else {
                continue;
            };
            let is_there = code == Some(Code::UnknownColumn)
                && relation
                    .and_then(|it| self.catalog.relation(it))
                    .is_some_and(|it| it.column(&given.name).is_some());
            if !is_there {
                self.doubts.add(&given.name, code);
            }
        }
    }
}

/// Whether a statement makes a constraint, as far as its words tell.
fn demands(tokens: &[Token]) -> bool {
    let words = [
        Keyword::Constraint,
        Keyword::Primary,
        Keyword::Unique,
        Keyword::Exclude,
        Keyword::Check,
        Keyword::References,
        Keyword::Foreign,
        Keyword::Partition,
        Keyword::Inherits,
        Keyword::Like,
    ];
    let is_one = |it: &Token| matches!(it.kind, TokenKind::Keyword(word) if words.contains(&word));
    let drops = |it: &Token| it.kind == TokenKind::Keyword(Keyword::Drop);
    tokens.iter().any(is_one) && !tokens.iter().any(drops)
}

/// What is created, also where the word for it is misspelt, and whether it is temporary.
fn kind(words: &mut Parser<'_>) -> Option<(Kind, Persistence)> {
    let mut persistence = Persistence::Permanent;
    let mut is_materialized = false;
    loop {
        if words.is_at_any(&[Keyword::Temporary, Keyword::Temp]) {
            persistence = Persistence::Temporary;
        }
        if words.accept(Keyword::Materialized) {
            is_materialized = true;
        } else if words.is_at_any(&BEFORE) {
            words.advance();
        } else {
            break;
        }
    }
    let mut found = None;
    // OPERATOR CLASS and OPERATOR FAMILY end with the word that counts.
    while let Some(noun) = words.keyword() {
        let Some((_, kind)) = NOUNS.iter().find(|(word, _)| *word == noun) else {
            break;
        };
        // What follows may be a name that is a keyword as well.
        if found.is_some() && !matches!(noun, Keyword::Class | Keyword::Family) {
            break;
        }
        found = Some(*kind);
        words.advance();
    }
    let kind = found.or_else(|| {
        let word = words.token()?.text.to_ascii_uppercase();
        let nouns = NOUNS.iter().map(|(noun, _)| noun.as_str());
        let meant = nearest(&word, nouns)?;
        words.advance();
        let mut nouns = NOUNS.iter();
        nouns
            .find(|(noun, _)| noun.as_str() == meant)
            .map(|(_, kind)| *kind)
    })?;
    match (kind, is_materialized) {
        (Kind::View, true) => Some((Kind::MaterializedView, persistence)),
        (kind, _) => Some((kind, persistence)),
    }
}

/// The grammar of a server of a major version.
struct Version(u32);

impl Grammar for Version {
    type Token = Token;

    fn span(token: &Token) -> Span {
        token.span
    }

    fn mark(token: &Token) -> Option<Mark> {
        match token.kind {
            TokenKind::Symbol(Symbol::LeftParen) => Some(Mark::Open),
            TokenKind::Symbol(Symbol::Comma) => Some(Mark::Comma),
            TokenKind::Symbol(Symbol::RightParen) => Some(Mark::Close),
            _ => None,
        }
    }

    fn written(mark: Mark, span: Span) -> Token {
        let (symbol, text) = match mark {
            Mark::Open => (Symbol::LeftParen, "("),
            Mark::Comma => (Symbol::Comma, ","),
            Mark::Close => (Symbol::RightParen, ")"),
        };
        Token {
            kind: TokenKind::Symbol(symbol),
            text: text.into(),
            span,
        }
    }

    fn read(&self, statement: &[Token]) -> Result<(), Option<Span>> {
        let parsed = parse::statement(statement, self.0);
        match parsed.statement {
            Some(_) => Ok(()),
            None => Err(parsed.diagnostics.last().map(|it| it.primary.span)),
        }
    }
}
