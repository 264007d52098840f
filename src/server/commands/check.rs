//! `adrLens.check`: the findings of one record, or of all records of the workspace, in the shape of `adr-lens check --format json`, each
//! with the `uri` of its record as well: two folders of a workspace may have a record of one path.
//!
//! Arguments: the URI of a record; none for all of them.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{LSPAny, Uri};

use super::show;
use crate::report::{self, Report};
use crate::server::convert;
use crate::server::diagnostics::is_shown;
use crate::server::lenses::summary;
use crate::server::records::Account;
use crate::server::session::Session;
use crate::workspace::{Checked, Outcome};

pub(in crate::server) const COMMAND: &str = "adrLens.check";

pub(super) async fn execute(session: &Arc<Session>, arguments: &[Value]) -> Result<Option<LSPAny>> {
    let Review { report, uris } = reviewed(session, super::document(arguments)?).await?;
    let settings = session.state().settings();
    let shown: Vec<_> = report.findings().map(|(_, finding)| finding).collect();
    let shown: Vec<_> = shown
        .into_iter()
        .filter(|finding| is_shown(finding, &settings))
        .collect();
    let records = match report.records.len() {
        1 => "1 record".to_owned(),
        number => format!("{number} records"),
    };
    show::message(session, format!("adr-lens: {} in {records}", summary(&shown)));
    let mut value = super::value(&report::check_json(&report));
    let findings = value
        .as_mut()
        .and_then(|value| value.get_mut("findings")?.as_array_mut());
    // In the order of the records, as the findings are.
    let records = report.records.iter().zip(&uris);
    let uris = records.flat_map(|(record, uri)| std::iter::repeat_n(uri, record.findings.len()));
    for (finding, uri) in findings.into_iter().flatten().zip(uris) {
        if let Some(finding) = finding.as_object_mut() {
            finding.insert("uri".to_owned(), uri.as_str().into());
        }
    }
    Ok(value)
}

/// A report, and where each of its records stands.
pub(super) struct Review {
    pub report: Report,
    uris: Vec<Uri>,
}

impl Review {
    fn of(accounts: Vec<Account>) -> Review {
        let (uris, outcomes): (Vec<Option<Uri>>, Vec<Outcome<Checked>>) = accounts.into_iter().unzip();
        Review {
            report: Report::new(outcomes),
            uris: uris.into_iter().flatten().collect(),
        }
    }
}

/// The review of one record, or of all.
pub(super) async fn reviewed(session: &Arc<Session>, uri: Option<Uri>) -> Result<Review> {
    match uri {
        Some(uri) => {
            let records = session.state().records();
            let review = session.answer_of_file(&uri, move |snapshot, _| {
                let path = convert::file_path(&snapshot.uri);
                let path = path.map_or_else(|| snapshot.uri.as_str().into(), |path| records.relative(&path));
                let checked = Checked {
                    path,
                    source: snapshot.source.clone(),
                    language: snapshot.language,
                    findings: snapshot.analysis()?.findings.clone(),
                    lens: (*snapshot.lens).clone(),
                    note: None,
                };
                Ok(Review::of(vec![(Some(snapshot.uri.clone()), Outcome::Done(checked))]))
            });
            review.await
        }
        None => {
            let records = session.state().records();
            let review = session.compute("the workspace", move |cancelled| {
                Ok(Review::of(records.check(cancelled)?))
            });
            review.await
        }
    }
}
