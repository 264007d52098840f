//! An answer that is stopped leaves the talk as it was.

use std::ops::ControlFlow;

use adr_lens::conversation::{Session, Subject};

use crate::support::{AS_OF, About, lens};

#[test]
fn a_supposition_whose_answer_was_stopped_is_not_held() {
    let about = About::record("0001-order-store.md");
    let subject = Subject {
        lens: lens(),
        as_of: AS_OF.parse().expect("a date"),
        document: about.talk.document(),
        neighbours: None,
    };
    let mut session = Session::new();
    let mut heard = 0;
    let answer = session.turn_to("what if joins are not needed?", &subject, &mut |_| {
        heard += 1;
        if heard > 1 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert!(answer.stopped);
    assert_eq!(answer.parts.len(), 1);
    assert!(session.suppositions().is_empty());
    let answer = session.turn("what if joins are not needed?", &subject);
    assert!(!answer.stopped);
    assert_eq!(session.suppositions(), ["joins are not needed"]);
}
