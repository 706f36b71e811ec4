//! SQL/XML (`transformXmlExpr`).

use super::resolver::Resolver;
use crate::errors::postgres::expressions as errors;
use crate::postgres::ast::{self, ExprKind, XmlAttribute, XmlContent, XmlStandalone};
use crate::postgres::tree::{Expr, Xml, XmlKind};
use crate::postgres::types::{ValueType, well_known};
use std::sync::Arc;

const XML: ValueType = ValueType::plain(well_known::XML);
const TEXT: ValueType = ValueType::plain(well_known::TEXT);

impl<'a> Resolver<'a> {
    pub(super) fn xml(&mut self, expression: &'a ast::Expr) -> Expr {
        let mut xml = Xml {
            kind: XmlKind::Concat,
            name: None,
            named: Vec::new(),
            arguments: Vec::new(),
            document: false,
            typed: XML,
        };
        match &expression.kind {
            ExprKind::XmlConcat(arguments) => {
                for argument in arguments {
                    let value = self.typed_argument(argument, XML, "XMLCONCAT");
                    xml.arguments.push(value);
                }
            }
            ExprKind::XmlElement {
                name,
                attributes,
                content,
            } => {
                xml.kind = XmlKind::Element;
                xml.name = Some(Arc::clone(&name.name));
                xml.named = self.xml_attributes(attributes);
                for argument in content {
                    // What is no XML is made so when it runs.
                    let value = self.expression(argument);
                    xml.arguments.push(value);
                }
            }
            ExprKind::XmlForest(attributes) => {
                xml.kind = XmlKind::Forest;
                xml.named = self.xml_attributes(attributes);
            }
            ExprKind::XmlParse {
                content,
                value,
                preserve_whitespace,
            } => {
                xml.kind = XmlKind::Parse;
                xml.document = *content == XmlContent::Document;
                let value = self.typed_argument(value, TEXT, "XMLPARSE");
                xml.arguments.push(value);
                let keep = super::literal::boolean_constant(*preserve_whitespace);
                xml.arguments.push(keep);
            }
            ExprKind::XmlInstruction { name, value } => {
                xml.kind = XmlKind::Pi;
                xml.name = Some(Arc::clone(&name.name));
                if let Some(value) = value.as_deref() {
                    let value = self.typed_argument(value, TEXT, "XMLPI");
                    xml.arguments.push(value);
                }
            }
            ExprKind::XmlRoot {
                value,
                version,
                standalone,
            } => {
                xml.kind = XmlKind::Root;
                let value = self.typed_argument(value, XML, "XMLROOT");
                xml.arguments.push(value);
                let version = match version.as_deref() {
                    Some(version) => self.typed_argument(version, TEXT, "XMLROOT"),
                    None => super::literal::null(),
                };
                xml.arguments.push(version);
                let standalone = match standalone {
                    XmlStandalone::Yes => 0,
                    XmlStandalone::No => 1,
                    XmlStandalone::NoValue => 2,
                    XmlStandalone::Absent => 3,
                };
                let standalone = super::literal::integer_constant(standalone);
                xml.arguments.push(standalone);
            }
            ExprKind::XmlSerialize {
                content,
                value,
                type_name,
                ..
            } => {
                xml.kind = XmlKind::Serialize;
                xml.document = *content == XmlContent::Document;
                let value = self.typed_argument(value, XML, "XMLSERIALIZE");
                xml.arguments.push(value);
                let Some(typed) = self.type_named(type_name) else {
                    return Expr::Unknown;
                };
                xml.typed = TEXT;
                let text = Expr::Xml(Box::new(xml));
                return self.cast_to(
                    text,
                    typed,
                    crate::postgres::tree::CoercionForm::Implicit,
                    expression.span,
                );
            }
            _ => return Expr::Unknown,
        }
        Expr::Xml(Box::new(xml))
    }

    pub(super) fn is_document(&mut self, value: &'a ast::Expr) -> Expr {
        let operand = self.typed_argument(value, XML, "IS DOCUMENT");
        Expr::Xml(Box::new(Xml {
            kind: XmlKind::IsDocument,
            name: None,
            named: Vec::new(),
            arguments: vec![operand],
            document: false,
            typed: ValueType::plain(well_known::BOOL),
        }))
    }

    fn typed_argument(
        &mut self,
        argument: &'a ast::Expr,
        typed: ValueType,
        construct: &str,
    ) -> Expr {
        let value = self.expression(argument);
        self.value_of_type(value, typed, construct, argument.span)
    }

    fn xml_attributes(&mut self, attributes: &'a [XmlAttribute]) -> Vec<(Arc<str>, Expr)> {
        let mut found: Vec<(Arc<str>, Expr)> = Vec::new();
        for attribute in attributes {
            let value = self.expression(&attribute.value);
            let name = match (&attribute.name, &attribute.value.kind) {
                (Some(name), _) => Arc::clone(&name.name),
                (None, ExprKind::Column { parts, .. }) => match parts.last() {
                    Some(part) => Arc::clone(&part.name),
                    None => continue,
                },
                (None, _) => {
                    self.report(errors::unnamed_xml_value(attribute.value.span));
                    continue;
                }
            };
            if found.iter().any(|(other, _)| *other == name) {
                self.report(errors::xml_attribute_twice(attribute.value.span, &name));
            }
            found.push((name, value));
        }
        found
    }
}
