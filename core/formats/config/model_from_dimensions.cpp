// A decoder of bare dimensions. What is missing follows from what is there, with Llama as the reference.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/formats/model_source.h"

namespace headroom {
namespace {

constexpr std::int64_t kMost = std::int64_t{1} << 28;

// The multiple of 256 nearest to 8/3 of the hidden size: Llama's rule (https://arxiv.org/abs/2302.13971, section 2.2).
std::int64_t gatedWidth(std::int64_t hidden) {
  return (8 * hidden / 3 + 255) / 256 * 256;
}

struct Field {
  std::string_view name;
  const std::optional<std::int64_t>& value;
};

}  // namespace

Result<Model> modelFromDimensions(const DimensionsModel& d) {
  const Field fields[] = {{"layers", d.layers},    {"hidden", d.hidden},    {"heads", d.heads},
                          {"kv_heads", d.kvHeads}, {"head_dim", d.headDim}, {"intermediate", d.intermediate},
                          {"vocab", d.vocabulary}};
  for (const Field& f : fields)
    if (f.value && (*f.value < 1 || *f.value > kMost))
      return fail(ErrorCode::value, fmt::format("{} is {}, but must be from 1 to {}.", f.name, *f.value, kMost),
                  fmt::format("dimensions/{}", f.name));
  if (d.parameters && !(*d.parameters >= 1 && *d.parameters < 1e16))
    return fail(ErrorCode::value, fmt::format("parameters is {}, but must be from 1 to 1e16.", *d.parameters),
                "dimensions/parameters");
  if (!d.parameters && !(d.layers && d.hidden))
    return fail(ErrorCode::value, "Dimensions need parameters, or layers and hidden.", "dimensions");

  std::vector<std::string> notes;
  const auto assume = [&](std::string_view what, std::int64_t value, std::string_view why) {
    notes.push_back(fmt::format("{} assumed: {} ({}).", what, value, why));
    return value;
  };
  // A Llama-like decoder holds about 12 × layers × hidden² parameters and is about 128 times as wide as deep.
  std::int64_t hidden = 0, layers = 0;
  if (d.hidden) {
    hidden = *d.hidden;
  } else {
    const double wide = d.layers ? std::sqrt(*d.parameters / (12.0 * static_cast<double>(*d.layers)))
                                 : std::cbrt(*d.parameters * 128 / 12.0);
    hidden = assume("hidden", std::max<std::int64_t>(128, std::int64_t{std::llround(wide / 128)} * 128),
                    "parameters = 12 × layers × hidden²");
  }
  if (d.layers) {
    layers = *d.layers;
  } else {
    const double deep = *d.parameters / (12.0 * static_cast<double>(hidden) * static_cast<double>(hidden));
    layers = assume("layers", std::clamp<std::int64_t>(std::int64_t{std::llround(deep)}, 1, 4096),
                    "parameters = 12 × layers × hidden²");
  }
  const std::int64_t headDim = d.headDim ? *d.headDim
                               : d.heads ? std::max<std::int64_t>(1, hidden / *d.heads)
                                         : assume("head_dim", std::min<std::int64_t>(128, hidden), "as Llama");
  const std::int64_t heads =
      d.heads ? *d.heads : assume("heads", std::max<std::int64_t>(1, hidden / headDim), "hidden / head_dim");
  const std::int64_t kvHeads = d.kvHeads ? *d.kvHeads : assume("kv_heads", heads, "as many as heads");
  const bool gated = d.gated.value_or(true);
  const std::int64_t intermediate = d.intermediate ? *d.intermediate
                                    : gated
                                        ? assume("intermediate", gatedWidth(hidden), "8/3 of hidden, rounded up to 256")
                                        : assume("intermediate", 4 * hidden, "four times hidden");
  const std::int64_t vocabulary = d.vocabulary ? *d.vocabulary : assume("vocab", 32000, "as Llama 2");

  // Arcee's decoder is Llama's with an MLP of two matrices.
  const nlohmann::json config{{"model_type", gated ? "llama" : "arcee"},
                              {"hidden_size", hidden},
                              {"num_hidden_layers", layers},
                              {"num_attention_heads", heads},
                              {"num_key_value_heads", kvHeads},
                              {"head_dim", headDim},
                              {"intermediate_size", intermediate},
                              {"vocab_size", vocabulary},
                              {"max_position_embeddings", 0},
                              {"tie_word_embeddings", d.tied.value_or(false)}};
  auto model = modelFromConfig(jsonText(config), "dimensions", "dimensions");
  if (!model) return model;
  model->source = "dimensions given by the user";
  if (d.parameters) {
    model->givenParameters = Parameters(static_cast<std::int64_t>(std::llround(*d.parameters)));
    model->finish();
  }
  for (std::string& note : notes) model->notes.push_back(std::move(note));
  return model;
}

}  // namespace headroom
