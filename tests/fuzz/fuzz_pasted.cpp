// Any text as whatever people paste, a command, an Ollama Modelfile or a log among it, ends in a reading or in an
// error.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"
#include "core/readers/logs/log_reader.h"
#include "core/readers/recognise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto current = headroom::readScenario(R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B"})", "");
  (void)headroom::readLaunchCommand(text);
  (void)headroom::readModelfile(text);
  (void)headroom::readLog(text, "fuzz");
  (void)headroom::pasteCommand(current.value(), text);
  (void)headroom::recognise(text, "fuzz");
  return 0;
}
