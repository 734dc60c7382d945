#include "core/estimate/serving/transformers/state_bytes.h"

namespace headroom {

Factor transformersStateFactor(FactorTree& tree, const StateSpec& s, double elementBytes, std::int64_t tp) {
  constexpr std::string_view kConvolution =
      "transformers cache_utils.py (5.24): update_conv_state keeps conv_kernel columns in the model's format";
  constexpr std::string_view kRecurrent =
      "transformers modeling_*.py (5.24): the torch paths keep the recurrent state in fp32, MiniMax and xLSTM in the "
      "model's format";
  const auto number = [](std::int64_t v) { return static_cast<double>(v); };
  FactorParts both(tree, "bytes per sequence and layer", Unit::bytes);
  if (s.convKernel > 0 && s.convChannels > 0)
    both.add(tree.product("short convolution", Unit::bytes,
                          {fromModel("channels", number(s.convChannels), Unit::elements),
                           fromModel("kernel", number(s.convKernel), Unit::tokens),
                           constant("bytes per element", elementBytes, Unit::bytes_per_element, kConvolution)}));
  const double state = s.kind == StateKind::lightning || s.kind == StateKind::mlstm ? elementBytes : 4;
  both.add(tree.product("recurrent state", Unit::bytes,
                        {fromModel("state elements", number(s.stateElements), Unit::elements),
                         constant("bytes per element", state, Unit::bytes_per_element, kRecurrent)}));
  const Factor whole = both.close();
  if (tp <= 1) return whole;
  return tree.product("bytes per sequence and layer of a rank", Unit::bytes,
                      {whole, over(asked("tensor-parallel ranks", number(tp), Unit::devices))});
}

}  // namespace headroom
