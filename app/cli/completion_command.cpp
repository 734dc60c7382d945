// headroom-cli completion: what a shell needs to complete the command line, made of the commands' own options.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/command.h"
#include "core/base/result.h"
#include "core/hardware/accelerator.h"
#include "core/open/catalogue.h"

namespace headroom {
namespace {

struct Completed {
  std::string command, summary;
  std::vector<std::string> flags;  // with their dashes
};

std::vector<Completed> allCompleted() {
  std::vector<Completed> out;
  for (const auto& c : allCommands()) {
    Options options(c->name());
    c->addOptions(options);
    out.push_back({std::string(c->name()), std::string(c->summary()), options.flags()});
  }
  return out;
}

std::vector<std::string> modelIds() {
  std::vector<std::string> ids;
  for (const CatalogueEntry& e : modelCatalogue()) ids.push_back(e.id);
  return ids;
}

std::vector<std::string> acceleratorIds() {
  std::vector<std::string> ids;
  for (const Accelerator& a : accelerators()) ids.push_back(a.id);
  return ids;
}

std::string bash() {
  std::string cases;
  std::vector<std::string> names;
  for (const Completed& c : allCompleted()) {
    names.push_back(c.command);
    cases += fmt::format("    {}) words=\"{}\" ;;\n", c.command, fmt::join(c.flags, " "));
  }
  return fmt::format(R"(_headroom_cli() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{} --help --version" -- "$word"))
    return
  fi
  case $before in
    --model) words="{}" ;;
    --gpu) words="{}" ;;
  esac
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
{}  esac
  case $word in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}}
complete -o filenames -F _headroom_cli headroom-cli
)",
                     fmt::join(names, " "), fmt::join(modelIds(), " "), fmt::join(acceleratorIds(), " "), cases);
}

std::string zsh() {
  // bash's own, which zsh reads through bashcompinit.
  return "autoload -U +X bashcompinit && bashcompinit\n" + bash();
}

// In single quotes, as fish reads them.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish() {
  std::string out;
  for (const Completed& c : allCompleted()) {
    out +=
        fmt::format("complete -c headroom-cli -n __fish_use_subcommand -f -a {} -d {}\n", c.command, quoted(c.summary));
    for (const std::string& flag : c.flags) {
      const std::string values = flag == "--model" ? fmt::format("{}", fmt::join(modelIds(), " "))
                                 : flag == "--gpu" ? fmt::format("{}", fmt::join(acceleratorIds(), " "))
                                                   : std::string();
      out += fmt::format("complete -c headroom-cli -n '__fish_seen_subcommand_from {}' -l {}{}\n", c.command,
                         flag.substr(2), values.empty() ? "" : " -r -a " + quoted(values));
    }
  }
  return out;
}

class CompletionCommand : public Command {
 public:
  std::string_view name() const override { return "completion"; }
  std::string_view summary() const override { return "A script that completes this command line in a shell."; }
  std::string_view examples() const override {
    return "source <(headroom-cli completion bash)\n"
           "headroom-cli completion fish > ~/.config/fish/completions/headroom-cli.fish";
  }
  void addOptions(Options& options) override { options.argument("SHELL", shell_, "bash, zsh or fish", true); }

  Result<int> run(Streams& streams) override {
    if (shell_ != "bash" && shell_ != "zsh" && shell_ != "fish")
      return fail(ErrorCode::usage, "bash, zsh and fish are known, not '" + shell_ + "'.", "SHELL");
    streams.out << (shell_ == "bash" ? bash() : shell_ == "zsh" ? zsh() : fish());
    return kDone;
  }

 private:
  std::string shell_;
};

}  // namespace

std::unique_ptr<Command> makeCompletionCommand() {
  return std::make_unique<CompletionCommand>();
}

}  // namespace headroom
