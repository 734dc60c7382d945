#include "core/estimate/serving/vllm/activation.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr std::string_view kSampler =
    "vllm/v1/worker/gpu_model_runner.py _dummy_sampler_run; bytes per logit read off printed peaks: 38 with the sort "
    "of "
    "top-k/top-p, 15 without (0.17 and later)";
constexpr std::string_view kForward =
    "vllm/v1/worker/gpu_model_runner.py profile_run: tensors alive inside one layer (0.11)";
constexpr std::string_view kMoe =
    "vllm/model_executor/layers/fused_moe/fused_moe.py: intermediate caches of all chosen experts (0.11); "
    "seven hidden-wide tensors fitted on DeepSeek-R1 (6.6) and V2.5 (10, before latent attention had a kernel)";
constexpr std::string_view kWorkspaceSource =
    "torch/aten/src/ATen/cuda/CublasHandlePool.cpp: 32 MiB on Hopper and later, 8.125 MiB else (2.6)";
constexpr std::string_view kEncoder =
    "vllm gpu_model_runner.py profile_run: encoder on its largest input; 16 tensors of the tower's width fitted on "
    "Qwen2.5-VL 7B and 72B";

constexpr double d(std::int64_t v) {
  return static_cast<double>(v);
}

double workspace(const ServingDevice& device) {
  return device.kind == DeviceClass::datacenter || device.kind == DeviceClass::rocm ? 32.0 * d(kMiB) : 8.125 * d(kMiB);
}

// Patches of the largest image asked for; 0 where no size is given.
double imagePatches(const VisionSpec& v, const Images& images) {
  if (!images.width || !images.height) return 0;
  return std::ceil(d(*images.width) / d(v.patchSize)) * std::ceil(d(*images.height) / d(v.patchSize));
}

// The largest image: its patches, and the tokens the language model gets of it.
struct Image {
  double patches = 0, tokens = 0;
};
Image largestImage(const VisionSpec& v, const Images* images) {
  // Without a fixed image size the processor takes images up to 65,536 patches, four to a token (Qwen2-VL
  // preprocessor_config.json, max_pixels 12,845,056), or as many as a fixed number of tokens is pooled from, nine to a
  // token (Gemma 4, pooling_kernel_size 3).
  const double side = std::floor(d(v.imageSize) / d(v.patchSize));
  Image image;
  image.patches = v.imageSize > 0 ? side * side : v.imageTokens > 0 ? 9.0 * d(v.imageTokens) : 65536.0;
  image.tokens = v.imageTokens > 0 ? d(v.imageTokens) : image.patches / 4.0;
  // A processor without a size of its own takes an image as it is (--mm-processor-kwargs max_pixels).
  if (images != nullptr && v.imageSize <= 0 && v.imageTokens <= 0)
    if (const double asked = imagePatches(v, *images); asked > 0) {
      image.patches = std::min(image.patches, asked);
      image.tokens = image.patches / 4.0;
    }
  return image;
}

// What a run of the encoder leaves for the language model, and what it takes itself.
Image encoderRun(const Model& m, const ProfileRun& run) {
  if (!m.visionSpec || !run.encoder || m.visionSpec->patchSize <= 0) return {};
  double most = d(std::max<std::int64_t>(1, run.sequences));
  if (run.images != nullptr) most *= d(run.images->perRequest);
  if (most <= 0) return {};
  const Image image = largestImage(*m.visionSpec, run.images);
  const double images = std::clamp(std::floor(d(run.tokens) / std::max(1.0, image.tokens)), 1.0, most);
  return {images * image.patches, images * image.tokens};
}

double attentionWidth(const Model& m) {
  double width = 0;
  for (const LayerKind& k : m.kinds) width = std::max(width, d(k.attention.heads) * d(k.attention.headDim));
  return width;
}

// Forward pass: the layer kind that needs most.
struct Forward {
  double total = 0, perTokenMlp = 0, perTokenHidden = 0;
  bool experts = false;
};

Forward forwardOf(const Model& m, const Settings& s, const RankPart& part) {
  Forward most;
  const double tp = d(part.tensorParallel), bytes = bytesPerElement(s.compute), hidden = d(m.hidden);
  for (const LayerKind& k : m.kinds) {
    Forward f;
    f.experts = k.mlp.kind == MlpKind::experts;
    if (f.experts) {
      double width = hidden;  // of the experts' input; latent experts work on less
      double streams = 0;     // of the residual (DeepSeek-V4's hyper-connections)
      for (const Tensor& t : k.tensors) {
        if (t.role == TensorRole::expert_down && !t.bias) width = d(t.rows);
        if (t.role == TensorRole::other && t.name.ends_with("hc_attn_fn") && hidden > 0)
          streams = d(t.columns) / hidden;
      }
      const double chosen = d(k.mlp.expertsPerToken);
      const double inner = d(k.mlp.expertIntermediate) / (part.expertParallel > 1 ? 1.0 : tp);
      const double wide = k.mlp.gatedExperts ? 2.0 : 1.0;
      // Gate-up output and down output share one cache; the product has its own.
      f.perTokenMlp = chosen * (std::max(width, wide * inner) + inner) * bytes;
      // Eight tensors of all streams fitted on DeepSeek-V4-Flash (2.99 GiB for 8192 tokens, vLLM 0.26).
      f.perTokenHidden = (7.0 + 8.0 * streams) * hidden * bytes;
      if (s.version.before(0, 7) && k.attention.kind == AttentionKind::latent)
        f.perTokenHidden +=
            4.0 * 256.0 * d(k.attention.heads) / tp * bytes;  // queries, keys, values, output padded to 256
    } else {
      const double matrices = k.mlp.kind == MlpKind::plain ? 2.0 : 3.0;
      f.perTokenMlp = matrices * d(k.mlp.intermediate) / tp * bytes;
      f.perTokenHidden = 3.0 * hidden * bytes;
    }
    f.total = f.perTokenMlp + f.perTokenHidden;
    if (f.total > most.total) most = f;
  }
  return most;
}

}  // namespace

double imageTokens(const Model& m, const Images* images) {
  return m.visionSpec && m.visionSpec->patchSize > 0 ? largestImage(*m.visionSpec, images).tokens : 0;
}

Bytes addVllmActivations(Ledger& ledger, const Model& m, const Settings& s, const RankPart& part,
                         const ServingDevice& device, const ProfileRun& run) {
  const ComponentId id = ComponentId::activations;
  const double tokens = d(run.tokens), hidden = d(m.hidden), bytes = bytesPerElement(s.compute);
  const double sequences = d(std::min(run.sequences, run.tokens));
  const bool sorts = s.version.before(0, 17);
  const double perLogit = sorts ? 38.0 : 15.0;
  const double sampler =
      run.sampler ? perLogit * sequences * d(m.vocabulary) + bytes * hidden * (tokens + 2 * sequences) : 0;
  const Forward layer = forwardOf(m, s, part);
  const bool oldCard = device.computeCapability > 0 && device.computeCapability < 8.0;  // xformers keeps one more query
  const double query = oldCard ? attentionWidth(m) * bytes / d(part.tensorParallel) : 0;
  // A later pipeline stage holds the hidden state it received beside the residual that the layers write into.
  const double received = part.firstStage ? 0 : hidden * bytes;
  const double forward = tokens * (layer.total + query + received);
  const Image encoder = encoderRun(m, run);
  const double embeddings = encoder.tokens * hidden * bytes;
  const double tower = m.visionSpec ? encoder.patches * 16.0 * d(m.visionSpec->hidden) * bytes : 0;

  const Factor hiddenFactor = fromModel("hidden", hidden);
  const Factor bytesFactor = derived("bytes per element", bytes, Unit::bytes_per_element);
  double low = 0.99, high = 1.01;
  if (tower > std::max(sampler, forward)) {
    ledger.add(id, "vision encoder", kEncoder,
               {derived("patches", encoder.patches), constant("tensors", 16),
                fromModel("tower width", d(m.visionSpec->hidden)), bytesFactor});
    low = 0.5, high = 2.0;
  } else if (sampler >= forward) {
    ledger.add(id, "sampler over full-vocabulary logits", kSampler,
               {constant("bytes per logit", perLogit, Unit::bytes_per_element),
                derived("sequences", sequences, Unit::sequences), fromModel("vocabulary", d(m.vocabulary))});
    ledger.add(id, "last hidden states", kSampler, {asked("tokens", tokens, Unit::tokens), hiddenFactor, bytesFactor});
    ledger.add(id, "selected hidden states", kSampler,
               {constant("copies", 2), derived("sequences", sequences, Unit::sequences), hiddenFactor, bytesFactor});
    // Builds with another sampler kernel drop the sort before 0.17.
    if (sorts) low = std::max(15.0 / 38.0, forward / sampler);
  } else {
    ledger.add(id, layer.experts ? "chosen experts' intermediate results" : "gate, up and product of one MLP",
               layer.experts ? kMoe : kForward,
               {asked("batched tokens", tokens, Unit::tokens),
                derived("bytes per token", layer.perTokenMlp, Unit::bytes_per_token)});
    ledger.add(id, "hidden states of one layer", layer.experts ? kMoe : kForward,
               {asked("batched tokens", tokens, Unit::tokens),
                derived("bytes per token", layer.perTokenHidden, Unit::bytes_per_token)});
    ledger.add(
        id, "hidden state received from the stage before", kForward,
        {asked("batched tokens", tokens, Unit::tokens), derived("bytes per token", received, Unit::bytes_per_token)});
    ledger.add(
        id, "queries kept by attention without flash kernels", kForward,
        {asked("batched tokens", tokens, Unit::tokens), derived("bytes per token", query, Unit::bytes_per_token)});
    low = layer.experts ? 0.75 : 0.85, high = layer.experts ? 1.3 : 1.15;
  }
  ledger.add(id, "image embeddings kept for the forward pass", kEncoder,
             {derived("image tokens", encoder.tokens, Unit::tokens), hiddenFactor, bytesFactor});
  ledger.add(id, "cuBLAS workspace", kWorkspaceSource, {constant("workspace", workspace(device), Unit::bytes)});
  const Bytes total = ledger.bytes(id);
  if (embeddings > 0 && high < 2.0) high = 2.0;  // encoders differ by more than the rest
  ledger.setBand(id, {low, high});
  return total;
}

}  // namespace headroom
