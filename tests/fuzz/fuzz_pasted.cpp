// Any text as a server's command, an Ollama Modelfile or a server's log ends in a reading or in an error.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"
#include "core/readers/logs/log_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto current = headroom::readScenario(R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B"})", "");
  (void)headroom::readLaunchCommand(text);
  (void)headroom::readModelfile(text);
  (void)headroom::readLog(text, "fuzz");
  (void)headroom::pasteCommand(current.value(), text);
  return 0;
}
