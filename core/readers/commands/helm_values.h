// What `helm install|upgrade` tells a chart in the command itself. Internal to core/readers/commands.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "core/readers/commands/server_call.h"
#include "core/readers/commands/shell_words.h"

namespace headroom {

// The values of --set, --set-string and --set-json, and of the files that the script itself holds (-f - <<EOF), as one
// object; null where the command installs no chart.
nlohmann::ordered_json helmValues(const ShellCommand& command, const ShellScript& script);

// The start of a chart that is called by its engine, where the values are settings of that engine under names of their
// own: "maxModelLen", "model.tensorParallelSize", a variable QUANTIZATION.
std::optional<ServerCall> callOfChart(const nlohmann::ordered_json& values, const ShellCommand& command);

// A chart's values alone, whose image or section says which engine they are for; nothing where they name no model.
std::optional<ServerCall> callOfValues(const nlohmann::ordered_json& values);

}  // namespace headroom
