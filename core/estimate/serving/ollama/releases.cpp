#include "core/estimate/serving/ollama/releases.h"

#include <algorithm>
#include <iterator>

#include "core/estimate/serving/ollama/image_graph.h"
#include "core/model/gguf_tensors.h"

namespace headroom::ollama {
namespace {

struct Build {
  std::string_view since, build;
};
// ollama LLAMA_CPP_VERSION, before 0.30 the vendored code's FETCH_HEAD (llama/), the newest first.
constexpr Build kBuilds[] = {{"0.32.15", "b10488"}, {"0.32.14", "b10434"}, {"0.32.10", "b10380"}, {"0.32.8", "b10353"},
                             {"0.32.6", "b10242"},  {"0.32.3", "b10091"},  {"0.32.2", "b10069"},  {"0.31.2", "b9888"},
                             {"0.31.0", "b9840"},   {"0.30.11", "b9781"},  {"0.30.10", "b9672"},  {"0.30.9", "b9626"},
                             {"0.30.6", "b9509"},   {"0.30.3", "b9493"},   {"0.30.2", "b9479"},   {"0.30", "b9409"},
                             {"0.13.2", "b7108"},   {"0.12.10", "b6840"},  {"0.12.4", "b6646"}};
constexpr std::string_view kOldest = "b5000";  // rules of before autumn 2025

struct Since {
  std::string_view architecture, release;
};
// fs/ggml/ggml.go OllamaEngineRequired, by tag.
constexpr Since kOwn[] = {
    {"gemma3", "0.6.0"},     {"mistral3", "0.6.5"},     {"llama4", "0.7.0"},       {"mllama", "0.7.0"},
    {"qwen25vl", "0.7.0"},   {"gemma3n", "0.10.0"},     {"gptoss", "0.11.0"},      {"gpt-oss", "0.11.0"},
    {"qwen3", "0.12.0"},     {"qwen3moe", "0.12.4"},    {"qwen3vl", "0.13.0"},     {"qwen3vlmoe", "0.13.0"},
    {"deepseek2", "0.13.0"}, {"deepseekocr", "0.13.0"}, {"bert", "0.14.0"},        {"nomic-bert", "0.14.0"},
    {"olmo3", "0.14.0"},     {"qwen3next", "0.15.5"},   {"glm4moelite", "0.15.5"}, {"glmocr", "0.15.5"},
    {"lfm2", "0.15.5"},      {"gemma4", "0.20.0"},      {"nemotron_h", "0.20.0"},  {"nemotron_h_moe", "0.20.0"},
    {"qwen35", "0.20.0"},    {"qwen35moe", "0.20.0"},   {"lfm2moe", "0.20.0"},     {"laguna", "0.24.0"}};
// Those that have a class in the engine and use it where OLLAMA_NEW_ENGINE is set (0.5.12 to 0.24).
constexpr std::string_view kOnRequest[] = {"llama", "qwen2", "gemma2", "phi3", "command-r"};
// fs/ggml/ggml.go FlashAttention, by tag.
constexpr Since kFlash[] = {
    {"gptoss", "0.11.0"},     {"gpt-oss", "0.11.0"},        {"gemma3", "0.12.6"},      {"qwen3", "0.12.6"},
    {"qwen3moe", "0.12.6"},   {"qwen3vl", "0.13.0"},        {"qwen3vlmoe", "0.13.0"},  {"bert", "0.13.5"},
    {"mistral3", "0.13.5"},   {"olmo3", "0.13.5"},          {"glm4moelite", "0.17.0"}, {"glmocr", "0.17.0"},
    {"lfm2", "0.17.0"},       {"qwen3next", "0.17.0"},      {"qwen35", "0.20.0"},      {"qwen35moe", "0.20.0"},
    {"nemotron_h", "0.20.0"}, {"nemotron_h_moe", "0.20.0"}, {"lfm2moe", "0.20.0"},     {"gemma4", "0.24.0"}};
// server/sched.go: families whose runner takes one sequence.
constexpr std::string_view kOneSlot[] = {"mllama",    "qwen3vl", "qwen3vlmoe", "qwen35",     "qwen35moe",
                                         "qwen3next", "lfm2",    "lfm2moe",    "nemotron_h", "nemotron_h_moe"};

struct Graph {
  std::string_view architecture;
  GraphRule rule;
};
// fs/ggml/ggml.go GraphSize (0.13).
constexpr Graph kGraphs[] = {{"llama", GraphRule::llama},
                             {"llama4", GraphRule::llama},
                             {"gemma", GraphRule::gemma},
                             {"gemma2", GraphRule::gemma},
                             {"command-r", GraphRule::command_r},
                             {"qwen2", GraphRule::qwen2},
                             {"phi2", GraphRule::phi2},
                             {"stablelm", GraphRule::stablelm},
                             {"deepseek2", GraphRule::deepseek2},
                             {"chatglm", GraphRule::chatglm},
                             {"gemma3", GraphRule::gemma},
                             {"gptoss", GraphRule::by_whole_cache},
                             {"gpt-oss", GraphRule::by_whole_cache}};

// model/models/*/model_vision.go and process_image.go.
constexpr std::int64_t kTwoMegapixels = 2 << 20, kOneMegapixel = 28 * 28 * 1280;
constexpr ImageEncoder kEncoders[] = {
    {.architecture = "gemma3"},
    {.architecture = "mistral3", .rmsNorms = true, .gated = true, .turning = Turning::by_parts},
    {.architecture = "qwen25vl",
     .size = PictureSize::pixels,
     .merge = 2,
     .pixels = kTwoMegapixels,
     .rmsNorms = true,
     .gated = true,
     .turning = Turning::by_kernel,
     .writtenOut = true},
    {.architecture = "qwen3vl",
     .size = PictureSize::pixels,
     .merge = 2,
     .pixels = kTwoMegapixels,
     .turning = Turning::by_parts},
    {.architecture = "mllama", .size = PictureSize::tiles, .keptStates = 5},
    {.architecture = "gemma4",
     .size = PictureSize::pixels,
     .merge = 3,
     .rmsNorms = true,
     .gated = true,
     .headNorms = true,
     .postNorms = true,
     .turning = Turning::by_halves}};
// Architectures whose towers are another one's (model/models/qwen3next/model.go).
struct Alias {
  std::string_view name, tower;
};
constexpr Alias kAliases[] = {{"qwen3vlmoe", "qwen3vl"}, {"qwen35", "qwen3vl"}, {"qwen35moe", "qwen3vl"}};

bool reached(const EngineVersion& release, std::string_view since) {
  const EngineVersion v = engineVersion(since);
  return !release.before(v.major, v.minor, v.patch);
}

template <std::size_t kCount>
bool listed(const Since (&rows)[kCount], const EngineVersion& release, std::string_view architecture) {
  return std::any_of(std::begin(rows), std::end(rows), [&](const Since& row) {
    return row.architecture == architecture && reached(release, row.release);
  });
}

}  // namespace

std::string_view architectureOf(std::string_view family) {
  constexpr std::string_view kConverted = "qwen2_5_vl";  // convert/convert_qwen25vl.go
  return family == kConverted ? "qwen25vl" : ggufArchitecture(family);
}

std::string_view llamaBuild(const EngineVersion& release) {
  if (!release.known) return {};
  for (const Build& row : kBuilds)
    if (reached(release, row.since)) return row.build;
  return kOldest;
}

bool runsLlamaServer(const EngineVersion& release) {
  return reached(release, "0.30");
}

bool ownEngine(const EngineVersion& release, std::string_view architecture, bool asked) {
  if (runsLlamaServer(release)) return false;
  if (listed(kOwn, release, architecture)) return true;
  return asked && reached(release, "0.5.12") &&
         std::find(std::begin(kOnRequest), std::end(kOnRequest), architecture) != std::end(kOnRequest);
}

bool usesFlash(const EngineVersion& release, std::string_view architecture, bool own) {
  if (runsLlamaServer(release)) return true;
  if (!own && reached(release, "0.13.4")) return true;  // llama.cpp's own "auto"
  return listed(kFlash, release, architecture);
}

// kvcache/causal.go: gpt-oss and Gemma 4 ask for 4096 cells so that a prompt's prefix can be kept (0.11, 0.20).
std::int64_t windowInstead(std::string_view architecture) {
  return architecture == "gptoss" || architecture == "gpt-oss" || architecture == "gemma4" ? 4096 : 0;
}

bool keepsWideValues(std::string_view architecture) {
  return architecture == "qwen3" || architecture == "qwen3moe";
}

GraphRule graphRuleOf(std::string_view architecture) {
  const auto row = std::find_if(std::begin(kGraphs), std::end(kGraphs),
                                [&](const Graph& g) { return g.architecture == architecture; });
  return row == std::end(kGraphs) ? GraphRule::by_cache : row->rule;
}

bool predictsOwnEngine(const EngineVersion& release) {
  return !reached(release, "0.11.11");
}

bool reservesImage(const EngineVersion& release) {
  return release.known && !release.before(0, 7, 1);
}

std::optional<ImageEncoder> imageEncoder(const EngineVersion& release, std::string_view architecture) {
  for (const Alias& a : kAliases)
    if (a.name == architecture) architecture = a.tower;
  const auto* const row = std::find_if(std::begin(kEncoders), std::end(kEncoders),
                                       [&](const ImageEncoder& e) { return e.architecture == architecture; });
  if (row == std::end(kEncoders)) return std::nullopt;
  ImageEncoder out = *row;
  // model/models/qwen25vl/process_image.go: twice as many pixels since 0.13.2.
  if (out.writtenOut && release.before(0, 13, 2)) out.pixels = kOneMegapixel;
  return out;
}

bool oneSlot(std::string_view architecture) {
  return std::find(std::begin(kOneSlot), std::end(kOneSlot), architecture) != std::end(kOneSlot);
}

}  // namespace headroom::ollama
