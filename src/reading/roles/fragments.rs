//! Decisions without a verb: "Cassandra, six machines, two rooms.", "PDFs: S3.", "Redis for the queue, Aurora for the notes."
//!
//! Where decisions stand, a clause that is nothing but the name of an engine, and what it is for or where it runs, decides for it.

use super::{Collected, DENYING, Evidence, Kind, Scene, Weight, covers};
use crate::lens::phrase::{Break, Match, Word};
use crate::lens::schema::RoleName;
use crate::lens::{Cue, EngineId, Scope, SectionRole, TriggerKind};
use crate::reading::Role;
use crate::record::Sentence;
use crate::syntax::BlockKind;

/// The words of a label that is a sentence of its own.
const LABEL_ALONE: usize = 3;
/// The words of a label before a colon: "Envelopes, signers and events: PostgreSQL".
const LABEL: usize = 8;
/// The words before a name that say no more of it: "and a managed PostgreSQL".
const LEAD: usize = 2;
/// The names that may be joined before it is told what they are for.
const NAMES: usize = 6;
/// The words that say what is put there: "Review desk in Cloud SQL".
const CONTENT: usize = 4;

pub(super) fn collect(scene: &Scene, collected: &mut Collected) {
    let mut section = Section::default();
    for (number, sentence) in scene.record.sentences.iter().enumerate() {
        if !decides(scene, sentence) {
            continue;
        }
        let own = scene.record.section_of.get(sentence.block).copied();
        let said = scene.record.sentence_words(sentence);
        let entered = own != section.number;
        // "4.9 Decision." is a label.
        if entered && said.len() <= LABEL_ALONE && said.iter().all(|word| word.mention.is_none()) {
            continue;
        }
        if entered {
            section = Section::new(own);
        }
        section.weighs |= introduces_options(scene, number, said);
        if section.weighs {
            continue;
        }
        let goes_on = entered || section.last == Some(sentence.block);
        for mention in Fragments::new(scene, number, sentence).read(goes_on) {
            section.last = Some(sentence.block);
            if section.admits(scene, mention, sentence.block) {
                collected.add(Evidence {
                    role: Role::Chosen,
                    weight: Weight::Decision,
                    kind: Kind::Fragment,
                    distance: 0,
                    mention,
                    part: false,
                    firm: true,
                    keeps: false,
                });
            }
        }
    }
}

/// What was read of a section so far.
#[derive(Default)]
struct Section {
    number: Option<usize>,
    /// It has turned to what was looked at.
    weighs: bool,
    /// The engines named alone, each with the first block that does so.
    named: Vec<(EngineId, usize)>,
    /// The block of the last of them.
    last: Option<usize>,
}

impl Section {
    fn new(number: Option<usize>) -> Self {
        Section {
            number,
            ..Section::default()
        }
    }

    /// Whether a name decides: one of several for the same work, each with a paragraph or an item of its own, does so only in the first.
    fn admits(&mut self, scene: &Scene, mention: usize, block: usize) -> bool {
        let Some(engine) = scene.mention(mention).map(|mention| mention.engine) else {
            return false;
        };
        let rival = |&(other, first): &(EngineId, usize)| first < block && scene.lens.are_rivals(engine, other);
        let rivalled = self.named.iter().any(rival);
        if self.named.iter().all(|&(other, _)| other != engine) {
            self.named.push((engine, block));
        }
        !rivalled
    }
}

/// The engines behind the colon or the arrow of a title: "Trial data: Iceberg on MinIO, DuckDB on the laptop".
pub(super) fn in_title(scene: &Scene) -> Vec<usize> {
    let Some((number, sentence)) = scene.title() else {
        return Vec::new();
    };
    let words = scene.record.sentence_words(sentence);
    let label = words
        .iter()
        .skip(1)
        .position(|word| matches!(word.before, Break::Colon | Break::Strong));
    let Some(label) = label.filter(|_| !scene.record.asks(sentence)) else {
        return Vec::new();
    };
    let behind = |mention: &usize| {
        let word = scene.mention(*mention).map(|mention| mention.word);
        word.is_some_and(|word| word > sentence.words.start + label)
    };
    let found = Fragments::new(scene, number, sentence).read(false);
    if found.iter().all(behind) { found } else { Vec::new() }
}

/// "Also looked at:".
fn introduces_options(scene: &Scene, number: usize, words: &[Word]) -> bool {
    scene.cues.of(number).iter().any(|hit| {
        let considers = scene.role_of(hit) == Some(RoleName::Considered);
        let label = hit.end <= LABEL_ALONE && words.get(hit.end).is_none_or(|next| next.before == Break::Colon);
        considers && label
    })
}

/// Whether a sentence stands where decisions stand: in the running text of such a section, or in a row with that label.
fn decides(scene: &Scene, sentence: &Sentence) -> bool {
    let record = scene.record;
    let block = record.outline.blocks.get(sentence.block);
    let section = record
        .section_of
        .get(sentence.block)
        .and_then(|&at| record.sections.get(at));
    // A table in a decision compares.
    let compared = block.is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. }))
        && section.is_some_and(|section| section.role == SectionRole::Decision);
    sentence.role == SectionRole::Decision
        && !compared
        && !scene.is_heading(sentence.block)
        && !scene.is_title(sentence)
        && !scene.record.asks(sentence)
        && !scene.elaborates(sentence)
}

/// Reads one sentence.
struct Fragments<'a> {
    scene: &'a Scene<'a>,
    words: &'a [Word],
    hits: &'a [Match<Cue>],
    start: usize,
}

impl<'a> Fragments<'a> {
    fn new(scene: &'a Scene<'a>, number: usize, sentence: &'a Sentence) -> Self {
        let words = scene.record.sentence_words(sentence);
        let hits = scene.cues.of(number);
        Fragments {
            scene,
            words,
            hits,
            start: sentence.words.start,
        }
    }

    /// The mentions that a clause without a verb decides for. Where the decision begins, or goes on from such a clause,
    /// the other clauses may say what is put where.
    fn read(&self, goes_on: bool) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut clause = 0;
        for at in 0..self.words.len() {
            if at > 0 && self.breaks(at) {
                clause = at;
            }
            let Some(mention) = self.scene.named_by(self.start + at) else {
                continue;
            };
            let goes_on = goes_on || !found.is_empty();
            let alone = self.leads(clause, at) && (!self.after_comma(clause) || goes_on);
            let placed = goes_on && self.is_place(clause, at);
            if (alone || placed) && self.ends(at) && self.is_affirmed(mention, clause, at) {
                found.push(mention);
            }
        }
        found
    }

    fn breaks(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.before >= Break::Colon)
    }

    fn after_comma(&self, at: usize) -> bool {
        at > 0 && self.words.get(at).is_some_and(|word| word.before == Break::Comma)
    }

    fn covered(&self, at: usize, cue: Cue) -> bool {
        covers(self.hits, cue, at)
    }

    /// Whether nothing but an article or its like stands between the beginning of a clause and the name.
    fn leads(&self, clause: usize, at: usize) -> bool {
        let labelled = clause == 0 || self.is_label(clause);
        // "As for PostgreSQL, the licence costs" speaks about it.
        labelled
            && at - clause <= LEAD
            && (clause..at).all(|lead| self.covered(lead, Cue::Lead) || self.covered(lead, Cue::Joiner))
    }

    /// Whether what stands before a clause is a short label without a name of its own, or a clause before it.
    fn is_label(&self, clause: usize) -> bool {
        let Some(word) = self.words.get(clause) else {
            return false;
        };
        if word.before != Break::Colon {
            return true;
        }
        let from = (0..clause)
            .rev()
            .find(|&at| at == 0 || self.words.get(at).is_some_and(|word| word.before > Break::Comma))
            .unwrap_or(0);
        let told = self.hits.iter().any(|hit| {
            let inside = from <= hit.start && hit.end <= clause;
            let against = match hit.payload {
                Cue::Role(_) => self.scene.role_of(hit) != Some(RoleName::Chosen),
                Cue::OptionWord | Cue::Supposing => true,
                Cue::Trigger { kind, .. } => kind != TriggerKind::Must,
                _ => false,
            };
            inside && against
        });
        let names = !self.scene.named_in(self.start + from, self.start + clause).is_empty();
        clause - from <= LABEL && !told && !names
    }

    /// "Review desk in Cloud SQL": what is put there, in a few words.
    fn is_place(&self, clause: usize, at: usize) -> bool {
        let Some(into) = (clause..at).rev().find(|&at| !self.covered(at, Cue::Lead)) else {
            return false;
        };
        self.covered(into, Cue::Placing) && (1..=CONTENT).contains(&(into - clause))
    }

    /// Whether the clause ends behind the name and its edition, or goes on with what it is for or where it runs.
    fn ends(&self, mut at: usize) -> bool {
        for _ in 0..NAMES {
            let next = self.scene.behind_name(self.start + at) - self.start;
            let Some(word) = self.words.get(next) else {
                return true;
            };
            match word.before {
                // "PostgreSQL: no licence" argues, and so does "Redis - it is fast".
                Break::Colon => return false,
                Break::Strong => return !self.says(next, self.words.len()),
                Break::Comma | Break::Sentence => return true,
                Break::None if word.bracketed => return true,
                Break::None => {}
            }
            let clause = (next + 1..self.words.len()).find(|&at| self.breaks(at));
            if self.says(next, clause.unwrap_or(self.words.len())) {
                return false;
            }
            // "TiDB and Aurora are supported": another name, and then as before.
            let other = (next..self.words.len())
                .find(|&at| !self.covered(at, Cue::Joiner) && !self.covered(at, Cue::Lead))
                .filter(|&other| self.scene.named_by(self.start + other).is_some());
            match other {
                Some(other) => at = other,
                None => return self.covered(next, Cue::Placing) || self.covered(next, Cue::Workload),
            }
        }
        false
    }

    /// Whether a verb stands in the words `[from, to)`, other than that of a clause in them: "for what comes in".
    fn says(&self, from: usize, to: usize) -> bool {
        let main = (from..to).find(|&at| self.covered(at, Cue::Subordinate)).unwrap_or(to);
        let mut hits = self.hits.iter();
        hits.any(|hit| hit.payload == Cue::Verb && from <= hit.start && hit.start < main)
    }

    /// Whether nothing in the clause denies it, supposes it, or speaks of something else.
    fn is_affirmed(&self, mention: usize, clause: usize, at: usize) -> bool {
        let ends = |at: &usize| self.words.get(*at).is_some_and(|word| word.before >= Break::Strong);
        let to = (at + 1..self.words.len()).find(ends).unwrap_or(self.words.len());
        let spoken = self.hits.iter().any(|hit| {
            let inside = clause <= hit.start && hit.start < to;
            let before = inside && hit.start < at;
            inside && matches!(hit.payload, Cue::Conditional | Cue::Test)
                || before
                    && matches!(hit.payload, Cue::Trigger { kind, scope } if DENYING.contains(&kind) && scope != Scope::Pseudo)
                || before && matches!(hit.payload, Cue::Supposing | Cue::Subordinate)
        });
        let bracketed = self.words.get(at).is_none_or(|word| word.bracketed);
        !spoken && !bracketed && !self.scene.is_part(mention)
    }
}
