// Which formats of weights and caches an engine has, from what its row says.
#include <algorithm>

#include "core/scenario/engines.h"

namespace headroom {

FormatSupport supports(const EngineRow& engine, const WeightFormat& format) {
  const bool file = std::holds_alternative<GgufFileType>(format);
  const auto* number = std::get_if<NumberFormat>(&format);
  if (number != nullptr && isCacheFormat(*number)) return {false, "it is a format of caches"};
  const bool blocks = file || (number != nullptr && isGgmlBlock(*number));
  if (engine.readsGguf) {
    if (number != nullptr && !blocks && !isPlainFloat(*number))
      return {false, "it loads GGUF files, which have formats of their own"};
    return {};
  }
  if (!engine.ownFormats.empty() && (file || (number != nullptr && !isPlainFloat(*number))) &&
      (file || std::ranges::find(engine.ownFormats, *number) == engine.ownFormats.end()))
    return {false, engine.ownFormatsWhy};
  if (blocks && engine.trains) return {false, "training codes do not train ggml's block formats"};
  if (blocks && engine.dequantizesGguf) return {false, "it writes GGUF tensors out into plain floats as it loads them"};
  return {};
}

FormatSupport supportsCache(const EngineRow& engine, NumberFormat format) {
  const bool blocks = isGgmlBlock(format);
  if (engine.trains) return {false, "a training step keeps no KV cache"};
  if (engine.readsGguf && !blocks && !isPlainFloat(format)) return {false, "its cache takes ggml's formats"};
  if (!engine.readsGguf && blocks) return {false, "ggml's block formats are llama.cpp's"};
  if (!engine.cacheFormats.empty() && !isPlainFloat(format) &&
      std::ranges::find(engine.cacheFormats, format) == engine.cacheFormats.end())
    return {false, engine.cacheFormatsWhy};
  if (isCacheFormat(format) && !engine.has(Feature::prefix_caching)) return {false, "it is a format of vLLM's caches"};
  return {};
}

}  // namespace headroom
