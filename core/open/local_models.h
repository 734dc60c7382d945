// Models that are already on this machine's disk: what Hugging Face, Ollama, LM Studio and llama.cpp have downloaded.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"

namespace headroom {

enum class LocalStore { hugging_face, ollama, lm_studio, llama_cpp };
std::string_view nameOf(LocalStore store);  // "Hugging Face cache", "Ollama", …

struct LocalModel {
  LocalStore store{};
  std::string name;  // "Qwen/Qwen3-8B", "llama3.1:8b", "publisher/repo/file.gguf"
  std::string path;  // what modelFromFile() opens: a folder or a GGUF file
  Bytes size;        // of its weight files
};

// The folders to look in; empty ones are skipped.
struct LocalFolders {
  std::vector<std::string> huggingFace;  // …/huggingface/hub
  std::vector<std::string> ollama;       // …/.ollama/models
  std::vector<std::string> lmStudio;     // …/.lmstudio/models
  std::vector<std::string> llamaCpp;     // …/llama.cpp
};

// The folders these programs use: HF_HUB_CACHE, HF_HOME, OLLAMA_MODELS, LLAMA_CACHE and their defaults below HOME and
// XDG_CACHE_HOME (huggingface_hub constants.py 0.35; ollama envconfig; lmstudio docs; llama.cpp common/common.cpp).
LocalFolders localFoldersFromEnvironment();

// Every model found, by store and name. Folders that are missing or cannot be read are passed over; at most
// kMaxLocalModels are returned, because a folder may hold anything.
constexpr std::size_t kMaxLocalModels = 2000;
// Asked to stop, returns what it has found until then.
std::vector<LocalModel> localModels(const LocalFolders& folders, const std::stop_token& stop = {});

}  // namespace headroom
