//! JUnit XML: a test case for each record, a failure for each loud finding.

use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestRerun, TestSuite};

use super::check::{Report, Reviewed};
use crate::review::Finding;

/// Fails only when the writer of XML does.
pub fn junit(report: &Report) -> Result<String, String> {
    let mut suite = TestSuite::new("adr-lens");
    for record in &report.records {
        suite.add_test_case(case(record));
    }
    for (path, why) in &report.unreadable {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(why.as_str());
        suite.add_test_case(TestCase::new(path.as_str(), status));
    }
    for (path, why) in &report.passed_over {
        let mut status = TestCaseStatus::skipped();
        status.set_message(why.as_str());
        suite.add_test_case(TestCase::new(path.as_str(), status));
    }
    let mut junit = Junit::new("adr-lens");
    junit.add_test_suite(suite);
    junit.to_string().map_err(|error| error.to_string())
}

fn case(record: &Reviewed) -> TestCase {
    let loud: Vec<&Finding> = record.findings.iter().filter(|finding| finding.is_loud()).collect();
    let Some((first, rest)) = loud.split_first() else {
        return TestCase::new(record.path.as_str(), TestCaseStatus::success());
    };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status
        .set_type(first.rule.as_str())
        .set_message(first.message.as_str())
        .set_description(described(record, first));
    for finding in rest {
        // The format has one failure a case; more are written as further runs of it.
        let mut more = TestRerun::new(NonSuccessKind::Failure);
        more.set_type(finding.rule.as_str())
            .set_message(finding.message.as_str())
            .set_description(described(record, finding));
        status.add_rerun(more);
    }
    TestCase::new(record.path.as_str(), status)
}

fn described(record: &Reviewed, finding: &Finding) -> String {
    let line = record.source.lines.line_of(finding.span.start) + 1;
    format!(
        "{}:{line}: {}\n{}\n{}{}",
        record.path,
        finding.message,
        finding.because,
        finding.remedy,
        super::check::others(finding)
    )
}
