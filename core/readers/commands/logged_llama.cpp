// src/llama-context.cpp, llama-model.cpp, llama-model-loader.cpp, llama-kv-cache.cpp (2024 to 2026), and llama.cpp's
// one file of before.
#include "core/readers/commands/logged_llama.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/printable.h"
#include "core/numerics/gguf_file_type.h"
#include "core/readers/commands/server_call.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/recipes/recipe_reader.h"

namespace headroom {
namespace {

// The text behind the last of the words, up to the line's end; empty where they do not stand.
std::string_view behind(std::string_view text, std::string_view words) {
  const std::size_t at = text.rfind(words);
  if (at == text.npos) return {};
  text.remove_prefix(at + words.size());
  return text.substr(0, text.find_first_of("\r\n"));
}

// What follows the words behind blanks and "=".
std::string_view valueBehind(std::string_view text, std::string_view words) {
  std::string_view value = behind(text, words);
  value.remove_prefix(std::min(value.find_first_not_of(" ="), value.size()));
  return trimmed(value);
}

std::string digitsOf(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" ="), text.size()));
  return std::string(text.substr(0, text.find_first_not_of("0123456789")));
}

std::string modelOf(std::string_view text) {
  std::string_view line = behind(text, "load_model: loading model '");
  if (line.empty()) {
    line = behind(text, "llama_model_loader: loaded meta data with ");
    const std::size_t from = line.find(" tensors from ");
    line = from == line.npos ? std::string_view() : line.substr(from + 14);
    line = line.substr(0, line.find(" (version"));
  }
  if (line.empty()) line = behind(text, "failed to create context with model '");
  if (line.empty()) line = behind(text, "llama.cpp: loading model from ");
  // A blob of Ollama's has no name.
  if (line.find("/blobs/sha256") != line.npos) return {};
  return std::string(line.substr(0, line.find('\'')));
}

// The arguments that a router prints of a server it starts, one a line: "srv          load:   --ctx-size".
std::vector<std::string> loadedArguments(std::string_view text) {
  std::vector<std::string> out;
  eachLine(text, [&](std::string_view line) {
    const std::size_t at = line.find(" load:   ");
    if (at == line.npos || line.find("srv") == line.npos) return;
    const std::string_view word = trimmed(line.substr(at + 9));
    if (!word.empty() && word.find(' ') == word.npos) out.emplace_back(word);
  });
  // Cut off behind an option's name.
  while (!out.empty() && out.size() > 1 && out.back().starts_with("--")) out.pop_back();
  return out;
}

// The file's type by "model ftype = Q5_K - Medium", "file type = IQ4_XS - 4.25 bpw" or by its number.
std::string typeOf(std::string_view text) {
  std::string_view word = valueBehind(text, "model ftype ");
  if (word.empty()) word = valueBehind(text, "print_info: file type ");
  const std::size_t dash = word.find(" - ");
  std::string name(word.substr(0, dash));
  if (dash != word.npos && name.ends_with("_K"))
    for (const auto& [size, end] : {std::pair{"Small", "_S"}, {"Medium", "_M"}, {"Large", "_L"}})
      if (word.substr(dash).find(size) != word.npos) name += end;
  const std::string number = digitsOf(valueBehind(text, "general.file_type u32 "));
  for (const GgufFileTypeInfo& type : allGgufFileTypes())
    if (type.name == name || (name.empty() && !number.empty() && std::to_string(static_cast<int>(type.type)) == number))
      return std::string(type.name);
  return {};
}

void addContext(std::string_view text, std::vector<std::string>& arguments) {
  constexpr std::pair<std::string_view, std::string_view> kNumbers[] = {
      {": n_ctx ", "-c"}, {": n_batch ", "-b"}, {": n_ubatch ", "-ub"}, {": n_seq_max ", "-np"}};
  for (const auto& [words, option] : kNumbers)
    if (std::string number = digitsOf(behind(text, words)); !number.empty())
      arguments.insert(arguments.end(), {std::string(option), std::move(number)});
  // Without debug lines only a length below the trained one is said: "n_ctx_seq (131072) < n_ctx_train (262144)". All
  // cells stand in the cache's own line where it is there.
  if (text.find(": n_ctx ") == text.npos)
    for (const std::string_view words :
         {"init: kv_size = ", "n_ctx_seq (", "n_ctx_per_seq (", "internal: n_ctx ", "and context length '"})
      if (std::string number = digitsOf(behind(text, words)); !number.empty()) {
        arguments.insert(arguments.end(), {"-c", std::move(number)});
        break;
      }
  // "llama_kv_cache: size = 23480.00 MiB (150272 cells, 40 layers, 1/1 seqs), …" of one sequence
  if (const std::string_view cells = behind(text, "llama_kv_cache: size = ");
      text.find(": n_ctx ") == text.npos && std::ranges::find(arguments, "-c") == arguments.end() &&
      cells.find(" 1/1 seqs") != cells.npos)
    if (std::string number = digitsOf(cells.substr(std::min(cells.find('(') + 1, cells.size()))); !number.empty())
      arguments.insert(arguments.end(), {"-c", std::move(number)});
  // "initializing, n_slots = 4, n_ctx_slot = 4096, kv_unified = 'true'": of one cache for all, or of one slot
  if (const std::string_view slots = behind(text, "load_model: initializing, n_slots = ");
      std::ranges::find(arguments, "-c") == arguments.end() &&
      (slots.starts_with("1,") || slots.find("'true'") != slots.npos))
    if (std::string length = digitsOf(behind(slots, "n_ctx_slot = ")); !length.empty())
      arguments.insert(arguments.end(), {"-c", std::move(length)});
  if (text.find("n_slots=1\n") != text.npos)
    if (std::string slot = digitsOf(behind(text, "n_ctx_slot")); !slot.empty() && text.find(": n_ctx ") == text.npos)
      arguments.insert(arguments.end(), {"-c", std::move(slot)});
  if (const std::string_view flash = valueBehind(text, ": flash_attn "); !flash.empty())
    arguments.insert(arguments.end(), {"-fa", flash.front() == '0' || flash.starts_with("disabled") ? "off"
                                              : flash.starts_with("auto")                           ? "auto"
                                                                                                    : "on"});
  if (valueBehind(text, ": kv_unified ").starts_with("true")) arguments.emplace_back("--kv-unified");
  if (std::string layers = digitsOf(behind(text, "load_tensors: offloaded ")); !layers.empty())
    arguments.insert(arguments.end(), {"-ngl", std::move(layers)});
  // ik_llama.cpp's compressed cache is one of keys: "c^KV (f16): 10980.00 MiB".
  const bool compressed = text.find("c^KV (") != text.npos;
  for (const auto& [words, option] : {std::pair{compressed ? "c^KV (" : " K (", "-ctk"}, {" V (", "-ctv"}}) {
    if (compressed && option == std::string_view("-ctv")) continue;
    const std::string_view format = behind(text, words);
    const std::size_t end = format.find("):");
    if (end != format.npos && end < 12) arguments.insert(arguments.end(), {option, std::string(format.substr(0, end))});
  }
}

// The model by the name its file gives it, and its file's type.
void sayModel(Reading& reading, const std::string& id, const std::string& type) {
  nlohmann::ordered_json scenario = nlohmann::ordered_json::parse(reading.scenario, nullptr, false);
  if (!scenario.is_object()) return;
  if (!id.empty()) scenario["model"] = id;
  if (!type.empty()) scenario["precision"]["weights"] = type;
  reading.scenario = jsonText(scenario, 2);
}

// What was placed by name or on the processor, of lines that say it tensor by tensor and layer by layer.
void notePlaces(std::string_view text, Reading& reading) {
  std::size_t named = 0, layers = 0, host = 0;
  eachLine(text, [&](std::string_view line) {
    if (line.find("buffer type overrid") != line.npos) ++named;
    const std::size_t assigned = line.find(" assigned to device ");
    if (assigned == line.npos || line.find("layer ") == line.npos) return;
    ++layers, host += line.substr(assigned + 20).starts_with("CPU") ? 1 : 0;
  });
  if (const std::string_view total = valueBehind(text, "\n  Total: ");
      !total.empty() && text.find("[LM Studio]") != text.npos)
    reading.remarks.push_back(
        {"log", Severity::note,
         fmt::format("LM Studio expected {} for the model and {} for its context before it loaded.",
                     printable(valueBehind(text, "\n  Model: "), 40),
                     printable(valueBehind(text, "\n  Context: "), 40))});
  if (named > 0) reading.leftOut.push_back({fmt::format("{} tensors that were placed by name", named), true});
  if (layers > 0)
    reading.remarks.push_back({"layers-placed", Severity::note,
                               fmt::format("Of {} layers that the log lists, {} are on the processor.", layers, host)});
}

}  // namespace

std::optional<Reading> loggedLlama(std::string_view text) {
  constexpr std::string_view kLines[] = {"print_info: ",
                                         "llm_load_print_meta: ",
                                         "llama_model_loader: - kv ",
                                         "load_tensors: ",
                                         "llama_kv_cache",
                                         "llama_context: ",
                                         "buffer type overrid",
                                         "common_fit_params: ",
                                         "llama_params_fit",
                                         "llama_model_load_internal: ",
                                         "load_model: initializing, n_slots",
                                         "] [LM Studio] ",
                                         " srv          load:   --"};
  const bool part = std::ranges::any_of(kLines, [text](std::string_view l) { return text.find(l) != text.npos; });
  const std::string model = modelOf(text);
  if (model.empty() && text.find(": n_ctx ") == text.npos && !part) return std::nullopt;
  ServerCall call;
  call.engine = "llama.cpp", call.program = "log", call.server = false, call.modelElsewhere = model.empty();
  if (!model.empty()) call.arguments = {"-m", model};
  const std::vector<std::string> loaded = model.empty() ? loadedArguments(text) : std::vector<std::string>();
  call.arguments.insert(call.arguments.end(), loaded.begin(), loaded.end());
  addContext(text, call.arguments);
  // The name its file gives the model.
  std::string name(valueBehind(text, "general.name "));
  if (name.starts_with("str "))
    name = trimmed(std::string_view(name).substr(std::min(name.find('=') + 1, name.size())));
  const std::string id = model.empty() && !name.empty() ? recipes::catalogueNameOf(name) : std::string();
  Result<Reading> reading = readServerCall(call);
  if (!reading) return std::nullopt;
  if (model.empty()) sayModel(*reading, id, typeOf(text));
  if (model.empty() && !name.empty() && id.empty())
    reading->remarks.push_back(
        {"unknown-model", Severity::warning,
         fmt::format("The log's model is called {}, which is not known here.", printable(name, 100))});
  notePlaces(text, *reading);
  return std::move(*reading);
}

}  // namespace headroom
