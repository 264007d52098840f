//! What a person may ask an assistant for by name.

use rmcp::ErrorData;
use rmcp::model::{GetPromptResult, JsonObject, Prompt, PromptArgument, PromptMessage, ResourceContents, Role};
use serde_json::Value;

use super::desk::Desk;
use super::material::LONGEST_TEXT;
use super::refusal::quoted;
use super::resources;

const REVIEW: &str = "review_record";
const CHOOSE: &str = "choose_store";

pub(super) fn list() -> Vec<Prompt> {
    let wanted = |name: &str, says: &str| vec![PromptArgument::new(name).with_description(says).with_required(true)];
    vec![
        Prompt::new(
            REVIEW,
            Some("A review of a decision record, from its findings and the checklist"),
            Some(wanted("path", "The record")),
        )
        .with_title("Review a decision record"),
        Prompt::new(
            CHOOSE,
            Some("A data store for what a text asks for, with what would change the answer"),
            Some(wanted("needs", "What the workload needs, in your words")),
        )
        .with_title("Choose a data store"),
    ]
}

pub(super) fn get(name: &str, arguments: &JsonObject, desk: &Desk) -> Result<GetPromptResult, ErrorData> {
    match name {
        REVIEW => review(argument(arguments, "path")?, desk),
        CHOOSE => Ok(choose(argument(arguments, "needs")?)),
        _ => Err(ErrorData::invalid_params(
            format!("no prompt is called `{}`", quoted(name)),
            None,
        )),
    }
}

fn argument<'a>(arguments: &'a JsonObject, name: &str) -> Result<&'a str, ErrorData> {
    match arguments.get(name) {
        Some(Value::String(words)) if words.len() <= LONGEST_TEXT => Ok(words),
        Some(Value::String(_)) => Err(ErrorData::invalid_params(
            format!("`{name}` is longer than {LONGEST_TEXT} bytes"),
            None,
        )),
        Some(_) => Err(ErrorData::invalid_params(format!("`{name}` must be a string"), None)),
        None => Err(ErrorData::invalid_params(format!("`{name}` is missing"), None)),
    }
}

fn review(path: &str, desk: &Desk) -> Result<GetPromptResult, ErrorData> {
    let invalid = |error: ErrorData| ErrorData::invalid_params(error.message, None);
    let read = resources::read(&resources::address("record", path), desk).map_err(invalid)?;
    let text = format!(
        "Review the decision record {path}.\n\n\
         1. Call `check_record` and `checklist` with this path.\n\
         2. For each finding say what contradicts what, in the record's own words with their lines, and give the rule, its source and the \
         way out.\n\
         3. Put the questions that are open, the most decisive first. Leave the boxes for people to the people.\n\
         4. Where something would have to hold for the decision to be right, try it with `what_if`.\n\n\
         State nothing about the record, a data store or a rule that the tools did not say. Give no score."
    );
    let mut messages = vec![PromptMessage::new_text(Role::User, text)];
    for contents in read.contents {
        if let ResourceContents::TextResourceContents {
            uri, mime_type, text, ..
        } = contents
        {
            messages.push(PromptMessage::new_resource(
                Role::User,
                uri,
                mime_type,
                Some(text),
                None,
                None,
                None,
            ));
        }
    }
    Ok(GetPromptResult::new(messages).with_description(format!("A review of {path}")))
}

fn choose(needs: &str) -> GetPromptResult {
    let text = format!(
        "Which data store fits this workload?\n\n{needs}\n\n\
         Call `recommend` with that text. Say what it understood, which stores fit and why, and what would change the order. Then put the \
         questions it leaves open, and call it again with the answers. State nothing about a store that the tools did not say. Give no score."
    );
    GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)])
        .with_description("A data store for a workload")
}
