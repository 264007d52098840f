//! A title that names another engine than the one decided for.

use super::finding;
use crate::lens::schema::{Names, PlaceName, RoleName};
use crate::lens::{Cue, Lens, TriggerKind};
use crate::reading::{Reading, Role};
use crate::review::finding::Finding;

pub(super) fn review(reading: &Reading, lens: &Lens) -> Option<Finding> {
    let record = &reading.record;
    let number = record.sentences_in(record.title.as_ref()?.block?).next()?;
    let sentence = record.sentences.get(number)?;
    let mut named = record.mentions.iter().filter(|mention| mention.sentence == number);
    let (Some(mention), None) = (named.next(), named.next()) else {
        return None;
    };
    let choice = reading.choices.iter().find(|choice| choice.engine == mention.engine)?;
    let at = mention.word.checked_sub(sentence.words.start)?;
    // "Use MongoDB", with nothing in it that says "not", "from" or "instead of".
    let roles = |hit: &crate::lens::phrase::Match<Cue>| match hit.payload {
        Cue::Role(number) => lens
            .language
            .roles
            .get(usize::from(number))
            .filter(|pattern| pattern.places.is_empty() || pattern.places.contains(&PlaceName::Title)),
        _ => None,
    };
    let hits = reading.cues.of(number);
    let chooses = hits.iter().any(|hit| {
        hit.end == at
            && roles(hit).is_some_and(|pattern| pattern.names == Names::Behind && pattern.roles == [RoleName::Chosen])
    });
    let unsure = hits.iter().any(|hit| {
        denies(hit.payload)
            || roles(hit).is_some_and(|pattern| {
                let lost = [RoleName::Rejected, RoleName::Incumbent];
                pattern.roles.iter().any(|role| lost.contains(role))
            })
    });
    let decided = reading.with_role(Role::Chosen).next()?;
    let kin = reading.with_role(Role::Chosen).any(|choice| {
        lens.understands(choice.engine, mention.engine) || lens.understands(mention.engine, choice.engine)
    });
    if choice.role != Role::Rejected || !chooses || unsure || kin {
        return None;
    }
    let found = finding("record/title-disagrees", mention.span, record, lens)?;
    let name = |engine| &lens.engine(engine).name;
    Some(Finding {
        message: format!(
            "the title says {}, and the record decides for {}",
            name(mention.engine),
            name(decided.engine)
        ),
        evidence: vec![decided.span],
        engine: Some(mention.engine),
        ..found
    })
}

/// Whether a phrase makes the title say something else than that the engine is used.
fn denies(cue: Cue) -> bool {
    use TriggerKind::{Bare, Conditional, Elsewhere, Historical, Hypothetical, Negated};
    match cue {
        Cue::Trigger { kind, .. } => {
            matches!(
                kind,
                Negated | Bare | Hypothetical | Conditional | Historical | Elsewhere
            )
        }
        Cue::Supposing | Cue::Conditional => true,
        _ => false,
    }
}
