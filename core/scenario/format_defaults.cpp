#include "core/scenario/format_defaults.h"

#include <array>

#include "core/scenario/engines.h"

namespace headroom {
namespace {

using K = FormatKey;
using P = Package;
using enum NumberFormat;

constexpr std::string_view kPeftCasts =
    "peft/tuners/tuners_utils.py: autocast_adapter_dtype makes 16-bit adapters fp32";

bool full(const Scenario& s, const Settings&) {
  return s.workload == Workload::full;
}
bool quantized(const Scenario& s, const Settings&) {
  return s.workload == Workload::qlora;
}

// A run of the bare Trainer that is asked for in one format, weights and all, has its adapters in it.
bool mixed(const Scenario& s, const Settings&) {
  const auto& weights = s.precision.weights;
  return !weights || !s.precision.compute || !(*weights == WeightFormat(*s.precision.compute));
}

// Of a key the first row that holds counts.
constexpr std::array kRows{
    FormatDefault{K::weights,
                  fp32,
                  "transformers/modeling_utils.py: fp32 unless torch_dtype is given (until 4.57)",
                  "transformers",
                  P::transformers,
                  {},
                  "5.0"},
    FormatDefault{K::weights, fp32, "trl/trainer/utils.py: a model given by name is loaded in fp32 (since 0.27)", "trl",
                  P::trl, "0.27"},
    FormatDefault{K::weights,
                  fp32,
                  "transformers loads fp32 unless a dtype is given (until 4.57), and TRL gives none",
                  "trl",
                  P::trl,
                  {},
                  "0.27",
                  [](const Scenario&, const Settings& t) {
                    const EngineVersion& release = t.packages[P::transformers];
                    return !release.known || release.before(5, 0);
                  }},
    FormatDefault{K::weights, fp32, "torchtitan: parameters are fp32, FSDP2 computes in bf16 (0.3)", "torchtitan"},
    FormatDefault{K::weights,
                  fp32,
                  "llamafactory/model/adapter.py: what is trained becomes fp32, unless pure_bf16 is set (0.9)",
                  "llama-factory",
                  P::unknown,
                  {},
                  {},
                  full},

    FormatDefault{K::compute, bf16, "trl/trainer/base_config.py: bf16 true, as autocast (since 0.19)", "trl", P::trl,
                  "0.19"},
    FormatDefault{K::compute, bf16, "torchtitan/config/job_config.py: mixed_precision_param bfloat16", "torchtitan"},

    FormatDefault{K::adapters,
                  bf16,
                  "trl/trainer/utils.py: adapters of a 4-bit base are bf16 (since 0.26)",
                  "trl",
                  P::trl,
                  "0.26",
                  {},
                  quantized},
    FormatDefault{K::adapters, fp32, kPeftCasts, "trl peft axolotl llama-factory unsloth"},
    FormatDefault{K::adapters, fp32, kPeftCasts, "transformers", P::unknown, {}, {}, mixed},
    FormatDefault{K::adapters, fp32, "swift/arguments: fp32 unless lora_dtype is given (4.6)", "ms-swift", P::ms_swift,
                  "4.0"},
};

}  // namespace

std::span<const FormatDefault> FormatDefault::all() {
  return kRows;
}

}  // namespace headroom
