// llama.cpp: what its loader, caches and graph planner take on every device and on the host.
#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/estimate/estimate_context.h"
#include "core/estimate/serving/common/served_draft.h"
#include "core/estimate/serving/llama_cpp/cache.h"
#include "core/estimate/serving/llama_cpp/fitted_run.h"
#include "core/estimate/serving/llama_cpp/laid_run.h"
#include "core/estimate/serving/llama_cpp/refusals.h"
#include "core/estimate/serving/llama_cpp/terms.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

using llama::Run;

constexpr std::string_view kOutputSource = "llama.cpp src/llama-context.cpp, output_reserve (2026-08)";

std::string acceleratorOf(const Scenario& scenario, int device) {
  std::int64_t left = device;
  for (const DeviceRequest& d : scenario.devices) {
    if (left < d.count) return d.accelerator;
    left -= d.count;
  }
  return {};
}

bool namesBuild(const EstimateContext& c) {
  return llama::namesBuild(c.scenario.engineVersion, c.settings.version);
}

// Tensors and devices that were asked for by name.
void diagnosePlacement(EstimateContext& context, const Run& run) {
  const std::string_view split = textOption(context.scenario, "split_mode");
  if (split == "row" || split == "tensor")
    context.unmodelled("how split mode " + std::string(split) + " divides matrices over devices");
  else if (!split.empty() && split != "layer" && split != "none")
    context.refuse("unknown-split-mode", "llama.cpp has no split mode " + std::string(split), "engine_options");
  std::int64_t devices = 0;
  for (const DeviceRequest& device : context.scenario.devices) devices += device.count;
  const double main = numberOption(context.scenario, "main_gpu").value_or(0);
  if (split == "none" && devices > 0 && main >= d(devices))
    context.refuse("no-such-device", "llama.cpp has no device for main_gpu beyond the last one", "engine_options");
  if (run.overrides == nullptr) return;
  if (const std::optional<std::string>& buffer = run.overrides->unknownBuffer())
    context.refuse("unknown-buffer-type",
                   "override_tensor names the buffer type '" + *buffer + "', which none of the devices has",
                   "engine_options");
  if (const std::string& pattern = run.overrides->unread(); !pattern.empty())
    context.unmodelled("the tensors that override_tensor means by " + pattern);
  if (const std::string& buffer = run.overrides->elsewhere(); !buffer.empty())
    context.unmodelled("the tensors that override_tensor puts into " + buffer);
}

void diagnose(EstimateContext& context, const Run& run) {
  if (run.file->inventory.architecture.empty())
    context.warn("architecture-unknown", "llama.cpp is not known to load '" + context.model.family +
                                             "'; its buffers are those of a common decoder."),
        context.unmodelled("whether llama.cpp loads the model at all");
  else if (!run.file->traits.known)
    context.note("graph-assumed",
                 "The compute graph of '" + std::string(run.file->inventory.architecture) +
                     "' is taken as that of a common decoder, so the compute buffer may be off by some per cent.");
  if (context.scenario.engineVersion.empty())
    context.note("engine-version",
                 "No llama.cpp version given: the rules of the newest known one (b11549, 2026-10) apply.");
  else if (!namesBuild(context))
    context.note("engine-version", "The llama.cpp version '" + context.scenario.engineVersion +
                                       "' is not recognized; the rules of b11549 (2026-10) are used.");
  if (run.backends.rules.filesAsLoaded && run.backends.devices > 0 &&
      (run.expertLayersOnHost > 0 || run.overrides != nullptr || !run.wholeOffload))
    context.note("file-order",
                 "The host maps the file from its first to its last host tensor: a file laid out in the library's own "
                 "order is assumed. One that llama-quantize wrote is mapped without its output tensor.");
  diagnosePlacement(context, run);
  llama::diagnoseLimits(context, run);
  if (!run.flash && info(run.kv.v).blockElements > 1)
    context.refuse("quantized-values", "llama.cpp refuses a quantized value cache without flash attention",
                   "precision.kv_cache");
}

void diagnoseAttention(EstimateContext& context, llama::FlashPlace place) {
  if (place == llama::FlashPlace::with_layers || context.scenario.attention) return;
  context.note(
      "flash-attention-off",
      place == llama::FlashPlace::on_host
          ? "llama.cpp has no flash attention kernel for this model and cache on this device and switches it off."
          : "With so many sequences at once llama.cpp's graph takes the attention of layers on the host to the "
            "device; "
            "it holds that for a missing flash attention kernel and switches flash attention off.");
}

// A device's compute buffer as users' logs print it (resources/measured/llamacpp.json): the replay is of the graph;
// other backends than CUDA and Metal pad tensors and keep temporaries of their own (Vulkan and SYCL: 0.95 to 1.2 of
// it). Of a build nobody names the buffer may be that of any: before June 2026 graphs were laid out for logits of every
// token, masks came in fp32 beside fp16, and room to widen caches lay in a pool.
void setWorkspaceBand(const EstimateContext& c, Ledger& l, std::int64_t earlier) {
  constexpr double kLow = 0.95, kHigh = 1.2, kGraphsOf2024 = 0.55;
  const Bytes bytes = l.bytes(ComponentId::workspace);
  if (bytes <= Bytes(0)) return;
  if (namesBuild(c)) return l.setBand(ComponentId::workspace, {kLow, kHigh});
  const double own = d(bytes.value()), other = d(earlier);
  l.setBand(ComponentId::workspace, toBytes(std::min(kGraphsOf2024 * own, kLow * other)),
            toBytes(kHigh * std::max(own, other)));
}

// The compute buffers of the same run as builds between autumn 2025 and May 2026 lay them out; none where the build is
// named.
llama::ComputeBuffers earlierBuffers(const EstimateContext& c, const std::shared_ptr<const llama::File>& file,
                                     const llama::Arrange& arrange) {
  if (namesBuild(c)) return {};
  Run run = llama::makeRun(c.scenario, c.settings, *file, llama::rulesOf("b9000", {}));
  if (arrange) arrange(run);
  return llama::cachedComputeBuffers(file, run);
}

// What somebody placed stays where it is.
void diagnoseHindered(EstimateContext& context) {
  context.about("offload.gpu_layers", "fit-hindered", Severity::note,
                "Layers or tensors are placed by hand: llama.cpp moves none of them to make room (--fit).");
}

}  // namespace

void llama::estimateRun(EstimateContext& context, const Arrange& arrange) {
  const auto& drafts = context.scenario.speculative;
  Ledger& host = context.result.host;
  const LaidRun laid = layRun(context.scenario, context.settings, arrange, host.open());
  const Run& run = laid.run;
  const std::shared_ptr<const llama::File>& file = laid.file;
  diagnoseAttention(context, laid.flash);
  context.result.weightBytes = file->bytes;
  diagnose(context, run);

  const llama::ComputeBuffers earlier = earlierBuffers(context, file, arrange);
  Bytes heaviest;
  const NumberFormat adapters = servedAdapterFormat(context.scenario, context.settings);
  for (int device = 0; device < run.backends.devices; ++device) {
    RankEstimate& rank = context.addRank();
    const int named = device + run.firstDevice;
    rank.label = run.backends.devices == 1 && named == 0 ? "device" : "device " + std::to_string(named);
    rank.accelerator = acceleratorOf(context.scenario, named);
    rank.stage = named;
    const double perToken = llama::addDevice(rank.ledger, context.scenario, context.settings, laid, device);
    if (laid.buffers.replayed && file->traits.known)
      setWorkspaceBand(context, rank.ledger,
                       earlier.bytes.empty() ? 0 : earlier.bytes[static_cast<std::size_t>(device)]);
    addCalibration(rank.ledger, context.calibration, false, run.backends.devices);
    if (rank.ledger.total() >= heaviest) heaviest = rank.ledger.total(), context.result.kvBytesPerToken = perToken;
  }
  const int at = run.backends.host();
  llama::addWeightLines(host, laid.weights->buffers.back(), false);
  if (context.scenario.lora) llama::addAdapters(host, *context.scenario.lora, adapters, run, at);
  if (run.backends.devices > 0) llama::addMapped(host, laid.weights->mapped);
  const double hostPerToken = llama::addCaches(host, context.settings, run, at);
  if (context.result.kvBytesPerToken == 0) context.result.kvBytesPerToken = hostPerToken;
  llama::addStates(host, run, at);
  llama::addWorkspace(host, run, laid.buffers, at);
  llama::addSecond(host, context.settings, laid, at);
  const auto addOutput = [&](std::string_view label) {
    host.add(ComponentId::output, label, kOutputSource,
             {asked("sequences", static_cast<double>(run.sequences), Unit::sequences),
              fromModel("vocabulary", static_cast<double>(context.model.vocabulary), Unit::elements),
              bytesOf(NumberFormat::fp32)});
  };
  addOutput("logits of one token per sequence");
  if (run.loadsNextToken) addOutput("logits of one token per sequence, next-token context");
  if (context.scenario.task == Task::embed)
    host.add(
        ComponentId::output, "embedding of one token per sequence", kOutputSource,
        {asked("sequences", static_cast<double>(run.sequences), Unit::sequences),
         fromModel("hidden", static_cast<double>(context.model.hidden), Unit::elements), bytesOf(NumberFormat::fp32)});
  addDraftRun(context, &estimateLlamaCpp);
  // An EAGLE head is a file of its own, and its graph has logits of every token several times over (b11549).
  if (drafts && drafts->method == DraftMethod::eagle)
    context.unmodelled(drafts->model ? "the compute buffer of the EAGLE head, which has logits of every token"
                                     : "the EAGLE head's file, its cache and its compute buffer");
  addCalibration(host, context.calibration, true, 1);
  diagnoseDraft(context);
  if (laid.buffers.replayed) return;
  const std::string architecture(file->inventory.architecture);
  context.warn("graph-not-replayed", "The compute graph of '" + architecture +
                                         "' cannot be replayed here, so its compute buffers are those of a formula and "
                                         "may be off by a factor.");
  context.unmodelled("the compute graph of '" + architecture + "'");
}

void estimateLlamaCpp(EstimateContext& context) {
  if (const std::string_view architecture = ggufArchitecture(context.model.family);
      llama::precedesArchitecture(context.scenario.engineVersion, architecture))
    context.refuse("architecture-unknown",
                   "this build of llama.cpp does not know the architecture '" + std::string(architecture) + "'",
                   "engine_version");
  constexpr std::int64_t kMargin = 1024 * kMiB;  // --fit-target
  const EstimateMark mark(context.result);
  llama::estimateRun(context, {});
  const llama::FittedRun fitted = llama::fittedRun(context, {}, kMargin);
  if (fitted.step == llama::FitStep::hindered) diagnoseHindered(context);
  if (!fitted.question) return;
  mark.rewind(context.result);
  const Settings settings = settingsOf(*fitted.question);
  EstimateContext started{*fitted.question, context.model, settings, context.result, context.calibration};
  llama::estimateRun(started, fitted.arranged({}));
  llama::reportFit(context, fitted, "llama.cpp");
}

}  // namespace headroom
