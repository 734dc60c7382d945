// Codebooks, trellises and ternary weights: BitNet, HIGGS, AQLM, VPTQ, SpQR, EXL2 and EXL3.
#include <fmt/format.h>

#include <cmath>

#include "core/formats/quantization/scheme.h"

namespace headroom {
namespace {

constexpr std::string_view kSpqrSource = "spqr_quant/inference.py QuantizedLinear.create_placeholder (0.2)";
constexpr std::string_view kExl2Source = "exllamav2: bits averages what the whole layer stores";
constexpr std::size_t kMostModules = 65'000, kMostLayouts = 1024;

}  // namespace

bool readBitNet(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  // AutoBitLinear keeps a plain weight and unpacks the file's into it.
  const bool unpacks = q.text("linear_class", "bitlinear") == "autobitlinear";
  if (unpacks && q.text("quantization_mode", "offline") == "online")
    out.groups.push_back(leftAlone({"re:.*"}));
  else
    out.groups.push_back(groupOf(bitNetLayout(unpacks, q.flag("use_rms_norm", false))));
  return true;
}

bool readHiggs(const SchemeSource& source, QuantizationScheme& out) {
  out.groups.push_back(groupOf(higgsLayout(source.section.size("bits", 4, 64), groupSizeOf(source.section, 256))));
  return true;
}

bool readAqlm(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  if (!q.has("nbits_per_codebook") && !q.has("num_codebooks")) return false;
  out.groups.push_back(groupOf(aqlmLayout({.codebooks = q.size("num_codebooks", 1, 64),
                                           .bits = q.size("nbits_per_codebook", 16, 24),
                                           .inGroup = q.size("in_group_size", 8, 4096),
                                           .outGroup = q.size("out_group_size", 1, 4096)})));
  // Lists name weights ("lm_head.weight").
  for (std::string& name : out.notConverted)
    if (!name.ends_with(".weight")) name += ".weight";
  return true;
}

bool readVptq(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  // The second number of each pair speaks of the weights, the first of outliers.
  const auto second = [](const Config& c, std::string_view key, std::size_t at) {
    const std::string text = c.dump(key);
    double values[2] = {0, 0};
    if (std::sscanf(text.c_str(), "[%lf,%lf", &values[0], &values[1]) < 1) return std::int64_t{0};
    const double v = values[at];
    return v > 0 && v < 1e8 ? static_cast<std::int64_t>(v) : std::int64_t{0};
  };
  const auto layoutOf = [&](const Config& c) {
    return vptqLayout({.vector = second(c, "vector_lens", 1),
                       .centroids = second(c, "num_centroids", 1),
                       .residual = second(c, "num_res_centroids", 1),
                       .groups = c.size("group_num", 1, 4096),
                       .groupSize = c.size("group_size", 0),
                       .outlierVector = second(c, "vector_lens", 0),
                       .outlierCentroids = second(c, "num_centroids", 0),
                       .outlierSize = c.size("outlier_size", 0),
                       .norm = c.flag("enable_norm", false),
                       .permutation = c.flag("enable_perm", false)});
  };
  // Modules with the same layout stand in one group.
  std::vector<std::pair<WeightLayout, std::vector<std::string>>> groups;
  const auto collect = [&](const Config& list) {
    for (const std::string& name : list.keys()) {
      if (groups.size() > kMostLayouts) return;
      WeightLayout layout = layoutOf(list.child(name));
      auto it = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == layout; });
      if (it == groups.end()) it = groups.insert(it, {std::move(layout), {}});
      it->second.push_back(name);
    }
  };
  collect(q.child("config_for_layers"));
  collect(q.child("shared_layer_config"));
  for (auto& [layout, names] : groups) out.groups.push_back(groupOf(layout, names));
  if (out.groups.empty())
    out.doubts.push_back("VPTQ's config_for_layers is empty: nothing is known of its sizes, 16 bit are counted.");
  return !out.groups.empty();
}

bool readSpqr(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  const Config shapes = q.child("shapes");
  constexpr std::string_view kEnd = ".dense_weights.shape";
  const auto elements = [&](const std::string& key) {
    double n = 1;
    const auto list = shapes.integers(key);
    for (const std::int64_t v : list) n *= static_cast<double>(v);
    if (list.empty()) n = static_cast<double>(shapes.size(key, 0));
    return n;
  };
  for (const std::string& key : shapes.keys()) {
    if (!key.ends_with(kEnd) || out.groups.size() > kMostModules) continue;
    const std::string module = key.substr(0, key.size() - kEnd.size());
    // dense_weights int64, row_offsets int32, col_vals int32, in_perm uint16 (create_placeholder).
    const double bytes = 8 * elements(key) + 4 * elements(module + ".row_offsets.shape") +
                         4 * elements(module + ".col_vals.shape") + 2 * elements(module + ".in_perm.shape");
    if (bytes > 0 && bytes < 1e15) out.groups.push_back(groupOf(statedLayout("SpQR", bytes, kSpqrSource), {module}));
  }
  return !out.groups.empty();
}

bool readExl3(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  const double bits = q.real("bits", 0);
  if (bits <= 0) return false;
  out.groups.push_back(groupOf(exl3Layout(bits)));
  out.head = exl3Layout(q.real("head_bits", 6));
  out.tiedHead = besideTied(*out.head);  // the head is stored beside a tied embedding
  if (bits != std::floor(bits))
    out.doubts.push_back(fmt::format(
        "EXL3 gives layers different whole bits that average {:g}; each is counted with the average.", bits));
  return true;
}

bool readExl2(const SchemeSource& source, QuantizationScheme& out) {
  const Config& q = source.section;
  const double bits = q.real("bits", 0);
  if (bits <= 0) return false;
  out.groups.push_back(groupOf(averageLayout("EXL2", bits, kExl2Source)));
  out.head = averageLayout("EXL2", q.real("lm_head_bits head_bits", 6), kExl2Source);
  out.doubts.push_back(fmt::format("EXL2 states an average of {:g} bits; what single layers take is not known.", bits));
  return true;
}

}  // namespace headroom
