// What a command means as a whole, once all its words are read.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/json_text.h"
#include "core/base/printable.h"
#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"
#include "core/readers/commands/argument_reader.h"
#include "core/readers/commands/model_name.h"
#include "core/readers/scenario_check.h"

namespace headroom {

void ArgumentReader::finishModel() {
  const bool gguf = call_.engine == "llama.cpp" || call_.engine == "koboldcpp";
  const Loader loader = call_.library || call_.engine == "ollama" ? Loader::ollama : gguf ? Loader::gguf : Loader::hub;
  std::string name = model_;
  if (name.starts_with('$') || (name.starts_with('%') && name.ends_with('%')))
    remark("unknown-model", Severity::warning,
           fmt::format("The model is {}, which the text sets to nothing.", printable(name, 100)));
  if (gguf && !file_.empty() && name.find(':') == name.npos) {
    // -hf REPOSITORY --hf-file FILE; old builds took -hfr and -hff
    out_["model"] = {{"hub", fmt::format("{}/blob/{}/{}", name, revision_.empty() ? "main" : revision_, file_)},
                     {"revision", revision_.empty() ? "main" : revision_}};
    return;
  }
  ModelOfName named = namedModel(name, loader, revision_);
  out_["model"] = std::move(named.reference);
  for (Remark& r : named.remarks) reading_.remarks.push_back(std::move(r));
  if (!named.weights.empty()) out_["precision"]["weights"] = named.weights;
  if (weightsAsked_.empty()) return;
  // A checkpoint that was quantized says so itself, and more exactly; one that was not is quantized while it loads.
  const bool needsCheckpoint =
      weightsAsked_ == "checkpoint" || weightsAsked_ == "awq-int4" || weightsAsked_ == "gptq-int4";
  if (named.catalogue && weightsAsked_ == "checkpoint")
    remark("assumed-format", Severity::warning,
           fmt::format("Which checkpoint of {} is served is not said; its weights are counted as the model publishes "
                       "them.",
                       name));
  else if (named.catalogue || !needsCheckpoint)
    out_["precision"]["weights"] = weightsAsked_;
}

// Tensors placed by name: experts of all layers or of the first ones have a key, anything else stays as it is written.
void ArgumentReader::finishOverrides() {
  if (!overrides_.empty() && !takeOverride(overrides_)) {
    out_["engine_options"]["override_tensor"] = overrides_;
    remark("tensors-by-name", Severity::warning,
           "--override-tensor is followed by the names that llama.cpp's converter gives tensors; a file with names of "
           "its own is placed otherwise.");
  }
  if (!splitMode_.empty() && splitMode_ != "layer") out_["engine_options"]["split_mode"] = splitMode_;
}

void ArgumentReader::finishLlamaCpp() {
  finishOverrides();
  // n_ubatch is never more than n_batch (src/llama-context.cpp)
  if (logicalBatch_ && *logicalBatch_ > 0) {
    const std::int64_t physical = out_.value("prefill_tokens", std::int64_t{512});
    if (*logicalBatch_ < physical) out_["prefill_tokens"] = *logicalBatch_;
  }
  if (splitNone_ && out_.contains("tensor_split")) {
    out_.erase("tensor_split");
    remark("no-split", Severity::warning,
           "With --split-mode none one device holds everything, and --tensor-split is not read.");
  }
  if (call_.server && call_.engine == "llama.cpp" && !slotsGiven_) {
    // tools/server/server.cpp since 2025-11: without -np four slots share one cache.
    out_["batch"] = 4, out_["unified_kv"] = true;
    remark("assumed-slots", Severity::assumed,
           "Without -np llama-server takes four slots that share one cache (builds of late 2025 and after).");
  }
  if (!out_.contains("context") && call_.usualContext > 0) {
    out_["context"] = call_.usualContext;
    remark("assumed-context", Severity::assumed,
           fmt::format("Without a length {} asks for {} tokens.", call_.program, call_.usualContext));
  }
  // A log that does not say a length is no start without one.
  if (!out_.contains("context") && call_.program == "log" && call_.engine == "llama.cpp" && call_.modelElsewhere)
    return;
  if (!out_.contains("context")) {
    // Nothing said, or 0: the length the model was trained for (common/common.h: n_ctx = 0).
    const Json model = out_.contains("model") ? out_["model"] : Json();
    const auto known = model.is_string() ? catalogueModel(model.get<std::string>()) : fail(ErrorCode::not_found, "");
    if (known && (*known)->maxContext > 0 && call_.engine == "llama.cpp") {
      // A length of 0 that was typed is not shortened.
      if (wholeContext_) out_["context"] = (*known)->maxContext;
      remark(
          "assumed-context", Severity::assumed,
          wholeContext_
              ? fmt::format("With -c 0 the server takes the {} tokens the model was trained for.", (*known)->maxContext)
              : fmt::format("Without -c the server takes the {} tokens the model was trained for, or as many as fit.",
                            (*known)->maxContext));
      if (!wholeContext_) return;
    } else {
      // ollama server/routes.go: by the memory of all GPUs since 0.15.5; the engine `ollama` counts so.
      remark(
          "assumed-context", Severity::assumed,
          call_.engine == "ollama"
              ? "The command does not say how many tokens; Ollama takes 4,096, 32,768 or 262,144 by the memory of all "
                "GPUs, where a scenario for llama.cpp takes 8,192. With the engine set to ollama it follows the GPU."
              : "The command does not say how many tokens; the server takes what the model was trained for, or what "
                "fits.");
      return;
    }
  }
  // -c counts all cells; a scenario without a unified cache counts per sequence. Ollama's length is a slot's.
  const std::int64_t batch = out_.value("batch", std::int64_t{1});
  if (call_.engine == "llama.cpp" && batch > 1 && !out_.value("unified_kv", false))
    out_["context"] = std::max<std::int64_t>(1, out_["context"].get<std::int64_t>() / batch);
}

void ArgumentReader::finishParallel() {
  // Whole experts over all ranks of a replica group (vLLM --enable-expert-parallel).
  if (!everyExpert_) return;
  Json& parallel = out_["parallel"];
  if (!parallel.is_object()) parallel = Json::object();
  constexpr std::int64_t kMost = 1'000'000;
  if (parallel.value("tensor", std::int64_t{1}) > kMost || parallel.value("data", std::int64_t{1}) > kMost) return;
  const std::int64_t ranks = parallel.value("tensor", std::int64_t{1}) * parallel.value("data", std::int64_t{1});
  parallel["expert"] = ranks;
}

// vllm/engine/arg_utils.py create_engine_config (0.6 to 0.33), sglang/srt/server_args.py (0.5): without --enable-lora
// the other options of adapters are read by nobody.
void ArgumentReader::finishAdapters() {
  const FoundOption enables = table_ != nullptr ? table_->find("--enable-lora") : FoundOption{};
  if (enables.option == nullptr || !out_.contains("lora")) return;
  if (servesAdapters_) return finishSglangAdapters();
  out_.erase("lora");
  for (const std::string& word : call_.arguments)
    if (word.find("lora") != word.npos && word.starts_with('-')) reading_.leftOut.push_back({word, false});
  remark("no-adapters", Severity::warning,
         fmt::format("The options of adapters do nothing without --enable-lora: {} keeps no slots.", call_.program));
}

// sglang/srt/server_args.py (0.4 to 0.5.23): eight slots; without --max-lora-rank the largest rank of the files that
// --lora-paths names, and without those the server does not start.
void ArgumentReader::finishSglangAdapters() {
  constexpr int kSlots = 8, kCounted = 16;
  if (call_.engine != "sglang") return;
  Json& lora = out_["lora"];
  if (!lora.contains("slots")) lora["slots"] = kSlots;
  if (lora.contains("rank")) return;
  if (namesAdapters_)
    remark("assumed-rank", Severity::assumed,
           fmt::format("SGLang takes the largest rank of the files that --lora-paths names, which are not read: {} is "
                       "counted.",
                       kCounted));
  else
    remark("no-rank", Severity::warning,
           fmt::format("Without --lora-paths SGLang wants --max-lora-rank, or it does not start: {} is counted.",
                       kCounted));
}

Result<Reading> ArgumentReader::finish() {
  if (model_.empty() && call_.engine != "ollama" && !call_.modelElsewhere)
    return fail(ErrorCode::usage, fmt::format("The {} command names no model.", call_.program));
  if (!model_.empty())
    finishModel();
  else if (!weightsAsked_.empty() && weightsAsked_ != "checkpoint")
    out_["precision"]["weights"] = weightsAsked_;  // of whichever model it is
  // A Modelfile is Ollama's own question; its commands are read as those of the llama.cpp they start.
  const bool modelfile = call_.engine == "ollama" && call_.program == "Modelfile";
  const bool runsLlama = call_.engine == "koboldcpp" || (call_.engine == "ollama" && !modelfile);
  if (runsLlama || call_.engine == "llama.cpp") finishLlamaCpp();
  if (runsLlama) out_["engine"] = "llama.cpp";
  finishParallel();
  finishAdapters();
  if (!out_.contains("prefill_tokens") && call_.usualPrefill > 0) {
    out_["prefill_tokens"] = call_.usualPrefill;
    remark("assumed-prefill", Severity::assumed,
           fmt::format("Without a number {} prefills {} tokens at a time, and {} on a card of 70 GiB and more.",
                       call_.program, call_.usualPrefill, 2 * call_.usualPrefill));
  }
  if (!call_.version.empty() && valueOf<Engine>(out_["engine"].get<std::string>()) == valueOf<Engine>(call_.engine))
    out_["engine_version"] = call_.version;
  takeScenario(reading_, std::move(out_));
  return std::move(reading_);
}

}  // namespace headroom
