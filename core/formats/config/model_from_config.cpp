// From a Hugging Face configuration to a Model: find the family, let it describe itself, check what came out.
#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/formats/config/config_document.h"
#include "core/formats/config/edited_model.h"
#include "core/formats/config/families/class_table.h"
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/family.h"
#include "core/formats/config/mlx_classes.h"
#include "core/formats/model_source.h"
#include "core/formats/quantization/quantization.h"
#include "core/model/class_name.h"

namespace headroom {
namespace {

// Families that are no language models, or whose memory follows other rules; said by name rather than guessed at.
constexpr std::string_view kRefused =
    "clip siglip siglip2 vit wav2vec2 hubert sam dinov2 detr nllb nllb-moe led bigbird_pegasus prophetnet fsmt deberta "
    "mobilebert squeezebert funnel xlnet xlm flaubert "
    "encoder-decoder speech_to_text speecht5 seamless_m4t bark musicgen encodec t5gemma openelm zamba xlstm";

NumberFormat dtypeOf(const Config& root) {
  constexpr std::string_view kKeys = "torch_dtype dtype";
  std::string name = root.text(kKeys);
  for (const std::string_view key : {"text_config", "llm_config", "language_config", "thinker_config"})
    if (name.empty() && root.isObject(key)) name = root.child(key).text(kKeys);
  if (name.empty() || name == "auto") return NumberFormat::bf16;
  const auto format = numberFormat(name);
  if (!format || !isPlainFloat(*format)) {
    root.note(fmt::format("torch_dtype {} is not known: bf16 taken.", name));
    return NumberFormat::bf16;
  }
  return *format;
}

// What the class a file names has in place of a decoder's output embedding: a classifier, or nothing.
void asNamed(ModelBuilder& b, const Config& root) {
  const std::vector<std::string> classes = root.texts("architectures");
  if (classes.empty() || b.model.encoderOnly || b.model.encoderDecoder || root.failed()) return;
  const std::string& name = classes.front();
  const bool sequence = name.ends_with("ForSequenceClassification"), tokens = name.ends_with("ForTokenClassification"),
             bare = name.ends_with("Model") && !name.ends_with("LMHeadModel");
  if (!sequence && !tokens && !bare) return;
  // What a repository's own code calls its classes follows no rule (ChatGLMModel and DreamModel have their head), and
  // a model of several parts has the heads of its parts.
  if (bare && (root.given("auto_map") || root.isObject("thinker_config")))
    return root.note(fmt::format("{} is the repository's own class; it is counted with an output embedding.", name));
  std::erase_if(b.model.globals, [](const Tensor& t) { return t.role == TensorRole::head; });
  if (!bare) {
    const std::size_t named = root.isObject("id2label") ? root.child("id2label").keys().size() : 0;
    const std::int64_t labels = named > 0 ? static_cast<std::int64_t>(named) : root.count("num_labels", 2, 1 << 20);
    b.model.tiedHead = false;
    b.globals.linear("score", TensorRole::other, Group::other, labels, b.model.hidden, tokens);
  }
}

// What a repository calls its class says whether it is the type's own: JinaBertModel of type bert is another model,
// and LlamaForCausalLMEagle3 is no Llama.
void noteClass(const Config& root, std::string_view type) {
  const std::vector<std::string> classes = root.texts("architectures");
  if (classes.empty() || type.empty() || root.failed()) return;
  constexpr std::string_view kEnds[] = {"ForCausalLM",
                                        "LMHeadModel",
                                        "Model",
                                        "ForConditionalGeneration",
                                        "ForMaskedLM",
                                        "ForSequenceClassification",
                                        "ForPreTraining",
                                        "ForTokenClassification",
                                        "ForQuestionAnswering",
                                        "ForTextToSpeech",
                                        "EncoderModel",
                                        "DoubleHeadsModel"};
  const std::string& name = classes.front();
  const bool usual = std::ranges::any_of(kEnds, [&](std::string_view end) { return name.ends_with(end); });
  const std::string own = plainClass(name), known = plainClass(type);
  const bool stranger = root.given("auto_map") && !own.starts_with(known) && !known.starts_with(own);
  const bool longer = !usual && own.starts_with(known) && own != known;
  if (stranger || longer)
    root.note(
        fmt::format("{} is no class of the type {} that is known here: it is counted as if it were one.", name, type));
}

// The type of what generates: of the text inside another model, where the file names one.
std::string generatingType(const Config& root, std::string type) {
  Config part = root;
  if (part.isObject("thinker_config")) part = part.child("thinker_config");
  for (const std::string_view key : {"text_config", "llm_config", "language_config"})
    if (part.isObject(key)) return part.child(key).text("model_type", type);
  return type;
}

// Speech that a model gives beside its text: serving engines load the part that thinks alone.
void noteSpeech(const Config& root) {
  if (!root.isObject("thinker_config") || !root.given("talker_config")) return;
  if (!root.flag("enable_audio_output", true)) return;
  root.note(
      "The talker and what turns its codes into sound (talker_config, token2wav or code2wav) are not counted; serving "
      "engines load the thinker alone.");
}

// Total elements must stay countable: each product is checked before anybody multiplies.
bool countable(const Model& model) {
  std::int64_t total = 0;
  const auto add = [&](const Tensor& t, std::int64_t layers) {
    std::int64_t n = 0;
    return t.rows > 0 && t.columns > 0 && t.copies > 0 && !__builtin_mul_overflow(t.rows, t.columns, &n) &&
           !__builtin_mul_overflow(n, t.copies, &n) && !__builtin_mul_overflow(n, layers, &n) &&
           !__builtin_add_overflow(total, n, &total) && total < (std::int64_t{1} << 56);
  };
  for (const LayerKind& kind : model.kinds)
    for (const Tensor& t : kind.tensors)
      if (!add(t, kind.count)) return false;
  for (const auto* list : {&model.globals, &model.vision, &model.nextToken})
    for (const Tensor& t : *list)
      if (!add(t, 1)) return false;
  return true;
}

// The root of a file, with what its class takes for keys the file leaves out.
Config filled(const ConfigDocument& document, const std::string& type) {
  return document.root().has("model_type") ? document.root() : document.root().withDefaultsOf(type);
}

// The table of classes lists tensors; what engines and training codes do with a model beside them, the families know.
// A file of its own findings: where no family describes the type, nothing is said and nothing changes.
void takeTraitsOfFamily(Model& model, std::string_view json, std::string_view where) {
  const auto document = ConfigDocument::parse(json, where);
  if (!document) return;
  const Config root = filled(*document, model.family);
  ModelBuilder family(root);
  family.model.family = model.family;
  if (!buildDescribed(family, root, model.family) || root.failed()) return;
  const Model& known = family.model;
  model.encoderTokens = known.encoderTokens;
  model.scalesEmbedding = known.scalesEmbedding;
  model.alibi = known.alibi;
  model.logitSoftCap = known.logitSoftCap;
  model.hiddenDropout = known.hiddenDropout;
  model.attentionDropout = known.attentionDropout;
  model.embeddingDropout = known.embeddingDropout;
  model.narrowLogits = known.narrowLogits;
  model.rotaryCacheScale = known.rotaryCacheScale;
  model.windowRotary = known.windowRotary;
  model.visionOnEveryRank = known.visionOnEveryRank;
  model.vocabularyAdapters = known.vocabularyAdapters;
  model.recomputesNothing = known.recomputesNothing;
  model.ownLoss = known.ownLoss;
  model.visionSpec = known.visionSpec;
}

}  // namespace

Result<Model> modelFromConfig(std::string_view json, std::string_view name, std::string_view where) {
  auto document = ConfigDocument::parse(json, where);
  if (!document) return tl::unexpected(document.error());
  const std::string type = modelTypeOf(document->root());
  const Config root = filled(*document, type);
  ModelBuilder builder(root);
  builder.model.family = type;
  if (const std::vector<std::string> classes = root.texts("architectures"); !classes.empty())
    builder.model.named = classes.front();
  const std::string row = classRowOf(root, type);
  if (row.empty() && listed(kRefused, type))
    return fail(ErrorCode::unsupported,
                fmt::format("Models of the type {} are outside what Headroom sizes: decoders, their vision towers, and "
                            "encoders and decoders like T5, BART and BERT.",
                            type),
                fmt::format("{}#/model_type", where));
  if (!row.empty()) {
    buildClass(builder, root, row);
    takeTraitsOfFamily(builder.model, json, where);
  } else if (const std::string part = textPartOf(root, type); !part.empty()) {
    const Config text = root.child(part);
    buildText(builder, text, text.text("model_type", type));
  } else if (root.isObject("thinker_config"))  // Qwen Omni: the part that thinks; its talker is another model
    buildVisionLanguage(builder, root.child("thinker_config"));
  else
    buildText(builder, root, type);
  asNamed(builder, root);
  noteSpeech(root);
  if (row.empty()) noteClass(root, type);

  Model& model = builder.model;
  ConfigFindings& findings = document->findings();
  if (!findings.error && !countable(model))
    findings.fail(ErrorCode::value, "The tensors these dimensions give are empty or larger than any storage.",
                  std::string(where));
  if (findings.error) return tl::unexpected(*findings.error);
  model.id = name;
  model.source = where;
  model.config = json;
  model.dtype = dtypeOf(root);
  model.dtypeStated = json.find("dtype") != std::string_view::npos;
  model.mlx = mlxTraits(type);
  const std::string generates = generatingType(root, type);
  const std::optional<bool> traced = stepAgrees(generates);
  const bool described = familyOf(generates) != nullptr || decoderTraits(generates) != nullptr;
  model.ownForward = !traced.value_or(described);
  applyQuantization(model, root);
  if (findings.error) return tl::unexpected(*findings.error);
  model.notes = findings.notes;
  if (root.isObject(kEditsKey)) noteEdits(model);
  model.finish();
  return std::move(model);
}

}  // namespace headroom
