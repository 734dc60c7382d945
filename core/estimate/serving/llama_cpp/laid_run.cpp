#include "core/estimate/serving/llama_cpp/laid_run.h"

#include "core/estimate/serving/llama_cpp/cache.h"

namespace headroom::llama {
namespace {

// Flash attention is automatic unless asked for. Where it cannot run beside its layer it is switched off, but by then
// the cache has been laid out for it; a question for attention without it is taken as that case.
FlashPlace settleAttention(const Scenario& scenario, const std::shared_ptr<const File>& file, Run& run) {
  if (run.backends.rules.old || scenario.attention == AttentionImplementation::flash) return FlashPlace::with_layers;
  // Without flash attention by choice, as for caches of two formats, the cache is laid out for that.
  Run probe = run;
  if (scenario.attention) probe.kv = {NumberFormat::fp16, NumberFormat::fp16};
  const FlashPlace place = cachedFlashPlace(file, probe);
  if (place != FlashPlace::with_layers) run.flash = run.transposed = false;
  return place;
}

}  // namespace

LaidRun layRun(const Scenario& scenario, const Settings& settings, const Arrange& arrange, bool keep) {
  const auto& drafts = scenario.speculative;
  LaidRun laid;
  laid.file = fileOf(scenario.model, settings.weights, settings.mlaCache, drafts && drafts->method == DraftMethod::mtp);
  laid.run = makeRun(scenario, settings, *laid.file);
  if (arrange) arrange(laid.run);
  laid.flash = settleAttention(scenario, laid.file, laid.run);
  laid.weights = keep ? std::make_shared<const PlacedWeights>(placedWeights(laid.run, true))
                      : cachedPlacedWeights(laid.file, laid.run);
  laid.buffers = cachedComputeBuffers(laid.file, laid.run);
  if (!laid.run.loadsNextToken) return laid;
  laid.second = nextTokenRun(laid.run);
  laid.drafted = cachedComputeBuffers(laid.file, *laid.second);
  return laid;
}

void addSecond(Ledger& ledger, const Settings& settings, const LaidRun& laid, int backend) {
  if (!laid.second) return;
  addCaches(ledger, settings, *laid.second, backend);
  addWorkspace(ledger, *laid.second, laid.drafted, backend);
}

double addDevice(Ledger& ledger, const Scenario& scenario, const Settings& settings, const LaidRun& laid, int device) {
  addWeightLines(ledger, laid.weights->buffers[static_cast<std::size_t>(device)], true);
  if (scenario.lora) addAdapters(ledger, *scenario.lora, servedAdapterFormat(scenario, settings), laid.run, device);
  const double perToken = addCaches(ledger, settings, laid.run, device);
  addStates(ledger, laid.run, device);
  addWorkspace(ledger, laid.run, laid.buffers, device);
  addSecond(ledger, settings, laid, device);
  return perToken;
}

}  // namespace headroom::llama
