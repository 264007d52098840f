//! A record of `records/` and a talk about it.

use std::path::{Path, PathBuf};

use adr_lens::conversation::{Answer, Neighbour, Session, Subject};
use adr_lens::lens::{Lens, builtin};
use adr_lens::report;
use adr_lens::workspace::{Reach, Talk, neighbours};

/// The folder of the records, from the package, where tests run.
pub const RECORDS: &str = "tests/conversation/records";

/// The date all answers are given as of.
pub const AS_OF: &str = "2026-11-22";

pub fn lens() -> &'static Lens {
    builtin().unwrap_or_else(|problems| panic!("{}", problems[0]))
}

/// The path of a record, relative to the package, where tests run.
pub fn path(record: &str) -> PathBuf {
    Path::new(RECORDS).join(record)
}

/// A talk about one record, as the library has it.
pub struct About {
    pub talk: Talk,
    pub session: Session,
}

impl About {
    pub fn record(record: &str) -> About {
        let path = path(record);
        let talk = Talk::of_path(&path, report::shown(&path)).expect("a record");
        About {
            talk,
            session: Session::new(),
        }
    }

    pub fn text(text: &str) -> About {
        let language = adr_lens::syntax::Language::Markdown;
        let talk = Talk::of_bytes("record.md".to_owned(), text.as_bytes().to_vec(), language).expect("a text");
        About {
            talk,
            session: Session::new(),
        }
    }

    pub fn ask(&mut self, question: &str) -> Answer {
        let folder = self.talk.folder.clone();
        let beside = move || -> Vec<Neighbour> {
            folder
                .as_ref()
                .map(|folder| neighbours(folder, lens(), &Reach::default(), report::shown))
                .unwrap_or_default()
        };
        let subject = Subject {
            lens: lens(),
            as_of: AS_OF.parse().expect("a date"),
            document: self.talk.document(),
            neighbours: Some(&beside),
        };
        self.session.turn(question, &subject)
    }

    pub fn written(&self, answer: &Answer) -> String {
        report::answer_text(answer, &self.talk.path, 100)
    }
}
