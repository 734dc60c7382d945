#include "core/estimate/training/replay/own_attention.h"

#include <algorithm>
#include <string_view>

namespace headroom::training {
namespace {

struct OwnClass {
  std::string_view family;
  OwnAttention form = OwnAttention::none;
  std::string_view before = "99.0";  // the first release read that calls integrations/*_attention.py
};

// transformers/models/<family>/modeling_<family>.py, 4.46 to 5.24; releases between 5.0 and 5.24 were not read.
constexpr OwnClass kClasses[] = {{"gpt_neo", OwnAttention::wide},         {"gptj", OwnAttention::wide, "5.24"},
                                 {"codegen", OwnAttention::wide, "5.24"}, {"mpt", OwnAttention::bias_added},
                                 {"bloom", OwnAttention::bias_summed},    {"falcon", OwnAttention::as_normed}};

}  // namespace

OwnAttention ownAttentionOf(const Model& model, const PackageVersions& packages, AttentionPath asked) {
  const auto* const known = std::ranges::find(kClasses, model.family, &OwnClass::family);
  if (known == std::end(kClasses)) return OwnAttention::none;
  const EngineVersion version = versionOf(packages, Package::transformers);
  const bool own = version.known ? version.within("1.0", known->before) : known->before == OwnClass{}.before;
  if (!own) return OwnAttention::none;
  // GPT-J and GPT-Neo have a class for the flash-attn package as well, Falcon for both kernels; its biased scores are
  // as the library's.
  const bool other = known->form == OwnAttention::wide        ? asked == AttentionPath::flash_attention_2
                     : known->form == OwnAttention::as_normed ? asked != AttentionPath::eager || model.alibi
                                                              : false;
  return other ? OwnAttention::none : known->form;
}

// modeling_falcon.py, _split_heads: new_decoder_architecture.
bool expandsHeads(const Model& model) {
  return model.family == "falcon";
}

}  // namespace headroom::training
