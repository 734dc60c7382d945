#include "core/estimate/serving/common/served_draft.h"
#include "core/estimate/arithmetic.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/estimate/tensor_factors.h"
#include "core/model/weight_bytes.h"
#include "core/scenario/engines.h"

namespace headroom {
namespace {

constexpr std::string_view kNextToken =
    "vllm/model_executor/models/deepseek_mtp.py: the checkpoint's next-token layers; embedding and head are the "
    "model's (0.11)";
constexpr std::string_view kDraftModel = "vllm/v1/spec_decode/eagle.py load_model; the draft's own tensors (0.11)";
constexpr std::string_view kEagle =
    "https://arxiv.org/abs/2401.15077 section 3: one decoder layer, and a projection of embedding and hidden state";
constexpr std::string_view kSecondRun = "the draft model, served by the same engine beside the model";

// The last layer that caches keys and values, of those that keep all tokens if there are any.
const LayerKind* lastCached(const Model& m) {
  const LayerKind* windowed = nullptr;
  for (std::size_t i = m.order.size(); i-- > 0;) {
    const LayerKind& k = m.layer(i);
    if (k.encoder) continue;
    if (k.attention.kind == AttentionKind::full || k.attention.kind == AttentionKind::latent) return &k;
    const bool caches = k.attention.kind == AttentionKind::sliding || k.attention.kind == AttentionKind::chunked;
    if (caches && windowed == nullptr) windowed = &k;
  }
  return windowed;
}

// One layer per output projection among the next-token tensors; where none are listed, as many as the class has.
std::int64_t nextTokenLayers(const Model& m) {
  const auto listed =
      std::ranges::count_if(m.nextToken, [](const Tensor& t) { return t.role == TensorRole::o_proj && !t.bias; });
  return listed > 0 ? listed : m.nextTokenLayers;
}

// A line of draft tensors; embedding and head are the model's.
void addTensors(Ledger& ledger, std::string_view label, std::string_view source, const Model& m,
                const std::vector<Tensor>& tensors, const LayerKind* kind, const RankPart& part,
                const WeightFormat& format) {
  const auto own = [](const Tensor& t) {
    return !t.buffer && t.role != TensorRole::token_embedding && t.role != TensorRole::head;
  };
  TensorSum sum;
  for (const Tensor& t : tensors) {
    if (!own(t)) continue;
    const Shard s = shardOf(t, kind, part.split());
    sum.add(formatOf(m, t, format, Holder::engine), d(s.elements()),
            d((partBytes(m, t, format, s.rows, s.columns, Holder::engine) * s.copies).value()));
  }
  addTensors(ledger, ComponentId::weights, label, source, sum, [&](FactorParts& parts, bool elements) {
    const Factor one = constant("layer", 1, Unit::layers, "listed one by one");
    for (const Tensor& t : tensors) {
      if (!own(t)) continue;
      const ShardFactors s = shardFactors(ledger, t, kind, part.split());
      parts.add(elements ? tensorElements(ledger, t.name, one, s)
                         : tensorBytes(ledger, t.name, one, s.copies,
                                       partBytes(ledger, m, t, format, s.rows, s.columns, Holder::engine)));
    }
  });
}

WeightFormat storedFormat(const Model& m) {
  return m.storedBytes || m.quantization ? WeightFormat(AsStored{}) : WeightFormat(m.dtype);
}

constexpr std::array<std::string_view, kComponentCount> kDraftLabels{"draft model's tensors",
                                                                     "draft model's adapters",
                                                                     "draft model's keys and values",
                                                                     "draft model's states",
                                                                     "draft model's activations",
                                                                     "draft model's logits",
                                                                     "",
                                                                     "",
                                                                     "",
                                                                     "draft model's communication",
                                                                     "draft model's compute buffer",
                                                                     "draft model's graphs",
                                                                     "",
                                                                     "",
                                                                     "draft model's logits"};

void fold(Ledger& into, const Ledger& from) {
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    if (kDraftLabels[i].empty() || from.bytes(id) == Bytes(0)) continue;
    into.add(id, kDraftLabels[i], kSecondRun, {into.linesOf(id, from, "bytes of its own estimate")});
  }
}

// What drafts: an engine may take a checkpoint's own next-token layers where EAGLE is asked for without a head.
DraftMethod methodOf(const Scenario& s) {
  const Speculative& asked = *s.speculative;
  const bool headless = asked.method == DraftMethod::eagle && !asked.model;
  const bool own = headless && s.engine && rowOf(*s.engine).eagleTakesNextToken && nextTokenLayers(*s.model) > 0;
  return own ? DraftMethod::mtp : asked.method;
}

}  // namespace

DraftLayers draftLayers(const Scenario& s) {
  if (!s.speculative) return {};
  const DraftMethod method = methodOf(s);
  if (method == DraftMethod::ngram) return {};
  if (s.speculative->model && method != DraftMethod::mtp)
    return {s.speculative->model.get(), nullptr, s.speculative->model->layers()};
  const LayerKind* last = lastCached(*s.model);
  if (last == nullptr) return {};
  if (method == DraftMethod::mtp) return {nullptr, &last->attention, nextTokenLayers(*s.model)};
  return {nullptr, &last->attention, method == DraftMethod::eagle ? 1 : 0};
}

RankPart draftPart(const Model& draft, const RankPart& part) {
  RankPart out;
  out.tensorParallel = part.tensorParallel;
  out.attentionParallel = part.attentionParallel, out.embeddingParallel = part.embeddingParallel;
  out.layers = {0, draft.layers()};
  return out;
}

Bytes addDraftWeights(EstimateContext& c, Ledger& ledger, const RankPart& part, const ServedRules& rules) {
  const Scenario& s = c.scenario;
  const DraftLayers draft = draftLayers(s);
  if (!part.lastStage || draft.layers == 0) return Bytes(0);
  const Bytes before = ledger.bytes(ComponentId::weights);
  const Model& m = c.model;
  if (draft.model != nullptr) {
    Settings own = c.settings;
    own.weights = storedFormat(*draft.model);
    ServedRules plain = rules;
    plain.lostBytes = 0;
    Ledger alone;
    alone.setDetail(c.result.detail);
    addServedWeights(alone, *draft.model, own, draftPart(*draft.model, part), plain);
    ledger.add(ComponentId::weights, "draft model's tensors", kDraftModel,
               {ledger.linesOf(ComponentId::weights, alone, "bytes of its share, as served")});
  } else if (methodOf(s) == DraftMethod::mtp && !m.nextToken.empty()) {
    addTensors(ledger, "next-token layers of the checkpoint", kNextToken, m, m.nextToken, lastCached(m), part,
               c.settings.weights);
  } else if (const LayerKind* last = lastCached(m)) {
    addTensors(ledger, "draft layer", kEagle, m, last->tensors, last, part, m.dtype);
    ledger.add(ComponentId::weights, "projection of embedding and hidden state", kEagle,
               {constant("inputs", 2, Unit::count, "embedding and hidden state"), fromModel("hidden", d(m.hidden)),
                fromModel("hidden of the draft", d(m.hidden)), bytesOf(m.dtype)});
  }
  return ledger.bytes(ComponentId::weights) - before;
}

void diagnoseDraft(EstimateContext& c) {
  if (!c.scenario.speculative) return;
  const Speculative& s = *c.scenario.speculative;
  if (s.method == DraftMethod::mtp && nextTokenLayers(c.model) == 0)
    c.warn("no-next-token-layers",
           "The model has no next-token layers of its own, so nothing is counted for the draft.");
  if (s.method == DraftMethod::mtp && !s.model && nextTokenLayers(c.model) == 0)
    c.unmodelled("next-token layers, which the model's description does not tell of");
  if (s.method == DraftMethod::draft_model && !s.model) {
    c.warn("no-draft-model", "No draft model is named, so nothing is counted for it.");
    c.unmodelled("the draft model, which is not named");
  }
  if (s.method == DraftMethod::eagle && !s.model && methodOf(c.scenario) == DraftMethod::mtp)
    c.note("draft-of-checkpoint", "EAGLE without a head drafts with the checkpoint's own next-token layers.");
  else if (s.method == DraftMethod::eagle && !s.model)
    c.note("draft-assumed",
           "The EAGLE head is taken as one layer of the model and a projection; name it to count its own tensors.");
}

void addDraftRun(EstimateContext& c, void (*engine)(EstimateContext&)) {
  const auto& asked = c.scenario.speculative;
  if (!asked || !asked->model || asked->method == DraftMethod::ngram) return;
  Scenario alone = c.scenario;
  alone.model = asked->model;
  alone.reference = *asked->reference;
  alone.speculative.reset(), alone.lora.reset(), alone.images.reset();
  alone.context = c.settings.context;
  alone.offload = {};
  // A GGUF draft is taken in the model's own file type, another as its configuration says.
  if (!std::holds_alternative<GgufFileType>(c.settings.weights)) alone.precision.weights.reset();
  const Settings settings = settingsOf(alone);
  Estimate result;
  result.detail = c.result.detail;
  result.host.setDetail(result.detail);
  EstimateContext context{alone, *alone.model, settings, result};
  engine(context);
  for (std::size_t i = 0; i < c.result.ranks.size() && !result.ranks.empty(); ++i) {
    const Ledger& draft = result.ranks[std::min(i, result.ranks.size() - 1)].ledger;
    fold(c.result.ranks[i].ledger, draft);
    for (Moment& moment : c.result.ranks[i].moments)
      for (std::size_t k = 0; k < kComponentCount; ++k)
        if (!kDraftLabels[k].empty()) moment.bytes[k] += draft.bytes(static_cast<ComponentId>(k));
  }
  fold(c.result.host, result.host);
}

}  // namespace headroom
