// Formats Lua with StyLua, or with --check tells what is not formatted: format.mjs FOLDER-OF-@johnnymorganz/stylua [--check] FILE...
// The settings are those of editors/neovim/stylua.toml.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, ...rest] = process.argv.slice(2);
const { Config, IndentType, OutputVerification, formatCode } = createRequire(`${modules}/`)("@johnnymorganz/stylua");
const check = rest[0] === "--check";
const files = check ? rest.slice(1) : rest;
const settings = readFileSync(new URL("../../../editors/neovim/stylua.toml", import.meta.url), "utf8");
const value = (key) => settings.match(new RegExp(`^${key} = "?([^"\n]+)"?$`, "m"))[1];

function formatted(code) {
  const config = Config.new();
  config.column_width = Number(value("column_width"));
  config.indent_width = Number(value("indent_width"));
  config.indent_type = IndentType[value("indent_type")];
  return formatCode(code, config, undefined, OutputVerification.Full);
}

let wrong = 0;
for (const file of files) {
  const code = readFileSync(file, "utf8");
  const better = formatted(code);
  if (better === code) continue;
  wrong += 1;
  if (check) console.log(`not formatted: ${file}`);
  else writeFileSync(file, better);
}
console.log(`${files.length} files of Lua, ${wrong} ${check ? "not formatted" : "formatted"}`);
process.exit(check && wrong > 0 ? 1 : 0);
