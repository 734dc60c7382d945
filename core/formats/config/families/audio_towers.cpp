// Audio towers: Whisper's encoder (https://arxiv.org/abs/2212.04356) as Qwen2-Audio and the Omni models stand on it,
// and the conformers of Gemma 3n and Gemma 4 (transformers v5: modeling_gemma3n.py, modeling_gemma4.py).
#include "core/formats/config/families/vision.h"

namespace headroom {
namespace {

TowerShape whisperShape(const Config& audio) {
  TowerShape s;
  s.hidden = audio.count("d_model hidden_size", 1280, kMostWidth);
  s.layers = audio.count("encoder_layers num_hidden_layers", 32, kMostLayers);
  s.heads = audio.count("encoder_attention_heads num_attention_heads", 20, kMostHeads);
  s.headDim = std::max<std::int64_t>(1, s.hidden / s.heads);
  s.intermediate = audio.count("encoder_ffn_dim intermediate_size", 4 * s.hidden, kMostWidth);
  return s;
}

void addKernel(TensorList& t, const std::string& name, std::int64_t out, std::int64_t in, std::int64_t kernel,
               bool bias) {
  addVisionVector(t, name + ".weight", out, in * kernel);
  if (bias) addVisionVector(t, name + ".bias", out);
}

// Whisper's keys have no bias.
void dropKeyBias(Model& model, std::string_view prefix) {
  std::erase_if(model.vision, [&](const Tensor& tensor) {
    return tensor.name.starts_with(prefix) && tensor.name.ends_with(".self_attn.k_proj.bias");
  });
}

void addWhisperConvolutions(TensorList& t, const TowerShape& s, std::int64_t bins) {
  constexpr std::int64_t kKernel = 3;
  addKernel(t, "audio_tower.conv1", s.hidden, bins, kKernel, true);
  addKernel(t, "audio_tower.conv2", s.hidden, s.hidden, kKernel, true);
}

// One conformer layer's feed-forward half: two norms, two Linears.
void addHalf(TensorList& t, const std::string& name, std::int64_t hidden, std::int64_t layers) {
  addVisionVector(t, name + ".pre_layer_norm.weight", hidden, 1, layers);
  addVisionVector(t, name + ".post_layer_norm.weight", hidden, 1, layers);
  t.linear(name + ".ffw_layer_1", TensorRole::vision, Group::vision, 4 * hidden, hidden, false, layers);
  t.linear(name + ".ffw_layer_2", TensorRole::vision, Group::vision, hidden, 4 * hidden, false, layers);
}

}  // namespace

void addQwenAudio(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config audio = top.child("audio_config");
  const TowerShape s = whisperShape(audio);
  TensorList& t = b.vision;
  addWhisperConvolutions(t, s, audio.count("num_mel_bins", 128, 1 << 16));
  addVisionVector(t, "audio_tower.embed_positions.weight", audio.count("max_source_positions", 1500, 1 << 20),
                  s.hidden);
  addTower(t, "audio_tower.layers.{}.", s);
  dropKeyBias(b.model, "audio_tower.");
  addVisionNorm(t, "audio_tower.layer_norm", s.hidden, true);
  addProjectorLinear(t, "multi_modal_projector.linear", hidden, s.hidden, true);
}

void addQwen25Omni(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  addQwen25Vision(b, top, hidden);
  const Config audio = top.child("audio_config").withDefaultsOf("qwen2_5_omni_audio_encoder");
  const TowerShape s = whisperShape(audio);
  const std::int64_t out = audio.count("output_dim", 3584, kMostWidth);
  TensorList& t = b.vision;
  addWhisperConvolutions(t, s, audio.count("num_mel_bins", 128, 1 << 16));
  addVisionVector(t, "audio_tower.audio_bos_eos_token.weight", 2, out);
  addTower(t, "audio_tower.layers.{}.", s);
  dropKeyBias(b.model, "audio_tower.");
  addVisionNorm(t, "audio_tower.ln_post", s.hidden, true);
  addProjectorLinear(t, "audio_tower.proj", out, s.hidden, true);
}

void addQwen3Omni(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  addQwen3Vision(b, top, hidden);
  const Config audio = top.child("audio_config").withDefaultsOf("qwen3_omni_moe_audio_encoder");
  const TowerShape s = whisperShape(audio);
  const std::int64_t channels = audio.count("downsample_hidden_size", 480, kMostWidth);
  std::int64_t bins = audio.count("num_mel_bins", 128, 1 << 16);
  constexpr std::int64_t kSquare = 9;  // three convolutions of 3 × 3, each halving the bins
  TensorList& t = b.vision;
  addKernel(t, "audio_tower.conv2d1", channels, 1, kSquare, true);
  addKernel(t, "audio_tower.conv2d2", channels, channels, kSquare, true);
  addKernel(t, "audio_tower.conv2d3", channels, channels, kSquare, true);
  for (int i = 0; i < 3; ++i) bins = (bins + 1) / 2;
  addVisionLinear(t, "audio_tower.conv_out", s.hidden, channels * bins, false);
  addTower(t, "audio_tower.layers.{}.", s);
  addVisionNorm(t, "audio_tower.ln_post", s.hidden, true);
  addProjectorLinear(t, "audio_tower.proj1", s.hidden, s.hidden, true);
  addProjectorLinear(t, "audio_tower.proj2", audio.count("output_dim", 3584, kMostWidth), s.hidden, true);
}

void addGemmaAudio(ModelBuilder& b, const Config& audio, bool projected) {
  const std::int64_t h = audio.count("hidden_size", projected ? 1024 : 1536, kMostWidth),
                     heads = audio.count("conf_num_attention_heads num_attention_heads", 8, kMostHeads),
                     layers = audio.count("conf_num_hidden_layers num_hidden_layers", 12, kMostLayers),
                     kernel = audio.count("conf_conv_kernel_size conv_kernel_size", 5, 1024);
  std::vector<std::int64_t> channels = audio.integers("sscp_conv_channel_size subsampling_conv_channels");
  if (channels.size() != 2 || channels[0] < 1 || channels[1] < 1 || channels[0] > kMostWidth ||
      channels[1] > kMostWidth)
    channels = {128, 32};
  // Two convolutions of 3 × 3 with stride 2 leave a quarter of the bins.
  const std::int64_t bins = std::max<std::int64_t>(1, audio.count("input_feat_size", 128, 1 << 16) / 4);
  constexpr std::int64_t kSquare = 9;
  TensorList& t = b.vision;
  const std::string root = "model.audio_tower.", sub = root + "subsample_conv_projection.",
                    layer = root + (projected ? "layers.{}." : "conformer.{}.");
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string name = sub + (projected ? "layer" : "conv_") + std::to_string(i);
    addKernel(t, name + ".conv", channels[i], i == 0 ? 1 : channels[0], kSquare, false);
    addVisionVector(t, name + ".norm.weight", channels[i]);
  }
  addVisionLinear(t, sub + "input_proj_linear", h, channels[1] * bins, false);
  const auto linear = [&](const char* name, std::int64_t out, std::int64_t in) {
    t.linear(layer + name, TensorRole::vision, Group::vision, out, in, false, layers);
  };
  addHalf(t, layer + (projected ? "feed_forward1" : "ffw_layer_start"), h, layers);
  addHalf(t, layer + (projected ? "feed_forward2" : "ffw_layer_end"), h, layers);
  for (const char* name : {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.post",
                           "self_attn.relative_k_proj", "lconv1d.linear_end"})
    linear(name, h, h);
  linear("lconv1d.linear_start", 2 * h, h);
  addVisionVector(t, layer + "self_attn.per_dim_scale", std::max<std::int64_t>(1, h / heads), 1, layers);
  addVisionVector(t, layer + "lconv1d.depthwise_conv1d.weight", h, kernel, layers);
  for (const char* name :
       {"lconv1d.pre_layer_norm", "lconv1d.conv_norm", "norm_pre_attn", "norm_post_attn", "norm_out"})
    addVisionVector(t, layer + name + ".weight", h, 1, layers);
  if (projected)
    addProjectorLinear(t, root + "output_proj", audio.count("output_proj_dims", 1536, kMostWidth), h, true);
}

void addGemma3nTowers(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  TensorList& t = b.vision;
  // Soft tokens enter through a norm and a projection, hard ones through an embedding of their own.
  const auto embedder = [&](const std::string& name, std::int64_t rows, std::int64_t width) {
    addVisionVector(t, name + ".embedding.weight", rows, width);
    addVisionVector(t, name + ".hard_embedding_norm.weight", width);
    addVisionVector(t, name + ".soft_embedding_norm.weight", width);
    addProjectorLinear(t, name + ".embedding_projection", hidden, width, false);
  };
  if (top.isObject("vision_config")) {
    const Config vision = top.child("vision_config").withDefaultsOf("gemma3n_vision");
    // MobileNetV5-300M: the one tower there is, counted as a whole: what the published total of unsloth/gemma-3n-E4B-it
    // (8,387,373,392, the embedding twice) leaves beside the text part, the audio tower and the two embedders.
    constexpr std::int64_t kMobileNetV5 = 294126912;
    if (vision.text("architecture", "mobilenetv5_300m_enc") != "mobilenetv5_300m_enc")
      top.note("The vision tower of this file is not known; it is counted as MobileNetV5-300M.");
    addVisionVector(t, "model.vision_tower.timm_model", kMobileNetV5);
    embedder("model.embed_vision", vision.count("vocab_size", 128, 1 << 20),
             vision.count("hidden_size", 2048, kMostWidth));
  }
  if (top.isObject("audio_config")) {
    const Config audio = top.child("audio_config").withDefaultsOf("gemma3n_audio");
    addGemmaAudio(b, audio, false);
    embedder("model.embed_audio", audio.count("vocab_size", 128, 1 << 20),
             audio.count("hidden_size", 1536, kMostWidth));
  }
}

void addGemma4Audio(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config audio = top.child("audio_config").withDefaultsOf("gemma4_audio");
  addGemmaAudio(b, audio, true);
  addProjectorLinear(b.vision, "model.embed_audio.embedding_projection", hidden,
                     audio.count("output_proj_dims", 1536, kMostWidth), false);
}

}  // namespace headroom
