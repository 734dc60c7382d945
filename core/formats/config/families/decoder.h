// The ordinary decoder: every family that a row of DecoderTraits describes.
#pragma once

#include "core/formats/config/families/decoder_traits.h"
#include "core/formats/config/families/model_builder.h"

namespace headroom {

// Fills the builder with the family's embedding, layers and head. The text part of a vision-language model gives its
// text_config as `config`; `tied` overrides the configuration's own flag.
void buildDecoder(ModelBuilder& builder, const Config& config, const DecoderTraits& traits,
                  std::optional<bool> tied = {});

// Attention of one layer, as the pattern and the traits say, without its tensors.
AttentionSpec attentionSpec(const Config& config, const Dimensions& d, const LayerPattern& pattern, std::int64_t layer,
                            double rotary);

// The norms of one layer after the family's plan; returns how many there are.
void addNorms(LayerBuilder& layer, const DecoderTraits& traits, std::int64_t hidden);

// The row for a model_type; nullptr where no row names it.
const DecoderTraits* decoderTraits(std::string_view modelType);

// All model_type spellings of the table, parted by blanks.
std::string decoderTypes();

// The row for a family without one: Llama's layout with the experts, norms and latent attention its keys speak of.
const DecoderTraits& unknownTraits();

}  // namespace headroom
