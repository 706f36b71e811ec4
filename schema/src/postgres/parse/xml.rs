//! Functions of XML, each of which has a syntax of its own.

use super::cursor::{Parser, Syntax};
use super::special::words;
use crate::postgres::ast::{
    Expr, ExprKind, Ident, QualifiedName, XmlAttribute, XmlContent, XmlStandalone,
};
use crate::text::Span;
use tablature_lexer::postgres::{Keyword, Symbol};

impl Parser<'_> {
    /// What follows the keyword of a function of XML.
    pub(super) fn xml(&mut self, keyword: Keyword, span: Span) -> Syntax<ExprKind> {
        self.expect(Symbol::LeftParen)?;
        let kind = match keyword {
            Keyword::Xmlconcat => ExprKind::XmlConcat(self.list(Self::expr)?),
            Keyword::Xmlforest => ExprKind::XmlForest(self.list(Self::xml_attribute)?),
            Keyword::Xmlelement => self.xml_element()?,
            Keyword::Xmlpi => {
                let name = self.xml_name()?;
                let value = match self.accept(Symbol::Comma) {
                    true => Some(Box::new(self.expr()?)),
                    false => None,
                };
                ExprKind::XmlInstruction { name, value }
            }
            Keyword::Xmlparse => self.xml_parse()?,
            Keyword::Xmlroot => self.xml_root()?,
            Keyword::Xmlserialize => self.xml_serialize()?,
            _ => {
                let path = self.primary()?;
                let document = self.xml_passing()?;
                words(
                    QualifiedName::system("xmlexists", span),
                    vec![path, document],
                )
            }
        };
        self.expect(Symbol::RightParen)?;
        Ok(kind)
    }

    /// `NAME name`
    fn xml_name(&mut self) -> Syntax<Ident> {
        self.expect(Keyword::Name)?;
        self.label("a name")
    }

    /// `NAME name, XMLATTRIBUTES(…), content …`
    fn xml_element(&mut self) -> Syntax<ExprKind> {
        let name = self.xml_name()?;
        let mut attributes = Vec::new();
        let mut content = Vec::new();
        if self.accept(Symbol::Comma) {
            let has_attributes = self.accept(Keyword::Xmlattributes);
            if has_attributes {
                attributes = self.parenthesized_list(Self::xml_attribute)?;
            }
            if !has_attributes || self.accept(Symbol::Comma) {
                content = self.list(Self::expr)?;
            }
        }
        Ok(ExprKind::XmlElement {
            name,
            attributes,
            content,
        })
    }

    /// `value AS name`
    fn xml_attribute(&mut self) -> Syntax<XmlAttribute> {
        let value = self.expr()?;
        let name = match self.accept(Keyword::As) {
            true => Some(self.label("a name")?),
            false => None,
        };
        Ok(XmlAttribute { name, value })
    }

    fn xml_content(&mut self) -> Syntax<XmlContent> {
        if self.accept(Keyword::Document) {
            return Ok(XmlContent::Document);
        }
        match self.accept(Keyword::Content) {
            true => Ok(XmlContent::Content),
            false => Err(self.expected("`DOCUMENT` or `CONTENT`")),
        }
    }

    /// `DOCUMENT value PRESERVE WHITESPACE`
    fn xml_parse(&mut self) -> Syntax<ExprKind> {
        let content = self.xml_content()?;
        let value = Box::new(self.expr()?);
        let preserve_whitespace = self.accept_start(Keyword::Preserve, &[Keyword::Whitespace])?;
        if !preserve_whitespace {
            self.accept_start(Keyword::Strip, &[Keyword::Whitespace])?;
        }
        Ok(ExprKind::XmlParse {
            content,
            value,
            preserve_whitespace,
        })
    }

    /// `value, VERSION value, STANDALONE YES`
    fn xml_root(&mut self) -> Syntax<ExprKind> {
        let value = Box::new(self.expr()?);
        self.expect(Symbol::Comma)?;
        self.expect(Keyword::Version)?;
        let version = match self.accept_phrase(&[Keyword::No, Keyword::Value]) {
            true => None,
            false => Some(Box::new(self.expr()?)),
        };
        let mut standalone = XmlStandalone::Absent;
        if self.accept(Symbol::Comma) {
            self.expect(Keyword::Standalone)?;
            standalone = if self.accept(Keyword::Yes) {
                XmlStandalone::Yes
            } else if self.accept_phrase(&[Keyword::No, Keyword::Value]) {
                XmlStandalone::NoValue
            } else if self.accept(Keyword::No) {
                XmlStandalone::No
            } else {
                return Err(self.expected("`YES` or `NO`"));
            };
        }
        Ok(ExprKind::XmlRoot {
            value,
            version,
            standalone,
        })
    }

    /// `CONTENT value AS type`
    fn xml_serialize(&mut self) -> Syntax<ExprKind> {
        let content = self.xml_content()?;
        let value = Box::new(self.expr()?);
        self.expect(Keyword::As)?;
        let type_name = Box::new(self.plain_type_name()?);
        let indent = self.version >= 16 && self.accept(Keyword::Indent);
        if !indent && self.version >= 16 {
            self.accept_phrase(&[Keyword::No, Keyword::Indent]);
        }
        Ok(ExprKind::XmlSerialize {
            content,
            value,
            type_name,
            indent,
        })
    }

    /// `PASSING [BY REF] value [BY VALUE]`
    pub(super) fn xml_passing(&mut self) -> Syntax<Expr> {
        self.expect(Keyword::Passing)?;
        self.xml_mechanism()?;
        let value = self.primary()?;
        self.xml_mechanism()?;
        Ok(value)
    }

    /// BY REF or BY VALUE, which mean nothing.
    fn xml_mechanism(&mut self) -> Syntax<()> {
        if self.accept(Keyword::By) && !self.accept(Keyword::Ref) {
            self.expect(Keyword::Value)?;
        }
        Ok(())
    }
}
