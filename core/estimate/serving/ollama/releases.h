// What a release of Ollama runs a model with: llama.cpp of a certain build, as a vendored runner or as llama-server, or
// its own engine over ggml.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/scenario/engine_version.h"

namespace headroom::ollama {

// The llama.cpp build a release brings, as llama.cpp's own rules read it; the newest for an unknown release.
std::string_view llamaBuild(const EngineVersion& release);
// The build whose rules its runner follows: before 0.30 it asks for masks in fp32, the logits of every token and
// windows of full size, as llama.cpp did until autumn 2025.
std::string_view rulesOf(const EngineVersion& release);

// Since 0.30 an unmodified llama-server process; before it a runner inside Ollama.
bool runsLlamaServer(const EngineVersion& release);

// Whether the release runs a GGUF architecture with its own engine, and whether it turns flash attention on for it.
bool ownEngine(const EngineVersion& release, std::string_view architecture, bool asked);
bool usesFlash(const EngineVersion& release, std::string_view architecture, bool own);

// Cells that a windowed layer of the own engine keeps instead of its window; 0: the window.
std::int64_t windowInstead(std::string_view architecture);

// Whose formula its scheduler predicts a compute graph by (fs/ggml/ggml.go GraphSize); others by their cache.
enum class GraphRule : std::uint8_t { llama, gemma, command_r, qwen2, phi2, stablelm, deepseek2, chatglm, by_cache };
GraphRule graphRuleOf(std::string_view architecture);

// Architectures that take one request at a time whatever is asked.
bool oneSlot(std::string_view architecture);

}  // namespace headroom::ollama
