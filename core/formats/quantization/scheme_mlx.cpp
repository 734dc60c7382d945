// MLX: what mlx-lm wrote into a configuration, or what its conversion would do where the section only asks for it.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/lower_case.h"
#include "core/formats/quantization/scheme.h"
#include "core/model/mlx_modules.h"

namespace headroom {
namespace {

constexpr std::size_t kMostEntries = 4096;
constexpr std::string_view kSource = "mlx/nn/layers/quantized.py, mlx/backend affine_quantize (0.30)";

struct MlxMode {
  std::string_view name;
  std::int64_t group, bits;
};
// mlx_lm/utils.py quantize_model, defaults_for_mode (0.32).
constexpr MlxMode kModes[] = {{"affine", 64, 4}, {"mxfp4", 32, 4}, {"nvfp4", 16, 4}, {"mxfp8", 32, 8}};

// Affine groups have a scale and a bias in the model's 16 bit; float blocks a scale byte. Rows that are no whole groups
// of the model's own setting stay as they are (quantize_model, wrapped_predicate).
struct MlxSetting {
  std::int64_t bits = 4, group = 64;
  bool affine = true;
};

MlxSetting settingOf(const Config& c, const MlxSetting& base, std::string_view usualMode) {
  const std::string mode = lowerCase(c.text("mode", std::string(usualMode)));
  const auto* const row =
      std::find_if(std::begin(kModes), std::end(kModes), [&](const MlxMode& m) { return m.name == mode; });
  MlxSetting s = base;
  s.affine = row == std::end(kModes) || row->name == "affine";
  if (!s.affine) s.bits = row->bits, s.group = row->group;
  s.bits = c.size("bits", s.bits, 64);
  if (c.has("group_size")) s.group = groupSizeOf(c, s.group);
  return s;
}

QuantizedGroup groupFor(const MlxSetting& s, std::int64_t whole, NumberFormat dtype) {
  const WeightLayout layout =
      s.affine ? groupedLayout({.label = "MLX", .source = kSource, .bits = s.bits, .group = s.group, .perGroup = 4})
               : floatBlocksLayout(s.bits, s.group, 0, kSource);
  const std::int64_t step = std::max<std::int64_t>(1, whole);
  QuantizedGroup g;
  g.make = [=](std::int64_t, std::int64_t columns) { return columns % step == 0 ? layout : plainLayout(dtype); };
  return g;
}

// The modules that a file lists with settings of their own. True where there are any.
bool readModules(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  bool any = false;
  for (const std::string& key : q.keys()) {
    if (out.groups.size() == kMostEntries) break;
    const std::vector<std::string> name{"re:(.*\\.)?" + escapedName(key) + "$"};
    if (q.isObject(key)) {
      const MlxSetting own = settingOf(q.child(key), {}, "affine");  // as to_quantized() fills it up
      out.groups.push_back(groupFor(own, own.group, source.model.dtype));
      out.groups.back().targets = ModulePatterns(name);
      out.groups.back().everything = false;
    } else if (q.dump(key) == "false") {
      out.groups.push_back(leftAlone(name));
    } else {
      continue;
    }
    any = true;
  }
  return any;
}

}  // namespace

bool readMlx(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  const Model& model = source.model;
  const MlxSetting base = settingOf(q, {}, "affine");
  const bool listed = readModules(source, out);
  const std::string recipe = q.text("recipe");
  if (const MlxRecipe* known = mlxRecipe(recipe); known != nullptr && !listed) {
    // A recipe replaces the class's own predicate (mlx_lm/convert.py, 0.32).
    MlxSetting high = base, low = base;
    high.affine = low.affine = true, high.bits = known->high, low.bits = known->low;
    out.groups.push_back(groupFor(high, base.group, model.dtype));
    out.groups.back().chooses = mlxTakesHighBits;
    out.groups.push_back(groupFor(low, base.group, model.dtype));
    return true;
  }
  if (!recipe.empty() && !listed)
    out.doubts.push_back(fmt::format("MLX's recipe \"{}\" is not known: every module counts alike.", recipe));
  // A file of a release that writes `mode` lists the modules its class singles out; a section without them, or with
  // nothing but bits, asks for a conversion. Older files say what they are: all modules alike.
  if (!listed && (q.has("mode") || !q.has("group_size"))) {
    out.groups.push_back(groupFor({8, 64, true}, base.group, model.dtype));
    out.groups.back().chooses = [](const Model& m, const Tensor& t, std::size_t) { return mlxEightBit(m, t); };
  }
  out.groups.push_back(groupFor(base, base.group, model.dtype));
  return true;
}

}  // namespace headroom
