#include <fmt/format.h>

#include <algorithm>

#include "core/readers/commands/command_forms.h"
#include "core/readers/commands/launch_command.h"

namespace headroom {
namespace {

// Whether one of the words may be a model's name or an option.
bool named(const std::vector<std::string>& words) {
  return std::ranges::any_of(
      words, [](const std::string& w) { return w.find_first_of("0123456789/-_.$<[{\\") != std::string::npos; });
}

bool plainWord(const std::string& word) {
  return !word.empty() && std::ranges::all_of(word, [](unsigned char c) { return std::isalpha(c) != 0; });
}

// "than what vllm serve defaults to", "trtllm-serve crashes because of --tp 8": plain words of a sentence are no
// model's name. Of Ollama's library some are.
bool isProse(const ServerCall& call) {
  const std::vector<std::string>& words = call.arguments;
  if (!call.positional || call.engine == "ollama" || words.empty()) return false;
  if (words.size() > 1 && plainWord(words[0]) && plainWord(words[1])) return true;
  // "with `vllm serve`."
  const std::string& first = words[0];
  const bool path = first.size() < 2 || first.find('/') != first.npos;
  if (!path && (first.front() == '`' || first.back() == '.' ||
                std::ranges::any_of(first, [](unsigned char c) { return c >= 0x80; })))
    return true;
  // "vllm serve --plan-only path now builds"
  for (std::size_t i = 0; i + 2 < words.size(); ++i)
    if (plainWord(words[i]) && plainWord(words[i + 1]) && plainWord(words[i + 2])) return true;
  // "`vllm serve` command/flags that work"
  const bool options = std::ranges::any_of(words, [](const std::string& w) { return w.starts_with('-'); });
  if (words.size() > 2 && !options && plainWord(words[1]) && plainWord(words[2])) return true;
  return call.engine == "vllm" && call.environment.empty() && words.size() < 8 && !named(words);
}

}  // namespace

Result<Reading> readLaunchCommand(std::string_view command) {
  Result<FoundCalls> found = findCalls(command);
  if (!found) return tl::unexpected(found.error());
  std::optional<Reading> first;
  std::optional<Error> error;
  bool bare = true;
  for (const ServerCall& call : found->calls) {
    Result<Reading> reading =
        isProse(call) ? Result<Reading>(fail(ErrorCode::unknown_name, "No model is named.")) : readServerCall(call);
    if (!reading) {
      // A program that a sentence names: "while llama-server is slower".
      const bool told =
          std::ranges::any_of(call.arguments, [](const std::string& word) { return word.starts_with('-'); });
      if (!error || told) error = reading.error();
      bare = bare && !told;
      continue;
    }
    if (!found->form.empty()) reading->recognised += ", " + found->form;
    if (!first)
      first = std::move(*reading);
    else
      first->others.push_back(std::move(*reading));
  }
  if (!first) return tl::unexpected(*error);
  for (const std::string& note : found->notes) first->remarks.push_back({"command", Severity::note, note});
  if (error && !bare) first->remarks.push_back({"other-server", Severity::warning, error->text()});
  if (!first->others.empty())
    first->remarks.push_back({"several-servers", Severity::warning,
                              fmt::format("The text starts {} servers; the first is taken, and the others do not "
                                          "count into its memory.",
                                          first->others.size() + 1)});
  return std::move(*first);
}

}  // namespace headroom
