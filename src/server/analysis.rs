//! A text → its reading and findings: one pure call after each edit, so that nothing can be stale. What it is given of the version before
//! saves it work and changes nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::lens::Lens;
use crate::portfolio::{Card, Index};
use crate::reading::{Earlier, Reading};
use crate::review::{Finding, among, own};
use crate::syntax::Language;
use crate::text::Source;

/// What a version of a document says.
pub struct Analysis {
    pub reading: Arc<Reading>,
    /// In the order of the text; suppressed ones are among them. Of a text by itself: as they were found, with nothing suppressed yet.
    pub findings: Vec<Finding>,
    /// The record among its neighbours; nothing for a text by itself.
    pub place: Option<Place>,
}

/// A record and the index of those around it.
#[derive(Clone)]
pub struct Place {
    pub card: Arc<Card>,
    pub index: Arc<Index>,
}

/// A version of a document and its analysis, in the same language and by the same lens as the one that follows it.
#[derive(Clone)]
pub struct Before {
    pub(super) source: Source,
    pub(super) analysis: Arc<Analysis>,
}

impl Before {
    pub fn earlier(&self) -> Earlier<'_> {
        self.analysis.reading.as_earlier(&self.source.text)
    }
}

/// The call that makes an analysis; another can stand in its place.
pub type Analyse = Arc<dyn Fn(&str, Language, &Lens, Date, Option<&Before>) -> Analysis + Send + Sync>;

/// Reads and reviews a text by itself.
pub fn analyse(text: &str, language: Language, lens: &Lens, as_of: Date, before: Option<&Before>) -> Analysis {
    let reading = match before {
        Some(before) => Reading::again(text, language, lens, &before.earlier()),
        None => Reading::of(text, language, lens),
    };
    let reading = Arc::new(reading);
    let findings = own(text, &reading, lens, as_of);
    Analysis {
        reading,
        findings,
        place: None,
    }
}

impl Analysis {
    /// The same among its neighbours.
    pub(super) fn among(&self, place: Place, lens: &Lens) -> Analysis {
        Analysis {
            reading: self.reading.clone(),
            findings: among(&place.card, &place.index, lens, self.findings.clone()),
            place: Some(place),
        }
    }
}

/// An analysis that failed: what the panic said.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the analysis failed ({0}); please report the record to adr-lens")]
pub(super) struct Failed(pub String);

/// Runs something that may panic on a text nobody foresaw.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Failed> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let words = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        Failed(
            words
                .or_else(|| payload.downcast_ref::<String>().cloned())
                .unwrap_or_else(|| "panic".to_owned()),
        )
    })
}

/// The analysis of one version, made by whoever asks first and shared by all who ask.
#[derive(Clone, Default)]
pub(super) struct Cell(Arc<OnceLock<Result<Arc<Analysis>, Failed>>>);

impl Cell {
    pub fn get(&self, make: impl FnOnce() -> Analysis) -> Result<Arc<Analysis>, Failed> {
        self.get_or(|| Ok(make()))
    }

    /// The same of something that may rest on a failure.
    pub fn get_or(&self, make: impl FnOnce() -> Result<Analysis, Failed>) -> Result<Arc<Analysis>, Failed> {
        let made = || guarded(make).and_then(|made| made).map(Arc::new);
        self.0.get_or_init(made).clone()
    }

    /// The analysis with the text it is of, if it was made.
    pub fn made(&self, source: &Source) -> Option<Before> {
        let analysis = self.0.get()?.clone().ok()?;
        let source = source.clone();
        Some(Before { source, analysis })
    }

    /// Whether both are of the same version under the same settings and lens.
    pub fn is(&self, other: &Cell) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
