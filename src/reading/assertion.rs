//! What a sentence says of the words in it: negated, past, imagined, somebody else's, and how strongly (after ConText).

use crate::lens::phrase::{Break, Match, Word};
use crate::lens::{ClauseWord, Cue, Scope, TriggerKind};

/// A sentence with its triggers, ready to be asked about any of its words.
pub struct Assertion<'a> {
    words: &'a [Word],
    triggers: Vec<Trigger>,
    ends: Vec<usize>,
    clause_words: Vec<(usize, usize, ClauseWord)>,
}

#[derive(Debug, Clone, Copy)]
struct Trigger {
    kind: TriggerKind,
    scope: Scope,
    start: usize,
    end: usize,
}

/// A negation reaches this many words forward, and so many back ("… has been discussed, and they do not ask for it"); time and
/// supposition reach to the end of the clause.
const NEGATION_REACH: usize = 8;
const NEGATION_REACH_BACK: usize = 12;
/// A word that speaks of what stands before may follow a trigger so closely: "nobody asked for them".
const REFERS_WITHIN: usize = 2;

impl<'a> Assertion<'a> {
    pub fn new(words: &'a [Word], cues: &[Match<Cue>]) -> Self {
        let mut triggers = Vec::new();
        let mut pseudo = Vec::new();
        let mut ends = Vec::new();
        let mut clause_words = Vec::new();
        for hit in cues {
            match hit.payload {
                Cue::Trigger {
                    kind,
                    scope: Scope::Pseudo,
                } => pseudo.push((kind, hit.start, hit.end)),
                Cue::Trigger { kind, scope } => triggers.push(Trigger {
                    kind,
                    scope,
                    start: hit.start,
                    end: hit.end,
                }),
                Cue::End => ends.push(hit.start),
                Cue::Clause(word) => clause_words.push((hit.start, hit.end, word)),
                _ => {}
            }
        }
        triggers.retain(|trigger| {
            !pseudo
                .iter()
                .any(|&(kind, start, end)| kind == trigger.kind && start <= trigger.start && trigger.end <= end)
        });
        Assertion {
            words,
            triggers,
            ends,
            clause_words,
        }
    }

    /// Whether a trigger of this kind governs the words `[start, end)`. A trigger inside them is a part of what they say.
    pub fn governs(&self, kind: TriggerKind, start: usize, end: usize) -> bool {
        self.triggers
            .iter()
            .any(|trigger| trigger.kind == kind && self.reaches(trigger, start, end))
    }

    /// The same, for triggers that tell by their place what they govern: "need", not "mandatory".
    pub fn points_at(&self, kind: TriggerKind, start: usize, end: usize) -> bool {
        self.triggers.iter().any(|trigger| {
            trigger.kind == kind && trigger.scope != Scope::Sentence && self.reaches(trigger, start, end)
        })
    }

    /// Whether such a trigger stands anywhere in the clause of the words, or inside them.
    pub fn stands(&self, kind: TriggerKind, start: usize, end: usize) -> bool {
        self.triggers
            .iter()
            .any(|trigger| trigger.kind == kind && self.same_clause(trigger.start, start, end))
    }

    fn reaches(&self, trigger: &Trigger, start: usize, end: usize) -> bool {
        if trigger.start < end && start < trigger.end {
            return false;
        }
        let near = matches!(trigger.kind, TriggerKind::Negated | TriggerKind::Bare);
        match trigger.scope {
            Scope::Pseudo => false,
            Scope::Sentence => true,
            Scope::Following => {
                trigger.end <= start
                    && (!near || start - trigger.end < NEGATION_REACH)
                    && !self.ended_between(trigger.end, start)
                    && (trigger.kind != TriggerKind::Hypothetical || !self.is_main_clause(trigger.end, start, end))
            }
            Scope::Preceding => {
                end <= trigger.start
                    && (!near || trigger.start - end < NEGATION_REACH_BACK)
                    && !self.ended_between(end, trigger.start)
                    && !(near && self.denies_its_own(trigger, end))
            }
        }
    }

    /// Whether a denial that stands behind the word `end` denies something of its own clause: "records are fetched by id, and filters are
    /// not needed". What it denies is the subject of that clause, unless that speaks of what stands before: "… and nobody needs them".
    fn denies_its_own(&self, trigger: &Trigger, end: usize) -> bool {
        use ClauseWord::{Light, Opener, Referring, Subject, Verb};
        let comma = |at: usize| self.words.get(at).is_some_and(|word| word.before == Break::Comma);
        let begins = |at: &usize| comma(*at) || self.has(&[Opener], *at, *at + 1);
        let Some(opener) = (end..=trigger.start).rev().find(begins) else {
            return false;
        };
        let word_of_its_own = |at: usize| !self.has(&[Opener, Verb, Light], at, at + 1);
        let own = self.has(&[Subject], opener, trigger.end) || (opener..trigger.start).any(word_of_its_own);
        let (clause, _) = self.clause(end.saturating_sub(1), end);
        own && !self.has(&[Referring], opener, trigger.end + REFERS_WITHIN)
            && self.has(&[Verb, Subject], clause, opener)
    }

    /// Whether one of the words `[from, to)` tells one of these of its clause.
    fn has(&self, kinds: &[ClauseWord], from: usize, to: usize) -> bool {
        let mut told = self.clause_words.iter();
        told.any(|(start, end, kind)| *start < to && from < *end && kinds.contains(kind))
    }

    /// "If a node fails, no write may be lost": the words behind the comma are no supposition unless they say "would".
    fn is_main_clause(&self, trigger: usize, start: usize, end: usize) -> bool {
        let comma = self
            .words
            .get(trigger..=start)
            .is_some_and(|between| between.iter().any(|word| word.before == Break::Comma));
        comma && !self.stands(TriggerKind::Conditional, start, end)
    }

    fn same_clause(&self, at: usize, start: usize, end: usize) -> bool {
        if at < start {
            !self.ended_between(at + 1, start)
        } else {
            at < end || !self.ended_between(end, at)
        }
    }

    /// Whether a clause ends right before the word `from`, before `to`, or between them.
    fn ended_between(&self, from: usize, to: usize) -> bool {
        self.ends.iter().any(|&end| from <= end && end <= to)
            || self
                .words
                .get(from..=to)
                .is_some_and(|between| between.iter().any(|word| word.before >= Break::Strong))
    }

    /// The words of the clause that holds `[start, end)`.
    pub fn clause(&self, start: usize, end: usize) -> (usize, usize) {
        let opens = |at: usize| self.words.get(at).is_some_and(|word| word.before >= Break::Strong);
        let mut first = start;
        while first > 0 && !opens(first) {
            first -= 1;
        }
        let mut last = end;
        while last < self.words.len() && !opens(last) {
            last += 1;
        }
        (first, last)
    }
}
