//! The tables of the language and the cues of the signals, compiled to one set of phrases.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

use super::{
    ClauseWord, Cue, CueKind, Label, Language, ReferenceCue, Relation, Scope, SectionRole, Status, TriggerKind,
};
use crate::lens::checklist::{self, Merged};
use crate::lens::files::{Files, Table};
use crate::lens::origin::Origin;
use crate::lens::phrase::{Compiled, PhrasesBuilder, Said, VocabularyBuilder};
use crate::lens::schema::{self, Triggers};
use crate::lens::{GroupId, SignalId, questions};

pub(in crate::lens) struct Compiler<'a> {
    pub files: &'a mut Files,
    pub vocabulary: VocabularyBuilder,
    cues: PhrasesBuilder<Cue>,
    labels: PhrasesBuilder<Label>,
}

impl Compiler<'_> {
    pub fn parse(&mut self, origin: Origin, phrase: &impl Said) -> Option<Compiled> {
        match self.vocabulary.phrase(phrase, &self.files.classes) {
            Ok(phrase) => Some(phrase),
            Err(error) => {
                self.files.problem(origin, phrase.text(), error.to_string());
                None
            }
        }
    }

    /// Adds the phrases that can be read; a mistake in one is a problem of its file.
    pub fn add<'p, T: Copy, P: Said + 'p>(
        &mut self,
        built: &mut PhrasesBuilder<T>,
        origin: Origin,
        phrases: impl IntoIterator<Item = &'p P>,
        payload: T,
    ) {
        for phrase in phrases {
            if let Some(compiled) = self.parse(origin, phrase) {
                built.add(phrase.text(), compiled, payload);
            }
        }
    }

    fn cues<'p, P: Said + 'p>(&mut self, origin: Origin, phrases: impl IntoIterator<Item = &'p P>, cue: Cue) {
        let mut cues = std::mem::take(&mut self.cues);
        self.add(&mut cues, origin, phrases, cue);
        self.cues = cues;
    }

    fn labels<'p, P: Said + 'p>(&mut self, origin: Origin, phrases: impl IntoIterator<Item = &'p P>, label: Label) {
        let mut labels = std::mem::take(&mut self.labels);
        self.add(&mut labels, origin, phrases, label);
        self.labels = labels;
    }

    fn triggers(&mut self, origin: Origin, triggers: &Triggers, kind: TriggerKind) {
        let scopes = [
            (&triggers.before, Scope::Following),
            (&triggers.after, Scope::Preceding),
            (&triggers.anywhere, Scope::Sentence),
            (&triggers.pseudo, Scope::Pseudo),
        ];
        for (phrases, scope) in scopes {
            self.cues(origin, phrases, Cue::Trigger { kind, scope });
        }
    }

    fn named<T: serde::de::DeserializeOwned>(&mut self, origin: Origin, name: &str) -> Option<T> {
        let parsed = serde_json::from_value(serde_json::Value::String(name.to_owned()));
        if parsed.is_err() {
            self.files.problem(origin, name, format!("unknown name `{name}`"));
        }
        parsed.ok()
    }
}

pub(in crate::lens) fn compile(files: &mut Files, checklist: &[Merged]) -> Language {
    let mut compiler = Compiler {
        files,
        vocabulary: VocabularyBuilder::default(),
        cues: PhrasesBuilder::default(),
        labels: PhrasesBuilder::default(),
    };
    signals(&mut compiler);
    mitigations(&mut compiler);
    designs(&mut compiler);
    assertion(&mut compiler);
    let Table {
        origin,
        table: of_roles,
    } = std::mem::take(&mut compiler.files.roles);
    roles(&mut compiler, origin, &of_roles);
    sections(&mut compiler);
    let references = references(&mut compiler);
    let store_words = plain(
        &mut compiler,
        of_roles.store_words.iter().map(|phrase| (origin, phrase)),
    );
    let pronouns = plain(&mut compiler, of_roles.pronouns.iter().map(|phrase| (origin, phrase)));
    let questions = questions::compile(&mut compiler);
    let Table { origin, table } = std::mem::take(&mut compiler.files.checklist_words);
    let unanswered = plain(&mut compiler, table.unanswered.iter().map(|phrase| (origin, phrase)));
    let answers = answers(&mut compiler, checklist);
    let of_subjects = std::mem::take(&mut compiler.files.subjects);
    let subjects = plain(
        &mut compiler,
        of_subjects.iter().map(|(origin, phrase)| (*origin, phrase)),
    );
    let vocabulary = compiler.vocabulary.build();
    let status_hints = status_hints(&compiler.files.sections.table.status_keys);
    Language {
        status_hints,
        status_words: status_words(&compiler.files.sections.table),
        record_names: compiler.files.references.table.names.clone(),
        store_words: store_words.build(vocabulary.size()),
        pronouns: pronouns.build(vocabulary.size()),
        past_endings: of_roles.past_endings,
        questions: questions.build(vocabulary.size()),
        subjects: subjects.build(vocabulary.size()),
        subject_words: of_subjects.iter().map(|(_, word)| word.to_string()).collect(),
        unanswered: unanswered.build(vocabulary.size()),
        answers: answers.build(vocabulary.size()),
        cues: compiler.cues.build(vocabulary.size()),
        labels: compiler.labels.build(vocabulary.size()),
        references: references.build(vocabulary.size()),
        vocabulary,
        roles: of_roles.patterns,
    }
}

fn signals(compiler: &mut Compiler) {
    let signals = std::mem::take(&mut compiler.files.signals);
    for (at, &(origin, ref signal)) in signals.iter().enumerate() {
        let id = SignalId(at as u16);
        let lists = [
            (&signal.cues, CueKind::Cue),
            (&signal.weak, CueKind::Weak),
            (&signal.denials, CueKind::Denial),
            (&signal.not_cues, CueKind::NotCue),
        ];
        for (phrases, kind) in lists {
            compiler.cues(origin, phrases, Cue::Signal { signal: id, kind });
        }
    }
    compiler.files.signals = signals;
}

/// Numbers the statements as `engine::resolve` does: families first, then engines, in the order of their files.
fn mitigations(compiler: &mut Compiler) {
    let families = std::mem::take(&mut compiler.files.families);
    let engines = std::mem::take(&mut compiler.files.engines);
    let of_families = families.iter().map(|(origin, family)| (*origin, &family.contradicts));
    let of_engines = engines.iter().map(|(origin, engine)| (*origin, &engine.contradicts));
    let mut number = 0;
    for (origin, statements) in of_families.chain(of_engines) {
        for statement in statements {
            let origin = statement.origin.unwrap_or(origin);
            compiler.cues(origin, &statement.mitigation, Cue::Mitigation(number));
            number += 1;
        }
    }
    compiler.files.families = families;
    compiler.files.engines = engines;
}

fn designs(compiler: &mut Compiler) {
    let groups = std::mem::take(&mut compiler.files.design_groups);
    for (number, (origin, phrases)) in groups.iter().enumerate() {
        compiler.cues(*origin, phrases, Cue::Design(number as GroupId));
    }
}

fn answers(compiler: &mut Compiler, groups: &[Merged]) -> PhrasesBuilder<u16> {
    let mut answers = PhrasesBuilder::default();
    for (number, origin, item) in checklist::numbered(groups) {
        compiler.add(&mut answers, origin, &item.ticked_by.phrases, number);
    }
    answers
}

fn assertion(compiler: &mut Compiler) {
    let Table { origin, table } = std::mem::take(&mut compiler.files.assertion);
    let kinds = [
        (&table.negated, TriggerKind::Negated),
        (&table.bare, TriggerKind::Bare),
        (&table.hypothetical, TriggerKind::Hypothetical),
        (&table.conditional, TriggerKind::Conditional),
        (&table.historical, TriggerKind::Historical),
        (&table.elsewhere, TriggerKind::Elsewhere),
        (&table.set_aside, TriggerKind::SetAside),
        (&table.praise, TriggerKind::Praise),
        (&table.must, TriggerKind::Must),
        (&table.should, TriggerKind::Should),
        (&table.may, TriggerKind::May),
        (&table.reason, TriggerKind::Reason),
    ];
    for (triggers, kind) in kinds {
        compiler.triggers(origin, triggers, kind);
    }
    compiler.cues(origin, &table.ends, Cue::End);
    let clauses = [
        (&table.clauses.openers, ClauseWord::Opener),
        (&table.clauses.verbs, ClauseWord::Verb),
        (&table.clauses.subjects, ClauseWord::Subject),
        (&table.clauses.referring, ClauseWord::Referring),
        (&table.clauses.light, ClauseWord::Light),
    ];
    for (phrases, word) in clauses {
        compiler.cues(origin, phrases, Cue::Clause(word));
    }
    let Table {
        origin,
        table: acceptance,
    } = std::mem::take(&mut compiler.files.acceptance);
    compiler.cues(origin, &acceptance.accepts, Cue::Accepts);
    compiler.cues(origin, &acceptance.knowingly, Cue::Knowingly);
    compiler.cues(origin, &acceptance.costs, Cue::Cost);
    let Table {
        origin,
        table: compatibility,
    } = std::mem::take(&mut compiler.files.compatibility);
    compiler.cues(origin, &compatibility.unchanged, Cue::Unchanged);
}

/// Phrases that stand for nothing but themselves.
fn plain<'p, P: Said + 'p>(
    compiler: &mut Compiler,
    phrases: impl IntoIterator<Item = (Origin, &'p P)>,
) -> PhrasesBuilder<()> {
    let mut words = PhrasesBuilder::default();
    for (origin, phrase) in phrases {
        compiler.add(&mut words, origin, [phrase], ());
    }
    words
}

fn roles(compiler: &mut Compiler, origin: Origin, table: &schema::Roles) {
    for (number, pattern) in table.patterns.iter().enumerate() {
        compiler.cues(origin, &pattern.phrases, Cue::Role(number as u16));
    }
    compiler.cues(origin, &table.joiners, Cue::Joiner);
    compiler.cues(origin, &table.not_after, Cue::NotAfterName);
    compiler.cues(origin, &table.not_before, Cue::NotBeforeName);
    compiler.cues(origin, &table.winner_marks, Cue::WinnerMark);
    let plain = [
        (&table.workload, Cue::Workload),
        (&table.loser_marks, Cue::LoserMark),
        (&table.winner_answers, Cue::WinnerAnswer),
        (&table.loser_answers, Cue::LoserAnswer),
        (&table.barriers, Cue::Barrier),
        (&table.bridges, Cue::Bridge),
        (&table.leads, Cue::Lead),
        (&table.present, Cue::Present),
        (&table.supposing, Cue::Supposing),
        (&table.tests, Cue::Test),
        (&table.passing, Cue::Passing),
        (&table.conditionals, Cue::Conditional),
        (&table.verbs, Cue::Verb),
        (&table.subordinates, Cue::Subordinate),
        (&table.placings, Cue::Placing),
        (&table.parts, Cue::Part),
        (&table.option_words, Cue::OptionWord),
        (&table.workload_columns, Cue::WorkloadColumn),
        (&table.store_columns, Cue::StoreColumn),
        (&table.totals, Cue::Total),
        (&table.ranks, Cue::Rank),
    ];
    for (phrases, cue) in plain {
        compiler.cues(origin, phrases, cue);
    }
    let last = table.ordinals.len().saturating_sub(1);
    for (place, phrase) in table.ordinals.iter().enumerate() {
        let number = if place == last { u8::MAX } else { place as u8 };
        compiler.cues(origin, std::iter::once(phrase), Cue::Ordinal(number));
    }
}

fn sections(compiler: &mut Compiler) {
    let Table { origin, table } = compiler.files.sections.clone();
    for (name, phrases) in &table.sections {
        if let Some(role) = compiler.named::<SectionRole>(origin, name) {
            compiler.labels(origin, phrases, Label::Section(role));
        }
    }
    for (name, phrases) in &table.status {
        if let Some(status) = compiler.named::<Status>(origin, name) {
            compiler.labels(origin, phrases, Label::Status(status));
        }
    }
    compiler.labels(origin, &table.status_keys, Label::StatusKey);
    compiler.labels(origin, &table.date_keys, Label::DateKey);
    compiler.labels(origin, &table.followers, Label::Follower);
}

fn status_words(sections: &schema::Sections) -> Vec<String> {
    let words = sections.status.values().flatten();
    let lone = words.filter_map(|word| word.strip_prefix('=').filter(|word| !word.contains([' ', '|'])));
    lone.map(str::to_owned).collect()
}

/// Word forms keep the beginning of their word: that much of each key's last word is looked for.
const STEADY: usize = 4;

fn status_hints(keys: &[String]) -> Option<AhoCorasick> {
    let beginning = |key: &String| {
        let word = key.split_whitespace().next_back()?.trim_start_matches(['=', '?']);
        Some(word.chars().take(STEADY).collect::<String>())
    };
    let beginnings: Option<Vec<String>> = keys.iter().map(beginning).collect();
    AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .build(beginnings?)
        .ok()
}

fn references(compiler: &mut Compiler) -> PhrasesBuilder<ReferenceCue> {
    let Table { origin, table } = compiler.files.references.clone();
    let lists = [
        (&table.superseded_by, ReferenceCue::Relation(Relation::SupersededBy)),
        (&table.supersedes, ReferenceCue::Relation(Relation::Supersedes)),
        (&table.rests_on, ReferenceCue::Relation(Relation::RestsOn)),
        (&table.partly, ReferenceCue::Partly),
        (&table.denied, ReferenceCue::Denied),
        (&table.lead_ins, ReferenceCue::LeadIn),
        (&table.forbids, ReferenceCue::Forbids),
    ];
    let mut references = PhrasesBuilder::default();
    for (phrases, cue) in lists {
        compiler.add(&mut references, origin, phrases, cue);
    }
    references
}
