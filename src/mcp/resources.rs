//! Records as they are written, and what the lens says of its rules, engines and needs.
//!
//! | address | text |
//! |---|---|
//! | `adr-lens://record/docs/adr/0007-orders.md` | the record |
//! | `adr-lens://rule/choice/joins-on-key-value` | `adr-lens explain` of the rule |
//! | `adr-lens://engine/amazon-dynamodb`, `adr-lens://need/joins` | of the engine, of the need |

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use rmcp::ErrorData;
use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};

use super::desk::Desk;
use super::refusal::quoted;
use crate::pages;
use crate::report::shown;
use crate::syntax::Language;
use crate::text::decode;
use crate::workspace::neighbours;

const SCHEME: &str = "adr-lens://";

/// What a path must not hold in an address.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Every record, engine and need, and every rule that has a file of its own; the other rules are read by their address.
pub(super) fn list(desk: &Desk) -> Vec<Resource> {
    let lens = &desk.lens;
    let of = |folder: &std::path::PathBuf| neighbours(folder, lens, desk.reach(), shown);
    let records = desk.folders().iter().flat_map(of).map(|record| {
        Resource::new(address("record", &record.path), &record.path)
            .with_title(&record.title)
            .with_mime_type(media_type(&record.path))
    });
    let rules = lens.rules.iter().map(|rule| {
        Resource::new(address("rule", &rule.id), &rule.id)
            .with_title(&rule.title)
            .with_description(&rule.says)
            .with_mime_type("text/plain")
    });
    let engines = lens.engines.iter().map(|engine| {
        Resource::new(address("engine", &engine.id), &engine.id)
            .with_title(&engine.name)
            .with_description(&engine.says)
            .with_mime_type("text/plain")
    });
    let needs = lens.signals.iter().map(|signal| {
        Resource::new(address("need", &signal.id), &signal.id)
            .with_description(&signal.says)
            .with_mime_type("text/plain")
    });
    records.chain(rules).chain(engines).chain(needs).collect()
}

pub(super) fn templates() -> Vec<ResourceTemplate> {
    let kinds = [
        ("record", "{+path}", "A decision record, by its path"),
        ("rule", "{+id}", "What a rule says, why, and the way out"),
        ("engine", "{id}", "What the framework says of a data store"),
        ("need", "{id}", "What a need means, and which stores meet it"),
    ];
    let template = |(kind, what, says): (&str, &str, &str)| {
        ResourceTemplate::new(format!("{SCHEME}{kind}/{what}"), kind).with_description(says)
    };
    kinds.into_iter().map(template).collect()
}

pub(super) fn read(uri: &str, desk: &Desk) -> Result<ReadResourceResult, ErrorData> {
    let unknown = || ErrorData::resource_not_found(format!("no resource has the address `{}`", quoted(uri)), None);
    let (kind, name) = uri
        .strip_prefix(SCHEME)
        .and_then(|rest| rest.split_once('/'))
        .ok_or_else(unknown)?;
    let name = percent_decode_str(name).decode_utf8().map_err(|_| unknown())?;
    let lens = &desk.lens;
    let known = match kind {
        "record" => return record(uri, &name, desk),
        "rule" => name.contains('/'),
        "engine" => lens.engine_by_id(&name).is_some(),
        "need" => lens.signal_by_id(&name).is_some(),
        _ => false,
    };
    let text = known
        .then(|| pages::page(&name, lens, Some(desk.as_of())))
        .flatten()
        .ok_or_else(unknown)?;
    let contents = ResourceContents::text(text, uri).with_mime_type("text/plain");
    Ok(ReadResourceResult::new(vec![contents]))
}

/// Only what can be read as a record: other files of the folders are nobody's business here.
fn record(uri: &str, path: &str, desk: &Desk) -> Result<ReadResourceResult, ErrorData> {
    let refused = |why: String| ErrorData::resource_not_found(why, None);
    let file = desk.find(path).map_err(|refusal| refused(refusal.to_string()))?;
    let extension = file.extension().and_then(|extension| extension.to_str());
    if extension.and_then(Language::of_extension).is_none() {
        return Err(refused(format!(
            "{}: not a document language adr-lens reads",
            quoted(path)
        )));
    }
    let bytes = desk
        .reach()
        .read(&file)
        .map_err(|error| refused(format!("{}: {error}", quoted(path))))?;
    let decoded = decode(bytes).map_err(|error| refused(format!("{}: {error}", quoted(path))))?;
    let contents = ResourceContents::text(decoded.text.to_string(), uri).with_mime_type(media_type(path));
    Ok(ReadResourceResult::new(vec![contents]))
}

pub(super) fn address(kind: &str, name: &str) -> String {
    format!("{SCHEME}{kind}/{}", utf8_percent_encode(name, ESCAPED))
}

fn media_type(path: &str) -> &'static str {
    match path
        .rsplit_once('.')
        .and_then(|(_, extension)| Language::of_extension(extension))
    {
        Some(Language::Markdown) => "text/markdown",
        Some(Language::AsciiDoc) => "text/asciidoc",
        Some(Language::ReStructuredText) => "text/x-rst",
        None => "text/plain",
    }
}
