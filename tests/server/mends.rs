//! Slips that have one right answer, mended as the review says.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, setup};
use crate::records::{applied, range};

fn record(heading: &str) -> String {
    format!("{heading} Orders\n\n## Status\n\nProposed\n\n## Decision\n\nWe will use PostgreSQL.\n")
}

/// The record `0009-orders.md` with its mend made, beside neighbours with these headings.
async fn mended(heading: &str, neighbours: &[(&str, &str)]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, heading) in neighbours {
        std::fs::write(folder.path().join(name), record(heading)).expect("a file");
    }
    let uri = format!("file://{}/0009-orders.md", folder.path().display());
    let text = record(heading);
    let mut client = Client::start(setup(), capabilities(), Value::Null).await;
    client.open(&uri, 1, &text).await;
    let context = json!({"diagnostics": [], "only": ["quickfix"]});
    let actions = client.code_actions(&uri, range(&text, "Orders"), context).await;
    let mends = |action: &&Value| {
        action["title"]
            .as_str()
            .is_some_and(|title| title.contains("in place of"))
    };
    let action = actions.iter().find(mends)?;
    Some(applied(&text, &action["edit"]["documentChanges"][0]["edits"][0]))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_written_as_its_heading_writes_numbers() {
    let several = [("0001-a.md", "# 1."), ("0002-b.md", "# 2."), ("0003-c.md", "# 3.")];
    for neighbours in [&several[..], &several[..1], &[]] {
        for (wrong, right) in [("# 19.", "# 9."), ("# 0019.", "# 0009."), ("# ADR-019:", "# ADR-009:")] {
            let after = mended(wrong, neighbours).await.expect("a mend");
            assert_eq!(after, record(right), "{wrong} beside {}", neighbours.len());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_stays_where_others_have_two_as_well() {
    assert_eq!(
        mended("# 19.", &[("0001-a.md", "# 11."), ("0002-b.md", "# 12.")]).await,
        None
    );
}
