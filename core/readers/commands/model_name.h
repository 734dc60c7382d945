// The model that a command names, as a scenario names it. Internal to core/readers.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/readers/reading.h"

namespace headroom {

struct ModelOfName {
  nlohmann::ordered_json reference;  // what stands under "model"
  std::string weights;               // the format the name says; empty: as the checkpoint
  std::vector<Remark> remarks;
  bool catalogue = false;  // the reference is a model of the catalogue
};

// Who will load it decides what a bare name means.
enum class Loader {
  hub,     // vLLM, SGLang: a hub id, or a folder
  gguf,    // llama.cpp: a GGUF file, or a hub's repository of them, ":Q4_K_M" behind it
  ollama,  // Ollama: its library's name, or hf.co/…
};

// Paths that are not on this machine and other publishers' copies of a catalogue's model are taken for that model where
// their names say so, with a remark; a repository that says it is quantized never is. Never asks the network.
ModelOfName namedModel(std::string_view name, Loader loader, std::string_view revision = {});

// The GGUF file type a file's name or a tag says ("Qwen3-8B-Q4_K_M.gguf", "8b-instruct-q4_K_M"); nothing where it says
// none.
std::optional<std::string> ggufTypeIn(std::string_view name);

// Whether a repository's name says that it is stored quantized; such a one is never its base.
bool saysQuantized(std::string_view name);

}  // namespace headroom
