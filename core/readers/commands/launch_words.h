// What the writers of commands share, and the engines whose start is more than a line of options. Internal to
// core/readers/commands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.h"

namespace headroom {

// A word as a POSIX shell reads it back.
std::string quotedForShell(const std::string& word);

class Words {
 public:
  explicit Words(std::string start) : text_(std::move(start)) {}
  Words& add(std::string_view option, const std::string& value);
  Words& add(std::string_view option, std::int64_t value) { return add(option, std::to_string(value)); }
  Words& flag(std::string_view option);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// The name a server loads the model, or its draft, by; empty where there is none.
std::string modelName(const Scenario& s);
std::string draftName(const Scenario& s);

// The tag of the GGUF file the weights mean: -hf without one loads Q4_K_M (common/arg.cpp, 2026-08), which is not what
// a scenario without a format means. Empty where the checkpoint has a layout of its own (gpt-oss' MXFP4).
std::string ggufTag(const Scenario& s);
// "f16", "q8_0": a cache's format as ggml spells it.
std::string ggmlWord(NumberFormat format);
// An option's value as text: true, 7, 0.9, a word, JSON.
std::string valueText(const AskedOption& option);

// An Ollama Modelfile with the server's variables above it.
std::string modelfile(const Scenario& s, const std::string& model, std::vector<std::string>& notes);
// `trtllm-serve`, with the file of its --config before it where something is said in no option.
std::string trtllmServe(const Scenario& s, const std::string& model, std::vector<std::string>& notes);
// `mlx_lm.server`, or `mlx_lm.generate` where only that has an option.
std::string mlxServer(const Scenario& s, const std::string& model, std::vector<std::string>& notes);

}  // namespace headroom
