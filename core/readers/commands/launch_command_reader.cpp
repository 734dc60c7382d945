#include <fmt/format.h>

#include <algorithm>

#include "core/readers/commands/command_forms.h"
#include "core/readers/commands/launch_command.h"

namespace headroom {

Result<Reading> readLaunchCommand(std::string_view command) {
  Result<FoundCalls> found = findCalls(command);
  if (!found) return tl::unexpected(found.error());
  std::optional<Reading> first;
  std::optional<Error> error;
  for (const ServerCall& call : found->calls) {
    Result<Reading> reading = readServerCall(call);
    if (!reading) {
      if (!error) error = reading.error();
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
  if (error) first->remarks.push_back({"other-server", Severity::warning, error->text()});
  if (!first->others.empty())
    first->remarks.push_back({"several-servers", Severity::warning,
                              fmt::format("The text starts {} servers; the first is taken, and the others do not "
                                          "count into its memory.",
                                          first->others.size() + 1)});
  return std::move(*first);
}

}  // namespace headroom
