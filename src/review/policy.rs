//! What the team rules on findings: off, louder or quieter, and what is known already.

use super::finding::{Category, Finding};
use super::tone;
use crate::lens::team::schema::Setting;
use crate::lens::{Certainty, Lens, Severity, Status};

/// Takes away the findings of rules that are off and sets the severity of the others. A severity that a team sets stands in the place of
/// the rule's own: the record's status, a cost that is accepted and a source that is not confirmed still quieten it.
pub(super) fn settle(findings: &mut Vec<Finding>, status: Status, lens: &Lens) {
    findings.retain_mut(|finding| {
        let Some(verdict) = lens.policy.verdict(&finding.rule, finding.severity) else {
            return true;
        };
        if let Some(set) = verdict.setting.severity() {
            finding.severity = ceiling(finding, status, lens).map_or(set, |most| set.min(most));
        }
        verdict.setting != Setting::Off
    });
}

/// The loudest a finding can be in this record, whatever is set.
fn ceiling(finding: &Finding, status: Status, lens: &Lens) -> Option<Severity> {
    let of_status = match finding.category {
        // A mistake in a comment is one whatever was decided.
        Category::Record => None,
        _ => Some(tone(Severity::Error, status).unwrap_or(Severity::Info)),
    };
    let unconfirmed = lens
        .sources
        .get(&finding.source)
        .is_some_and(|source| source.certainty == Certainty::Unconfirmed);
    let quiet = (finding.acknowledged.is_some() || unconfirmed).then_some(Severity::Info);
    [of_status, quiet].into_iter().flatten().min()
}

/// Why a finding of the baseline is not reported.
const KNOWN: &str = "known before: in the baseline";

/// Suppresses what is in the baseline; a locked rule is never passed over.
pub(super) fn pass_over_known(findings: &mut [Finding], lens: &Lens) {
    for finding in findings.iter_mut().filter(|finding| finding.suppressed.is_none()) {
        if lens.policy.knows(&finding.rule, &finding.fingerprint) && lens.policy.locked(&finding.rule).is_none() {
            finding.suppressed = Some(KNOWN.to_owned());
            finding.known = true;
        }
    }
}
