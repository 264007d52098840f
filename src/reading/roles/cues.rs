//! Evidence from the phrases of the lens: which names a phrase speaks of, and what its sentence makes of it.

use super::{Collected, Evidence, Kind, Scene, Weight, covers, place};
use crate::lens::phrase::{Break, Match, Word};
use crate::lens::schema::{Names, PlaceName, RoleName, RolePattern};
use crate::lens::{Cue, SectionRole};
use crate::reading::Role;
use crate::reading::assertion::Assertion;
use crate::record::Sentence;
use crate::syntax::BlockKind;

/// How many words may stand between a phrase and the name it speaks of.
const REACH: usize = 12;
/// How many words before a name its "in" may stand.
const PLACE: usize = 5;
/// A phrase that introduces a list ends at most this many words before its sentence does.
const INTRODUCES: usize = 6;

pub(super) fn collect(scene: &Scene, collected: &mut Collected) {
    for (number, sentence) in scene.record.sentences.iter().enumerate() {
        if let Some((place, weight)) = place::of(scene, sentence)
            && may_tell(scene, number, sentence)
        {
            Reader::new(scene, number, sentence, place, weight).read(collected);
        }
    }
}

/// Whether a sentence names an engine, or has a phrase that tells the role of one that is named elsewhere.
fn may_tell(scene: &Scene, number: usize, sentence: &Sentence) -> bool {
    let tells = |hit: &Match<Cue>| matches!(hit.payload, Cue::Role(_));
    !scene.named_in(sentence.words.start, sentence.words.end).is_empty() || scene.cues.of(number).iter().any(tells)
}

/// Reads one sentence.
pub(super) struct Reader<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) sentence: &'a Sentence,
    pub(super) words: &'a [Word],
    pub(super) hits: &'a [Match<Cue>],
    pub(super) place: PlaceName,
    weight: Weight,
    pub(super) assertion: Assertion<'a>,
}

impl<'a> Reader<'a> {
    fn new(scene: &'a Scene<'a>, number: usize, sentence: &'a Sentence, place: PlaceName, weight: Weight) -> Self {
        let words = scene.record.sentence_words(sentence);
        let hits = scene.cues.of(number);
        Reader {
            scene,
            sentence,
            words,
            hits,
            place,
            weight,
            assertion: Assertion::new(words, hits),
        }
    }

    fn read(&self, collected: &mut Collected) {
        let mut patterns: Vec<(&Match<Cue>, &RolePattern)> = self
            .hits
            .iter()
            .filter_map(|hit| match hit.payload {
                Cue::Role(number) => Some((hit, self.scene.lens.language.roles.get(usize::from(number))?)),
                _ => None,
            })
            .filter(|(_, pattern)| pattern.places.is_empty() || pattern.places.contains(&self.place))
            .collect();
        // The longest phrase wins: "we currently use" holds "use". One that finds no name holds nothing.
        patterns.sort_by_key(|(hit, _)| (std::cmp::Reverse(hit.end - hit.start), hit.start));
        let mut held: Vec<(usize, usize)> = Vec::new();
        for (hit, pattern) in patterns {
            let goes_on = self.words.get(hit.end).is_some_and(|word| word.before < Break::Comma);
            let misplaced = pattern.closes && goes_on || pattern.opens && !self.opens(hit.start);
            let is_held = held
                .iter()
                .any(|&(start, end)| start <= hit.start && hit.end <= end && end - start > hit.end - hit.start);
            if misplaced || is_held && pattern.names != Names::Inside {
                continue;
            }
            if self.hit(hit, pattern, collected) {
                held.push((hit.start, hit.end));
            }
        }
        self.subject(collected);
    }

    /// Gives the names that a phrase speaks of its roles; whether there are any, or need not be.
    fn hit(&self, hit: &Match<Cue>, pattern: &RolePattern, collected: &mut Collected) -> bool {
        let Some(&first) = pattern.roles.first() else {
            return false;
        };
        let named: Vec<(usize, usize)> = match pattern.names {
            Names::Inside => {
                for (&word, &role) in hit.engines.iter().zip(&pattern.roles) {
                    if let Some(mention) = self.mention_at(word) {
                        let kind = if pattern.roles.len() > 1 { Kind::Pair } else { Kind::Cue };
                        self.add(role, pattern, hit, (mention, 0), kind, collected);
                    }
                }
                return false;
            }
            Names::Behind => match self.behind(hit, pattern) {
                Some(found) => vec![found],
                None => match self.meant(hit, pattern) {
                    Some(mention) => vec![(mention, REACH)],
                    None => self.introduced(hit),
                },
            },
            Names::Before => self.before(hit, first).into_iter().collect(),
        };
        if named.is_empty() && pattern.names == Names::Behind {
            self.other_object(hit, pattern, collected);
        }
        // What a cell says is so decides nothing.
        if pattern.states && self.place == PlaceName::Free && self.in_cell() {
            return false;
        }
        for &found in &named {
            self.add(first, pattern, hit, found, Kind::Cue, collected);
        }
        !named.is_empty() || first == RoleName::Any
    }

    fn in_cell(&self) -> bool {
        let block = self.scene.record.outline.blocks.get(self.sentence.block);
        block.is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. }))
    }

    /// Whether a clause begins at a word, or right before it with an "and".
    fn opens(&self, at: usize) -> bool {
        let breaks = |at: usize| {
            at == 0
                || self
                    .words
                    .get(at)
                    .is_some_and(|word| word.before >= Break::Colon && word.before != Break::Comma)
        };
        breaks(at) || at > 0 && breaks(at - 1) && self.covered(at - 1, Cue::Joiner)
    }

    fn mention_at(&self, word: usize) -> Option<usize> {
        self.scene.named_by(self.sentence.words.start + word)
    }

    fn covered(&self, word: usize, wanted: Cue) -> bool {
        covers(self.hits, wanted, word)
    }

    /// The first name behind a phrase, in its clause, with nothing between that the name could belong to instead.
    fn behind(&self, hit: &Match<Cue>, pattern: &RolePattern) -> Option<(usize, usize)> {
        let reach = if pattern.through { 2 * REACH } else { REACH };
        let start = self.sentence.words.start + hit.end;
        if self.scene.named_in(start, start + reach).is_empty() {
            return None;
        }
        for (distance, word) in self.words.get(hit.end..)?.iter().take(reach).enumerate() {
            let at = hit.end + distance;
            if distance > 0 && (word.before >= Break::Strong || self.covered(at, Cue::End)) {
                return None;
            }
            if let Some(mention) = self.mention_at(at) {
                return (!pattern.placed || self.placed(hit.end, at)).then_some((mention, distance));
            }
            if pattern.placed && distance > 0 && word.bracketed {
                return None;
            }
            let passes = pattern.placed || pattern.through || self.covered(at, Cue::Bridge);
            if !passes && self.covered(at, Cue::Barrier) {
                return None;
            }
        }
        None
    }

    /// Whether a word like "in" stands before a name, close to it, in the words `[from, at)` or at the end of the phrase before them.
    fn placed(&self, from: usize, at: usize) -> bool {
        (from.saturating_sub(1).max(at.saturating_sub(PLACE))..at).any(|word| self.covered(word, Cue::Placing))
    }

    /// The last name before a phrase, in its clause; what "it" stands for when the clause begins with it.
    fn before(&self, hit: &Match<Cue>, role: RoleName) -> Option<(usize, usize)> {
        for (distance, at) in (0..hit.start).rev().take(REACH).enumerate() {
            // "Before DynamoDB, which we do not have."
            if role == RoleName::Considered && self.covered(at, Cue::Subordinate) && at > 0 {
                return None;
            }
            if self.words.get(at + 1).is_some_and(|word| word.before >= Break::Strong) || self.covered(at, Cue::End) {
                break;
            }
            if let Some(mention) = self.mention_at(at) {
                return Some((mention, distance));
            }
        }
        let stands_for_one = |words: Option<&[Word]>| {
            let mut words = words.unwrap_or_default().iter();
            words.any(|word| self.scene.lens.language.is_pronoun(word))
        };
        // "It was turned down", "we decided against it".
        let opens = hit.start <= 2 && stands_for_one(self.words.get(..hit.start));
        let holds = role == RoleName::Rejected && stands_for_one(self.words.get(hit.start..hit.end));
        let start = self.sentence.words.start;
        let names_another = role == RoleName::Chosen
            && !self
                .scene
                .named_in(start + hit.end, start + self.words.len())
                .is_empty();
        if !(opens || holds) || names_another {
            return None;
        }
        let subject = self.subject_before()?;
        Some((subject, REACH))
    }

    /// What "it" or "that" behind a phrase stands for: "Infinispan is part of the server, and we use it."
    fn meant(&self, hit: &Match<Cue>, pattern: &RolePattern) -> Option<usize> {
        let object = self.words.get(hit.end).filter(|word| word.before == Break::None)?;
        let ends = self
            .words
            .get(hit.end + 1)
            .is_none_or(|next| next.before >= Break::Comma);
        let decides = pattern.roles.first() == Some(&RoleName::Chosen) && !pattern.placed && !pattern.through;
        if !decides || !ends || !self.scene.lens.language.is_pronoun(object) {
            return None;
        }
        let start = self.sentence.words.start;
        match self.scene.named_in(start, start + hit.start) {
            &[] => self.subject_before(),
            named => named.last().copied(),
        }
    }

    /// The first name of the sentence before, in the same block.
    fn subject_before(&self) -> Option<usize> {
        let siblings = self.scene.record.sentences_in(self.sentence.block);
        let earlier = self
            .scene
            .record
            .sentences
            .get(siblings)?
            .iter()
            .rev()
            .find(|other| other.words.end <= self.sentence.words.start)?;
        self.scene
            .named_in(earlier.words.start, earlier.words.end)
            .first()
            .copied()
    }

    /// "We will use:" before a list: the first name of each item.
    fn introduced(&self, hit: &Match<Cue>) -> Vec<(usize, usize)> {
        let record = self.scene.record;
        let last = record
            .sentences_in(self.sentence.block)
            .next_back()
            .and_then(|at| record.sentences.get(at));
        let ends_block = last.is_some_and(|last| last.words == self.sentence.words);
        // "At issue is where the samples go." introduces nothing.
        let open = hit.end == self.words.len()
            || record
                .outline
                .blocks
                .get(self.sentence.block)
                .is_some_and(|block| block.plain().trim_end().ends_with(':'));
        if !ends_block || !open || self.words.len() - hit.end > INTRODUCES || self.scene.is_heading(self.sentence.block)
        {
            return Vec::new();
        }
        let blocks = record.outline.blocks.get(self.sentence.block + 1..).unwrap_or_default();
        let items = blocks
            .iter()
            .enumerate()
            .take_while(|(_, block)| block.level().is_none())
            .filter(
                |(_, block)| matches!(block.kind, BlockKind::Item { intro, .. } if intro == Some(self.sentence.block)),
            );
        items
            .filter_map(|(at, _)| {
                let first = record
                    .sentences
                    .get(record.sentences_in(self.sentence.block + 1 + at).next()?)?;
                let named = self.scene.named_in(first.words.start, first.words.end).first()?;
                let distance = self.scene.mention(*named)?.word - first.words.start;
                (distance < REACH / 2).then_some((*named, distance))
            })
            .collect()
    }

    /// A decision for something that is no engine, and no mere word for one.
    fn other_object(&self, hit: &Match<Cue>, pattern: &RolePattern, collected: &mut Collected) {
        let chooses = pattern.roles.first() == Some(&RoleName::Chosen) && !pattern.placed;
        let decides = chooses && self.place == PlaceName::Decision && !self.scene.is_heading(self.sentence.block);
        let tells = chooses && !pattern.states && matches!(self.place, PlaceName::Title | PlaceName::Free);
        let object = self
            .words
            .get(hit.end..(hit.end + 4).min(self.words.len()))
            .unwrap_or_default();
        let stands_for_one = object.iter().any(|word| {
            let language = &self.scene.lens.language;
            language.is_store_word(word) || language.is_pronoun(word)
        }) || (hit.end..hit.end + 4).any(|at| {
            self.hits
                .iter()
                .any(|other| other.start == at && matches!(other.payload, Cue::OptionWord | Cue::Ordinal(_)))
        });
        if !object.is_empty() && !stands_for_one {
            collected.decides_other |= decides;
            collected.tells_other |= tells;
        }
    }

    fn add(
        &self,
        role: RoleName,
        pattern: &RolePattern,
        hit: &Match<Cue>,
        found: (usize, usize),
        kind: Kind,
        collected: &mut Collected,
    ) {
        // "Redis? Memcached?" asks.
        if role == RoleName::Chosen && self.scene.record.asks(self.sentence) {
            return;
        }
        let rejects_part = role == RoleName::Rejected && self.scene.is_part(found.0);
        if rejects_part {
            return;
        }
        // What an option would mean is told under it as if it were decided.
        let options =
            self.place == PlaceName::Options || kind == Kind::Pair && self.sentence.role == SectionRole::Options;
        let under_option = options && (kind == Kind::Pair || role == RoleName::Chosen);
        // The arguments for one option speak of others in passing.
        let argues = role == RoleName::Considered && !self.weighs();
        let Some(role) = self.asserted(role, pattern, hit).filter(|_| !under_option && !argues) else {
            return;
        };
        // Below a heading of its own, the decision is elaborated.
        let weight = if self.weight == Weight::Decision && self.scene.elaborates(self.sentence) {
            Weight::Free
        } else {
            self.weight
        };
        let weight = if pattern.states && weight == Weight::Free {
            Weight::State
        } else {
            weight
        };
        let part = role == Role::Chosen && self.scene.is_part(found.0);
        // That something was looked at says little: any word about its role says more.
        let kind = if role == Role::Considered { Kind::Subject } else { kind };
        collected.add(Evidence {
            role,
            weight,
            kind,
            distance: found.1,
            mention: found.0,
            part,
            firm: !pattern.states,
            keeps: pattern.keeps,
        });
    }

    /// "*DynamoDB.* Would take all the administration away": the first sentence of a paragraph among the options, with more behind it.
    fn heads_an_option(&self) -> bool {
        let mut siblings = self.scene.record.sentences_in(self.sentence.block);
        let first = siblings.next().and_then(|at| self.scene.record.sentences.get(at));
        let opens = first.is_some_and(|first| first.words == self.sentence.words);
        self.place == PlaceName::Options && opens && !siblings.is_empty()
    }

    /// Whether engines are weighed here by the text itself: under options only in paragraphs, as lists there argue.
    fn weighs(&self) -> bool {
        let block = self.scene.record.outline.blocks.get(self.sentence.block);
        self.place != PlaceName::Options || block.is_some_and(|block| block.kind == BlockKind::Paragraph)
    }

    /// "Pinot needs two more systems": a sentence about an engine, where options are weighed, considers it.
    fn subject(&self, collected: &mut Collected) {
        if !matches!(self.place, PlaceName::Free | PlaceName::Decision | PlaceName::Options) || !self.weighs() {
            return;
        }
        for (at, word) in self.words.iter().enumerate() {
            // "Redis is fast, Memcached forgets everything."
            let goes_on = || {
                let next = self.words.get(at + 1).filter(|next| next.before == Break::None);
                next.is_some() && !self.covered(at + 1, Cue::Joiner)
            };
            let opens = at == 0
                || word.before >= Break::Strong
                || self.place == PlaceName::Options && word.before == Break::Colon
                || word.before == Break::Comma && self.mention_at(at).is_some() && goes_on();
            if !opens {
                continue;
            }
            // An article, an adjective or a link word may stand before the name.
            let lead = self.words.get(at..).unwrap_or_default().iter().take(3).enumerate();
            let named = lead
                .take_while(|(ahead, word)| *ahead == 0 || word.before < Break::Comma)
                .find_map(|(ahead, _)| {
                    let mention = self.mention_at(at + ahead)?;
                    let lead_covered = (at..at + ahead).all(|lead| self.covered(lead, Cue::Lead));
                    lead_covered.then_some((mention, at + ahead))
                });
            if let Some((mention, place)) = named
                && (self.words.len() > place + 2 || at == 0 && self.heads_an_option())
            {
                let weight = Weight::Context;
                collected.add(Evidence {
                    role: Role::Considered,
                    weight,
                    kind: Kind::Subject,
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
