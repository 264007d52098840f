//! The protocol's methods → the work of a tool, a resource or a prompt, each on a blocking thread.

use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, GetPromptRequestParams, GetPromptResponse,
    Implementation, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};

use super::desk::{Desk, Office};
use super::refusal::quoted;
use super::{prompts, resources, tools};

/// What an assistant should know before it calls anything.
const INSTRUCTIONS: &str = "adr-lens reads architecture decision records and holds each choice of a data store against a decision framework. \
    Everything it says has a place in the record or a source in the framework: quote them, and add nothing of your own to them. It answers \
    only from what a record says: silence is a question, not a finding. Paths are those of the folders it was started for. It changes no \
    file.";

pub(super) struct Handler {
    pub office: Arc<Office>,
}

impl Handler {
    /// Works on a thread that may block. A panic is an error of that call, and of no other.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> Result<T, ErrorData> + Send + 'static,
    ) -> Result<T, ErrorData> {
        let office = self.office.clone();
        match tokio::task::spawn_blocking(move || work(&office.desk())).await {
            Ok(done) => done,
            Err(_) => Err(ErrorData::internal_error(
                "the call failed inside adr-lens; please report it",
                None,
            )),
        }
    }
}

/// Everything is listed at once: there is no second page.
fn first_page(asked: Option<&PaginatedRequestParams>) -> Result<(), ErrorData> {
    match asked.and_then(|asked| asked.cursor.as_ref()) {
        None => Ok(()),
        Some(cursor) => Err(ErrorData::invalid_params(
            format!("no page begins at `{}`", quoted(cursor)),
            None,
        )),
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_prompts()
            .build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("adr-lens", env!("CARGO_PKG_VERSION")).with_title("adr-lens"))
            .with_instructions(INSTRUCTIONS)
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        tools::OFFERS
            .iter()
            .map(|offer| (offer.tool)())
            .find(|tool| tool.name == name)
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        first_page(request.as_ref())?;
        let tools = tools::OFFERS.iter().map(|offer| (offer.tool)()).collect();
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let offer = tools::OFFERS.iter().find(|offer| (offer.tool)().name == request.name);
        let Some(offer) = offer else {
            return Err(ErrorData::invalid_params(
                format!("no tool is called `{}`", quoted(&request.name)),
                None,
            ));
        };
        let (run, arguments) = (offer.run, request.arguments.unwrap_or_default());
        let result = self.work(move |desk| {
            let refused =
                |refusal: super::refusal::Refusal| CallToolResult::error(vec![ContentBlock::text(refusal.to_string())]);
            Ok(run(desk, arguments)
                .and_then(|result| desk.sound().map(|()| result))
                .unwrap_or_else(refused))
        });
        result.await.map(CallToolResponse::from)
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        first_page(request.as_ref())?;
        let listed = self.work(|desk| Ok(resources::list(desk))).await?;
        Ok(ListResourcesResult::with_all_items(listed))
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        first_page(request.as_ref())?;
        Ok(ListResourceTemplatesResult::with_all_items(resources::templates()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let read = self.work(move |desk| resources::read(&request.uri, desk)).await?;
        Ok(ReadResourceResponse::from(read))
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        first_page(request.as_ref())?;
        Ok(ListPromptsResult::with_all_items(prompts::list()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let written = self
            .work(move |desk| prompts::get(&request.name, &arguments, desk))
            .await?;
        Ok(GetPromptResponse::from(written))
    }
}
