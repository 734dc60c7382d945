// The families that need more than a row of the decoder table; one file each.
#pragma once

#include "core/formats/config/families/model_builder.h"

namespace headroom {

void buildMamba(ModelBuilder& b, const Config& config);
void buildMamba2(ModelBuilder& b, const Config& config);
void buildNemotronH(ModelBuilder& b, const Config& config);
void buildZamba2(ModelBuilder& b, const Config& config);
void buildOpt(ModelBuilder& b, const Config& config);
void buildFalcon(ModelBuilder& b, const Config& config);
void buildT5(ModelBuilder& b, const Config& config);
void buildSeq2Seq(ModelBuilder& b, const Config& config);
void buildBert(ModelBuilder& b, const Config& config);
void buildModernBert(ModelBuilder& b, const Config& config);
void buildGemma3n(ModelBuilder& b, const Config& config);
void buildGemma4(ModelBuilder& b, const Config& config);
void buildLongcat(ModelBuilder& b, const Config& config);
void buildDeepSeekV4(ModelBuilder& b, const Config& config);
void buildMiMoV2(ModelBuilder& b, const Config& config);
void buildMiniMaxM3(ModelBuilder& b, const Config& config);
void buildRwkv5(ModelBuilder& b, const Config& config);
void buildNemotronNas(ModelBuilder& b, const Config& config);
void buildMllamaText(ModelBuilder& b, const Config& config);
void buildVisionLanguage(ModelBuilder& b, const Config& config);

}  // namespace headroom
