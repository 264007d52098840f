//! Findings → diagnostics: what is shown under the words, and the report of a client that asks for it.

use std::cmp::Reverse;
use std::str::FromStr;

use serde_json::json;
use tower_lsp::ls_types::*;
use xxhash_rust::xxh3::xxh3_64;

use super::analysis::Failed;
use super::convert;
use super::settings::Settings;
use super::state::{Snapshot, path_of};
use crate::lens::{Lens, Severity};
use crate::portfolio::Card;
use crate::review::{Category, Finding};
use crate::text::Span;

/// The diagnostics of a version, in the order of the text.
pub(super) fn all(snapshot: &Snapshot) -> Result<Vec<Diagnostic>, Failed> {
    Ok(of(snapshot, &snapshot.analysis()?.findings))
}

/// Those of the findings that are shown. Of several at one place the one that matters most comes first: so editors list them.
pub(super) fn of(snapshot: &Snapshot, findings: &[Finding]) -> Vec<Diagnostic> {
    let shown = findings.iter().filter(|finding| is_shown(finding, &snapshot.settings));
    let mut shown: Vec<&Finding> = shown.collect();
    shown.sort_by_key(|finding| (finding.span.start, Reverse(finding.severity)));
    shown.into_iter().map(|finding| diagnostic(snapshot, finding)).collect()
}

/// The same for the same diagnostics.
pub(super) fn mark(items: &[Diagnostic]) -> String {
    let bytes = serde_json::to_vec(items).unwrap_or_default();
    format!("{:016x}", xxh3_64(&bytes))
}

/// Whether a finding is for the reader's eyes: not silenced, and no open question when those are switched off.
pub(super) fn is_shown(finding: &Finding, settings: &Settings) -> bool {
    finding.suppressed.is_none() && (settings.hints || finding.severity > Severity::Hint)
}

pub(super) fn diagnostic(snapshot: &Snapshot, finding: &Finding) -> Diagnostic {
    let features = &snapshot.features;
    let href = || page(finding, &snapshot.settings, &snapshot.lens).map(|href| CodeDescription { href });
    let outdated = finding.category == Category::Lifecycle && features.deprecated_tag;
    Diagnostic {
        range: snapshot.range(finding.span),
        severity: Some(convert::severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.clone())),
        code_description: if features.code_description { href() } else { None },
        source: Some(super::NAME.to_owned()),
        message: format!("{}\n{}", finding.message, finding.because),
        related_information: related(snapshot, finding).filter(|_| features.related_information),
        tags: outdated.then(|| vec![DiagnosticTag::DEPRECATED]),
        data: features
            .diagnostic_data
            .then(|| json!({"fingerprint": finding.fingerprint})),
    }
}

/// The words that state the need, and those that accept the cost.
fn related(snapshot: &Snapshot, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
    let need = finding.signal.map(|signal| snapshot.lens.signal(signal).id.as_str());
    let needs = finding.evidence.iter().map(|&span| {
        (
            span,
            need.map_or("said here".to_owned(), |need| format!("{need} is needed here")),
        )
    });
    let accepted = finding
        .acknowledged
        .iter()
        .map(|&span| (span, "this cost is accepted here".to_owned()));
    let elsewhere = finding.elsewhere.iter().filter_map(|other| {
        Some(DiagnosticRelatedInformation {
            location: location(snapshot, &other.card, other.span)?,
            message: format!("{} {}", other.card.label(), other.says),
        })
    });
    let places: Vec<DiagnosticRelatedInformation> = needs
        .chain(accepted)
        .map(|(span, message)| DiagnosticRelatedInformation {
            location: Location {
                uri: snapshot.uri.clone(),
                range: snapshot.range(span),
            },
            message,
        })
        .chain(elsewhere)
        .collect();
    (!places.is_empty()).then_some(places)
}

/// A place in a record.
pub(super) fn location(snapshot: &Snapshot, card: &Card, span: Span) -> Option<Location> {
    let range = convert::range(&card.source, span, snapshot.features.encoding);
    let is_own = *card.path == path_of(&snapshot.uri);
    let uri = if is_own {
        Some(snapshot.uri.clone())
    } else {
        Uri::from_file_path(&*card.path)
    };
    Some(Location { uri: uri?, range })
}

/// Where to read more: the rule's page below the configured base, else the source that the finding rests on.
pub(super) fn page(finding: &Finding, settings: &Settings, lens: &Lens) -> Option<Uri> {
    match &settings.docs_base {
        Some(base) => Uri::from_str(&format!("{base}/{}", finding.help())).ok(),
        None => source_page(&finding.source, lens),
    }
}

pub(super) fn source_page(source: &str, lens: &Lens) -> Option<Uri> {
    let url = &lens.sources.get(source)?.url;
    if url.starts_with("https://") {
        Uri::from_str(url).ok()
    } else {
        None
    }
}

/// The answer to a client that asks; a short one when nothing changed since its last.
pub(super) fn report(items: Vec<Diagnostic>, previous: Option<String>) -> DocumentDiagnosticReport {
    let result_id = mark(&items);
    match previous {
        Some(previous) if result_id == previous => RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        }
        .into(),
        _ => RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(result_id),
                items,
            },
        }
        .into(),
    }
}
