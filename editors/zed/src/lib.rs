//! Starts the language server of adr-lens in Zed, and hands it the user's settings. It downloads nothing: the program is the one that
//! the settings name, or the one on the `PATH` of the project.

use zed_extension_api::{self as zed, serde_json, settings::LspSettings, LanguageServerId, Result, Worktree};

const SERVER: &str = "adr-lens";

struct AdrLens;

impl zed::Extension for AdrLens {
    fn new() -> Self {
        AdrLens
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<zed::Command> {
        let binary = LspSettings::for_worktree(SERVER, worktree)?.binary;
        let (path, arguments, env) =
            binary.map_or((None, None, None), |binary| (binary.path, binary.arguments, binary.env));
        let command = path.or_else(|| worktree.which(SERVER)).ok_or_else(|| {
            "adr-lens is not on the PATH: build it (cargo build --release --locked) and put it there, or name it in the settings \
             under lsp.adr-lens.binary.path"
                .to_owned()
        })?;
        Ok(zed::Command {
            command,
            args: arguments.unwrap_or_else(|| vec!["lsp".to_owned()]),
            env: env.map(|env| env.into_iter().collect()).unwrap_or_default(),
        })
    }

    fn language_server_initialization_options(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(SERVER, worktree)?.initialization_options)
    }

    fn language_server_workspace_configuration(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(SERVER, worktree)?.settings)
    }
}

zed::register_extension!(AdrLens);
