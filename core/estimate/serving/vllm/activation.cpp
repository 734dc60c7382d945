#include "core/estimate/serving/vllm/activation.h"
#include "core/estimate/arithmetic.h"

#include <algorithm>

#include "core/estimate/constants.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

constexpr std::string_view kSampler = "vllm/v1/worker/gpu_model_runner.py _dummy_sampler_run (0.7 to 0.20)";
constexpr std::string_view kForward =
    "vllm/v1/worker/gpu_model_runner.py profile_run: tensors alive inside one layer (0.11)";
constexpr std::string_view kMoe =
    "vllm/model_executor/layers/fused_moe/fused_moe.py: intermediate caches of all chosen experts (0.11)";
constexpr std::string_view kScratch =
    "vllm/v1/sample/ops/topk_topp_triton.py: a row of fp32 logits for every program, one per multiprocessor (0.17)";
constexpr std::string_view kKept =
    "vllm/v1/worker/workspace.py: the experts' buffers stay, as large as vllm/model_executor/layers/fused_moe/"
    "experts workspace_shapes asks (0.13)";
constexpr std::string_view kWorkspaceSource =
    "torch/aten/src/ATen/cuda/CublasHandlePool.cpp: 32 MiB on Hopper and later, 8.125 MiB else (2.6)";
constexpr std::string_view kEncoder = "vllm gpu_model_runner.py profile_run: encoder on its largest input";

double workspace(const ServingDevice& device) {
  return device.kind == DeviceClass::datacenter || device.kind == DeviceClass::rocm ? 32.0 * d(kMiB) : 8.125 * d(kMiB);
}

// Patches of the largest image asked for.
Factor imagePatches(FactorTree& tree, const Factor& patch, const Images& images) {
  const auto along = [&](std::string_view symbol, std::int64_t pixels) {
    return tree.product(symbol, Unit::count, {asked("pixels", d(pixels)), over(patch)}, Round::up);
  };
  return tree.product("patches asked for", Unit::count,
                      {along("patches across", *images.width), along("patches down", *images.height)});
}

// The largest image: its patches, and the tokens the language model gets of it.
struct Image {
  Factor patches = fromModel("patches", 0), tokens = fromModel("image tokens", 0, Unit::tokens);
};
Image largestImage(FactorTree& tree, const VisionSpec& v, const Images* images) {
  // Without a fixed image size the processor takes images up to 65,536 patches, four to a token (Qwen2-VL
  // preprocessor_config.json, max_pixels 12,845,056), or as many as a fixed number of tokens is pooled from, nine to a
  // token (Gemma 4, pooling_kernel_size 3).
  constexpr std::string_view kQwen =
      "Qwen2-VL preprocessor_config.json, max_pixels 12,845,056: four patches to a token";
  constexpr std::string_view kGemma = "Gemma 4, pooling_kernel_size 3: nine patches to a token";
  const Factor patch = fromModel("patch size", d(v.patchSize));
  const Factor fixed = fromModel("tokens of an image", d(v.imageTokens), Unit::tokens);
  Image image;
  if (v.imageSize > 0) {
    const Factor side = tree.product("patches of a side", Unit::count,
                                     {fromModel("image size", d(v.imageSize)), over(patch)}, Round::down);
    image.patches = tree.product("patches", Unit::count, {side, side});
  } else if (v.imageTokens > 0) {
    image.patches =
        tree.product("patches", Unit::count, {constant("patches of a token", 9, Unit::count, kGemma), fixed});
  } else {
    image.patches = constant("patches", 65536, Unit::count, kQwen);
    // A processor without a size of its own takes an image as it is (--mm-processor-kwargs max_pixels).
    if (images != nullptr && images->width && images->height)
      if (const Factor own = imagePatches(tree, patch, *images); own.value > 0)
        image.patches = tree.smallest("patches", Unit::count, {image.patches, own});
  }
  image.tokens = v.imageTokens > 0
                     ? fixed
                     : tree.product("tokens of an image", Unit::tokens,
                                    {image.patches, over(constant("patches of a token", 4, Unit::count, kQwen))});
  return image;
}

// What a run of the encoder leaves for the language model, and what it takes itself.
Image encoderRun(FactorTree& tree, const Model& m, const ProfileRun& run) {
  if (!m.visionSpec || !run.encoder || m.visionSpec->patchSize <= 0) return {};
  const Factor sequences = asked("sequences", d(std::max<std::int64_t>(1, run.sequences)), Unit::sequences);
  const Factor most = run.images != nullptr
                          ? tree.product("images asked for", Unit::count,
                                         {sequences, asked("images of a request", d(run.images->perRequest))})
                          : sequences;
  if (most.value <= 0) return {};
  const Image image = largestImage(tree, *m.visionSpec, run.images);
  const Factor one = constant("image", 1, Unit::count, "an encoder runs on one at least");
  const Factor each =
      image.tokens.value > 1 ? image.tokens : constant("token", 1, Unit::tokens, "an image has one at least");
  const Factor fitting = tree.product("images in the batched tokens", Unit::count,
                                      {asked("batched tokens", d(run.tokens), Unit::tokens), over(each)}, Round::down);
  const Factor images =
      tree.largest("images", Unit::count, {tree.smallest("images", Unit::count, {fitting, most}), one});
  return {tree.product("patches", Unit::count, {images, image.patches}),
          tree.product("image tokens", Unit::tokens, {images, image.tokens})};
}

// The width of the layers' widest attention.
Factor attentionWidth(FactorTree& tree, const Model& m) {
  FactorParts width(tree, "widest attention", Unit::elements, Combine::largest);
  for (const LayerKind& k : m.kinds)
    width.add(tree.product("heads and their size", Unit::elements,
                           {fromModel("heads", d(k.attention.heads), Unit::heads),
                            fromModel("head size", d(k.attention.headDim), Unit::elements)}));
  return width.close();
}

Factor ofRank(FactorTree& tree, std::string_view symbol, const Factor& whole, std::int64_t tp) {
  if (tp <= 1) return whole;
  return tree.product(symbol, whole.unit, {whole, over(asked("tensor-parallel ranks", d(tp), Unit::devices))});
}

// Forward pass, in bytes per token: the layer kind that needs most.
struct Forward {
  Factor mlp = fromModel("bytes per token", 0, Unit::bytes_per_token), hidden = mlp;
  bool experts = false, streams = false, kept = false;
  double total() const { return mlp.value + hidden.value; }
};

constexpr std::string_view kSymbol = "bytes per token";

// Whether the experts' buffers outlive the layer: Triton's kernels, which run experts of 16 bits, ask for them. Those
// of narrower formats take less than what workspace_shapes says (pools of DeepSeek-V3, Nemotron-3 and gpt-oss, 0.13 to
// 0.20).
bool keepsWorkspace(const Model& m, const Settings& s, const LayerKind& k) {
  const bool wide = std::ranges::any_of(k.tensors, [&](const Tensor& t) {
    const NumberFormat f = formatOf(m, t, s.weights);
    return t.role == TensorRole::expert_down && !t.bias && isPlainFloat(f) && info(f).blockBytes == 2;
  });
  return k.mlp.kind == MlpKind::experts && wide && !s.version.before(0, 13);
}

Forward expertsForward(FactorTree& tree, const Model& m, const LayerKind& k, const Settings& s, const RankPart& part) {
  const Factor bytes = bytesOf(s.compute), hidden = fromModel("hidden", d(m.hidden), Unit::elements);
  Factor width = hidden;                // of the experts' input; latent experts work on less
  const Tensor* connections = nullptr;  // of the residual's streams (DeepSeek-V4's hyper-connections)
  for (const Tensor& t : k.tensors) {
    if (t.role == TensorRole::expert_down && !t.bias)
      width = fromModel("width of the experts' input", d(t.rows), Unit::elements);
    if (t.role == TensorRole::other && t.name.ends_with("hc_attn_fn") && m.hidden > 0) connections = &t;
  }
  const Factor inner =
      ofRank(tree, "expert width of a rank", fromModel("expert width", d(k.mlp.expertIntermediate), Unit::elements),
             part.split().ofExpert());
  const Factor wide = k.mlp.gatedExperts ? tree.product("gate and up", Unit::elements,
                                                        {constant("matrices", 2, Unit::count, "gate and up"), inner})
                                         : inner;
  // Gate-up output and down output share one cache; the product has its own, from 0.13 one that the input fits too.
  const Factor product = keepsWorkspace(m, s, k) ? tree.largest("second cache", Unit::elements, {width, inner}) : inner;
  const Factor each = tree.sum("elements per expert", Unit::elements,
                               {tree.largest("shared cache", Unit::elements, {width, wide}), product});
  Forward f;
  f.experts = true;
  f.kept = keepsWorkspace(m, s, k);
  f.mlp = tree.product(kSymbol, Unit::bytes_per_token,
                       {fromModel("experts per token", d(k.mlp.expertsPerToken), Unit::experts), each, bytes});
  Factor tensors = fitted("tensors", ConstantId::vllm_expert_hidden_tensors);
  if (connections != nullptr) {
    const Factor streams =
        tree.product("streams", Unit::count,
                     {fromModel("width of all streams", d(connections->columns), Unit::elements), over(hidden)});
    constexpr std::string_view kStreams = "residual streams are read and written once, at least";
    f.streams = true;
    tensors = tree.sum("tensors", Unit::count,
                       {tensors, tree.product("tensors of the streams", Unit::count,
                                              {constant("tensors of a stream", 2, Unit::count, kStreams), streams})});
  }
  f.hidden = tree.product(kSymbol, Unit::bytes_per_token, {tensors, hidden, bytes});
  if (s.version.before(0, 7) && k.attention.kind == AttentionKind::latent) {
    constexpr std::string_view kPadded = "vllm: queries, keys, values and output padded to 256 (0.6)";
    const Factor heads =
        ofRank(tree, "heads of a rank", fromModel("heads", d(k.attention.heads), Unit::heads), part.tensorParallel);
    f.hidden = tree.sum(kSymbol, Unit::bytes_per_token,
                        {f.hidden, tree.product("padded attention", Unit::bytes_per_token,
                                                {constant("tensors", 4, Unit::count, kPadded),
                                                 constant("width", 256, Unit::elements, kPadded), heads, bytes})});
  }
  return f;
}

Forward forwardOf(FactorTree& tree, const Model& m, const Settings& s, const RankPart& part) {
  Forward most;
  const Factor bytes = bytesOf(s.compute);
  for (const LayerKind& k : m.kinds) {
    Forward f;
    if (k.mlp.kind == MlpKind::experts) {
      f = expertsForward(tree, m, k, s, part);
    } else {
      f.mlp = tree.product(kSymbol, Unit::bytes_per_token,
                           {constant("tensors", k.mlp.kind == MlpKind::plain ? 2 : 3, Unit::count, kForward),
                            ofRank(tree, "width of a rank", fromModel("width", d(k.mlp.intermediate), Unit::elements),
                                   part.tensorParallel),
                            bytes});
      f.hidden = tree.product(
          kSymbol, Unit::bytes_per_token,
          {constant("tensors", 3, Unit::count, kForward), fromModel("hidden", d(m.hidden), Unit::elements), bytes});
    }
    if (f.total() > most.total()) most = f;
  }
  return most;
}

}  // namespace

double imageTokens(const Model& m, const Images* images) {
  FactorTree closed;
  return m.visionSpec && m.visionSpec->patchSize > 0 ? largestImage(closed, *m.visionSpec, images).tokens.value : 0;
}

Bytes addVllmActivations(Ledger& ledger, const Model& m, const Settings& s, const RankPart& part,
                         const ServingDevice& device, const ProfileRun& run) {
  const ComponentId id = ComponentId::activations;
  const Factor bytes = bytesOf(s.compute), hidden = fromModel("hidden", d(m.hidden), Unit::elements),
               tokens = asked("batched tokens", d(run.tokens), Unit::tokens);
  const Factor sequences = run.sequences <= run.tokens
                               ? asked("sequences", d(run.sequences), Unit::sequences)
                               : asked("sequences of one token", d(run.tokens), Unit::sequences);
  const bool sorts = s.version.before(0, 17);
  const ConstantId kernel = sorts ? ConstantId::vllm_sampler_sorts : ConstantId::vllm_sampler;
  const double perLogit = fittedValue(kernel);
  const Forward layer = forwardOf(ledger, m, s, part);
  // The newer kernel's programs: at most one per sequence.
  const ServingDevice::Processors processors = device.processors();
  const auto scratch = [&](std::int64_t most) { return sorts ? 0 : 4 * std::min(d(most), sequences.value); };
  const double logits = perLogit * sequences.value * d(m.vocabulary);
  const double kept = layer.kept ? tokens.value * layer.mlp.value : 0;
  const double sampler = run.sampler ? logits + scratch(processors.usual) * d(m.vocabulary) + kept +
                                           bytes.value * hidden.value * (tokens.value + 2 * sequences.value)
                                     : 0;
  const bool oldCard = device.computeCapability > 0 && device.computeCapability < 8.0;  // xformers keeps one more query
  const Factor query =
      oldCard
          ? ledger.product(
                kSymbol, Unit::bytes_per_token,
                {ofRank(ledger, "attention width of a rank", attentionWidth(ledger, m), part.tensorParallel), bytes})
          : fromModel(kSymbol, 0);
  // A later pipeline stage holds the hidden state it received beside the residual that the layers write into.
  const double received = part.firstStage ? 0 : hidden.value * bytes.value;
  const double forward = tokens.value * (layer.total() + query.value + received);
  const Image encoder = encoderRun(ledger, m, run);
  const Factor towerTensors = fitted("tensors", ConstantId::vllm_tower_tensors);
  const double tower =
      m.visionSpec ? encoder.patches.value * towerTensors.value * d(m.visionSpec->hidden) * bytes.value : 0;

  Band band = fittedBand(ConstantId::band_vllm_sampler_low, ConstantId::band_vllm_sampler_high);
  if (tower > std::max(sampler, forward)) {
    ledger.add(
        id, "vision encoder", kEncoder,
        {encoder.patches, towerTensors, fromModel("tower width", d(m.visionSpec->hidden), Unit::elements), bytes});
    band = fittedBand(ConstantId::band_vllm_tower_low, ConstantId::band_vllm_tower_high);
  } else if (sampler >= forward) {
    ledger.add(id, "sampler over full-vocabulary logits", kSampler,
               {fitted("bytes per logit", kernel, Unit::bytes_per_element), sequences,
                fromModel("vocabulary", d(m.vocabulary), Unit::elements)});
    if (!sorts)
      ledger.add(id, "scratch of the sampler's programs", kScratch,
                 {ledger.smallest("programs", Unit::count,
                                  {constant("multiprocessors", d(processors.usual), Unit::count, kScratch), sequences}),
                  fromModel("vocabulary", d(m.vocabulary), Unit::elements),
                  constant("bytes of a logit", 4, Unit::bytes_per_element, kScratch)});
    if (kept > 0) ledger.add(id, "buffers of the experts' kernels", kKept, {tokens, layer.mlp});
    ledger.add(id, "last hidden states", kSampler, {tokens, hidden, bytes});
    ledger.add(id, "selected hidden states", kSampler,
               {constant("copies", 2, Unit::copies, kSampler), sequences, hidden, bytes});
    if (!sorts && sampler > 0) {
      const double vocabulary = d(m.vocabulary);
      band.lowRatio *= 1 - (scratch(processors.usual) - scratch(processors.fewest)) * vocabulary / sampler;
      band.highRatio *= 1 + (scratch(processors.most) - scratch(processors.usual)) * vocabulary / sampler;
    }
    // Builds with another sampler kernel drop the sort before 0.17.
    if (sorts) band.lowRatio = std::max(fittedValue(ConstantId::vllm_sampler) / perLogit, forward / sampler);
  } else {
    const std::string_view source = layer.experts ? kMoe : kForward;
    ledger.add(id, layer.experts ? "chosen experts' intermediate results" : "gate, up and product of one MLP", source,
               {tokens, layer.mlp});
    ledger.add(id, "hidden states of one layer", source, {tokens, layer.hidden});
    if (!part.firstStage)
      ledger.add(id, "hidden state received from the stage before", kForward, {tokens, hidden, bytes});
    ledger.add(id, "queries kept by attention without flash kernels", kForward, {tokens, query});
    band = layer.streams   ? fittedBand(ConstantId::band_vllm_streams_low, ConstantId::band_vllm_streams_high)
           : layer.experts ? fittedBand(ConstantId::band_vllm_experts_low, ConstantId::band_vllm_experts_high)
                           : fittedBand(ConstantId::band_vllm_forward_low, ConstantId::band_vllm_forward_high);
  }
  ledger.add(id, "image embeddings kept for the forward pass", kEncoder, {encoder.tokens, hidden, bytes});
  ledger.add(id, "cuBLAS workspace", kWorkspaceSource,
             {constant("workspace", workspace(device), Unit::bytes, kWorkspaceSource)});
  const Bytes total = ledger.bytes(id);
  // Encoders differ by more than the rest.
  if (encoder.tokens.value > 0)
    band.highRatio = std::max(band.highRatio, fittedValue(ConstantId::band_vllm_tower_high));
  ledger.setBand(id, band);
  return total;
}

}  // namespace headroom
