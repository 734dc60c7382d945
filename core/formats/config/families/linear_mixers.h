// The recurrent mixers of hybrid decoders, read from their configurations: each adds one layer's mixer.
#pragma once

#include "core/formats/config/families/dimensions.h"
#include "core/formats/config/families/layer_builder.h"

namespace headroom {

using LinearMixer = void (*)(LayerBuilder&, const Config&, const Dimensions&);

void jambaMixer(LayerBuilder& layer, const Config& config, const Dimensions& d);
void graniteMixer(LayerBuilder& layer, const Config& config, const Dimensions& d);  // Granite 4, Bamba
void falconH1Mixer(LayerBuilder& layer, const Config& config, const Dimensions& d);
void qwen3NextMixer(LayerBuilder& layer, const Config& config, const Dimensions& d);
void qwen35Mixer(LayerBuilder& layer, const Config& config, const Dimensions& d);
void olmoHybridMixer(LayerBuilder& layer, const Config& config, const Dimensions& d);
void miniMaxMixer(LayerBuilder& layer, const Config& config, const Dimensions& d);
void lfm2Mixer(LayerBuilder& layer, const Config& config, const Dimensions& d);
void kimiMixer(LayerBuilder& layer, const Config& config, const Dimensions& d);
void recurrentGemmaMixer(LayerBuilder& layer, const Config& config, const Dimensions& d);

// Bytes of a recurrent state's element that the configuration asks for; 0 where it is silent.
std::int64_t statedStateBytes(const Config& config);

}  // namespace headroom
