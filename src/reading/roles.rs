//! The role of each engine: chosen, rejected, considered, incumbent or only mentioned.
//!
//! Every mention collects evidence, each piece with the place it comes from; for an engine the best place wins: a decision says more
//! than a title, a title more than a passage in the context.

use std::collections::BTreeMap;

use super::assertion::Assertion;
use super::options::{self, Listed};
use super::{Choice, Cues, Role, mentions};
use crate::lens::phrase::Break;
use crate::lens::schema::{PlaceName, RoleName};
use crate::lens::{Cue, EngineId, Lens, SectionRole, TriggerKind};
use crate::record::{Record, Sentence};

/// Where evidence comes from, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Context,
    Consequences,
    /// The only engine of the title, or the first of the decision, without words that decide.
    Fallback,
    Free,
    Title,
    Decision,
    /// The winner among the options is marked, or the decision names its option.
    Marked,
}

#[derive(Clone, Copy, Debug)]
struct Evidence {
    role: Role,
    weight: Weight,
    /// Words covered by the phrase: the longer says more.
    length: usize,
    mention: usize,
}

pub(super) fn read(record: &Record, cues: &Cues, lens: &Lens) -> Vec<Choice> {
    let valid = mentions::valid(record, cues, lens);
    let options = options::read(record, cues, &valid, lens);
    let mut reader = Reader {
        record,
        cues,
        lens,
        valid,
        by_mention: BTreeMap::new(),
    };
    reader.by_phrases();
    reader.share();
    reader.by_options(&options);
    reader.fall_back();
    reader.settle(&options)
}

struct Reader<'a> {
    record: &'a Record,
    cues: &'a Cues,
    lens: &'a Lens,
    valid: Vec<usize>,
    /// The best evidence for each mention.
    by_mention: BTreeMap<usize, Evidence>,
}

impl Reader<'_> {
    fn is_title(&self, sentence: &Sentence) -> bool {
        self.record
            .title
            .as_ref()
            .is_some_and(|title| title.block == Some(sentence.block))
    }

    fn place(&self, sentence: &Sentence) -> Option<(PlaceName, Weight)> {
        if self.is_title(sentence) {
            return Some((PlaceName::Title, Weight::Title));
        }
        Some(match sentence.role {
            SectionRole::Decision => (PlaceName::Decision, Weight::Decision),
            SectionRole::Free => (PlaceName::Free, Weight::Free),
            SectionRole::Context | SectionRole::Drivers | SectionRole::Requirements => {
                (PlaceName::Context, Weight::Context)
            }
            SectionRole::Options | SectionRole::Pros | SectionRole::Cons => (PlaceName::Options, Weight::Context),
            SectionRole::Consequences | SectionRole::ConsequencesBad | SectionRole::ConsequencesGood => {
                (PlaceName::Consequences, Weight::Consequences)
            }
            _ => return None,
        })
    }

    /// Evidence from the phrases of the lens.
    fn by_phrases(&mut self) {
        for (number, sentence) in self.record.sentences.iter().enumerate() {
            let Some((place, weight)) = self.place(sentence) else {
                continue;
            };
            let words = self.record.sentence_words(sentence);
            let hits = self.cues.of(number);
            let mut assertion = None;
            for hit in hits {
                let Cue::Role(pattern) = hit.payload else { continue };
                let Some(pattern) = self.lens.language.roles.get(pattern as usize) else {
                    continue;
                };
                if !pattern.places.is_empty() && !pattern.places.contains(&place) {
                    continue;
                }
                let assertion = assertion.get_or_insert_with(|| Assertion::new(words, hits));
                for (&word, &role) in hit.engines.iter().zip(&pattern.roles) {
                    let Some(mention) = words.get(word).and_then(|word| word.mention) else {
                        continue;
                    };
                    if self.valid.binary_search(&mention).is_err() {
                        continue;
                    }
                    let Some(role) = self.asserted(role, assertion, hit.start, hit.end, place) else {
                        continue;
                    };
                    let length = hit.end - hit.start;
                    self.add(Evidence {
                        role,
                        weight,
                        length,
                        mention,
                    });
                }
            }
        }
    }

    /// The role that a phrase gives, seen with what its sentence says of it.
    fn asserted(
        &self,
        role: RoleName,
        assertion: &Assertion,
        start: usize,
        end: usize,
        place: PlaceName,
    ) -> Option<Role> {
        let role = match role {
            RoleName::Chosen => Role::Chosen,
            RoleName::Rejected => Role::Rejected,
            RoleName::Considered => Role::Considered,
            RoleName::Incumbent => Role::Incumbent,
            RoleName::Mentioned => Role::Mentioned,
            RoleName::Any => return None,
        };
        let imagined = assertion.governs(TriggerKind::Hypothetical, start, end)
            || assertion.governs(TriggerKind::Elsewhere, start, end);
        if imagined && place != PlaceName::Title {
            return Some(Role::Mentioned);
        }
        if role == Role::Chosen {
            if assertion.governs(TriggerKind::Bare, start, end) || assertion.governs(TriggerKind::Negated, start, end) {
                return Some(Role::Rejected);
            }
            if place != PlaceName::Decision
                && place != PlaceName::Title
                && assertion.governs(TriggerKind::Historical, start, end)
            {
                return Some(Role::Incumbent);
            }
        }
        Some(role)
    }

    fn add(&mut self, evidence: Evidence) {
        let best = self.by_mention.entry(evidence.mention).or_insert(evidence);
        let stronger = (evidence.weight, evidence.length) > (best.weight, best.length);
        let firmer =
            (evidence.weight, evidence.length) == (best.weight, best.length) && evidence.role == Role::Rejected;
        if stronger || firmer {
            *best = evidence;
        }
    }

    /// Names in one list share a role: "we use Aurora, Redis and S3"; so do those that each name their workload.
    fn share(&mut self) {
        let mut carried: Vec<Evidence> = Vec::new();
        for pair in self.valid.windows(2) {
            let &[first, second] = pair else { continue };
            let (Some(a), Some(b)) = (self.record.mentions.get(first), self.record.mentions.get(second)) else {
                continue;
            };
            let from = carried
                .last()
                .filter(|evidence| evidence.mention == first)
                .or_else(|| self.by_mention.get(&first));
            let Some(&evidence) = from else { continue };
            let open = self
                .by_mention
                .get(&second)
                .is_none_or(|own| own.length <= 2 && own.role != Role::Rejected && own.weight <= evidence.weight);
            if a.sentence == b.sentence
                && open
                && evidence.role != Role::Mentioned
                && self.listed_together(a.word, b.word, a.sentence)
            {
                carried.push(Evidence {
                    mention: second,
                    ..evidence
                });
            }
        }
        for evidence in carried {
            self.by_mention.insert(evidence.mention, evidence);
        }
    }

    fn listed_together(&self, a: usize, b: usize, sentence: usize) -> bool {
        let Some(between) = self.record.words.get(a + 1..b) else {
            return false;
        };
        let Some(start) = self.record.sentences.get(sentence).map(|sentence| sentence.words.start) else {
            return false;
        };
        let comma = self.record.words.get(b).is_some_and(|word| word.before <= Break::Comma);
        if between.is_empty() {
            return comma;
        }
        let covered = |word: usize, wanted: Cue| {
            self.cues
                .of(sentence)
                .iter()
                .any(|hit| hit.payload == wanted && hit.start <= word - start && word - start < hit.end)
        };
        let joined = (a + 1..b).all(|word| covered(word, Cue::Joiner));
        // "Postgres for metadata and ClickHouse for events".
        let with_workload = between.len() <= 10 && covered(a + 1, Cue::Workload) && covered(b + 1, Cue::Workload) && {
            let last = self.record.words.get(b);
            covered(b - 1, Cue::Joiner) || last.is_some_and(|word| word.before >= Break::Comma)
        };
        joined || with_workload
    }

    /// Evidence from the options: a marked winner, or a decision that names its option by number, letter or words.
    fn by_options(&mut self, options: &[Listed]) {
        let named = self.option_named_by_decision(options);
        for (at, option) in options.iter().enumerate() {
            if option.wins || named == Some(at) {
                for &mention in &option.mentions {
                    self.add(Evidence {
                        role: Role::Chosen,
                        weight: Weight::Marked,
                        length: usize::MAX,
                        mention,
                    });
                }
            }
        }
    }

    /// "Option 2", "the second option", or the words of the option, in the first sentences of the decision.
    fn option_named_by_decision(&self, options: &[Listed]) -> Option<usize> {
        let decides = |sentence: &&Sentence| sentence.role == SectionRole::Decision && !self.is_heading(sentence);
        for sentence in self.record.sentences.iter().filter(decides).take(3) {
            let words = self.record.sentence_words(sentence);
            if words.iter().any(|word| word.mention.is_some()) {
                return None;
            }
            if let Some(at) = numbered(words, options, self.record) {
                return Some(at);
            }
            if let Some(at) = options
                .iter()
                .position(|option| same_words(words, self.record.block_words(option.block)))
            {
                return Some(at);
            }
        }
        None
    }

    fn is_heading(&self, sentence: &Sentence) -> bool {
        self.record
            .outline
            .blocks
            .get(sentence.block)
            .is_some_and(|block| block.level().is_some())
    }

    /// Without a word that decides: the first engine of the decision, else the only one of the title.
    fn fall_back(&mut self) {
        let decided = self
            .by_mention
            .values()
            .any(|evidence| evidence.role == Role::Chosen && evidence.weight >= Weight::Free);
        if decided {
            return;
        }
        let in_decision = self.valid.iter().copied().find(|&number| {
            let mention = self.record.mentions.get(number);
            let sentence = mention.and_then(|mention| self.record.sentences.get(mention.sentence));
            sentence.is_some_and(|sentence| sentence.role == SectionRole::Decision)
                && self
                    .by_mention
                    .get(&number)
                    .is_none_or(|evidence| evidence.weight < Weight::Decision)
        });
        let in_title: Vec<usize> = self
            .valid
            .iter()
            .copied()
            .filter(|&number| {
                let mention = self.record.mentions.get(number);
                mention
                    .and_then(|mention| self.record.sentences.get(mention.sentence))
                    .is_some_and(|sentence| self.is_title(sentence))
            })
            .collect();
        let only = match in_title.as_slice() {
            &[only] if !self.by_mention.contains_key(&only) => Some(only),
            _ => None,
        };
        if let Some(mention) = in_decision.or(only) {
            self.add(Evidence {
                role: Role::Chosen,
                weight: Weight::Fallback,
                length: 0,
                mention,
            });
        }
    }

    /// One role for each engine, at the words that tell it best.
    fn settle(&self, options: &[Listed]) -> Vec<Choice> {
        let mut best: BTreeMap<EngineId, Evidence> = BTreeMap::new();
        for &mention in &self.valid {
            let Some(engine) = self.record.mentions.get(mention).map(|mention| mention.engine) else {
                continue;
            };
            let weakest = Evidence {
                role: Role::Mentioned,
                weight: Weight::Context,
                length: 0,
                mention,
            };
            let evidence = self.by_mention.get(&mention).copied().unwrap_or(weakest);
            let held = best.entry(engine).or_insert(evidence);
            let key = |evidence: &Evidence| {
                (
                    evidence.role != Role::Mentioned,
                    evidence.weight,
                    evidence.length.min(3),
                )
            };
            if key(&evidence) > key(held) {
                *held = evidence;
            }
        }
        let chosen: Vec<EngineId> = best
            .iter()
            .filter(|(_, evidence)| evidence.role == Role::Chosen)
            .map(|(&engine, _)| engine)
            .collect();
        self.settle_options(options, &chosen, &mut best);
        self.merge_offerings(&mut best);
        let mut choices: Vec<Choice> = best
            .into_iter()
            .filter_map(|(engine, evidence)| self.choice(engine, evidence))
            .collect();
        choices.sort_by_key(|choice| (choice.role, choice.span));
        choices
    }

    /// An option that did not win is rejected by a record that decides, and considered by one that has not.
    fn settle_options(&self, options: &[Listed], chosen: &[EngineId], best: &mut BTreeMap<EngineId, Evidence>) {
        for &mention in options.iter().flat_map(|option| &option.mentions) {
            let Some(engine) = self.record.mentions.get(mention).map(|mention| mention.engine) else {
                continue;
            };
            let is_winner = chosen.iter().any(|&winner| self.lens.same_product(winner, engine));
            if let Some(evidence) = best.get_mut(&engine)
                && evidence.role != Role::Chosen
                && !(evidence.role == Role::Rejected && evidence.weight > Weight::Context)
            {
                let role = match (is_winner, chosen.is_empty()) {
                    (true, _) => Role::Mentioned,
                    (false, true) => Role::Considered,
                    (false, false) => Role::Rejected,
                };
                *evidence = Evidence {
                    role,
                    mention,
                    ..*evidence
                };
            }
        }
    }

    /// "PostgreSQL on RDS" is one choice: the managed offering of both.
    fn merge_offerings(&self, best: &mut BTreeMap<EngineId, Evidence>) {
        let chosen = |best: &BTreeMap<EngineId, Evidence>, id: EngineId| {
            best.get(&id).copied().filter(|e| e.role == Role::Chosen)
        };
        for id in self.lens.engine_ids() {
            let engine = self.lens.engine(id);
            let (Some(service), Some(offered)) = (engine.kind_of, engine.offers) else {
                continue;
            };
            if let (Some(a), Some(b)) = (chosen(best, service), chosen(best, offered)) {
                best.remove(&service);
                best.remove(&offered);
                let stronger = if (a.weight, a.length) >= (b.weight, b.length) {
                    a
                } else {
                    b
                };
                best.entry(id).or_insert(stronger);
            } else if chosen(best, id).is_some() {
                // The engine under the service is named beside it, not chosen beside it.
                for part in [service, offered] {
                    if chosen(best, part).is_some() {
                        best.remove(&part);
                    }
                }
            }
        }
    }

    fn choice(&self, engine: EngineId, evidence: Evidence) -> Option<Choice> {
        let mention = self.record.mentions.get(evidence.mention)?;
        Some(Choice {
            engine,
            role: evidence.role,
            span: mention.span,
            workload: None,
            sentence: mention.sentence,
        })
    }
}

/// "Option 2", "option B", "the second option": the option of that number, when the options are counted so.
fn numbered(words: &[crate::lens::phrase::Word], options: &[Listed], record: &Record) -> Option<usize> {
    const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    let at = words
        .iter()
        .position(|word| matches!(word.text.as_str(), "option" | "alternative" | "solution" | "proposal"))?;
    let label = words.get(at + 1).map(|word| word.text.as_str()).unwrap_or_default();
    let by_label = options.iter().position(|option| {
        let head = record.block_words(option.block);
        head.windows(2).any(|pair| {
            pair.first().zip(pair.get(1)).is_some_and(|(a, b)| {
                matches!(a.text.as_str(), "option" | "alternative" | "solution" | "proposal")
                    && b.text == label
                    && label.len() <= 2
            })
        }) || (label.len() == 1 && head.first().is_some_and(|word| word.text == label))
    });
    by_label.or_else(|| {
        let ordinal = at.checked_sub(1).and_then(|before| words.get(before))?;
        let wanted = ORDINALS.iter().position(|name| *name == ordinal.text)?;
        (wanted < options.len()).then_some(wanted)
    })
}

/// Whether the words of an option, at least two of them, stand in the decision in their order.
fn same_words(decision: &[crate::lens::phrase::Word], option: &[crate::lens::phrase::Word]) -> bool {
    let option: Vec<&str> = option.iter().map(|word| word.text.as_str()).collect();
    (2..=12).contains(&option.len())
        && decision
            .windows(option.len())
            .any(|window| window.iter().map(|word| word.text.as_str()).eq(option.iter().copied()))
}
