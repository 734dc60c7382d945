// What a release of Ollama runs a model with: llama.cpp of a certain build, as a vendored runner or as llama-server, or
// its own engine over ggml.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/scenario/engine_version.h"

namespace headroom::ollama {

// The llama.cpp build a release brings, as llama.cpp's own rules read it; the newest for an unknown release.
std::string_view llamaBuild(const EngineVersion& release);
// What it calls a model's architecture: as llama.cpp does, but for those it converts by itself.
std::string_view architectureOf(std::string_view family);

// Since 0.30 an unmodified llama-server process; before it a runner inside Ollama.
bool runsLlamaServer(const EngineVersion& release);

// Whether the release runs a GGUF architecture with its own engine, and whether it turns flash attention on for it.
bool ownEngine(const EngineVersion& release, std::string_view architecture, bool asked);
bool usesFlash(const EngineVersion& release, std::string_view architecture, bool own);

// Cells that a windowed layer of the own engine keeps instead of its window; 0: the window.
std::int64_t windowInstead(std::string_view architecture);

// The library's quantized files of the architecture keep the matrices of values in 16 bit: they were made by releases
// 0.6.6 to 0.6.8, whose server/quantization.go passed over every name with "v." in it.
bool keepsWideValues(std::string_view architecture);

// Whose formula its scheduler predicts a compute graph by (fs/ggml/ggml.go GraphSize); others by their cache.
enum class GraphRule : std::uint8_t {
  llama,
  gemma,
  command_r,
  qwen2,
  phi2,
  stablelm,
  deepseek2,
  chatglm,
  by_cache,
  by_whole_cache
};
GraphRule graphRuleOf(std::string_view architecture);

// Its own engine is placed by such a prediction too, and its log prints it, until its scheduler asks the engine itself
// (OLLAMA_NEW_ESTIMATES, usual since 0.11.11).
bool predictsOwnEngine(const EngineVersion& release);

// Architectures that take one request at a time whatever is asked.
bool oneSlot(std::string_view architecture);

}  // namespace headroom::ollama
